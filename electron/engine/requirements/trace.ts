import type { Flow, Options, Participant, Role } from "../../../shared/flow/flow.ts";
import type { Recognised } from "../../../shared/flow/recognise.ts";
import type { HopName, ParticipantId } from "../../../shared/run/choice.ts";
import type { Hop, Message, Run } from "../../../shared/run/run.ts";
import type { Topology } from "../topology.ts";

/**
 * A run as the requirements see it: every message with the moments at which it left and arrived, and the transactions
 * they belong to. Computed, edited and imported runs give the same kind of trace; what an author only wrote down is read
 * from its label and put together by method, edge and order.
 */
export interface Trace {
  readonly flow: Flow;
  readonly run: Run;
  readonly topology: Topology;
  readonly options: Options;
  /** In the order in which they were sent. */
  readonly messages: readonly TraceMessage[];
  /** In the order of their requests; an ACK opens none. */
  readonly transactions: readonly Transaction[];
  /** ACKs, and what they acknowledge where that was seen. */
  readonly acks: readonly Ack[];
  /** Responses whose request was not seen. */
  readonly strays: readonly Stray[];
  readonly byHop: ReadonlyMap<HopName, TraceMessage>;
  /** Moments at which a timer fired, by participant. */
  readonly timeouts: ReadonlyMap<ParticipantId, readonly Timeout[]>;
  /** Every message was computed: nothing had to be read from a label. */
  readonly isComputed: boolean;
  role(id: ParticipantId): Role;
  /** The name of a participant as it stands within a sentence. */
  the(id: ParticipantId): string;
}

/** Moments are counted from 0 in the order of the run; every send and every receipt has one of its own. */
export type Moment = number;

export interface Timeout {
  readonly at: Moment;
  readonly timer: string;
}

export interface TraceMessage {
  readonly hop: Hop;
  readonly from: ParticipantId;
  readonly to: ParticipantId;
  readonly kind: "request" | "provisional" | "final" | "acknowledgement" | "media" | "state" | "unknown";
  readonly method?: string;
  readonly status?: number;
  readonly sentAt: Moment;
  /** Absent while under way and when lost; of what is sent again with success, when the copy arrived. */
  readonly receivedAt?: Moment;
  /** What the label says beyond method and status. */
  readonly said: Partial<Recognised>;
  readonly message: Message;
  /** Nothing of it is known but its label. */
  readonly authored: boolean;
}

export interface Transaction {
  readonly method: string;
  readonly client: ParticipantId;
  readonly server: ParticipantId;
  readonly request: TraceMessage;
  /** The same request on the same hop again. */
  readonly resent: readonly TraceMessage[];
  readonly provisionals: readonly TraceMessage[];
  /** Every final response on this hop, those sent again apart. */
  readonly finals: readonly TraceMessage[];
  /** Final responses sent again. */
  readonly finalsAgain: readonly TraceMessage[];
  /** Acknowledgements on this hop: of its failure, or of its 2xx. */
  readonly acks: readonly TraceMessage[];
  /** The transaction whose request this one passes on. */
  readonly parent?: Transaction;
  readonly children: readonly Transaction[];
  /** CANCELs of this INVITE. */
  readonly cancels: readonly Transaction[];
  /** The INVITE that this CANCEL is for, where it was seen. */
  readonly cancelled?: Transaction;
  /** The request skips elements that other messages of the same transaction pass. */
  readonly abbreviated?: true;
}

export interface Ack {
  readonly message: TraceMessage;
  /** Absent when no response that it could acknowledge was seen. */
  readonly of?: Transaction;
  readonly response?: TraceMessage;
}

export interface Stray {
  readonly message: TraceMessage;
  /** The trace shows the two from the beginning of what they do, so the request is missing rather than unseen. */
  readonly sure: boolean;
}

export const isSuccess = (m: TraceMessage): boolean => m.status !== undefined && m.status >= 200 && m.status < 300;
export const isFailure = (m: TraceMessage): boolean => m.status !== undefined && m.status >= 300;

/** The first 2xx of an INVITE on this hop. */
export const acceptance = (t: Transaction): TraceMessage | undefined => t.finals.find(isSuccess);

/** The one at the beginning of the chain along which a request was passed on. */
export function rootOf(t: Transaction): Transaction {
  let root = t;
  while (root.parent !== undefined) root = root.parent;
  return root;
}

/** The chain from `t` up to its root. */
export function* upwards(t: Transaction): Generator<Transaction> {
  for (let at: Transaction | undefined = t; at !== undefined; at = at.parent) yield at;
}

/** The transactions at which the request went no further. */
export function* leavesOf(t: Transaction): Generator<Transaction> {
  if (t.children.length === 0) yield t;
  else for (const child of t.children) yield* leavesOf(child);
}

/** Whether the server of `t` passed the request on. */
export const isPassedOn = (t: Transaction): boolean => t.children.length > 0;

export const invites = (trace: Trace): readonly Transaction[] =>
  trace.transactions.filter((t) => t.method === "INVITE");

/** The user whose device a participant is; undefined for every other participant. */
export function userOf(trace: Trace, id: ParticipantId): string | undefined {
  const participant: Participant | undefined = trace.topology.participants.get(id);
  return participant?.role === "client" ? participant.user : undefined;
}

/** A person's own act, and no step of a procedure. What an author drew is taken for a step. */
export function isByHand(trace: Trace, m: TraceMessage): boolean {
  return trace.run.turns[m.hop.sent]?.choice.kind === "stimulate";
}

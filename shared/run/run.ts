import type { MessageClass, Role } from "../flow/flow.ts";
import type { OptionName } from "../flow/options.ts";
import type { Choice, HopName, ParticipantId } from "./choice.ts";

/**
 * A run: what came of folding a scenario over a script. Plain JSON; the picture, the numbered prose and the trace
 * are projections of it. Turns are numbered from 0 in the order in which they were taken; that order is one
 * linearisation of the partial order of sends and receipts.
 */
export interface Run {
  readonly turns: readonly Turn[];
  /** In the order in which they arrived or were lost; those still under way last. This is the printed order. */
  readonly hops: readonly Hop[];
  /** What the rules sent and an author withheld, in the order of withholding; absent where nothing was. */
  readonly withheld?: readonly Hop[];
  readonly end: "rest" | "limit" | "diverged";
  readonly divergence?: Divergence;
}

/** The script's next choice was not possible: where in the script, which, and what was possible instead. */
export interface Divergence {
  readonly at: number;
  readonly choice: Choice;
  readonly enabled: readonly Choice[];
}

/** One choice taken, and all that it led to at once. */
export interface Turn {
  readonly choice: Choice;
  /** Where it happened: the receiver of the hop, the owner of the timer, the participant stimulated. */
  readonly at: ParticipantId;
  /** `script`: named by the script; `default`: the engine's own order. */
  readonly by: "script" | "default";
  readonly reactions: readonly Reaction[];
  /** A sentence, when no rule knew what to do with it. */
  readonly unexpected?: string;
}

/** A rule that fired in a turn. */
export interface Reaction {
  readonly rule: string;
  /** The rule's sentence with names filled in. */
  readonly says: string;
  /** The guard in words, with the values it was judged on. */
  readonly guards: readonly Guard[];
  readonly sends: readonly HopName[];
  readonly milestones: readonly Milestone[];
}

export interface Guard {
  readonly text: string;
  readonly value: string;
}

/** A state worth telling, e.g. `sessionEstablished` at a controlling function. */
export interface Milestone {
  readonly id: string;
  readonly participant: ParticipantId;
  readonly text: string;
}

/** One message between two adjacent participants. Send and receipt are events of their own. */
export interface Hop {
  readonly name: HopName;
  readonly from: ParticipantId;
  readonly to: ParticipantId;
  readonly message: Message;
  /** Turn in which it was sent. */
  readonly sent: number;
  /** Turn in which it arrived; absent while under way or when lost. */
  readonly received?: number;
  /** Turn in which it was lost. */
  readonly lost?: number;
  /** A scripted turn went before it although it was next by default: drawn slanted where that shows. */
  readonly passedOver?: boolean;
  readonly origin: "computed" | "authored";
  /** The rule that sent it; absent for an authored one. Of an altered one the rule that sent what it was. */
  readonly rule?: string;
  /** The author has said that this departure from the rules is meant. */
  readonly accepted?: boolean;
  /** Of an altered one: what the rules send. */
  readonly instead?: { readonly name: string; readonly rule: string; readonly message: Message };
  /** The hop whose arrival caused it; absent after a stimulus or a timer. */
  readonly cause?: HopName;
  /** The hop of which it passes on the same message; absent where a message is new. */
  readonly relays?: HopName;
}

export interface Via {
  readonly by: ParticipantId;
  /** The transaction on that hop: the name of the hop that carried the request. */
  readonly branch: HopName;
}

/** One side of a dialog: a participant or a user's address, with its tag once known. */
export interface Party {
  readonly id: string;
  readonly tag?: string;
}

/** A message; every field that no element set is absent. */
export interface Message {
  /** Its name at CPM level, e.g. `ALERTING response`; for an authored one its label. */
  readonly name: string;
  readonly kind: "request" | "provisional" | "final" | "acknowledgement" | "media";
  readonly class: MessageClass;
  /** SIP method, of the request that a response answers too; `SEND` for MSRP. */
  readonly method?: string;
  readonly status?: number;
  /** Call-ID: one per dialog-forming invitation between two user agents. */
  readonly call?: string;
  /** The session it belongs to, the same on both sides of a back-to-back function. */
  readonly session?: string;
  /** The transaction on this hop: the name of the hop that carried its request. */
  readonly transaction?: HopName;
  readonly from?: Party;
  readonly to?: Party;
  /** Request-URI: a user, a client or another participant. */
  readonly uri?: { readonly user: string } | { readonly participant: ParticipantId };
  readonly via?: readonly Via[];
  readonly route?: readonly ParticipantId[];
  readonly recordRoute?: readonly ParticipantId[];
  /** Servers whose service control the request has been through. */
  readonly served?: readonly ParticipantId[];
  readonly media?: readonly string[];
  /** Clients not to be reached (Reject-Contact). */
  readonly exclude?: readonly ParticipantId[];
  /** Request-Disposition: no-cancel (RFC 3841 §9.1). */
  readonly noCancel?: boolean;
  /** URI list of a group invitation. */
  readonly invitees?: readonly { readonly user: string; readonly replaces?: string }[];
  /** The session that this invitation replaces. */
  readonly replaces?: string;
  /** The session that the sender takes over from another device (Target-Dialog, RFC 4538). */
  readonly joins?: string;
  /** The far end of the session that is to be transferred, where who asks for it knows that. */
  readonly transferee?: ParticipantId;
  /** Reason header of a CANCEL or BYE (RFC 3326). */
  readonly reason?: { readonly cause: number; readonly text: string };
  /** Refer-To: the target of a transfer. */
  readonly referTo?: ParticipantId;
  /** Event package and state of a NOTIFY. */
  readonly event?: string;
  /** The user agent itself (Contact), where requests within the dialog are to go. */
  readonly contact?: ParticipantId;
  /** Status of the failure that an ACK on one hop acknowledges; absent on the ACK of a 2xx. */
  readonly acknowledges?: number;
  /** How often it has been sent before: it got lost. */
  readonly again?: number;
  /** Credentials were asked for (407) or are given. */
  readonly authorization?: boolean;
  readonly text?: string;
}

/** State of one participant in words, for *Why*. */
export interface ParticipantState {
  readonly participant: ParticipantId;
  readonly role: Role;
  readonly facts: readonly StateFact[];
}

/** One leg, dialog, session, timer or media path of a participant. */
export interface StateFact {
  readonly kind: "leg" | "dialog" | "session" | "timer" | "media" | "transfer";
  /** Stable between turns, so that before and after can be compared. */
  readonly key: string;
  readonly label: string;
  readonly value: string;
}

/** Everything known about one turn. */
export interface Explanation {
  readonly turn: number;
  readonly rules: readonly RuleInfo[];
  readonly before: readonly ParticipantState[];
  readonly after: readonly ParticipantState[];
  /** What else could have happened instead of this turn. */
  readonly alternatives: readonly Choice[];
}

/** A rule as a person reads it. */
export interface RuleInfo {
  readonly id: string;
  readonly role: Role;
  readonly title: string;
  readonly clause: string;
  readonly says: string;
  /** What makes it look, each as the rest of a sentence that begins with “When”. */
  readonly on: readonly string[];
  /** Its guard: the conditions in words. */
  readonly when: readonly string[];
  /** The options of the scenario that it reads. */
  readonly options: readonly OptionName[];
  /** The timers that make it look. */
  readonly timers: readonly RuleTimer[];
}

export interface RuleTimer {
  readonly name: string;
  /** How long it runs where the scenario does not say. */
  readonly seconds: number;
  /** "for the user to answer" */
  readonly waits: string;
}

export type { Choice, HopName, ParticipantId };

import type { Role } from "../../../shared/flow/flow.ts";
import type { HopName, ParticipantId } from "../../../shared/run/choice.ts";
import type { Ack, Stray, TraceMessage, Transaction } from "./trace.ts";

/** A transaction while it is being put together. */
export interface Building extends Transaction {
  readonly resent: TraceMessage[];
  readonly provisionals: TraceMessage[];
  readonly finals: TraceMessage[];
  readonly finalsAgain: TraceMessage[];
  readonly acks: TraceMessage[];
  readonly parent?: Building;
  readonly children: Building[];
  readonly cancels: Building[];
  readonly cancelled?: Building;
}

/** What putting a run together to transactions yields. */
export interface Transactions {
  readonly transactions: readonly Transaction[];
  readonly acks: readonly Ack[];
  readonly strays: readonly Stray[];
}

/** What is known while messages are being put together, indexed for the next one. */
export interface Book extends Transactions {
  readonly transactions: Building[];
  readonly acks: Ack[];
  readonly strays: Stray[];
  /** By the name that computed messages carry. */
  readonly byName: Map<string, Building>;
  readonly ofHop: Map<HopName, Building>;
  readonly byEdge: Map<string, Building[]>;
  /** Authored requests alone: computed ones are found by name. */
  readonly byServer: Map<ParticipantId, Building[]>;
  readonly byClient: Map<ParticipantId, Building[]>;
  /** Who has sent or got a request with which something begins. */
  readonly began: Set<ParticipantId>;
  readonly lastOfPair: Map<string, TraceMessage>;
  /** How many INVITEs an author drew from each participant, and on each edge. */
  readonly passedOn: ReadonlyMap<string, number>;
  role(id: ParticipantId): Role;
}

export const edgeOf = (client: ParticipantId, server: ParticipantId): string => `${client}>${server}`;
export const pairOf = (a: ParticipantId, b: ParticipantId): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

const none: readonly Building[] = [];

export function listAt(map: ReadonlyMap<string, readonly Building[]>, key: string): readonly Building[] {
  return map.get(key) ?? none;
}

/** So many of the latest transactions are looked at where names are missing: figures do not leave more open at once. */
const WINDOW = 200;

export const latest = (list: readonly Building[]): readonly Building[] =>
  list.length <= WINDOW ? list : list.slice(-WINDOW);

interface Place {
  readonly parent: Building | undefined;
  readonly cancelled: Building | undefined;
  readonly abbreviated: boolean;
}

/** Opens the transaction of a request. */
export function open(book: Book, request: TraceMessage, { parent, cancelled, abbreviated }: Place): Building {
  const { from, to, method = "", hop } = request;
  const transaction: Building = {
    method,
    client: from,
    server: to,
    request,
    resent: [],
    provisionals: [],
    finals: [],
    finalsAgain: [],
    acks: [],
    children: [],
    cancels: [],
    ...(parent === undefined ? undefined : { parent }),
    ...(cancelled === undefined ? undefined : { cancelled }),
    ...(abbreviated ? { abbreviated } : undefined),
  };
  parent?.children.push(transaction);
  book.transactions.push(transaction);
  book.ofHop.set(hop.name, transaction);
  if (!request.authored) {
    const name = request.message.transaction ?? hop.name;
    const key = method === "CANCEL" ? `CANCEL ${name}` : name;
    if (!book.byName.has(key)) book.byName.set(key, transaction);
  }
  add(book.byEdge, edgeOf(from, to), transaction);
  add(book.byServer, to, transaction);
  add(book.byClient, from, transaction);
  return transaction;
}

function add(map: Map<string, Building[]>, key: string, transaction: Building): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [transaction]);
  else list.push(transaction);
}

/** Whether the request of `t` came through, or from, `id`. */
export function isAncestor(t: Building, id: ParticipantId): boolean {
  for (let at: Building | undefined = t; at !== undefined; at = at.parent) if (at.client === id) return true;
  return false;
}

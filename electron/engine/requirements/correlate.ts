import type { Role } from "../../../shared/flow/flow.ts";
import type { ParticipantId } from "../../../shared/run/choice.ts";
import { acknowledge } from "./correlate-acks.ts";
import { candidatesFor, choose } from "./correlate-responses.ts";
import type { Stray, TraceMessage } from "./trace.ts";
import {
  type Book,
  type Building,
  edgeOf,
  isAncestor,
  latest,
  listAt,
  open,
  pairOf,
  type Transactions,
} from "./transaction-book.ts";

/**
 * Puts messages together to transactions. A computed message names its transaction; an authored one is matched on its
 * edge by method and order, the oldest unanswered request first. A response or CANCEL whose figure skips elements is
 * matched along the path of the request.
 */
export function correlate(messages: readonly TraceMessage[], role: (id: ParticipantId) => Role): Transactions {
  const book: Book = {
    transactions: [],
    acks: [],
    strays: [],
    byName: new Map(),
    ofHop: new Map(),
    byEdge: new Map(),
    byServer: new Map(),
    byClient: new Map(),
    began: new Set(),
    lastOfPair: new Map(),
    passedOn: passedOnBy(messages),
    role,
  };
  for (const message of messages) {
    if (message.kind === "request") takeRequest(book, message);
    else if (message.kind === "acknowledgement") acknowledge(book, message);
    else if (message.kind === "provisional" || message.kind === "final") takeResponse(book, message);
    if (message.kind !== "unknown" && message.kind !== "state")
      book.lastOfPair.set(pairOf(message.from, message.to), message);
  }
  return book;
}

function takeRequest(book: Book, message: TraceMessage): void {
  const before = sentBefore(book, message);
  if (before !== undefined) {
    before.resent.push(message);
    book.ofHop.set(message.hop.name, before);
    return;
  }
  markEarly(book, message);
  if (begins.has(message.method ?? "") && message.said.inDialog !== true) {
    book.began.add(message.from);
    book.began.add(message.to);
  }
  const invite = message.method === "CANCEL" ? inviteToCancel(book, message) : undefined;
  const transaction = open(book, message, {
    parent: parentOf(book, message, invite),
    cancelled: invite,
    abbreviated: invite !== undefined && invite.client !== message.from,
  });
  invite?.cancels.push(transaction);
}

/** The transaction whose request `message` is again: named as such, or the same INVITE while nothing has come back. */
function sentBefore(book: Book, message: TraceMessage): Building | undefined {
  const name = transactionName(message);
  if (name !== undefined) {
    const known = book.byName.get(name);
    // A copy put there by an author carries no sign of having been sent again.
    const again = message.message.again !== undefined || message.method === "CANCEL";
    return again ? known : undefined;
  }
  const last = listAt(book.byEdge, edgeOf(message.from, message.to)).findLast((t) => t.method === message.method);
  if (last === undefined) return undefined;
  if (message.said.again === true) {
    // After a failure the same request is a new one, tried again.
    return last.finals.some((f) => (f.status ?? 0) >= 300) ? undefined : last;
  }
  const silent = last.provisionals.length === 0 && last.finals.length === 0;
  if (message.method !== "INVITE" || !silent || !isSameRequest(last.request, message)) return undefined;
  return isForAnother(book, message) ? undefined : last;
}

/** A focus invites one user after the other over the same hop: as many as are passed on from there. */
function isForAnother(book: Book, { from, to }: TraceMessage): boolean {
  if (book.role(from) !== "controllingFunction") return false;
  const sent = listAt(book.byEdge, edgeOf(from, to)).filter(({ method }) => method === "INVITE").length;
  return sent < (book.passedOn.get(to) ?? 0) - (book.passedOn.get(edgeOf(to, from)) ?? 0);
}

/** How many authored INVITEs each participant sends in all, and on each edge. */
function passedOnBy(messages: readonly TraceMessage[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { authored, method, kind, from, to, said } of messages)
    if (authored && method === "INVITE" && kind === "request" && said.again !== true)
      for (const key of [from, edgeOf(from, to)]) found.set(key, (found.get(key) ?? 0) + 1);
  return found;
}

function isSameRequest(a: TraceMessage, b: TraceMessage): boolean {
  const bare = (m: TraceMessage) => m.message.name.replace(/\(?\bF?\d+\)?/g, "").trim();
  return bare(a) === bare(b) && a.said.tag === b.said.tag;
}

/** The name by which a computed message goes with others; a CANCEL shares that of its INVITE. */
function transactionName({ authored, method, message, hop }: TraceMessage): string | undefined {
  if (authored) return undefined;
  const name = message.transaction ?? hop.name;
  return method === "CANCEL" ? `CANCEL ${name}` : name;
}

function inviteToCancel(book: Book, message: TraceMessage): Building | undefined {
  const { from, to } = message;
  const named = message.authored ? undefined : book.byName.get(message.message.transaction ?? "");
  if (named !== undefined) return named;
  const direct = latestInvite(listAt(book.byEdge, edgeOf(from, to)));
  if (direct !== undefined) return direct;
  return latestInvite(latest(listAt(book.byServer, to)).filter((t) => isAncestor(t, from)));
}

/** The latest INVITE without a final response, or else the latest of all. */
function latestInvite(list: readonly Building[]): Building | undefined {
  const isOpen = (t: Building) => t.method === "INVITE" && t.finals.length === 0;
  return list.findLast(isOpen) ?? list.findLast((t) => t.method === "INVITE");
}

/** The transaction whose request an element passes on with `message`. */
function parentOf(book: Book, message: TraceMessage, invite: Building | undefined): Building | undefined {
  const { from, method, hop } = message;
  if (!message.authored) return hop.relays === undefined ? undefined : book.ofHop.get(hop.relays);
  if (invite !== undefined) {
    const above = invite.parent;
    return above?.cancels.findLast((c) => c.server === from);
  }
  const role = book.role(from);
  if (role === "client" || role === "controllingFunction") return undefined;
  const received = latest(listAt(book.byServer, from)).filter(
    (t) => t.method === method && mayReturn(role, t, message) && t.request.receivedAt !== undefined,
  );
  const unanswered = received.filter((t) => t.finals.length === 0);
  const childless = unanswered.filter((t) => t.children.length === 0);
  return childless.find((t) => !hasGoneAhead(book, role, t)) ?? childless[0] ?? unanswered.at(-1);
}

/** An element has sent such a request on without having got one, before this one came: a figure with the two the wrong way round. */
function hasGoneAhead(book: Book, role: Role, { method, client, server, request }: Building): boolean {
  return latest(listAt(book.byClient, server)).some(
    (sent) =>
      sent.method === method &&
      sent.parent === undefined &&
      sent.request.sentAt < request.sentAt &&
      (role === "participatingFunction" || sent.server !== client) &&
      [...sent.provisionals, ...sent.finals].every((answer) => answer.sentAt > request.sentAt),
  );
}

/** A function hands a request back to the core that brought it; other elements send it onwards. */
function mayReturn(role: Role, t: Building, { to }: TraceMessage): boolean {
  return role === "participatingFunction" || t.client !== to;
}

function takeResponse(book: Book, message: TraceMessage): void {
  const named = transactionName(message);
  const found = named === undefined ? choose(candidatesFor(book, message), message) : book.byName.get(named);
  if (found === undefined) {
    book.strays.push(strayOf(book, message));
    return;
  }
  book.ofHop.set(message.hop.name, found);
  if (message.kind === "provisional") found.provisionals.push(message);
  else if (isAgain(found, message)) found.finalsAgain.push(message);
  else found.finals.push(message);
}

/** A final response that repeats an earlier one because the figure or the engine says so, or its request came again. */
function isAgain(t: Building, message: TraceMessage): boolean {
  if (t.finals.length === 0) return false;
  if (message.said.again === true || message.message.again !== undefined) return true;
  return t.resent.length > t.finalsAgain.length && t.finals.some((f) => f.status === message.status);
}

/** Requests with which something begins, so that nothing of it lies before them. */
const begins = new Set(["INVITE", "REGISTER", "SUBSCRIBE", "REFER", "OPTIONS", "MESSAGE", "PUBLISH"]);

/**
 * A figure may begin in the middle of things; then the request lies before its first step. Once it has shown one of the
 * two begin something, a response without a request has lost it, unless it belongs to an INVITE that is known only by its
 * CANCEL.
 */
function strayOf(book: Book, message: TraceMessage): Stray {
  const { from, to, method } = message;
  const cancelledUnseen = listAt(book.byEdge, edgeOf(to, from)).some(
    (t) => t.method === "CANCEL" && t.cancelled === undefined,
  );
  const began = [from, to].some((id) => book.began.has(id));
  const forAnother = latest(listAt(book.byServer, from)).some(
    (t) => t.finals.length === 0 && (method === undefined || t.method === method) && t.client !== to,
  );
  return { message, sure: !cancelledUnseen && (began || forAnother) };
}

/** A response that stands right before its request between the two has come too early. */
function markEarly(book: Book, request: TraceMessage): void {
  const at = book.strays.findLastIndex(({ message }) => message.from === request.to && message.to === request.from);
  const stray = book.strays[at];
  if (stray === undefined || stray.sure) return;
  const last = book.lastOfPair.get(pairOf(request.from, request.to));
  const { method, kind } = stray.message;
  const fits = method === request.method || (method === undefined && (kind === "final" || request.method === "INVITE"));
  if (last === stray.message && fits) book.strays[at] = { ...stray, sure: true };
}

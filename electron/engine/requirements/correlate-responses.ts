import type { TraceMessage } from "./trace.ts";
import { type Book, type Building, edgeOf, isAncestor, latest, listAt } from "./transaction-book.ts";

/** The transactions that an authored response may belong to: those of its edge, or else those it reaches by skipping elements. */
export function candidatesFor(book: Book, response: TraceMessage): readonly Building[] {
  const { from, to } = response;
  const direct = latest(listAt(book.byEdge, edgeOf(to, from)));
  if (direct.length > 0) return direct;
  return latest(listAt(book.byServer, from)).filter((t) => isAncestor(t, to));
}

const isOpen = (t: Building): boolean => t.finals.length === 0;
const isInvite = (t: Building): boolean => t.method === "INVITE";

/** The one of `candidates` that an authored response answers. */
export function choose(candidates: readonly Building[], response: TraceMessage): Building | undefined {
  const { method, status = 200, said } = response;
  const fitting = method === undefined ? candidates : candidates.filter((t) => t.method === method);
  const tagged = said.tag === undefined ? fitting : fitting.filter((t) => fitsTag(t, said.tag));
  const pool = tagged.length > 0 ? tagged : fitting;
  if (said.again === true) return pool.findLast((t) => t.finals.some((f) => f.status === status)) ?? pool.at(-1);
  const open = pool.filter(isOpen);
  const brought = open.filter((t) => hasBrought(t, response));
  if (method !== undefined) return brought[0] ?? open[0] ?? pool.at(-1);
  if (status < 200) return pool.findLast((t) => isInvite(t) && isOpen(t)) ?? pool.findLast(isInvite);
  return usual(brought.length > 0 ? brought : open, status) ?? anotherAnswer(pool, response);
}

/** From where the request went on, such a response has come to the element that sends this one. */
function hasBrought({ children }: Building, { status, sentAt }: TraceMessage): boolean {
  return children.some(({ finals }) => finals.some((f) => f.status === status && (f.receivedAt ?? Infinity) < sentAt));
}

/** Statuses that say what they answer, as figures use them. */
const ofInvites = new Set([480, 486, 487, 488, 600, 603, 604, 606]);
const ofSubscriptions = new Set(["REFER", "SUBSCRIBE"]);

function usual(open: readonly Building[], status: number): Building | undefined {
  const other = open.filter((t) => !isInvite(t));
  const invite = open.find(isInvite);
  if (status === 202) return other.find((t) => ofSubscriptions.has(t.method)) ?? other[0] ?? invite;
  if (ofInvites.has(status)) return invite ?? other[0];
  // A short request is answered before a user answers an invitation.
  return status < 300 ? (other[0] ?? invite) : (open.at(-1) ?? invite);
}

/** A further final response where nothing is open: another branch's of an INVITE, or one too many. */
function anotherAnswer(pool: readonly Building[], response: TraceMessage): Building | undefined {
  const { said } = response;
  if (said.tag !== undefined) {
    const forked = pool.findLast((t) => isInvite(t) && !t.finals.some((f) => f.said.tag === said.tag));
    if (forked !== undefined) return forked;
  }
  const answered = pool.filter((t) => t.finals.length > 0);
  const { status = 200 } = response;
  return (ofInvites.has(status) ? answered.findLast(isInvite) : undefined) ?? answered.at(-1);
}

/** A tag names a dialog: a request that carries another one is not what is answered. */
function fitsTag(t: Building, tag: string | undefined): boolean {
  return isInvite(t) || t.request.said.tag === undefined || t.request.said.tag === tag;
}

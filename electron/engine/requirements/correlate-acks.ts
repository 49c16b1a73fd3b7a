import { isSuccess, type TraceMessage } from "./trace.ts";
import { type Book, type Building, edgeOf, latest, listAt } from "./transaction-book.ts";

/**
 * Finds what an ACK acknowledges. The ACK of a failure stays on its hop; that of a 2xx goes from end to end and may skip
 * elements that the INVITE has passed (RFC 3261 §13.2.2.4, §17.1.1.3).
 */
export function acknowledge(book: Book, message: TraceMessage): void {
  const { from, to } = message;
  const onEdge = listAt(book.byEdge, edgeOf(from, to));
  const own = message.authored ? onAuthoredEdge(onEdge, message) : onComputedEdge(book, onEdge, message);
  const found = own ?? acrossElements(book, message);
  found?.acks.push(message);
  const response = found === undefined ? undefined : acknowledged(found, message);
  book.acks.push({ message, ...(found && { of: found }), ...(response && { response }) });
}

function onComputedEdge(book: Book, onEdge: readonly Building[], { message }: TraceMessage): Building | undefined {
  if (message.acknowledges !== undefined) return book.byName.get(message.transaction ?? "");
  const isOfCall = (t: Building) => t.method === "INVITE" && t.request.message.call === message.call;
  // A proxy that forks sends several INVITEs of one call over the same hop: the tag tells whose acceptance it is.
  const tag = message.to?.tag;
  return (
    onEdge.findLast((t) => isOfCall(t) && t.finals.some((f) => isSuccess(f) && f.message.to?.tag === tag)) ??
    onEdge.findLast(isOfCall)
  );
}

function onAuthoredEdge(onEdge: readonly Building[], message: TraceMessage): Building | undefined {
  const invites = latest(onEdge).filter((t) => t.method === "INVITE");
  if (message.said.again === true) return invites.findLast((t) => t.acks.length > 0) ?? invites.at(-1);
  const { inDialog } = message.said;
  const due = invites.filter((t) => unacknowledged(t, message));
  const fitting = inDialog === true ? due.filter((t) => t.request.said.inDialog === true) : due;
  return (fitting[0] ?? due[0]) || undefined;
}

/** Whether `t` has a final response that waits for an ACK, with the tag that the ACK carries. */
function unacknowledged(t: Building, message: TraceMessage): boolean {
  return acknowledged(t, message) !== undefined && t.acks.length < t.finals.length;
}

/** The response that an ACK on this transaction is for. */
function acknowledged(t: Building, message: TraceMessage): TraceMessage | undefined {
  const arrived = t.finals.filter((f) => f.sentAt < message.sentAt);
  const { tag } = message.said;
  const toTag = message.message.to?.tag;
  if (tag !== undefined) return arrived.find((f) => f.said.tag === undefined || f.said.tag === tag);
  if (toTag !== undefined) return arrived.find((f) => f.message.to?.tag === toTag) ?? arrived[0];
  return arrived[Math.min(t.acks.length, arrived.length - 1)];
}

/** The INVITE of the sender whose 2xx came from beyond, or that of an element nearer to the receiver. */
function acrossElements(book: Book, message: TraceMessage): Building | undefined {
  const { from, to } = message;
  const accepted = (t: Building) => t.method === "INVITE" && t.finals.some((f) => (f.status ?? 0) < 300);
  const reaches = (t: Building): boolean => t.server === to || t.children.some(reaches);
  const sent = latest(listAt(book.byClient, from)).filter(accepted);
  const beyond = sent.findLast((t) => t.server !== to && t.acks.length === 0 && reaches(t));
  if (beyond !== undefined) return beyond;
  // Drawn once more, or before the response it is for.
  return listAt(book.byEdge, edgeOf(from, to)).findLast((t) => t.method === "INVITE");
}

import type { Drawing, Drawn } from "./drawn.ts";

/** What a standard lets an element send although no rule of its role does. */
export interface Permission {
  readonly clause: string;
  readonly says: string;
}

/** Why `drawn` may be sent although the rules do not send it; undefined where nothing lets it. */
export function permissionFor(drawing: Drawing, drawn: Drawn): Permission | undefined {
  const { transaction, status, method, message } = drawn;
  if (transaction === undefined) return undefined;
  const isOpen = transaction.finals.every((final) => final.sentAt > message.sentAt);
  if (status === 100 && isOpen && transaction.server === drawn.from)
    return { clause: "RFC 3261 §8.2.6.1", says: "A user agent may answer 100 Trying while it has no better answer." };
  if (transaction.resent.includes(message))
    return { clause: "RFC 3261 §17.1.1.2", says: "The same request again, while nothing has come back." };
  if (transaction.finalsAgain.includes(message))
    return { clause: "RFC 3261 §13.3.1.4, §17.2.1", says: "The same final response again, until it is acknowledged." };
  if (status === 181 && isOpen)
    return { clause: "RFC 3261 §21.1.3", says: "An element that forwards an invitation elsewhere may say so." };
  const isRinging = status !== undefined && status > 100 && status < 200;
  if (isRinging && isOpen && drawing.isUserAgent(drawn.from))
    return { clause: "RFC 3261 §13.3.1.1", says: "A user agent may send any number of provisional responses." };
  if (method === "BYE" && status === undefined && isOfEarlyDialog(drawing, drawn))
    return {
      clause: "RFC 3261 §15",
      says: "The inviting side may release an early dialog; the rules cancel the invitation instead.",
    };
  return undefined;
}

/** A release by the inviting side while its invitation rings. */
function isOfEarlyDialog(drawing: Drawing, { from, to, index }: Drawn): boolean {
  const invite = drawing.messages.findLast(
    (d) => d.index < index && d.from === from && d.to === to && d.method === "INVITE" && d.status === undefined,
  );
  const of = invite?.transaction;
  const now = drawing.messages[index]?.message.sentAt ?? 0;
  if (of === undefined) return false;
  const rings = of.provisionals.some((p) => (p.receivedAt ?? now) < now);
  return rings && of.finals.every((f) => (f.receivedAt ?? now) >= now);
}

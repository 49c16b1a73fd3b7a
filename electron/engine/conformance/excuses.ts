import { rootOf, type Trace, type TraceMessage, type Transaction } from "../requirements/trace.ts";
import type { Drawn } from "./drawn.ts";
import { isModification } from "./presupposed.ts";

/** Requests that the rules of the roles know. */
const known = new Set(["INVITE", "ACK", "CANCEL", "BYE", "SEND"]);

/** Why the rules have nothing to say of a message; undefined where they have. */
export function excuses(trace: Trace, transfers: boolean, chats: boolean): (drawn: Drawn) => string | undefined {
  const beyond = new Map<Transaction, string | undefined>();
  const unseen = new Set(trace.strays.flatMap(({ message, sure }) => (sure ? [] : [message])));
  for (const { message, of } of trace.acks) if (of === undefined && !hasInvited(trace, message)) unseen.add(message);
  return ({ from, to, message, method, status, acknowledges, transaction }) => {
    const stranger = [from, to].find((id) => trace.role(id) === "other");
    if (stranger !== undefined) return `${trace.the(stranger)} has no role, so no rule says what it does.`;
    if (message.kind === "state") return "This is no message.";
    if (message.kind === "unknown") return `“${message.message.name}” is no message that the rules know.`;
    if (message.kind === "media") return chats ? undefined : "Media are agreed by signalling; no rule sends them.";
    if (unseen.has(message) || isOfUnseen(transaction)) return "It belongs to a request before the first step.";
    if (method === undefined) return message.status === undefined ? "No rule knows this message." : undefined;
    if (method === "REFER" || method === "NOTIFY")
      return transfers ? undefined : `The rules know ${method} in a CPM transfer only.`;
    if (isRedirection(status) || isRedirection(acknowledges)) return "The rules know no redirection.";
    if (!known.has(method)) return `The rules know no ${method}.`;
    if (transaction === undefined || transaction.method !== "INVITE") return undefined;
    const root = rootOf(transaction);
    if (!beyond.has(root)) beyond.set(root, excuseForInvitation(trace, root));
    return beyond.get(root) ?? excuseForDialogs(trace, transaction, message);
  };
}

/** A CANCEL whose INVITE the flow does not show. */
function isOfUnseen(t: Transaction | undefined): boolean {
  return t?.method === "CANCEL" && t.cancelled === undefined && t.parent === undefined;
}

const isRedirection = (status: number | undefined): boolean => status !== undefined && status >= 300 && status < 400;

function excuseForInvitation(trace: Trace, root: Transaction): string | undefined {
  if (isModification(trace, root)) return "The rules know no modification of a session.";
  for (const t of withDescendants(root)) {
    if (t.finals.some(({ status }) => isRedirection(status))) return "The rules know no redirection.";
    const asks = t.finals.some(({ status }) => status === 401 || status === 407);
    const isOwn = trace.role(t.client) === "client" && trace.role(t.server) === "core";
    if (asks && !isOwn && t.children.length === 0) return "The rules let a core challenge only its own clients.";
  }
  return undefined;
}

function* withDescendants(t: Transaction): Generator<Transaction> {
  yield t;
  for (const child of t.children) yield* withDescendants(child);
}

/** A figure may draw a network that forks as one participant; then its answers bear several tags. */
function excuseForDialogs(trace: Trace, t: Transaction, message: TraceMessage): string | undefined {
  const { tag } = message.said;
  if (tag === undefined || trace.role(t.server) !== "client") return undefined;
  const first = [...t.provisionals, ...t.finals].find((m) => m.said.tag !== undefined)?.said.tag;
  return first === tag ? undefined : `${trace.the(t.server)} answers for more than one device here.`;
}

/** Whether the flow shows an earlier INVITE that the acknowledgement may belong to: then it shows what there is to acknowledge. */
function hasInvited(trace: Trace, { from, to, sentAt }: TraceMessage): boolean {
  return trace.transactions.some(
    (t) =>
      t.method === "INVITE" &&
      t.request.sentAt < sentAt &&
      (t.client === from || (t.client === to && t.server === from)),
  );
}

import { describeRequest, describeResponse } from "../../shared/flow/messages.ts";
import { type Recognised, recognise } from "../../shared/flow/recognise.ts";
import type { HopName, ParticipantId } from "../../shared/run/choice.ts";
import type { Message } from "../../shared/run/run.ts";
import type { MessageDraft } from "./rule.ts";
import { invitationDraft } from "./rules/call.ts";
import { isInDialog, isSuccess } from "./sip.ts";
import { type Draft, type InFlight, nextIdentifier, type Past } from "./world.ts";

/**
 * What an author draws, as its receiver takes it. A label that means something becomes the message that its sender could
 * have sent: a response answers a request that is still open on its edge, a request belongs to the INVITE, the dialog
 * or the invitation that is there. Its other fields are those of the sender's own message; its name stays the label.
 */

/** A message as an author writes it. */
export interface Words {
  readonly label: string;
  readonly kind?: "request" | "response" | "media";
}

/** The message, and a sentence where it stays words that no rule is bound by. */
export interface DrawnMessage {
  readonly message: Message;
  readonly why?: string;
}

type Edge = Pick<InFlight, "name" | "from" | "to">;

/** A message that stands for its author's words alone. */
export function authored({ label, kind = "request" }: Words): Message {
  return kind === "media"
    ? { name: label, kind: "media", class: "media" }
    : { name: label, kind: kind === "request" ? "request" : "final", class: "cpm" };
}

/**
 * The message that `words` are on `edge`.
 * @param before what the words take the place of, where a rule had sent something there.
 */
export function drawnMessage(draft: Draft, edge: Edge, words: Words, before?: Message): DrawnMessage {
  const plain = authored(words);
  // Until a rule has acted a drawing is all there is: a flow that is drawn from its beginning stays what was drawn.
  if (draft.past === undefined || draft.past.given === true) return { message: plain };
  if (edge.from === edge.to || !hasRules(draft, edge.from) || !hasRules(draft, edge.to)) return { message: plain };
  const meaning = recognise(words.label);
  if (meaning === undefined || meaning.kind === "state") return { message: plain };
  const found = before === undefined ? undefined : inPlaceOf(before, meaning);
  const built = found ?? build(draft, edge, meaning);
  if (built !== undefined) return { message: named(built, words) };
  return { message: plain, why: whyNot(draft, edge, words, meaning) };
}

function hasRules({ topology }: Draft, id: ParticipantId): boolean {
  return (topology.participants.get(id)?.role ?? "other") !== "other";
}

/** The author's words for it, and the look that the author gives it; it is seen at every level. */
function named(message: MessageDraft, { label, kind }: Words): Message {
  const { method = "", status } = message;
  const described = status === undefined ? describeRequest(method, message) : describeResponse(method, status, message);
  const isMedia = kind === "media" || described.kind === "media";
  return { ...message, name: label, kind: described.kind, class: isMedia ? "media" : "cpm" };
}

function whyNot(draft: Draft, { from, to }: Edge, { label }: Words, meaning: Recognised): string {
  const name = (id: ParticipantId) => draft.topology.participants.get(id)?.name ?? id;
  const [sender, receiver] = [name(from), name(to)];
  const stays = `so “${label}” is drawn and nothing comes of it`;
  if (meaning.kind === "response")
    return `${receiver} has sent ${sender} no request that this could still answer, ${stays}.`;
  if (meaning.method === "CANCEL" || meaning.method === "ACK")
    return `${sender} has sent ${receiver} no INVITE that this could belong to, ${stays}.`;
  if (meaning.method === "INVITE" && meaning.inDialog !== true)
    return `The scenario has no invitation that ${sender} could send, ${stays}.`;
  return `${sender} has no session with or through ${receiver} that this could belong to, ${stays}.`;
}

/** Another answer to the same request, or the same request in other words. */
function inPlaceOf(before: Message, meaning: Recognised): MessageDraft | undefined {
  const { method = before.method } = meaning;
  if (before.method === undefined || method !== before.method) return undefined;
  if (meaning.kind === "request")
    return before.status === undefined ? withoutLook({ ...before, ...reasonOf(meaning) }) : undefined;
  if (meaning.kind !== "response" || before.status === undefined || meaning.status === undefined) return undefined;
  const { status } = meaning;
  const ofSuccess = status < 300 ? before : { ...before, recordRoute: undefined, contact: undefined, media: undefined };
  return withoutLook({ ...ofSuccess, status });
}

function build(draft: Draft, edge: Edge, meaning: Recognised): MessageDraft | undefined {
  if (meaning.kind === "response") return response(draft, edge, meaning);
  if (meaning.kind === "media") return inDialog(draft, edge, "SEND", meaning);
  const { method } = meaning;
  if (method === "CANCEL") return cancel(draft, edge, meaning);
  if (method === "ACK") return acknowledgement(draft, edge);
  if (method === "INVITE" && meaning.inDialog !== true) return invitation(draft, edge);
  if (method === undefined) return undefined;
  return like(draft, edge, meaning) ?? inDialog(draft, edge, method, meaning);
}

/** Messages that were sent, the newest first. */
function* sentBefore(past: Past | undefined): Generator<InFlight> {
  for (let at = past; at !== undefined; at = at.before) yield at.hop;
}

const keyOf = ({ method, transaction }: Message): string => `${method} ${transaction}`;

/** The latest request from `client` to `server` without a final answer. */
function openRequest(
  draft: Draft,
  client: ParticipantId,
  server: ParticipantId,
  is: (request: Message) => boolean,
): Message | undefined {
  const answered = new Set<string>();
  for (const { from, to, message } of sentBefore(draft.past)) {
    if (message.status !== undefined) {
      if (message.status >= 200 && from === server && to === client) answered.add(keyOf(message));
    } else if (from === client && to === server && message.method !== "ACK" && is(message)) {
      if (!answered.has(keyOf(message))) return message;
    }
  }
  return undefined;
}

/** What a status alone can answer. */
function methodAnswered({ method, status = 0 }: Recognised): string | undefined {
  if (method !== undefined) return method;
  if (status === 202) return "REFER";
  return status < 200 || status === 487 ? "INVITE" : undefined;
}

function response(draft: Draft, { from, to }: Edge, meaning: Recognised): MessageDraft | undefined {
  const { status } = meaning;
  const method = methodAnswered(meaning);
  const request = openRequest(draft, to, from, (m) => method === undefined || m.method === method);
  if (request?.via === undefined || status === undefined) return undefined;
  const further = passedBack(draft, from, request, status);
  const tag = further?.to?.tag ?? from;
  const contact = further === undefined ? from : further.contact;
  const accepts = request.method === "INVITE" && status < 300;
  return {
    method: request.method,
    status,
    call: request.call,
    session: request.session,
    event: request.event,
    from: request.from,
    to: request.to?.tag === undefined ? { id: request.to?.id ?? tag, tag } : request.to,
    via: request.via,
    transaction: request.transaction,
    ...(status < 300 ? { recordRoute: further?.recordRoute ?? request.recordRoute } : undefined),
    ...(accepts ? { contact } : undefined),
    ...(accepts && status >= 200 ? { media: request.media } : undefined),
  };
}

/** What a proxy has got from further on for the request and may pass back, of the same class. */
function passedBack(draft: Draft, proxy: ParticipantId, request: Message, status: number): Message | undefined {
  for (const { to, message } of sentBefore(draft.past)) {
    if (to !== proxy || message.status === undefined || message.via?.[1]?.branch !== request.transaction) continue;
    if (Math.floor(message.status / 100) === Math.floor(status / 100)) return message;
  }
  return undefined;
}

const reasonOf = ({ cause }: Recognised): Pick<Message, "reason"> | undefined =>
  cause === undefined ? undefined : { reason: { cause, text: "" } };

function cancel(draft: Draft, { from, to }: Edge, meaning: Recognised): MessageDraft | undefined {
  const invite = openRequest(draft, from, to, ({ method }) => method === "INVITE");
  const { transaction } = invite ?? {};
  if (invite === undefined || transaction === undefined) return undefined;
  return {
    method: "CANCEL",
    call: invite.call,
    session: invite.session,
    from: invite.from,
    to: invite.to,
    uri: invite.uri,
    transaction,
    via: [{ by: from, branch: transaction }],
    ...reasonOf(meaning),
  };
}

function acknowledgement(draft: Draft, edge: Edge): MessageDraft | undefined {
  const { from, to } = edge;
  for (const { from: sender, to: receiver, message } of sentBefore(draft.past)) {
    if (sender !== to || receiver !== from || message.method !== "INVITE" || (message.status ?? 0) < 200) continue;
    if (isSuccess(message)) return inDialog(draft, edge, "ACK", {});
    const own = message.via?.[0];
    return {
      method: "ACK",
      call: message.call,
      session: message.session,
      from: message.from,
      to: message.to,
      transaction: message.transaction,
      via: own && [own],
      acknowledges: message.status,
    };
  }
  return inDialog(draft, edge, "ACK", {});
}

/** A request within the latest dialog that `from` has, or passes on, and whose next element is `to`. */
function inDialog(
  draft: Draft,
  { name, from, to }: Edge,
  method: string,
  meaning: Pick<Recognised, "event" | "cause">,
): MessageDraft | undefined {
  for (const { from: sender, to: receiver, message } of sentBefore(draft.past)) {
    const { recordRoute = [], from: caller, to: callee } = message;
    if (message.method !== "INVITE" || !isSuccess(message) || (sender !== from && receiver !== from)) continue;
    if (caller?.tag === undefined || callee?.tag === undefined) continue;
    const onward = receiver === from;
    const path = onward ? recordRoute.toReversed() : recordRoute;
    const route = path.slice(path.indexOf(from) + 1);
    const target = onward ? (message.contact ?? callee.tag) : caller.tag;
    const next = method === "SEND" ? target : (route[0] ?? target);
    if (next !== to || target === from || !draft.topology.participants.has(target)) continue;
    const [local, remote] = onward ? [caller, callee] : [callee, caller];
    return opening(name, from, {
      method,
      call: message.call,
      session: message.session,
      from: local,
      to: remote,
      uri: { participant: target },
      ...(route.length > 0 && method !== "SEND" ? { route } : undefined),
      ...(method === "SEND" ? { text: "" } : undefined),
      ...(meaning.event === undefined ? undefined : { event: meaning.event }),
      ...(method === "BYE" ? reasonOf({ kind: "request", ...meaning }) : undefined),
    });
  }
  return undefined;
}

/** Opens the transaction of a request, under the name of its hop. */
function opening(name: HopName, from: ParticipantId, message: MessageDraft): MessageDraft {
  return { ...message, transaction: name, via: [{ by: from, branch: name }, ...(message.via ?? [])] };
}

/** The latest request of the same meaning from the same sender, sent anew. */
function like(draft: Draft, { name, from, to }: Edge, { method, event }: Recognised): MessageDraft | undefined {
  for (const { from: sender, to: receiver, message } of sentBefore(draft.past)) {
    if (sender !== from || receiver !== to || message.status !== undefined || message.method !== method) continue;
    if (isInDialog(message) || message.event !== event) continue;
    return anew(name, from, message);
  }
  return undefined;
}

function anew(name: HopName, from: ParticipantId, message: Message): MessageDraft {
  return opening(name, from, { ...withoutLook(message), via: message.via?.slice(1) });
}

/** As one that was sent before on the edge; as the scenario's of this sender; as one sent to somebody else. */
function invitation(draft: Draft, { name, from, to }: Edge): MessageDraft | undefined {
  const { topology } = draft;
  const isClient = topology.participants.get(from)?.role === "client";
  const call = () => nextIdentifier(draft, from);
  let other: Message | undefined;
  for (const { from: sender, to: receiver, message } of sentBefore(draft.past)) {
    if (sender !== from || message.method !== "INVITE" || message.status !== undefined || isInDialog(message)) continue;
    if (receiver === to) return anew(name, from, isClient ? { ...message, call: call() } : message);
    other ??= message;
  }
  const own = topology.scenario.invitations?.find((one) => one.from === from);
  const first = own && invitationDraft(own, call());
  if (first !== undefined && isClient) return opening(name, from, first);
  if (other === undefined) return undefined;
  const isDevice = topology.participants.get(to)?.role === "client";
  return anew(name, from, isDevice ? { ...other, uri: { participant: to } } : other);
}

function withoutLook({ name: _name, kind: _kind, class: _class, ...rest }: Message): MessageDraft {
  return rest;
}

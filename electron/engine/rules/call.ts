import type { Scenario } from "../../../shared/flow/flow.ts";
import type { HopName, ParticipantId } from "../../../shared/run/choice.ts";
import type { Message } from "../../../shared/run/run.ts";
import type { Condition, Context, MessageDraft } from "../rule.ts";
import { type Dialog, firstHop, sendInDialog } from "../sip.ts";
import type { InFlight } from "../world.ts";
import { movedSession } from "./moved-session.ts";
import { silenceOf } from "./timers.ts";

/**
 * A client's calls: each is one invitation and the session that may come of it, as the user agent on a device
 * remembers it (states after RFC 5407 §2).
 */
export interface Call {
  readonly id: string;
  readonly session: string;
  readonly side: "inviting" | "invited";
  readonly state:
    | "calling"
    | "proceeding"
    | "cancelPending"
    | "cancelling"
    | "pre"
    | "early"
    | "moratorium"
    | "established"
    | "mortal"
    | "ended";
  readonly peer: string;
  readonly transaction: HopName;
  readonly next: ParticipantId;
  readonly invite: Message;
  readonly dialog?: Dialog;
  /** The user has ended the session before its acceptance was acknowledged: it is released as soon as it is. */
  readonly endPending?: true;
  /** How long the device goes on ringing from when it last said so, in seconds. */
  readonly ringing?: number;
  /** The session to be released when this one is accepted. */
  readonly replaces?: string;
}

export function putCall(c: Context, call: Call): void {
  c.put("call", call.id, call);
  c.put("session", call.session, call.id);
}

/** The call to which the arrived message belongs. */
export function callOf(c: Context): Call | undefined {
  const message = c.hop?.message;
  if (message === undefined) return undefined;
  const id = message.method === "CANCEL" ? c.get<string>("invite", message.transaction) : message.call;
  return c.get<Call>("call", id);
}

export function callOfSession(c: Context, session: string): Call | undefined {
  return c.get<Call>("call", c.get<string>("session", session));
}

/** The call by which this client takes part in a session of the scenario, wherever that has gone since it began. */
export function heldCall(c: Context, session: string): Call | undefined {
  let name = session;
  let found: Call | undefined;
  for (let moves = c.topology.scenario.transfers?.length ?? 0; moves >= 0; moves--) {
    const call = callOfSession(c, name);
    if (call !== undefined && (found === undefined || (found.state !== "established" && call.state === "established")))
      found = call;
    name = movedSession(name);
  }
  return found;
}

/** The call that a stimulus or timer is about. */
export function ownCall(c: Context): Call {
  const call =
    c.timer !== undefined
      ? c.get<Call>("call", c.timer.key)
      : c.choice.kind === "stimulate"
        ? heldCall(c, c.choice.what ?? "")
        : callOf(c);
  if (call === undefined) throw new Error("no call");
  return call;
}

/** Releases a call's session, for `reason` where there is one. */
export function release(c: Context, call: Call, reason?: Message["reason"]): void {
  if (call.dialog === undefined) return;
  sendInDialog(c, call.dialog, "BYE", { reason });
  c.disarm("T_ack", call.id);
  c.disarm("T_transfer", call.session);
  putCall(c, { ...call, state: "mortal" });
}

type Invitation = NonNullable<Scenario["invitations"]>[number];

/** An invitation of the scenario as the inviting client first sends it. */
export function invitationDraft(invitation: Invitation, call: string): MessageDraft | undefined {
  const { id, from, to, focus, media } = invitation;
  const first = to[0];
  if (first === undefined) return undefined;
  const about =
    focus === undefined
      ? { uri: { user: first.user }, to: { id: first.user }, replaces: first.replaces }
      : { uri: { participant: focus }, to: { id: focus }, invitees: to };
  return {
    method: "INVITE",
    call,
    session: id,
    from: { id: from, tag: from },
    contact: from,
    media,
    ...about,
  };
}

/** Sends `draft` as a new invitation of this client and remembers the call. */
export function invite(c: Context, draft: MessageDraft): void {
  const next = firstHop(c, draft);
  if (next === undefined) return;
  const transaction = c.send(next, draft);
  putInvitation(c, next, { name: "", kind: "request", class: "cpm", ...draft, transaction });
}

/** What an author drew as an invitation of this client is one of its calls: what comes back finds it. */
export function rememberInvitation(c: Context, { to, message }: InFlight): void {
  putInvitation(c, to, message);
}

function putInvitation(c: Context, next: ParticipantId, invite: Message): void {
  const { transaction = "" } = invite;
  const id = invite.call ?? transaction;
  putCall(c, {
    id,
    session: invite.session ?? id,
    side: "inviting",
    state: "calling",
    peer: invite.to?.id ?? "",
    transaction,
    next,
    invite,
  });
  c.arm("Timer_B", id, silenceOf(c.topology, next));
}

/** Guards on the state of the call that a turn is about. */
export const inState = (text: string, ...states: Call["state"][]): Condition => ({
  text,
  test: (c) => {
    const call = c.timer === undefined && c.choice.kind !== "stimulate" ? callOf(c) : subjectCall(c);
    return call !== undefined && states.includes(call.state);
  },
  value: (c) => subjectCall(c)?.state ?? "none",
});

function subjectCall(c: Context): Call | undefined {
  if (c.timer !== undefined) return c.get<Call>("call", c.timer.key);
  if (c.choice.kind === "stimulate") return heldCall(c, c.choice.what ?? "");
  return callOf(c);
}

export const side = (which: Call["side"]): Condition => ({
  text: which === "invited" ? "this client was invited" : "this client invited",
  test: (c) => subjectCall(c)?.side === which,
});

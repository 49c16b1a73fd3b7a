import type { HopName, ParticipantId } from "../../../shared/run/choice.ts";
import type { Message } from "../../../shared/run/run.ts";
import { type Condition, type Context, type MessageDraft, type Rule, arrived, arrivedHop, sender } from "../rule.ts";
import {
  type Dialog,
  acknowledgeFailure,
  answeredElsewhere,
  calleeDialog,
  callerDialog,
  cancelTransaction,
  firstHop,
  isFailure,
  isInDialog,
  isProvisional,
  isSuccess,
  reply,
  sendInDialog,
  sendMedia,
} from "../sip.ts";
import { userName } from "./core.ts";
import { transferClientRules, transferTargetRules } from "./transfer-client.ts";

/**
 * The CPM Client: the user agent on one device (domain model §4.1 and §4.2; states after RFC 5407 §2). One `Call` is
 * one invitation and the session that may come of it.
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
  /** The session to be released when this one is accepted. */
  readonly replaces?: string;
}

export function putCall(c: Context, call: Call): void {
  c.put(`call/${call.id}`, call);
  c.put(`session/${call.session}`, call.id);
}

/** The call to which the arrived message belongs. */
export function callOf(c: Context): Call | undefined {
  const message = c.hop?.message;
  if (message === undefined) return undefined;
  const id = message.method === "CANCEL" ? c.get<string>(`invite/${message.transaction}`) : message.call;
  return c.get<Call>(`call/${id}`);
}

export function callOfSession(c: Context, session: string): Call | undefined {
  return c.get<Call>(`call/${c.get<string>(`session/${session}`)}`);
}

/** The call that a stimulus or timer is about. */
export function ownCall(c: Context): Call {
  const call =
    c.timer !== undefined
      ? c.get<Call>(`call/${c.timer.key}`)
      : c.choice.kind === "stimulate"
        ? callOfSession(c, c.choice.what ?? "")
        : callOf(c);
  if (call === undefined) throw new Error("no call");
  return call;
}

const me = (c: Context) => {
  if (c.me.role !== "client") throw new Error("not a client");
  return c.me;
};

const inState = (text: string, ...states: Call["state"][]): Condition => ({
  text,
  test: (c) => {
    const call = c.timer === undefined && c.choice.kind !== "stimulate" ? callOf(c) : subjectCall(c);
    return call !== undefined && states.includes(call.state);
  },
  value: (c) => subjectCall(c)?.state ?? "none",
});

function subjectCall(c: Context): Call | undefined {
  if (c.timer !== undefined) return c.get<Call>(`call/${c.timer.key}`);
  if (c.choice.kind === "stimulate") return callOfSession(c, c.choice.what ?? "");
  return callOf(c);
}

const side = (which: Call["side"]): Condition => ({
  text: which === "invited" ? "this client was invited" : "this client invited",
  test: (c) => subjectCall(c)?.side === which,
});

const newInvitation: Condition = { text: "the invitation is a new one", test: (c) => !isInDialog(arrived(c)) };

type Fit = "busy" | "media" | "noMatch" | "alreadyEnded" | "auto" | "ring";

/** What an invited client does with a new invitation, the first that holds (domain model §4.1, Idle). */
function fit(c: Context): Fit {
  const { media = [], replaces } = arrived(c);
  if (me(c).busy === true) return "busy";
  if (media.some((m) => me(c).media !== undefined && !me(c).media?.includes(m))) return "media";
  if (replaces !== undefined) {
    const old = callOfSession(c, replaces);
    if (old === undefined) return "noMatch";
    if (old.state === "ended" || old.state === "mortal") return "alreadyEnded";
  }
  return me(c).answer === "auto" ? "auto" : "ring";
}

const fits = (text: string, which: Fit, value?: (c: Context) => string): Condition => ({
  text,
  test: (c) => fit(c) === which,
  value,
});

function invited(c: Context, state: Call["state"]): Call {
  const request = arrived(c);
  return {
    id: request.call ?? arrivedHop(c),
    session: request.session ?? request.call ?? "",
    side: "invited",
    state,
    peer: request.from?.id ?? sender(c),
    transaction: arrivedHop(c),
    next: sender(c),
    invite: request,
    replaces: request.replaces,
  };
}

function refuse(c: Context, status: number): void {
  reply(c, arrived(c), status, c.me.id);
  const call = invited(c, "ended");
  c.put(`call/${call.id}`, call);
  c.put(`invite/${call.transaction}`, call.id);
}

/** Accepts: OK, and then the release of the session that the new one replaces (RFC 3891 §3). */
function accept(c: Context, call: Call): void {
  const dialog = calleeDialog(call.invite, c.me.id);
  reply(c, call.invite, 200, c.me.id, { contact: c.me.id, media: call.invite.media });
  c.disarm("t_alert", call.id);
  c.disarm("T_ring", call.id);
  c.arm("T_ack", call.id);
  putCall(c, { ...call, state: "moratorium", dialog });
  c.put(`invite/${call.transaction}`, call.id);
  const old = call.replaces === undefined ? undefined : callOfSession(c, call.replaces);
  if (old?.dialog !== undefined && (old.state === "established" || old.state === "moratorium")) release(c, old);
}

export function release(c: Context, call: Call, reason?: Message["reason"]): void {
  if (call.dialog === undefined) return;
  sendInDialog(c, call.dialog, "BYE", { reason });
  c.disarm("T_ack", call.id);
  putCall(c, { ...call, state: "mortal" });
}

function inviterName(c: Context): string {
  const from = arrived(c).from?.id ?? sender(c);
  return c.the(from);
}

const refusal = (id: string, which: Fit, title: string, clause: string, code: (c: Context) => number, why: string): Rule => ({
  id,
  role: "client",
  title,
  clause,
  on: ["request INVITE"],
  when: [newInvitation, fits(why, which)],
  act: (c) => refuse(c, code(c)),
  says: (c) => `${c.the(c.me.id)} refuses the ${arrived(c).name}: ${why}.`,
  summary: `A client refuses an invitation when ${why}.`,
});

const invitedRules: readonly Rule[] = [
  refusal("CL-BUSY", "busy", "Busy", "RFC 3261 §13.3.1.3", (c) => c.options.busyCode, "the client has no capacity left"),
  refusal("CL-MEDIA", "media", "Media not supported", "RFC 3261 §13.3.1.3", () => 488, "it offers media that the client does not support"),
  refusal("CL-REPLACE-UNKNOWN", "noMatch", "Nothing to replace", "RFC 3891 §3", () => 481, "the session to be replaced is not known to the client"),
  refusal("CL-REPLACE-ENDED", "alreadyEnded", "The replaced session has ended", "RFC 3891 §3", () => 603, "the session to be replaced has already ended"),
  {
    id: "CL-AUTO",
    role: "client",
    title: "Accept without ringing",
    clause: "C.2.2.X steps 5–6; RFC 3261 §13.3.1.4",
    on: ["request INVITE"],
    when: [newInvitation, fits("the client accepts by itself", "auto")],
    act: (c) => accept(c, invited(c, "pre")),
    says: (c) =>
      arrived(c).replaces === undefined
        ? `${c.the(c.me.id)} responds with the OK response.`
        : `${c.the(c.me.id)} responds with the OK response and ends the session that is replaced.`,
    summary: "A client that accepts by itself answers an invitation with OK at once.",
  },
  {
    id: "CL-PRESENT",
    role: "client",
    title: "Present the invitation to the user",
    clause: "RFC 3261 §13.3.1.1",
    on: ["request INVITE"],
    when: [newInvitation, fits("the user decides", "ring")],
    act: (c) => {
      const call = invited(c, "pre");
      putCall(c, call);
      c.put(`invite/${call.transaction}`, call.id);
      c.arm("t_alert", call.id);
    },
    says: () => "",
    summary: "A client presents an invitation to its user before it answers.",
  },
  {
    id: "CL-ALERT",
    role: "client",
    title: "Alert the user",
    clause: "C.1.2.3 steps 7, 12; RFC 3261 §13.3.1.1",
    on: ["timer t_alert"],
    when: [inState("the invitation is still open", "pre")],
    act: (c) => {
      const call = ownCall(c);
      reply(c, call.invite, 180, c.me.id, { contact: c.me.id });
      c.arm("T_ring", call.id);
      putCall(c, { ...call, state: "early" });
    },
    says: (c) => `When ${c.the(c.me.id)} has received the ${ownCall(c).invite.name}, it responds with the ALERTING response.`,
    summary: "A client that has received an invitation and alerts its user says so with ALERTING.",
  },
  {
    id: "CL-ACCEPT",
    role: "client",
    title: "The user accepts",
    clause: "C.1.2.3 step 13; RFC 3261 §13.3.1.4",
    on: ["stimulus accept"],
    when: [side("invited"), inState("the user is being alerted", "early")],
    act: (c) => accept(c, ownCall(c)),
    says: (c) => `The user accepts on ${c.the(c.me.id)}, which responds with the OK response.`,
    summary: "When the user accepts, the client answers with OK and waits for the acknowledgement.",
  },
  {
    id: "CL-DECLINE",
    role: "client",
    title: "The user declines",
    clause: "RFC 3261 §13.3.1.3, §21.6.2",
    on: ["stimulus decline"],
    when: [side("invited"), inState("the user is being alerted", "early")],
    act: (c) => {
      const call = ownCall(c);
      const code = c.choice.kind === "stimulate" ? c.choice.code : undefined;
      reply(c, call.invite, code ?? c.options.declineCode, c.me.id);
      c.disarm("T_ring", call.id);
      putCall(c, { ...call, state: "ended" });
    },
    says: (c) => `The user declines on ${c.the(c.me.id)}.`,
    summary: "When the user declines, the client refuses: for this device, or with a 6xx for all of them.",
  },
  {
    id: "CL-RING-TIMEOUT",
    role: "client",
    title: "Stop ringing",
    clause: "RFC 3665 §3.11",
    on: ["timer T_ring"],
    when: [inState("the user is still being alerted", "early")],
    act: (c) => {
      const call = ownCall(c);
      reply(c, call.invite, c.options.ringTimeoutCode, c.me.id);
      putCall(c, { ...call, state: "ended" });
    },
    says: (c) => `Nobody has answered on ${c.the(c.me.id)}; it stops ringing and refuses.`,
    summary: "A device on which nobody answers stops ringing after a while and refuses.",
  },
  {
    id: "CL-CANCELLED",
    role: "client",
    title: "The invitation is cancelled",
    clause: "C.1.2.3 step 19; RFC 3261 §9.2",
    on: ["request CANCEL"],
    when: [inState("the invitation has not been answered", "pre", "early")],
    act: (c) => {
      const call = ownCall(c);
      reply(c, arrived(c), 200, c.me.id);
      reply(c, call.invite, 487, c.me.id);
      c.disarm("t_alert", call.id);
      c.disarm("T_ring", call.id);
      putCall(c, { ...call, state: "ended" });
    },
    says: (c) => `${c.the(c.me.id)} confirms that it has received the ${arrived(c).name}.`,
    summary: "A client confirms a cancellation and ends the invitation with 487.",
  },
  {
    id: "CL-CANCELLED-LATE",
    role: "client",
    title: "The cancellation comes too late",
    clause: "RFC 3261 §9.2; RFC 5407 §3.1.2",
    on: ["request CANCEL"],
    when: [inState("the invitation has already been answered", "moratorium", "established", "mortal", "ended")],
    act: (c) => {
      reply(c, arrived(c), 200, c.me.id);
    },
    says: (c) => `${c.the(c.me.id)} has answered already: it confirms the cancellation, which changes nothing.`,
    summary: "A cancellation that crosses the answer is confirmed and has no other effect.",
  },
  {
    id: "CL-ACKED",
    role: "client",
    title: "The acceptance is acknowledged",
    clause: "RFC 3261 §13.3.1.4",
    on: ["request ACK"],
    when: [side("invited"), { text: "it acknowledges the acceptance", test: (c) => arrived(c).acknowledges === undefined }],
    act: (c) => {
      const call = callOf(c);
      if (call === undefined) return;
      c.disarm("T_ack", call.id);
      if (call.state === "moratorium") {
        putCall(c, { ...call, state: "established" });
        c.tell("sessionEstablished", `session ${call.session} established at ${c.nameOf(c.me.id)}`);
      }
    },
    says: (c) => `The session is established at ${c.the(c.me.id)}.`,
    summary: "With the acknowledgement of its OK the session is established for the invited client.",
  },
  {
    id: "CL-ACK-HOP",
    role: "client",
    title: "The refusal is acknowledged",
    clause: "RFC 3261 §17.2.1",
    on: ["request ACK"],
    when: [{ text: "it acknowledges a refusal", test: (c) => arrived(c).acknowledges !== undefined }],
    act: () => {},
    says: () => "",
    summary: "The acknowledgement of a refusal ends the transaction.",
  },
  {
    id: "CL-NO-ACK",
    role: "client",
    title: "The acceptance is never acknowledged",
    clause: "RFC 3261 §13.3.1.4",
    on: ["timer T_ack"],
    when: [inState("no acknowledgement has come", "moratorium")],
    act: (c) => release(c, ownCall(c)),
    says: (c) => `No acknowledgement has reached ${c.the(c.me.id)}; it releases the session.`,
    summary: "An acceptance that stays unacknowledged for 64*T1 is followed by a release.",
  },
];

function invitationOf(c: Context) {
  const what = c.choice.kind === "stimulate" ? c.choice.what : undefined;
  return c.topology.scenario.invitations?.find((i) => i.id === what && i.from === c.me.id);
}

/** The invitation as the inviting client first sends it. */
export function inviteDraft(c: Context): MessageDraft | undefined {
  const invitation = invitationOf(c);
  if (invitation === undefined) return undefined;
  const first = invitation.to[0];
  if (first === undefined) return undefined;
  const about =
    invitation.focus === undefined
      ? { uri: { user: first.user }, to: { id: first.user }, replaces: first.replaces }
      : { uri: { participant: invitation.focus }, to: { id: invitation.focus }, invitees: invitation.to };
  return {
    method: "INVITE",
    call: c.fresh(),
    session: invitation.id,
    from: { id: c.me.id, tag: c.me.id },
    contact: c.me.id,
    media: invitation.media,
    ...about,
  };
}

/** Sends `draft` as a new invitation of this client and remembers the call. */
export function invite(c: Context, draft: MessageDraft): void {
  const next = firstHop(c, draft);
  if (next === undefined) return;
  const transaction = c.send(next, draft);
  const id = draft.call ?? transaction;
  putCall(c, {
    id,
    session: draft.session ?? id,
    side: "inviting",
    state: "calling",
    peer: draft.to?.id ?? "",
    transaction,
    next,
    invite: { name: "", kind: "request", class: "cpm", ...draft, transaction },
  });
  c.arm("Timer_B", id);
}

function acknowledge(c: Context, call: Call): Dialog {
  const dialog = callerDialog(arrived(c));
  sendInDialog(c, dialog, "ACK");
  c.disarm("Timer_B", call.id);
  return dialog;
}

const invitingRules: readonly Rule[] = [
  {
    id: "CL-INVITE",
    role: "client",
    title: "The user invites",
    clause: "C.2.2.X step 1; RFC 3261 §13.2.1",
    on: ["stimulus invite"],
    when: [
      { text: "the invitation is one of the scenario's", test: (c) => invitationOf(c) !== undefined },
      { text: "it has not been sent before", test: (c) => callOfSession(c, invitationOf(c)?.id ?? "") === undefined },
    ],
    act: (c) => {
      const draft = inviteDraft(c);
      if (draft !== undefined) invite(c, draft);
    },
    says: (c) => {
      const invitation = invitationOf(c);
      const users = (invitation?.to ?? []).map((t) => userName(c, t.user));
      const replaced = (invitation?.to ?? []).filter((t) => t.replaces !== undefined).map((t) => userName(c, t.user));
      if (invitation?.focus === undefined) return `${c.the(c.me.id)} sends a CPM Session Invitation for the ${users[0] ?? "user"}.`;
      const replace =
        replaced.length === 0 ? "" : ` It indicates that the new session replaces the existing one with the ${replaced.join(", ")}.`;
      return `${c.the(c.me.id)} sends a CPM Session Invitation towards ${c.the(invitation.focus)} with the list of the users to invite: ${users.join(", ")}.${replace}`;
    },
    summary: "A client invites a user, or asks a controlling function to invite a list of users.",
  },
  {
    id: "CL-RINGBACK",
    role: "client",
    title: "The other side is alerted",
    clause: "RFC 3261 §13.2.2.1",
    on: ["response INVITE"],
    when: [{ text: "it is provisional", test: (c) => isProvisional(arrived(c)), value: (c) => String(arrived(c).status) }, inState("no final response has come", "calling", "proceeding", "cancelPending")],
    act: (c) => {
      const call = ownCall(c);
      c.disarm("Timer_B", call.id);
      if (call.state === "cancelPending") {
        cancelTransaction(c, { transaction: call.transaction, to: call.next }, call.invite);
        putCall(c, { ...call, state: "cancelling" });
      } else putCall(c, { ...call, state: "proceeding" });
    },
    says: () => "",
    summary: "A provisional response shows that the invitation is on its way; a cancellation that waited for it goes out.",
  },
  {
    id: "CL-ESTABLISH",
    role: "client",
    title: "Acknowledge the acceptance",
    clause: "RFC 3261 §13.2.2.4",
    on: ["response INVITE"],
    when: [{ text: "it is an acceptance", test: (c) => isSuccess(arrived(c)) }, inState("no other has been acknowledged", "calling", "proceeding", "cancelPending")],
    act: (c) => {
      const call = ownCall(c);
      const dialog = acknowledge(c, call);
      putCall(c, { ...call, state: "established", dialog });
      c.tell("sessionEstablished", `session ${call.session} established at ${c.nameOf(c.me.id)}`);
    },
    says: (c) => `${c.the(c.me.id)} acknowledges the acceptance; the session is established.`,
    summary: "The inviting client acknowledges the first acceptance; the session is established.",
  },
  {
    id: "CL-SECOND",
    role: "client",
    title: "Release a second acceptance",
    clause: "RFC 3261 §13.2.2.4; RFC 5407 App. E",
    on: ["response INVITE"],
    when: [{ text: "it is an acceptance", test: (c) => isSuccess(arrived(c)) }, inState("another has been acknowledged", "established", "mortal", "ended")],
    act: (c) => {
      const dialog = acknowledge(c, ownCall(c));
      sendInDialog(c, dialog, "BYE", { reason: answeredElsewhere });
    },
    says: (c) => `${c.the(c.me.id)} already has its session: it acknowledges this acceptance and releases it.`,
    summary: "Every further acceptance is acknowledged and released.",
  },
  {
    id: "CL-CROSSED",
    role: "client",
    title: "The acceptance crosses the cancellation",
    clause: "RFC 5407 §3.1.2",
    on: ["response INVITE"],
    when: [{ text: "it is an acceptance", test: (c) => isSuccess(arrived(c)) }, inState("the user has given up", "cancelling")],
    act: (c) => {
      const call = ownCall(c);
      const dialog = acknowledge(c, call);
      release(c, { ...call, dialog });
    },
    says: (c) => `${c.the(c.me.id)} has given up already: it acknowledges the acceptance and releases the session at once.`,
    summary: "An acceptance that crosses the cancellation is acknowledged and released.",
  },
  {
    id: "CL-AUTHENTICATE",
    role: "client",
    title: "Answer a challenge",
    clause: "RFC 3261 §22.2; RFC 3665 §3.2",
    on: ["response INVITE"],
    when: [{ text: "credentials are asked for", test: (c) => arrived(c).status === 407 }, { text: "none were given", test: (c) => ownCall(c).invite.authorization !== true }],
    act: (c) => {
      const call = ownCall(c);
      acknowledgeFailure(c, arrived(c));
      const { name: _n, kind: _k, class: _c, transaction: _t, ...draft } = call.invite;
      invite(c, { ...draft, authorization: true });
    },
    says: (c) => `${c.the(c.me.id)} invites again, with credentials.`,
    summary: "A challenged client acknowledges the challenge and invites again with credentials.",
  },
  {
    id: "CL-REFUSED",
    role: "client",
    title: "The invitation is refused",
    clause: "RFC 3261 §13.2.2.3, §17.1.1.3",
    on: ["response INVITE"],
    when: [
      { text: "it is a refusal or another failure", test: (c) => isFailure(arrived(c)), value: (c) => String(arrived(c).status) },
      { text: "it is not a challenge that can be answered", test: (c) => arrived(c).status !== 407 || callOf(c)?.invite.authorization === true },
    ],
    act: (c) => {
      acknowledgeFailure(c, arrived(c));
      const call = callOf(c);
      if (call === undefined) return;
      c.disarm("Timer_B", call.id);
      if (call.state !== "established" && call.state !== "mortal") putCall(c, { ...call, state: "ended" });
    },
    says: (c) => `The invitation has failed; ${c.the(c.me.id)} acknowledges the response.`,
    summary: "A refusal is acknowledged and ends the attempt.",
  },
  {
    id: "CL-GIVE-UP",
    role: "client",
    title: "The user gives up",
    clause: "RFC 3261 §9.1",
    on: ["stimulus cancel"],
    when: [side("inviting"), inState("the invitation is open", "calling", "proceeding")],
    act: (c) => {
      const call = ownCall(c);
      if (call.state === "calling") {
        putCall(c, { ...call, state: "cancelPending" });
        return;
      }
      cancelTransaction(c, { transaction: call.transaction, to: call.next }, call.invite);
      putCall(c, { ...call, state: "cancelling" });
    },
    says: (c) => `The user gives up; ${c.the(c.me.id)} cancels the invitation.`,
    summary: "A user who gives up has the invitation cancelled, not before a provisional response has come.",
  },
  {
    id: "CL-CANCEL-CONFIRMED",
    role: "client",
    title: "The cancellation is confirmed",
    clause: "RFC 3261 §9.1",
    on: ["response CANCEL"],
    when: [],
    act: () => {},
    says: () => "",
    summary: "The confirmation of a cancellation does not yet mean that the invitation has ended.",
  },
  {
    id: "CL-TIMEOUT",
    role: "client",
    title: "No response at all",
    clause: "RFC 3261 §17.1.1.2, Timer B",
    on: ["timer Timer_B"],
    when: [inState("nothing has come back", "calling", "cancelPending")],
    act: (c) => putCall(c, { ...ownCall(c), state: "ended" }),
    says: (c) => `Nothing has come back; ${c.the(c.me.id)} gives the invitation up.`,
    summary: "An invitation to which nothing at all comes back within 64*T1 has failed.",
  },
];

function chatOf(c: Context) {
  const what = c.choice.kind === "stimulate" ? c.choice.what : undefined;
  return c.topology.scenario.chats?.find((m) => m.id === what && m.from === c.me.id);
}

const sessionRules: readonly Rule[] = [
  {
    id: "CL-END",
    role: "client",
    title: "The user ends the session",
    clause: "RFC 3261 §15",
    on: ["stimulus end"],
    when: [inState("the session is established", "established")],
    act: (c) => release(c, ownCall(c)),
    says: (c) => `The user ends the session; ${c.the(c.me.id)} sends a CPM Session Release request.`,
    summary: "A user ends an established session with a release request.",
  },
  {
    id: "CL-RELEASED",
    role: "client",
    title: "The other side ends the session",
    clause: "RFC 3261 §15.1.2; RFC 5407 §3.2.1",
    on: ["request BYE"],
    when: [{ text: "the session is known", test: (c) => callOf(c) !== undefined, value: (c) => callOf(c)?.state ?? "none" }],
    act: (c) => {
      const call = ownCall(c);
      reply(c, arrived(c), 200);
      c.disarm("T_ack", call.id);
      if (call.dialog?.remote.tag === arrived(c).from?.tag || call.dialog === undefined) putCall(c, { ...call, state: "ended" });
    },
    says: (c) => `${c.the(c.me.id)} confirms the release.`,
    summary: "A release is confirmed, also when it crosses this client's own; the session ends once.",
  },
  {
    id: "CL-RELEASE-CONFIRMED",
    role: "client",
    title: "The release is confirmed",
    clause: "RFC 3261 §15.1.1",
    on: ["response BYE"],
    when: [],
    act: (c) => {
      const call = callOf(c);
      if (call?.state === "mortal") putCall(c, { ...call, state: "ended" });
    },
    says: () => "",
    summary: "With the confirmation of its release the session has ended for the client.",
  },
  {
    id: "CL-SEND",
    role: "client",
    title: "The user sends a message",
    clause: "RFC 4975 §7.1",
    on: ["stimulus send"],
    when: [
      { text: "the message is one of the scenario's", test: (c) => chatOf(c) !== undefined },
      { text: "it has not been sent before", test: (c) => c.get(`sent/${chatOf(c)?.id}`) === undefined },
      { text: "its session is established", test: (c) => callOfSession(c, chatOf(c)?.session ?? "")?.state === "established" },
    ],
    act: (c) => {
      const chat = chatOf(c);
      const dialog = callOfSession(c, chat?.session ?? "")?.dialog;
      if (chat === undefined || dialog === undefined) return;
      sendMedia(c, dialog, chat.text);
      c.put(`sent/${chat.id}`, true);
    },
    says: (c) => `${c.the(c.me.id)} sends a CPM Chat Message within the session.`,
    summary: "Within an established session a user's message goes along the media path.",
  },
  {
    id: "CL-RECEIVE",
    role: "client",
    title: "A message arrives",
    clause: "RFC 4975 §7.2",
    on: ["request SEND"],
    when: [],
    act: (c) => {
      reply(c, arrived(c), 200);
    },
    says: (c) => `${c.the(c.me.id)} receives the message.`,
    summary: "A message within a session is confirmed by the client that receives it.",
  },
];

export const clientRules: readonly Rule[] = [
  ...transferClientRules,
  ...invitedRules,
  ...invitingRules,
  ...transferTargetRules,
  ...sessionRules,
];

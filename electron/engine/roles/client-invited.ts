import { absorbing, arrived, type Condition, type Context, type Rule, sender, transactionOf } from "../rule.ts";
import { type Call, callOf, callOfSession, inState, ownCall, putCall, release, side } from "../rules/call.ts";
import { calleeDialog, isInDialog, reply } from "../sip.ts";

/** The invited client (domain model §4.1). */

const me = (c: Context) => {
  if (c.me.role !== "client") throw new Error("not a client");
  return c.me;
};

const newInvitation: Condition = { text: "the invitation is a new one", test: (c) => !isInDialog(arrived(c)) };

type Fit = "busy" | "media" | "noMatch" | "alreadyEnded" | "declined" | "auto" | "ring";

/** The code with which the user has the invitation of a session refused before it comes; undefined when the user has not said so. */
const declinedCode = (c: Context, session: string | undefined): number | undefined => c.get(`declined/${session}`);

const chosenCode = (c: Context): number =>
  (c.choice.kind === "stimulate" ? c.choice.code : undefined) ?? c.options.declineCode;

/** The scenario's invitation of this client's user that the choice is about. */
const invitationMeant = (c: Context) => {
  const what = c.choice.kind === "stimulate" ? c.choice.what : undefined;
  return c.topology.scenario.invitations?.find((i) => i.id === what && i.to.some(({ user }) => user === me(c).user));
};

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
  if (me(c).answer !== "auto") return "ring";
  return declinedCode(c, arrived(c).session) === undefined ? "auto" : "declined";
}

const fits = (text: string, which: Fit, value?: (c: Context) => string): Condition => ({
  text,
  test: (c) => fit(c) === which,
  value,
});

function invited(c: Context, state: Call["state"]): Call {
  const request = arrived(c);
  return {
    id: request.call ?? transactionOf(c),
    session: request.session ?? request.call ?? "",
    side: "invited",
    state,
    peer: request.from?.id ?? sender(c),
    transaction: transactionOf(c),
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

const refusal = (
  id: string,
  which: Fit,
  title: string,
  clause: string,
  code: (c: Context) => number,
  why: string,
): Rule => ({
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

export const invitedRules: readonly Rule[] = [
  refusal(
    "CL-BUSY",
    "busy",
    "Busy",
    "RFC 3261 §13.3.1.3",
    (c) => c.options.busyCode,
    "the client has no capacity left",
  ),
  refusal(
    "CL-MEDIA",
    "media",
    "Media not supported",
    "RFC 3261 §13.3.1.3",
    () => 488,
    "it offers media that the client does not support",
  ),
  refusal(
    "CL-REPLACE-UNKNOWN",
    "noMatch",
    "Nothing to replace",
    "RFC 3891 §3",
    () => 481,
    "the session to be replaced is not known to the client",
  ),
  refusal(
    "CL-REPLACE-ENDED",
    "alreadyEnded",
    "The replaced session has ended",
    "RFC 3891 §3",
    () => 603,
    "the session to be replaced has already ended",
  ),
  {
    id: "CL-DECLINE-AHEAD",
    role: "client",
    title: "The user decides to decline",
    clause: "inferred, for clients that accept by themselves; RFC 3261 §21.6.2",
    on: ["stimulus decline"],
    when: [
      { text: "the client accepts by itself", test: (c) => me(c).answer === "auto" },
      { text: "the user is invited in the scenario", test: (c) => invitationMeant(c) !== undefined },
      {
        text: "the invitation has not come yet",
        test: (c) => callOfSession(c, invitationMeant(c)?.id ?? "") === undefined,
      },
      {
        text: "the user has not declined already",
        test: (c) => declinedCode(c, invitationMeant(c)?.id) === undefined,
      },
    ],
    act: (c) => c.put(`declined/${invitationMeant(c)?.id}`, chosenCode(c)),
    says: (c) => `The user of ${c.the(c.me.id)} does not want the session.`,
    summary: "Where a client accepts by itself, its user may decide beforehand that it declines.",
  },
  refusal(
    "CL-AUTO-DECLINE",
    "declined",
    "Decline without ringing",
    "RFC 3261 §13.3.1.3, §21.6.2",
    (c) => declinedCode(c, arrived(c).session) ?? c.options.declineCode,
    "its user does not want the session",
  ),
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
        ? `${c.the(c.me.id)} responds with the ${c.called("INVITE", 200)}.`
        : `${c.the(c.me.id)} responds with the ${c.called("INVITE", 200)} and ends the session that is replaced.`,
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
    says: (c) =>
      `When ${c.the(c.me.id)} has received the ${ownCall(c).invite.name}, it responds with the ${c.called("INVITE", 180)}.`,
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
    says: (c) => `The user accepts on ${c.the(c.me.id)}, which responds with the ${c.called("INVITE", 200)}.`,
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
      reply(c, call.invite, chosenCode(c), c.me.id);
      c.disarm("T_ring", call.id);
      putCall(c, { ...call, state: "ended" });
    },
    says: (c) =>
      `The user declines on ${c.the(c.me.id)}, which responds with the ${c.called("INVITE", chosenCode(c))}.`,
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
    when: [
      side("invited"),
      { text: "it acknowledges the acceptance", test: (c) => arrived(c).acknowledges === undefined },
    ],
    act: (c) => {
      const call = callOf(c);
      if (call === undefined) return;
      c.disarm("T_ack", call.id);
      if (call.endPending === true) release(c, call);
      else if (call.state === "moratorium") {
        putCall(c, { ...call, state: "established" });
        c.tell("sessionEstablished", `session ${call.session} established at ${c.nameOf(c.me.id)}`);
      }
    },
    says: (c) =>
      callOf(c)?.endPending === true
        ? `The user has ended the session already; ${c.the(c.me.id)} releases it now that it is acknowledged.`
        : `The session is established at ${c.the(c.me.id)}.`,
    summary: "With the acknowledgement of its OK the session is established for the invited client.",
  },
  absorbing({
    id: "CL-ACK-HOP",
    role: "client",
    title: "The refusal is acknowledged",
    clause: "RFC 3261 §17.2.1",
    on: ["request ACK"],
    when: [{ text: "it acknowledges a refusal", test: (c) => arrived(c).acknowledges !== undefined }],
    summary: "The acknowledgement of a refusal ends the transaction.",
  }),
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

import { absorbing, arrived, type Context, type Rule } from "../rule.ts";
import { type Call, callOf, heldCall, inState, ownCall, putCall, release, side } from "../rules/call.ts";
import { durationOf } from "../rules/timers.ts";
import { calleeDialog, reply } from "../sip.ts";

/** The invited client once the invitation is with its user: it rings, and answers (RFC 5407 §2, Pre to Moratorium). */

/** The code of a refusal by the user. */
export const chosenCode = (c: Context): number =>
  (c.choice.kind === "stimulate" ? c.choice.code : undefined) ?? c.options.declineCode;

/** Not so often that a scenario's own timers make a run that hardly ends. */
const saysAgainEvery = ({ topology }: Context): number =>
  Math.max(durationOf(topology, "T_refresh"), durationOf(topology, "T_ring") / 100);

/** Rings for `seconds` more, and says so again where that is longer than a proxy may be left without word. */
function ring(c: Context, call: Call, seconds: number): void {
  const every = saysAgainEvery(c);
  c.arm("T_ring", call.id, seconds);
  if (seconds > every) c.arm("T_refresh", call.id, every);
  putCall(c, { ...call, state: "early", ringing: seconds });
}

function stopRinging(c: Context, { id }: Call): void {
  for (const timer of ["t_alert", "T_ring", "T_refresh"]) c.disarm(timer, id);
}

/** Accepts: OK, and then the release of the session that the new one replaces (RFC 3891 §3). */
export function accept(c: Context, call: Call): void {
  const dialog = calleeDialog(call.invite, c.me.id);
  reply(c, call.invite, 200, c.me.id, { contact: c.me.id, media: call.invite.media });
  stopRinging(c, call);
  c.arm("T_ack", call.id);
  putCall(c, { ...call, state: "moratorium", dialog });
  c.put("invite", call.transaction, call.id);
  const old = call.replaces === undefined ? undefined : heldCall(c, call.replaces);
  if (old?.dialog !== undefined && (old.state === "established" || old.state === "moratorium")) release(c, old);
}

export const answeringRules: readonly Rule[] = [
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
      ring(c, call, durationOf(c.topology, "T_ring"));
    },
    says: (c) =>
      `When ${c.the(c.me.id)} has received the ${ownCall(c).invite.name}, it responds with the ${c.called("INVITE", 180)}.`,
    summary: "A client that has received an invitation and alerts its user says so with ALERTING.",
  },
  {
    id: "CL-REFRESH",
    role: "client",
    title: "Say again that the user is alerted",
    clause: "RFC 3261 §13.3.1.1",
    on: ["timer T_refresh"],
    when: [inState("the user is still being alerted", "early")],
    act: (c) => {
      const call = ownCall(c);
      reply(c, call.invite, 180, c.me.id, { contact: c.me.id });
      ring(c, call, (call.ringing ?? 0) - saysAgainEvery(c));
    },
    says: (c) => `The user of ${c.the(c.me.id)} has not answered yet; it says again that it rings.`,
    summary: "A device that rings for long says so once a minute, so that no proxy cancels the invitation.",
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
      stopRinging(c, call);
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
      stopRinging(c, call);
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
      stopRinging(c, call);
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

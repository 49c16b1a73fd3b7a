import type { ParticipantId } from "../../../shared/run/choice.ts";
import type { Message } from "../../../shared/run/run.ts";
import { arrived, type Condition, type Context, type MessageDraft, type Rule, sender } from "../rule.ts";
import { callOf, callOfSession, invite, release } from "../rules/call.ts";
import { movedSession, originalSession } from "../rules/moved-session.ts";
import { firstHop, isFailure, isSuccess, reply } from "../sip.ts";
import { serverOf } from "../topology.ts";
import { event, forgetTransfer } from "./transfer-client.ts";

/** The transfer target's part of a session transfer (5.2.5.1): it is directed to the session, and takes it over. */

/** What a transfer target has been asked, until it does it or its user declines. */
interface Takeover {
  readonly request: Message;
  readonly from: ParticipantId;
}

const pendingTakeover = (c: Context): Takeover | undefined => {
  const session = c.timer?.key ?? (c.choice.kind === "stimulate" ? c.choice.what : undefined);
  return c.get<Takeover>("takeover", session);
};

function takeoverOf(c: Context): Takeover {
  const takeover = pendingTakeover(c);
  if (takeover === undefined) throw new Error("no session is to be taken over");
  return takeover;
}

const isAsked: Condition = {
  text: "the device has been asked to take the session over",
  test: (c) => pendingTakeover(c) !== undefined,
};

const hasRoom = (value: boolean): Condition => ({
  text: value ? "the client has capacity left" : "the client has no capacity left",
  test: (c) => (c.me.role === "client" && c.me.busy === true) !== value,
});

export const takeoverRules: readonly Rule[] = [
  {
    id: "TT-DIRECTED",
    role: "client",
    title: "The target is asked to take the session over",
    clause: "5.2.5.1.1, 5.2.5.1.2: notification of the target",
    on: ["request REFER"],
    when: [event("it asks to take a session over", "join", "replacement"), hasRoom(true)],
    act: (c) => {
      const { session = "" } = arrived(c);
      c.put<Takeover>("takeover", session, { request: arrived(c), from: sender(c) });
      c.arm("t_takeover", session);
    },
    says: () => "",
    summary: "A device that is asked to take a session over does so by itself, unless its user declines.",
  },
  {
    id: "TT-JOIN",
    role: "client",
    title: "The target invites",
    clause: "5.2.5.1.1, 5.2.5.1.2: invitation from the target",
    on: ["timer t_takeover"],
    when: [isAsked],
    act: (c) => {
      const { request, from: server } = takeoverOf(c);
      const { session, referTo, from } = request;
      reply(c, request, 202, c.me.id);
      c.put("takeover", session, undefined);
      const uri = { participant: referTo ?? from?.id ?? server };
      invite(c, {
        method: "INVITE",
        call: c.fresh(),
        session: movedSession(session ?? ""),
        joins: session,
        from: { id: c.me.id, tag: c.me.id },
        to: { id: uri.participant },
        uri,
        contact: c.me.id,
      });
    },
    says: (c) => `${c.the(c.me.id)} sends the CPM Session Invitation.`,
    summary: "The transfer target answers the notification with an invitation of its own.",
  },
  {
    id: "TT-REFUSE",
    role: "client",
    title: "The target's user declines",
    clause: "inferred",
    on: ["stimulus decline"],
    when: [isAsked],
    act: (c) => {
      const { request } = takeoverOf(c);
      reply(c, request, (c.choice.kind === "stimulate" ? c.choice.code : undefined) ?? 603, c.me.id);
      c.disarm("t_takeover", request.session ?? "");
      c.put("takeover", request.session, undefined);
    },
    says: (c) => `The user declines on ${c.the(c.me.id)}, which does not take the session over.`,
    summary: "A user may decline that a session is taken over on the device.",
  },
  {
    id: "TT-DECLINE",
    role: "client",
    title: "The target declines",
    clause: "inferred",
    on: ["request REFER"],
    when: [event("it asks to take a session over", "join", "replacement"), hasRoom(false)],
    act: (c) => {
      reply(c, arrived(c), 603, c.me.id);
    },
    says: (c) => `${c.the(c.me.id)} does not take the session over.`,
    summary: "A target without capacity declines to take the session over.",
  },
];

/** Fires after the acceptance has been acknowledged, so it stands after the inviting rules. */
export const transferTargetRules: readonly Rule[] = [
  {
    id: "TT-REPLACED",
    role: "client",
    title: "The target tells that the session is replaced",
    clause: "5.2.5.1.1, 5.2.5.1.2: Replaced Notification",
    on: ["response INVITE"],
    when: [
      { text: "the session is established", test: (c) => isSuccess(arrived(c)) },
      {
        text: "it takes another one over",
        test: (c) => callOf(c)?.invite.joins !== undefined,
        value: (c) => callOf(c)?.invite.joins ?? "none",
      },
      { text: "this is the first acceptance", test: (c) => callOf(c)?.dialog === undefined },
    ],
    act: (c) => {
      const session = callOf(c)?.invite.joins;
      // Where this device has asked for the transfer itself, that has come about.
      const asked = originalSession(c.topology, session ?? "");
      if (c.get("transfer", asked) !== undefined) forgetTransfer(c, asked);
      const server = serverOf(c.topology, c.me.id);
      if (server === undefined) return;
      const draft: MessageDraft = {
        method: "NOTIFY",
        event: "replaced",
        call: c.fresh(),
        session,
        from: { id: c.me.id, tag: c.me.id },
        to: { id: server },
        uri: { participant: server },
      };
      const next = firstHop(c, draft);
      if (next !== undefined) c.send(next, draft);
    },
    says: (c) => `When the CPM Session is established, ${c.the(c.me.id)} sends the CPM Session Replaced Notification.`,
    summary: "Once its own session is established, and only then, the target tells that it has replaced the old one.",
  },
  {
    id: "TT-TOO-LATE",
    role: "client",
    title: "The target's session is not wanted any more",
    clause: "not specified by 5.2.5.1; inferred",
    on: ["response NOTIFY"],
    when: [
      event("it answers that the session has been replaced", "replaced"),
      { text: "it refuses", test: (c) => isFailure(arrived(c)), value: (c) => String(arrived(c).status) },
      {
        text: "the session that took the other's place is up",
        test: (c) => callOfSession(c, movedSession(arrived(c).session ?? ""))?.state === "established",
      },
    ],
    act: (c) => {
      const call = callOfSession(c, movedSession(arrived(c).session ?? ""));
      if (call !== undefined) release(c, call);
    },
    says: (c) =>
      `The transfer has been given up meanwhile; ${c.the(c.me.id)} releases the session that it has established.`,
    summary: "A target that comes too late with its session releases it; the transferor's goes on.",
  },
];

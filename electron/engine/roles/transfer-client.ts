import type { ParticipantId } from "../../../shared/run/choice.ts";
import type { Message } from "../../../shared/run/run.ts";
import { absorbing, arrived, type Condition, type Context, type MessageDraft, type Rule, sender } from "../rule.ts";
import { callOf, callOfSession, invite, release } from "../rules/call.ts";
import { firstHop, isFailure, isSuccess, reply } from "../sip.ts";
import { serverOf } from "../topology.ts";

/**
 * The transferor's and the transfer target's parts of a session transfer (5.2.5.1; domain model §4.7). The transferee
 * needs none: with the server in the media path it sees nothing, without it a new invitation and later a release.
 */

export function transferOf(c: Context) {
  const what = c.choice.kind === "stimulate" ? c.choice.what : undefined;
  return c.topology.scenario.transfers?.find((t) => t.id === what && t.from === c.me.id);
}

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

type TransferState = "requested" | "accepted" | "releasing";

const event = (text: string, ...names: string[]): Condition => ({
  text,
  test: (c) => names.includes(arrived(c).event ?? ""),
  value: (c) => arrived(c).event ?? "none",
});

const hasRoom = (value: boolean): Condition => ({
  text: value ? "the client has capacity left" : "the client has no capacity left",
  test: (c) => (c.me.role === "client" && c.me.busy === true) !== value,
});

/** The transfer is over for the transferor, whether or not its session goes on. */
export function forgetTransfer(c: Context, session: string | undefined): void {
  c.put("transfer", session, undefined);
  c.disarm("T_transfer", session ?? "");
}

export const transferClientRules: readonly Rule[] = [
  {
    id: "TR-REQUEST",
    role: "client",
    title: "Ask for a transfer",
    clause: "5.2.5.1.1, 5.2.5.1.2: transfer request",
    on: ["stimulus transfer"],
    when: [
      { text: "the transfer is one of the scenario's", test: (c) => transferOf(c) !== undefined },
      {
        text: "the session is established here",
        test: (c) => callOfSession(c, transferOf(c)?.session ?? "")?.state === "established",
      },
      {
        text: "no transfer of it is under way",
        test: (c) => c.get("transfer", transferOf(c)?.session) === undefined,
      },
      {
        text: "it has not been asked for before",
        test: (c) => c.get("asked", transferOf(c)?.id) === undefined,
      },
      { text: "a server can be asked", test: (c) => serverOf(c.topology, c.me.id) !== undefined },
    ],
    act: (c) => {
      const transfer = transferOf(c);
      const server = serverOf(c.topology, c.me.id);
      if (transfer === undefined || server === undefined) return;
      const draft: MessageDraft = {
        method: "REFER",
        event: "transfer",
        call: c.fresh(),
        session: transfer.session,
        from: { id: c.me.id, tag: c.me.id },
        to: { id: server },
        uri: { participant: server },
        contact: c.me.id,
        referTo: transfer.to,
        joins: transfer.session,
      };
      const next = firstHop(c, draft);
      if (next === undefined) return;
      c.send(next, draft);
      c.put("asked", transfer.id, true);
      c.put<TransferState>("transfer", transfer.session, "requested");
      c.arm("T_transfer", transfer.session);
    },
    says: (c) =>
      `${c.the(c.me.id)} sends the CPM Session Transfer request and indicates the CPM Address of ${c.the(transferOf(c)?.to ?? "")} and the parameters of the existing session.`,
    summary: "The transferor asks its server for the transfer and names the target and the existing session.",
  },
  {
    id: "TR-ACCEPTED",
    role: "client",
    title: "The transfer is accepted",
    clause: "5.2.5.1.1, 5.2.5.1.2: Accepted response",
    on: ["response REFER"],
    when: [{ text: "it accepts", test: (c) => isSuccess(arrived(c)), value: (c) => String(arrived(c).status) }],
    act: (c) => {
      const { session = "" } = arrived(c);
      if (c.get("transfer", session) !== "requested") return;
      c.put<TransferState>("transfer", session, "accepted");
      c.arm("T_transfer", session);
    },
    says: () => "",
    summary:
      "The transferor keeps its session after the Accepted response, until it is told that it has been replaced.",
  },
  {
    id: "TR-REFUSED",
    role: "client",
    title: "The transfer is refused",
    clause: "inferred",
    on: ["response REFER"],
    when: [{ text: "it refuses", test: (c) => isFailure(arrived(c)), value: (c) => String(arrived(c).status) }],
    act: (c) => forgetTransfer(c, arrived(c).session),
    says: (c) => `The transfer is refused; ${c.the(c.me.id)} keeps its session.`,
    summary: "A refused transfer leaves the session as it is.",
  },
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
        session: `${session}-transferred`,
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
  {
    id: "TR-RELEASE",
    role: "client",
    title: "The transferor releases its session",
    clause: "5.2.5.1.1, 5.2.5.1.2: release by the transferor",
    on: ["request NOTIFY"],
    when: [event("it tells that the session has been replaced", "release")],
    act: (c) => {
      reply(c, arrived(c), 200, c.me.id);
      const call = callOfSession(c, arrived(c).session ?? "");
      if (call?.state === "established") release(c, call);
      c.put<TransferState>("transfer", arrived(c).session, "releasing");
      c.disarm("T_transfer", arrived(c).session ?? "");
    },
    says: (c) => `${c.the(c.me.id)} sends the CPM Session Release request.`,
    summary: "Told that its session has been replaced, the transferor releases it, and not before.",
  },
  {
    id: "TR-FAILED",
    role: "client",
    title: "The transfer has failed",
    clause: "inferred from RFC 5589 §5.3",
    on: ["request NOTIFY"],
    when: [event("it tells that the transfer has failed", "failure")],
    act: (c) => {
      reply(c, arrived(c), 200, c.me.id);
      forgetTransfer(c, arrived(c).session);
    },
    says: (c) => `The transfer has failed; ${c.the(c.me.id)} keeps its session.`,
    summary: "A transfer that fails leaves the transferor's session as it is.",
  },
  {
    id: "TR-TIMEOUT",
    role: "client",
    title: "Nothing comes of the transfer",
    clause: "inferred (T_transfer)",
    on: ["timer T_transfer"],
    when: [
      {
        text: "the transfer has been asked for, and neither come about nor failed",
        test: (c) => c.get("transfer", c.timer?.key) !== undefined,
        value: (c) => c.get<TransferState>("transfer", c.timer?.key) ?? "none",
      },
    ],
    act: (c) => forgetTransfer(c, c.timer?.key),
    says: (c) => `Nothing has come of the transfer; ${c.the(c.me.id)} keeps its session.`,
    summary: "A transferor that hears nothing of its transfer keeps its session and waits no longer.",
  },
  absorbing({
    id: "TR-CONFIRMED",
    role: "client",
    title: "A notification is confirmed",
    clause: "RFC 6665 §4.1.2",
    on: ["response NOTIFY", "response SEND"],
    when: [],
    summary: "The confirmation of a notification or message goes no further.",
  }),
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
];

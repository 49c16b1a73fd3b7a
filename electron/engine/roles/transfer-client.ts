import type { ParticipantId } from "../../../shared/run/choice.ts";
import { absorbing, arrived, type Condition, type Context, type MessageDraft, type Rule } from "../rule.ts";
import { type Call, callOfSession, heldCall, release } from "../rules/call.ts";
import { firstHop, isFailure, isSuccess, reply } from "../sip.ts";
import { requesterOf, serverOf } from "../topology.ts";

/**
 * The part of the device that asks for a session transfer, and of the one that has the session (5.2.5.1). The transferee
 * needs none: with the server in the media path it sees nothing, without it a new invitation and later a release.
 */

export function transferOf(c: Context) {
  const what = c.choice.kind === "stimulate" ? c.choice.what : undefined;
  return c.topology.scenario.transfers?.find((t) => t.id === what && requesterOf(t) === c.me.id);
}

/** The transfer is asked for by the device that has the session, or by the one that is to have it. */
const isOwn = (value: boolean): Condition => ({
  text: value ? "the session is on this device" : "the session is on another device, which this one is to follow",
  test: (c) => (transferOf(c)?.from === c.me.id) === value,
});
const isNew: Condition = {
  text: "it has not been asked for before",
  test: (c) => c.get("asked", transferOf(c)?.id) === undefined,
};
const ofScenario: Condition = {
  text: "the transfer is one of the scenario's",
  test: (c) => transferOf(c) !== undefined,
};

/** Where the session stays that is not transferred. */
const keeps = (c: Context, session = arrived(c).session ?? ""): string =>
  heldCall(c, session) === undefined ? "the session stays on the other device" : `${c.the(c.me.id)} keeps its session`;

/** Asks this device's server to transfer `session`. */
function askFor(c: Context, session: string, more: Partial<MessageDraft>): void {
  const transfer = transferOf(c);
  const server = serverOf(c.topology, c.me.id);
  if (transfer === undefined || server === undefined) return;
  const draft: MessageDraft = {
    method: "REFER",
    event: "transfer",
    call: c.fresh(),
    session,
    from: { id: c.me.id, tag: c.me.id },
    to: { id: server },
    uri: { participant: server },
    contact: c.me.id,
    referTo: transfer.to,
    joins: session,
    ...more,
  };
  const next = firstHop(c, draft);
  if (next === undefined) return;
  c.send(next, draft);
  c.put("asked", transfer.id, true);
  c.put<TransferState>("transfer", session, "requested");
  c.arm("T_transfer", session);
}

/** The session that the transfer is to move, as this client has it. */
const transferred = (c: Context): Call | undefined => heldCall(c, transferOf(c)?.session ?? "");

/** The device at the far end, where the dialog or the invitation names one and not a server in its place. */
function farEnd(c: Context, { dialog, side, invite: { from, to } }: Call): ParticipantId | undefined {
  const known = [dialog?.remote.tag, side === "invited" ? from?.id : to?.id];
  return known.find((id) => id !== undefined && c.topology.participants.get(id)?.role === "client");
}

type TransferState = "requested" | "accepted" | "releasing";

export const event = (text: string, ...names: string[]): Condition => ({
  text,
  test: (c) => names.includes(arrived(c).event ?? ""),
  value: (c) => arrived(c).event ?? "none",
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
      ofScenario,
      isOwn(true),
      {
        text: "the session is established here",
        test: (c) => transferred(c)?.state === "established",
      },
      {
        text: "no transfer of it is under way",
        test: (c) => c.get("transfer", transferred(c)?.session) === undefined,
      },
      isNew,
      { text: "a server can be asked", test: (c) => serverOf(c.topology, c.me.id) !== undefined },
    ],
    act: (c) => {
      const call = transferred(c);
      if (call !== undefined) askFor(c, call.session, { transferee: farEnd(c, call) });
    },
    says: (c) =>
      `${c.the(c.me.id)} sends the CPM Session Transfer request and indicates the CPM Address of ${c.the(transferOf(c)?.to ?? "")} and the parameters of the existing session.`,
    summary: "The transferor asks its server for the transfer and names the target and the existing session.",
  },
  {
    id: "TT-REQUEST",
    role: "client",
    title: "Ask for a session that is on another device",
    clause: "5.2.5.1: remote transfer; inferred",
    on: ["stimulus transfer"],
    when: [
      ofScenario,
      isOwn(false),
      isNew,
      {
        text: "one server serves both devices",
        test: (c) => {
          const server = serverOf(c.topology, c.me.id);
          return server !== undefined && server === serverOf(c.topology, transferOf(c)?.from ?? "");
        },
      },
    ],
    act: (c) => askFor(c, transferOf(c)?.session ?? "", {}),
    says: (c) =>
      `${c.the(c.me.id)} sends the CPM Session Transfer request for the session that is on ${c.the(transferOf(c)?.from ?? "")} and indicates its own CPM Address and the parameters of that session.`,
    summary: "A device fetches a session from another device of its user: it asks the server for the transfer.",
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
    says: (c) => `The transfer is refused; ${keeps(c)}.`,
    summary: "A refused transfer leaves the session as it is.",
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
    says: (c) => `The transfer has failed; ${keeps(c)}.`,
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
    says: (c) => `Nothing has come of the transfer; ${keeps(c, c.timer?.key)}.`,
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

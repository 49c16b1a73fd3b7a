import { absorbing, arrived, type Context, type Rule } from "../rule.ts";
import { bridgeOf } from "../rules/bridge.ts";
import { forbidden, permitted, refusalCode } from "../rules/policy.ts";
import {
  abandon,
  event,
  forMe,
  inPath,
  isStray,
  type Joined,
  moveOn,
  notifyTransferor,
  servesTransferor,
  type Transfer,
  tell,
  transferOf,
  wait,
  waiting,
} from "../rules/transfer.ts";
import { calleeDialog, isFailure, isInDialog, reply, sendInDialog } from "../sip.ts";
import { serverOf } from "../topology.ts";

/** The session with the target whose acknowledgement T_ack has waited for. */
function unacknowledged(c: Context): Joined | undefined {
  const joined = c.get<Joined>("joined", c.timer?.key);
  return joined?.acknowledged === true ? undefined : joined;
}

/** The target takes the session over, and the transferor lets it go. */
export const transferProgressRules: readonly Rule[] = [
  absorbing({
    id: "TS-DIRECTED",
    role: "participatingFunction",
    title: "The target has been directed",
    clause: "RFC 3515 §2.4.2",
    on: ["response REFER"],
    when: [
      { text: "it answers this server", test: (c) => (arrived(c).via?.length ?? 0) === 1 },
      {
        text: "it agrees, or no transfer waits for it any more",
        test: (c) => !isFailure(arrived(c)) || transferOf(c)?.state !== "waitJoin",
      },
    ],
    summary: "The target's answer to the notification goes no further.",
  }),
  {
    id: "TS-JOIN",
    role: "participatingFunction",
    title: "Establish the session with the target",
    clause: "5.2.5.1.1: invitation from the target",
    on: ["request INVITE"],
    when: [
      forMe,
      { text: "the invitation is a new one", test: (c) => !isInDialog(arrived(c)) },
      inPath(true),
      {
        text: "a transfer of the session waits for the target",
        test: (c) => waiting(c) !== undefined,
        value: (c) => arrived(c).joins ?? "none",
      },
      permitted,
    ],
    act: (c) => {
      const transfer = waiting(c);
      reply(c, arrived(c), 200, c.me.id, { contact: c.me.id });
      if (transfer === undefined) return;
      const joined = calleeDialog(arrived(c), c.me.id);
      c.put<Joined>("joined", joined.call, { dialog: joined, session: transfer.session });
      c.arm("T_ack", joined.call);
      wait(c, { ...transfer, state: "waitReplaced", joined }, "T_replaced");
    },
    says: (c) =>
      `${c.the(c.me.id)} performs the participating function control on behalf of the target and establishes the CPM Session with ${c.the(arrived(c).from?.id ?? "")}.`,
    summary: "A server that stays in the media path answers the target's invitation itself.",
  },
  {
    id: "TS-JOIN-PASSED",
    role: "participatingFunction",
    title: "The target's invitation goes to the transferee",
    clause: "5.2.5.1.2: invitation from the target",
    on: ["request INVITE"],
    when: [
      inPath(false),
      { text: "the invitation is a new one", test: (c) => !isInDialog(arrived(c)) },
      {
        text: "a transfer of the session waits for the target",
        test: (c) => waiting(c) !== undefined,
        value: (c) => arrived(c).joins ?? "none",
      },
      permitted,
    ],
    act: (c) => {
      const transfer = waiting(c);
      if (transfer !== undefined) wait(c, { ...transfer, state: "waitTransferee" }, "T_replaced");
    },
    says: () => "",
    summary: "A server that is not in the media path passes the target's invitation on to the transferee.",
  },
  {
    id: "TS-JOIN-BARRED",
    role: "participatingFunction",
    title: "The target is not allowed to take the session over",
    clause: "5.2.5.1.1, 5.2.5.1.2: participating function control, negative branch inferred",
    on: ["request INVITE"],
    when: [
      { text: "the invitation is a new one", test: (c) => !isInDialog(arrived(c)) },
      {
        text: "a transfer of the session waits for the target",
        test: (c) => waiting(c) !== undefined,
        value: (c) => arrived(c).joins ?? "none",
      },
      forbidden,
    ],
    act: (c) => {
      const transfer = waiting(c);
      reply(c, arrived(c), refusalCode(c) ?? 403, c.me.id);
      if (transfer !== undefined) abandon(c, transfer);
    },
    says: (c) =>
      `${c.the(c.me.id)} does not let the target take the session over and gives the transfer up; the transferor's session goes on.`,
    summary: "When the operator refuses the target's invitation, the transferor is told and its session goes on.",
  },
  {
    id: "TS-JOIN-UNKNOWN",
    role: "participatingFunction",
    title: "An invitation that joins nothing",
    clause: "RFC 3891 §3; inferred",
    on: ["request INVITE"],
    when: [
      { text: "the invitation is a new one", test: (c) => !isInDialog(arrived(c)) },
      {
        text: "it is addressed to this server, or takes a session over for a client of it",
        test: (c) => forMe.test(c) || isStray(c),
      },
      { text: "no transfer waits for it", test: (c) => waiting(c) === undefined },
    ],
    act: (c) => {
      reply(c, arrived(c), 481, c.me.id);
    },
    says: (c) => `${c.the(c.me.id)} knows of no transfer that waits for this invitation and refuses it.`,
    summary: "An invitation to the server that belongs to no transfer is refused.",
  },
  {
    id: "TS-JOINED",
    role: "participatingFunction",
    title: "The target acknowledges",
    clause: "RFC 3261 §13.2.2.4",
    on: ["request ACK"],
    when: [
      {
        text: "it acknowledges the session with the target",
        test: (c) => c.get("joined", arrived(c).call) !== undefined,
      },
    ],
    act: (c) => {
      const joined = c.get<Joined>("joined", arrived(c).call);
      if (joined === undefined) return;
      c.disarm("T_ack", joined.dialog.call);
      if (joined.acknowledged !== true && joined.endPending === true) sendInDialog(c, joined.dialog, "BYE");
      c.put<Joined>("joined", joined.dialog.call, { ...joined, acknowledged: true });
    },
    says: (c) =>
      c.get<Joined>("joined", arrived(c).call)?.endPending === true
        ? `The transfer has been given up; ${c.the(c.me.id)} releases the target now that it has acknowledged.`
        : `The CPM Session with the target is established; ${c.the(c.me.id)} remains in the media path.`,
    summary: "With the acknowledgement the session with the target stands; the server remains in the media path.",
  },
  {
    id: "TS-JOINED-NOT",
    role: "participatingFunction",
    title: "The target never acknowledges",
    clause: "RFC 3261 §13.3.1.4",
    on: ["timer T_ack"],
    when: [
      {
        text: "the target has not acknowledged its session",
        test: (c) => unacknowledged(c) !== undefined,
      },
    ],
    act: (c) => {
      const joined = unacknowledged(c);
      if (joined === undefined) return;
      sendInDialog(c, joined.dialog, "BYE");
      c.put("joined", joined.dialog.call, undefined);
      const transfer = c.get<Transfer>("transfer", joined.session);
      if (transfer?.state === "waitReplaced") abandon(c, transfer);
    },
    says: (c) => `The target has not acknowledged its session; ${c.the(c.me.id)} releases it.`,
    summary: "A session with the target that is never acknowledged is released, and the transfer given up.",
  },
  {
    id: "TS-REPLACED",
    role: "participatingFunction",
    title: "Tell the transferor to release",
    clause: "5.2.5.1.1, 5.2.5.1.2: Release Notification",
    on: ["request NOTIFY"],
    when: [
      forMe,
      event("the target has replaced the session", "replaced"),
      { text: "this server serves the transferor", test: (c) => servesTransferor(c) },
    ],
    act: (c) => {
      reply(c, arrived(c), 200, c.me.id);
      const transfer = transferOf(c);
      if (transfer !== undefined) notifyTransferor(c, transfer);
    },
    says: (c) =>
      `${c.the(c.me.id)} sends a CPM Session Release Notification to ${c.the(transferOf(c)?.transferor ?? "")}.`,
    summary: "When the session has been replaced, the transferor is told to release its own.",
  },
  {
    id: "TS-REPLACED-HAND-OVER",
    role: "participatingFunction",
    title: "Tell the transferor's server",
    clause: "not specified by 5.2.5.1; inferred",
    on: ["request NOTIFY"],
    when: [
      forMe,
      event("the target has replaced the session", "replaced"),
      {
        text: "another server serves the transferor",
        test: (c) => transferOf(c) !== undefined && !servesTransferor(c),
      },
    ],
    act: (c) => {
      reply(c, arrived(c), 200, c.me.id);
      const transfer = transferOf(c);
      const server = transfer === undefined ? undefined : serverOf(c.topology, transfer.transferor);
      if (transfer === undefined || server === undefined) return;
      wait(c, { ...transfer, state: "transferred" }, undefined);
      moveOn(c, transfer);
      tell(c, "NOTIFY", "context", server, { session: transfer.session });
    },
    says: (c) => `${c.the(c.me.id)} lets the server of the transferor know; how is not specified.`,
    summary: "When the transferor is served by another server, that one has to learn that the session is replaced.",
  },
  {
    id: "TS-RELEASE-NOTE",
    role: "participatingFunction",
    title: "The transferor's server tells it to release",
    clause: "5.2.5.1.1, 5.2.5.1.2: Release Notification",
    on: ["request NOTIFY"],
    when: [
      forMe,
      event("another server tells that the session is replaced", "context"),
      { text: "a transfer of the session is under way", test: (c) => transferOf(c) !== undefined },
    ],
    act: (c) => {
      reply(c, arrived(c), 200, c.me.id);
      const transfer = transferOf(c);
      if (transfer !== undefined) notifyTransferor(c, transfer);
    },
    says: (c) =>
      `${c.the(c.me.id)} sends a CPM Session Release Notification to ${c.the(transferOf(c)?.transferor ?? "")}.`,
    summary: "When the session has been replaced, the transferor is told to release its own.",
  },
  {
    id: "TS-NOTE-UNKNOWN",
    role: "participatingFunction",
    title: "A notification of a transfer that is over",
    clause: "RFC 3261 §12.2.2; inferred",
    on: ["request NOTIFY"],
    when: [forMe, { text: "no transfer of the session is under way", test: (c) => transferOf(c) === undefined }],
    act: (c) => {
      reply(c, arrived(c), 481, c.me.id);
    },
    says: (c) => `No transfer of the session is under way; ${c.the(c.me.id)} refuses the notification.`,
    summary: "A notification that belongs to no transfer is refused.",
  },
  absorbing({
    id: "TS-NOTIFIED",
    role: "participatingFunction",
    title: "A notification is confirmed",
    clause: "RFC 6665 §4.1.2",
    on: ["response NOTIFY"],
    when: [{ text: "it answers this server", test: (c) => (arrived(c).via?.length ?? 0) === 1 }],
    summary: "The confirmation of a notification goes no further.",
  }),
  {
    id: "TS-RELEASE",
    role: "participatingFunction",
    title: "Release the transferor's session only",
    clause: "5.2.5.1.1: release by the server",
    on: ["request BYE"],
    when: [
      {
        text: "the session has been transferred with the server in the media path",
        test: (c) => c.get("release", arrived(c).session) === "anchored",
      },
      {
        text: "the release comes from the transferor",
        test: (c) =>
          arrived(c).from?.id === transferOf(c)?.transferor || arrived(c).from?.tag === transferOf(c)?.transferor,
      },
    ],
    act: (c) => {
      // The dialog of a target is no side of a bridge: whose it was, PF-RELEASE-OWN answers.
      if (bridgeOf(c) !== undefined) reply(c, arrived(c), 200);
      const transfer = transferOf(c);
      if (transfer !== undefined) wait(c, { ...transfer, state: "transferred" }, undefined);
      c.put("release", arrived(c).session, "moved");
    },
    says: (c) =>
      `${c.the(c.me.id)} performs the participating function control and releases the session with the transferor; the transferee's leg stays up.`,
    summary: "With the server in the media path only the transferor's leg ends; the transferee's stays up.",
  },
];

import { arrived, type Context, type Rule } from "../rule.ts";
import { type Bridge, putBridge } from "../rules/bridge.ts";
import { contextOf } from "../rules/context.ts";
import { originalSession } from "../rules/moved-session.ts";
import {
  abandon,
  event,
  forget,
  forMe,
  giveUpFurther,
  inPath,
  releaseTarget,
  servesTransferor,
  type Transfer,
  transferOf,
  wait,
  withdrawInvitation,
} from "../rules/transfer.ts";
import { isFailure, reply, sendInDialog } from "../sip.ts";
import { serverOf } from "../topology.ts";

/**
 * Transfers that do not come about. The change request has the successful path only; what is here follows one thought:
 * until the transferor has been told to release, its session is untouched (RFC 5589 §5.3).
 */
const guarded = (c: Context): Transfer | undefined => c.get<Transfer>("transfer", c.timer?.key);

const tellsTransferor = (c: Context, why: string): string =>
  `${why}; ${c.the(c.me.id)} gives the transfer up, and the transferor's session goes on.`;

export const transferFailureRules: readonly Rule[] = [
  {
    id: "TS-TARGET-DECLINES",
    role: "participatingFunction",
    title: "The target declines",
    clause: "inferred",
    on: ["response REFER"],
    when: [
      { text: "it answers this server", test: (c) => (arrived(c).via?.length ?? 0) === 1 },
      { text: "it declines", test: (c) => isFailure(arrived(c)), value: (c) => String(arrived(c).status) },
      { text: "a transfer waits for it", test: (c) => transferOf(c)?.state === "waitJoin" },
    ],
    act: (c) => {
      const transfer = transferOf(c);
      if (transfer !== undefined) abandon(c, transfer);
    },
    says: (c) => tellsTransferor(c, "The target does not take the session over"),
    summary: "When the target declines, the transferor is told and its session goes on.",
  },
  {
    id: "TS-TARGET-SILENT",
    role: "participatingFunction",
    title: "The target does not answer",
    clause: "inferred (T_join)",
    on: ["timer T_join"],
    when: [{ text: "no invitation has come from the target", test: (c) => guarded(c)?.state === "waitJoin" }],
    act: (c) => {
      const transfer = guarded(c);
      if (transfer !== undefined) abandon(c, transfer);
    },
    says: (c) => tellsTransferor(c, "The target has not answered"),
    summary: "When no invitation comes from the target in time, the transferor is told and its session goes on.",
  },
  {
    id: "TS-NOT-REPLACED",
    role: "participatingFunction",
    title: "The session is never reported replaced",
    clause: "inferred, T_replaced",
    on: ["timer T_replaced"],
    when: [
      {
        text: "the target has not told that it has replaced the session",
        test: (c) => guarded(c)?.state === "waitReplaced" || guarded(c)?.state === "waitTransferee",
        value: (c) => guarded(c)?.state ?? "none",
      },
    ],
    act: (c) => {
      const transfer = guarded(c);
      if (transfer === undefined) return;
      abandon(c, transfer);
      withdrawInvitation(c, transfer, "noAnswer");
    },
    says: (c) => tellsTransferor(c, "No CPM Session Replaced Notification has come"),
    summary: "When the Replaced Notification does not come in time, the transferor is told and its session goes on.",
  },
  {
    id: "TS-TRANSFEREE-REFUSES",
    role: "participatingFunction",
    title: "The transferee refuses",
    clause: "inferred",
    on: ["response INVITE"],
    when: [
      { text: "it is a refusal", test: (c) => isFailure(arrived(c)), value: (c) => String(arrived(c).status) },
      {
        text: "it answers the invitation of a transfer that waits for the transferee",
        test: (c) => refusedTransfer(c)?.state === "waitTransferee",
      },
    ],
    act: (c) => {
      const transfer = refusedTransfer(c);
      if (transfer !== undefined) abandon(c, transfer);
    },
    says: (c) => tellsTransferor(c, "The transferee does not accept the target's invitation"),
    summary: "When the transferee refuses the target, the transferor is told and its session goes on.",
  },
  {
    id: "TS-ABANDONED",
    role: "participatingFunction",
    title: "The other server has given the transfer up",
    clause: "not specified by 5.2.5.1; inferred",
    on: ["request NOTIFY"],
    when: [
      forMe,
      event("another server has given the transfer up", "abandoned"),
      { text: "a transfer of the session is under way", test: (c) => transferOf(c) !== undefined },
      {
        text: "the transferor has not been told to release",
        test: (c) => !servesTransferor(c) || !["waitRelease", "transferred"].includes(transferOf(c)?.state ?? ""),
      },
    ],
    act: (c) => {
      reply(c, arrived(c), 200, c.me.id);
      const transfer = transferOf(c);
      if (transfer === undefined) return;
      if (servesTransferor(c)) abandon(c, transfer);
      else {
        forget(c, transfer);
        releaseTarget(c, transfer.joined);
        withdrawInvitation(c, transfer, "cancelled");
        giveUpFurther(c, transfer);
      }
    },
    says: (c) => `${c.the(c.me.id)} gives the transfer up too.`,
    summary: "When one of two servers gives a transfer up, so does the other.",
  },
  {
    id: "TS-SESSION-ENDS",
    role: "participatingFunction",
    title: "The session ends before it is transferred",
    clause: "inferred",
    on: ["request BYE"],
    when: [
      {
        text: "the session is one that may be transferred",
        test: (c) => {
          const original = originalSession(c.topology, arrived(c).session ?? "");
          return c.topology.scenario.transfers?.some((t) => t.session === original) === true;
        },
      },
      { text: "it is not released because of a transfer", test: (c) => !isRelease(c) },
    ],
    act: (c) => {
      c.put("over", arrived(c).session, true);
      const transfer = transferOf(c);
      if (transfer === undefined || transfer.state === "transferred") return;
      const other = serverOf(c.topology, servesTransferor(c) ? transfer.target : transfer.transferor);
      forget(c, transfer);
      releaseTarget(c, transfer.joined);
      withdrawInvitation(c, transfer, "cancelled");
      if (other !== undefined && other !== c.me.id)
        c.send(other, {
          method: "NOTIFY",
          event: "abandoned",
          call: c.fresh(),
          session: transfer.session,
          from: { id: c.me.id, tag: c.me.id },
          to: { id: other },
          uri: { participant: other },
        });
    },
    says: (c) =>
      transferOf(c) === undefined
        ? ""
        : `The session ends before it has been transferred; ${c.the(c.me.id)} gives the transfer up.`,
    summary: "A session that is released while its transfer is under way takes the transfer with it.",
  },
  {
    id: "TS-TOO-LATE",
    role: "participatingFunction",
    title: "The session ended before it was replaced",
    clause: "not specified by 5.2.5.1; inferred",
    on: ["response NOTIFY"],
    when: [
      event("the transferor's server knows of no transfer any more", "context"),
      { text: "it refuses", test: (c) => isFailure(arrived(c)), value: (c) => String(arrived(c).status) },
      { text: "this server established the session with the target", test: (c) => transferOf(c)?.joined !== undefined },
    ],
    act: (c) => {
      const transfer = transferOf(c);
      if (transfer?.joined === undefined) return;
      forget(c, transfer);
      releaseTarget(c, transfer.joined);
    },
    says: (c) => `The session has ended meanwhile; ${c.the(c.me.id)} releases the target.`,
    summary: "A target whose session is replaced too late is released.",
  },
  {
    id: "TS-RELEASED",
    role: "participatingFunction",
    title: "The transferor has released",
    clause: "5.2.5.1.2: release by the transferor",
    on: ["request BYE"],
    when: [
      { text: "the transferor was told to release the session", test: (c) => transferOf(c)?.state === "waitRelease" },
      { text: "the release passes through", test: (c) => c.get("release", arrived(c).session) === undefined },
    ],
    act: (c) => {
      const transfer = transferOf(c);
      if (transfer !== undefined) wait(c, { ...transfer, state: "transferred" }, undefined);
    },
    says: () => "",
    summary: "With the transferor's release on its way to the transferee the transfer is complete.",
  },
  {
    id: "TS-NOT-RELEASED",
    role: "participatingFunction",
    title: "The transferor does not release",
    clause: "inferred, T_release",
    on: ["timer T_release"],
    when: [{ text: "the transferor has not released its session", test: (c) => guarded(c)?.state === "waitRelease" }],
    act: (c) => {
      const transfer = guarded(c);
      if (transfer === undefined) return;
      wait(c, { ...transfer, state: "transferred" }, undefined);
      if (transfer.left !== undefined) sendInDialog(c, transfer.left, "BYE");
      const bridge = c.list<Bridge>("bridge").find((b) => b.session === transfer.session && b.state === "established");
      if (bridge === undefined) return;
      const isInviting = bridge.inviting.target === transfer.transferor;
      sendInDialog(c, isInviting ? bridge.inviting : bridge.invited, "BYE");
      if (inPath(true).test(c)) return;
      sendInDialog(c, isInviting ? bridge.invited : bridge.inviting, "BYE");
      putBridge(c, { ...bridge, state: "releasing" });
    },
    says: (c) =>
      backToBack(c)
        ? `The transferor has not released its session; ${c.the(c.me.id)} releases it.`
        : `The transferor has not released its session; ${c.the(c.me.id)}, a proxy, cannot do it in its place.`,
    summary: "A transferor that does not release in time is released by its server, where that is no mere proxy.",
  },
];

/** The arrived release is that of a transferor whose session has been replaced. */
function isRelease(c: Context): boolean {
  const transfer = transferOf(c);
  return (
    transfer?.state === "waitRelease" ||
    (transfer?.state === "transferred" && inPath(true).test(c) && arrived(c).from?.id === transfer.transferor)
  );
}

const backToBack = (c: Context): boolean => c.options.participatingFunction === "b2bua";

/** The transfer whose invitation the arrived response refuses. */
function refusedTransfer(c: Context): Transfer | undefined {
  return c.get<Transfer>("transfer", contextOf(c)?.request.joins);
}

import { arrived, type Context, type Rule } from "../rule.ts";
import { bridgeOf, putBridge } from "../rules/bridge.ts";
import {
  abandon,
  event,
  forget,
  forMe,
  giveUpFurther,
  inPath,
  isReplaced,
  joinedTransfer,
  noteEnd,
  releaseTarget,
  replaced,
  servesTransferor,
  type Transfer,
  tell,
  transfereeLeg,
  transferOf,
} from "../rules/transfer.ts";
import { reply, sendInDialog } from "../sip.ts";
import { serverOf } from "../topology.ts";

/**
 * A session that has been replaced with the server in the media path has two legs, the target's and the transferee's, and
 * ends with either of them. Where two servers keep one leg each, they tell each other; how is not specified.
 */

const tellOther = (c: Context, client: string, transfer: Transfer): void => {
  const server = serverOf(c.topology, client);
  if (server !== undefined && server !== c.me.id) tell(c, "NOTIFY", "abandoned", server, { session: transfer.session });
};

/** Releases the transferee's leg; the transferor's release, should it still come, is answered as one that crosses. */
function releaseTransferee(c: Context, transfer: Transfer): void {
  noteEnd(c, transfer);
  forget(c, transfer);
  giveUpFurther(c, transfer);
  c.put("release", transfer.session, undefined);
  const leg = transfereeLeg(c, transfer);
  if (leg === undefined) return;
  sendInDialog(c, leg.dialog, "BYE");
  putBridge(c, { ...leg.bridge, state: "releasing" });
}

export const transferAfterwardsRules: readonly Rule[] = [
  {
    id: "TS-TRANSFEREE-ENDS",
    role: "participatingFunction",
    title: "The transferee ends the session that was transferred",
    clause: "inferred from RFC 3261 §15.1.2",
    on: ["request BYE"],
    when: [
      inPath(true),
      isReplaced,
      { text: "this server serves the transferor", test: (c) => servesTransferor(c) },
      {
        text: "the release comes from the transferee",
        test: (c) => bridgeOf(c)?.other.target === transferOf(c)?.transferor,
      },
    ],
    act: (c) => {
      const transfer = transferOf(c);
      const at = bridgeOf(c)?.at;
      if (transfer === undefined || at === undefined) return;
      reply(c, arrived(c), 200);
      putBridge(c, { ...at, state: "released" });
      c.put("release", transfer.session, undefined);
      noteEnd(c, transfer);
      forget(c, transfer);
      giveUpFurther(c, transfer);
      if (transfer.joined !== undefined) releaseTarget(c, transfer.joined);
      else tellOther(c, transfer.target, transfer);
    },
    says: (c) =>
      `The transferee ends the session; ${c.the(c.me.id)} confirms the release and ends the target's session too.`,
    summary: "When the transferee ends a session that was transferred, the target's session ends with it.",
  },
  {
    id: "TS-TARGET-ENDS",
    role: "participatingFunction",
    title: "The target ends the session it took over",
    clause: "inferred from RFC 3261 §15.1.2",
    on: ["request BYE"],
    when: [
      {
        text: "it ends the session with the target of a transfer",
        test: (c) => joinedTransfer(c) !== undefined,
        value: (c) => joinedTransfer(c)?.state ?? "none",
      },
    ],
    act: (c) => {
      const transfer = joinedTransfer(c);
      if (transfer === undefined) return;
      const { joined: _joined, ...alone } = transfer;
      if (serverOf(c.topology, transfer.transferor) !== c.me.id) {
        forget(c, transfer);
        tellOther(c, transfer.transferor, transfer);
      } else if (replaced(transfer)) releaseTransferee(c, transfer);
      else abandon(c, alone);
    },
    says: (c) =>
      replaced(joinedTransfer(c))
        ? `The target ends the session; the transferee's ends with it.`
        : `The target ends its session before it has replaced the other; ${c.the(c.me.id)} gives the transfer up.`,
    summary: "When the target ends its session, the transferee's ends too, or the transfer is given up.",
  },
  {
    id: "TS-TARGET-GONE",
    role: "participatingFunction",
    title: "The target has ended the session it took over",
    clause: "not specified by 5.2.5.1; inferred",
    on: ["request NOTIFY"],
    when: [
      forMe,
      event("the other server's session has ended", "abandoned"),
      isReplaced,
      { text: "this server serves the transferor", test: (c) => servesTransferor(c) },
    ],
    act: (c) => {
      reply(c, arrived(c), 200, c.me.id);
      const transfer = transferOf(c);
      if (transfer !== undefined) releaseTransferee(c, transfer);
    },
    says: (c) => `The target has ended the session; ${c.the(c.me.id)} releases the transferee.`,
    summary: "When the target has ended the session, the transferee's leg is released.",
  },
];

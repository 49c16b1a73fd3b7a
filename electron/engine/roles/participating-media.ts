import type { ParticipantId } from "../../../shared/run/choice.ts";
import { absorbing, arrived, arrivedHop, type Condition, type Context, type Rule } from "../rule.ts";
import { bridged, bridgeOf, isUp } from "../rules/bridge.ts";
import {
  joinedTransfer,
  replaced,
  servesTransferor,
  type Transfer,
  transfereeLeg,
  transferOf,
} from "../rules/transfer.ts";
import { type Dialog, reply, sendMedia } from "../sip.ts";
import { serverOf } from "../topology.ts";

/**
 * Chat messages at a back-to-back participating function. In a session that was transferred with the server in the media
 * path, what the transferee sends goes to whoever has the session now, and the other way round. Where two servers keep one
 * leg each, they pass it to each other; how is not specified.
 */

/** Where a message of a session that was transferred goes: along a leg that this server has, or to the other server. */
type Onward = { readonly dialog: Dialog } | { readonly server: ParticipantId; readonly session: string };

function otherServer(c: Context, client: ParticipantId, session: string): Onward | undefined {
  const server = serverOf(c.topology, client);
  return server === undefined || server === c.me.id ? undefined : { server, session };
}

const toTarget = (c: Context, { joined, target, session }: Transfer): Onward | undefined =>
  joined === undefined ? otherServer(c, target, session) : { dialog: joined };

const toTransferee = (c: Context, transfer: Transfer): Onward | undefined =>
  transfereeLeg(c, transfer) ?? otherServer(c, transfer.transferor, transfer.session);

function onward(c: Context): Onward | undefined {
  const isHandedOver = arrived(c).event === "context";
  const bridge = bridgeOf(c);
  const transfer = bridge !== undefined || isHandedOver ? transferOf(c) : joinedTransfer(c);
  if (transfer === undefined || !replaced(transfer)) return undefined;
  if (isHandedOver) return servesTransferor(c) ? toTransferee(c, transfer) : toTarget(c, transfer);
  if (bridge === undefined) return toTransferee(c, transfer);
  // Without the server in the media path nothing is anchored: the bridge of the old session leads where it led.
  if (c.get("release", transfer.session) === undefined) return undefined;
  return bridge.other.target === transfer.transferor ? toTarget(c, transfer) : undefined;
}

const hasMoved = (value: boolean): Condition => ({
  text: value ? "its session has been transferred away from the leg where it began" : "its session is where it began",
  test: (c) => (onward(c) !== undefined) === value,
});
const up = (value: boolean): Condition => ({
  text: value ? "the session is up" : "its session is not up",
  test: (c) => isUp(bridgeOf(c)?.at) === value,
  value: (c) => bridgeOf(c)?.at.state ?? "none",
});

export const mediaRules: readonly Rule[] = [
  {
    id: "PF-CHAT-REFUSED",
    role: "participatingFunction",
    title: "A message without a session",
    clause: "RFC 4975 §7.3.1",
    on: ["request SEND"],
    when: [up(false), hasMoved(false)],
    act: (c) => {
      reply(c, arrived(c), 481);
    },
    says: (c) => `The session is not up any more; ${c.the(c.me.id)} refuses the message.`,
    summary: "A message whose session is not up is refused.",
  },
  {
    id: "PF-CHAT",
    role: "participatingFunction",
    title: "Pass a chat message on",
    clause: "RFC 4975 §7.2; inferred",
    on: ["request SEND"],
    when: [bridged, up(true), hasMoved(false)],
    act: (c) => {
      reply(c, arrived(c), 200);
      const other = bridgeOf(c)?.other;
      if (other !== undefined) sendMedia(c, other, arrived(c).text ?? "", arrivedHop(c));
    },
    says: () => "",
    summary: "A message within a session is passed on along the media path.",
  },
  {
    id: "TS-CHAT",
    role: "participatingFunction",
    title: "Pass a chat message on to who has the session now",
    clause: "5.2.5.1.1: the server remains in the media path; RFC 4975 §7.2",
    on: ["request SEND"],
    when: [hasMoved(true)],
    act: (c) => {
      reply(c, arrived(c), 200);
      const next = onward(c);
      const { text = "" } = arrived(c);
      if (next === undefined) return;
      if ("dialog" in next) sendMedia(c, next.dialog, text, arrivedHop(c));
      else
        c.send(
          next.server,
          {
            method: "SEND",
            event: "context",
            call: c.fresh(),
            session: next.session,
            from: { id: c.me.id, tag: c.me.id },
            to: { id: next.server },
            uri: { participant: next.server },
            text,
          },
          arrivedHop(c),
        );
    },
    says: () => "",
    summary: "After a transfer with the server in the media path, messages go between the transferee and the target.",
  },
  absorbing({
    id: "PF-CHAT-CONFIRMED",
    role: "participatingFunction",
    title: "A message is confirmed",
    clause: "RFC 4975 §7.2",
    on: ["response SEND"],
    when: [],
    summary: "The confirmation of a message goes no further.",
  }),
];

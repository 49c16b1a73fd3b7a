import { arrived, type Context, type Rule } from "../rule.ts";
import { callOf, heldCall, inState, ownCall, putCall, release } from "../rules/call.ts";
import { reply, sendMedia } from "../sip.ts";
import { withIndefinite } from "../words.ts";

/** What a client does within a session: end it, answer its end, exchange messages. */

function chatOf(c: Context) {
  const what = c.choice.kind === "stimulate" ? c.choice.what : undefined;
  return c.topology.scenario.chats?.find((m) => m.id === what && m.from === c.me.id);
}

export const sessionRules: readonly Rule[] = [
  {
    id: "CL-END",
    role: "client",
    title: "The user ends the session",
    clause: "RFC 3261 §15",
    on: ["stimulus end"],
    when: [inState("the session is established", "established")],
    act: (c) => release(c, ownCall(c)),
    says: (c) => `The user ends the session; ${c.the(c.me.id)} sends ${withIndefinite(c.called("BYE"))}.`,
    summary: "A user ends an established session with a release request.",
  },
  {
    id: "CL-END-EARLY",
    role: "client",
    title: "The user ends a session that is not acknowledged yet",
    clause: "RFC 3261 §15",
    on: ["stimulus end"],
    when: [
      inState("the acceptance has not been acknowledged", "moratorium"),
      { text: "it has not been ended before", test: (c) => ownCall(c).endPending !== true },
    ],
    act: (c) => putCall(c, { ...ownCall(c), endPending: true }),
    says: (c) => `The user ends the session; ${c.the(c.me.id)} waits for the acknowledgement before it releases.`,
    summary:
      "The invited side does not release a session before its acceptance has been acknowledged, or never will be.",
  },
  {
    id: "CL-RELEASED",
    role: "client",
    title: "The other side ends the session",
    clause: "RFC 3261 §15.1.2; RFC 5407 §3.2.1",
    on: ["request BYE"],
    when: [
      { text: "the session is known", test: (c) => callOf(c) !== undefined, value: (c) => callOf(c)?.state ?? "none" },
    ],
    act: (c) => {
      const call = ownCall(c);
      reply(c, arrived(c), 200);
      c.disarm("T_ack", call.id);
      if (call.dialog?.remote.tag !== arrived(c).from?.tag && call.dialog !== undefined) return;
      putCall(c, { ...call, state: "ended" });
      c.disarm("T_transfer", call.session);
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
      { text: "it has not been sent before", test: (c) => c.get("sent", chatOf(c)?.id) === undefined },
      {
        text: "its session is established",
        test: (c) => heldCall(c, chatOf(c)?.session ?? "")?.state === "established",
      },
    ],
    act: (c) => {
      const chat = chatOf(c);
      const dialog = heldCall(c, chat?.session ?? "")?.dialog;
      if (chat === undefined || dialog === undefined) return;
      sendMedia(c, dialog, chat.text);
      c.put("sent", chat.id, true);
    },
    says: (c) => `${c.the(c.me.id)} sends ${withIndefinite(c.called("SEND"))} within the session.`,
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

import { absorbing, arrived, arrivedHop, type Context, type Rule } from "../rule.ts";
import {
  bye,
  cancelPending,
  type Group,
  group,
  groupOf,
  knownGroup,
  legOf,
  legsOf,
  putGroup,
  putLeg,
  sessionOf,
  stimulated,
} from "../rules/group.ts";
import { reply, sendInDialog, sendMedia } from "../sip.ts";

/** Cancelling, leaving and ending a group session, and the messages within it. */
export const endRules: readonly Rule[] = [
  {
    id: "CF-GIVE-UP",
    role: "controllingFunction",
    title: "The controlling function cancels",
    clause: "inferred from RFC 3261 §9.1",
    on: ["stimulus cancel"],
    when: [{ text: "the session is being set up", test: (c) => stimulated(c)?.state === "inviting" }],
    act: (c) => {
      const { session = "", origin } = stimulated(c) ?? {};
      if (origin !== undefined) reply(c, origin.request, 480, c.me.id);
      putGroup(c, session, { state: "cancelled" });
      cancelPending(c, session);
      c.disarm("T_group", session);
    },
    says: (c) => `${c.the(c.me.id)} cancels every outstanding CPM Session Invitation.`,
    summary:
      "When the session is not wanted any more, every outstanding invitation is cancelled and an originator refused.",
  },
  {
    id: "CF-CANCELLED",
    role: "controllingFunction",
    title: "The originator cancels",
    clause: "inferred from RFC 3261 §9.2",
    on: ["request CANCEL"],
    when: [{ text: "the session is being set up", test: (c) => knownGroup(c)?.state === "inviting" }],
    act: (c) => {
      const { session, origin } = group(c);
      reply(c, arrived(c), 200, c.me.id);
      if (origin !== undefined) reply(c, origin.request, 487, c.me.id);
      putGroup(c, session, { state: "cancelled" });
      cancelPending(c, session);
      c.disarm("T_group", session);
    },
    says: (c) =>
      `${c.the(c.me.id)} confirms the cancellation, ends the originator's invitation and cancels every outstanding one.`,
    summary: "When the originator cancels, so does the controlling function towards every invitee.",
  },
  {
    id: "CF-CANCELLED-LATE",
    role: "controllingFunction",
    title: "The cancellation comes too late",
    clause: "RFC 3261 §9.2",
    on: ["request CANCEL"],
    when: [{ text: "the originator has been answered", test: (c) => knownGroup(c)?.state !== "inviting" }],
    act: (c) => {
      reply(c, arrived(c), 200, c.me.id);
    },
    says: (c) => `${c.the(c.me.id)} has answered already: it confirms the cancellation, which changes nothing.`,
    summary: "A cancellation that crosses the answer is confirmed and has no other effect.",
  },
  absorbing({
    id: "CF-CANCEL-CONFIRMED",
    role: "controllingFunction",
    title: "A cancellation is confirmed",
    clause: "RFC 3261 §9.1",
    on: ["response CANCEL"],
    when: [],
    summary: "The confirmation of a cancellation does not yet mean that the invitation has ended.",
  }),
  {
    id: "CF-ACKED",
    role: "controllingFunction",
    title: "The originator acknowledges",
    clause: "RFC 3261 §13.3.1.4",
    on: ["request ACK"],
    when: [],
    act: (c) => {
      const session = sessionOf(c);
      const known = groupOf(c, session);
      // A member's device that has taken the session over acknowledges a dialog of its own.
      if (known?.origin === undefined || arrived(c).call !== known.origin.dialog.call) return;
      c.disarm("T_ack", session);
      if (arrived(c).acknowledges !== undefined) return;
      if (known.state === "ended" && known.origin.acknowledged !== true) sendInDialog(c, known.origin.dialog, "BYE");
      putGroup(c, session, { origin: { ...known.origin, acknowledged: true } });
    },
    says: (c) => (arrived(c).acknowledges === undefined ? `The originator is in the session.` : ""),
    summary: "With the originator's acknowledgement its side of the session is established.",
  },
  {
    id: "CF-NO-ACK",
    role: "controllingFunction",
    title: "The originator never acknowledges",
    clause: "inferred from RFC 3261 §13.3.1.4",
    on: ["timer T_ack"],
    when: [
      {
        text: "the originator has not acknowledged",
        test: (c) => unacknowledged(c) !== undefined,
      },
    ],
    act: (c) => {
      const known = unacknowledged(c);
      if (known?.origin === undefined) return;
      sendInDialog(c, known.origin.dialog, "BYE");
      putGroup(c, known.session, { origin: undefined });
      if (known.state === "active") releaseAll(c, known.session);
    },
    says: (c) => `The originator has not acknowledged; ${c.the(c.me.id)} releases everybody.`,
    summary: "When the originator's acknowledgement never comes, everybody is released.",
  },
  {
    id: "CF-END",
    role: "controllingFunction",
    title: "The controlling function ends the session",
    clause: "RFC 3261 §15",
    on: ["stimulus end"],
    when: [{ text: "the session is up", test: (c) => stimulated(c)?.state === "active" }],
    act: (c) => releaseAll(c, stimulated(c)?.session ?? ""),
    says: (c) => `${c.the(c.me.id)} ends the session for every member.`,
    summary: "The controlling function ends a session by releasing every member.",
  },
  {
    id: "CF-LEAVE",
    role: "controllingFunction",
    title: "A member leaves",
    clause: "inferred",
    on: ["request BYE"],
    when: [{ text: "the session is known", test: (c) => knownGroup(c) !== undefined }],
    act: (c) => {
      reply(c, arrived(c), 200);
      const { session, members, origin } = group(c);
      const l = legOf(c);
      const originLeaves = l === undefined;
      if (l !== undefined) {
        if (l.state !== "accepted") return;
        putLeg(c, { ...l, state: "released" });
      }
      const left = putGroup(c, session, {
        members: originLeaves ? members : members - 1,
        origin: originLeaves ? undefined : origin,
      });
      const inSession = left.members + (left.origin === undefined ? 0 : 1);
      // A focus that began a pre-defined group by itself ends it with its last member but one only where others remain.
      if (inSession < 2 && left.state === "active" && left.invited + (origin === undefined ? 0 : 1) > 1)
        releaseAll(c, session);
    },
    says: (c) => `${c.the(c.me.id)} confirms that the member leaves.`,
    summary: "A member's release is confirmed; when fewer than two are left, the rest is released too.",
  },
  absorbing({
    id: "CF-LEFT",
    role: "controllingFunction",
    title: "A release is confirmed",
    clause: "RFC 3261 §15.1.1",
    on: ["response BYE"],
    when: [],
    summary: "The confirmation of a release ends a member's leg.",
  }),
  {
    id: "CF-CHAT",
    role: "controllingFunction",
    title: "Pass a message to every other member",
    clause: "RFC 4975; inferred",
    on: ["request SEND"],
    when: [{ text: "the session is up", test: (c) => knownGroup(c)?.state === "active" }],
    act: (c) => {
      reply(c, arrived(c), 200);
      const { session, origin } = group(c);
      const { call, text = "" } = arrived(c);
      for (const dialog of [
        origin?.dialog,
        ...legsOf(c, session)
          .filter((l) => l.state === "accepted")
          .map((l) => l.dialog),
      ])
        if (dialog !== undefined && dialog.call !== call) sendMedia(c, dialog, text, arrivedHop(c));
    },
    says: (c) => `${c.the(c.me.id)} passes the message to every other member.`,
    summary: "A member's message is passed to every other member of the session.",
  },
  absorbing({
    id: "CF-CHAT-CONFIRMED",
    role: "controllingFunction",
    title: "A message is confirmed",
    clause: "RFC 4975 §7.2",
    on: ["response SEND"],
    when: [],
    summary: "The confirmation of a message goes no further.",
  }),
];

/** The group whose T_ack has run out, when its originator still owes the acknowledgement. */
function unacknowledged(c: Context): Group | undefined {
  const known = groupOf(c, c.timer?.key);
  return known?.origin !== undefined && known.origin.acknowledged !== true ? known : undefined;
}

function releaseAll(c: Context, session: string): void {
  const { origin } = putGroup(c, session, { state: "ended" });
  // An originator that has not acknowledged yet is released as soon as it has.
  if (origin?.acknowledged === true) sendInDialog(c, origin.dialog, "BYE");
  for (const l of legsOf(c, session)) bye(c, l);
  cancelPending(c, session);
  c.disarm("T_group", session);
}

import { arrived, type Context, type Rule } from "../rule.ts";
import {
  betterFailure,
  cancelPending,
  failure,
  group,
  groupOf,
  groupState,
  hasOriginator,
  isLeg,
  type Leg,
  lastAnswer,
  leg,
  legOpen,
  legWanted,
  oneLess,
  putGroup,
  putLeg,
  refuseOriginator,
  success,
} from "../rules/group.ts";
import {
  acknowledgeFailure,
  answeredElsewhere,
  callerDialog,
  isProvisional,
  isSuccess,
  reply,
  sendInDialog,
} from "../sip.ts";
import { userName } from "../words.ts";

const tellEstablished = (c: Context): void =>
  c.tell(
    "groupSessionEstablished",
    "the new CPM Group Session is established with all invited CPM Clients that accepted",
  );

const legOfTimer = (c: Context): Leg | undefined => c.get<Leg>("leg", c.timer?.key);

/** What the controlling function makes of the invitees' answers. */
export const answerRules: readonly Rule[] = [
  {
    id: "CF-ACCEPT",
    role: "controllingFunction",
    title: "Acknowledge an acceptance",
    clause: "inferred from RFC 3261 §13.2.2.4",
    on: ["response INVITE"],
    when: [isLeg, success, legOpen, legWanted, groupState("the session is wanted", "inviting", "active")],
    act: (c) => {
      const l = leg(c);
      const dialog = callerDialog(arrived(c));
      sendInDialog(c, dialog, "ACK");
      c.disarm("Timer_B", `${l.session}/${l.call}`);
      putLeg(c, { ...l, state: "accepted", dialog });
      oneLess(c, l.session, { state: "active", members: group(c).members + 1 });
    },
    says: (c) => `${c.the(c.me.id)} acknowledges the acceptance; ${userName(c, leg(c).user)} is in the session.`,
    summary: "Every acceptance is acknowledged and adds a member to the session.",
  },
  {
    id: "CF-ANSWER",
    role: "controllingFunction",
    title: "Answer the originator after the first acceptance",
    clause: "C.2.2.X steps 7–8, NOTE 1",
    on: ["response INVITE"],
    when: [isLeg, success, legOpen, legWanted, groupState("nobody has accepted before", "inviting"), hasOriginator],
    act: (c) => {
      const { origin, session } = group(c);
      if (origin !== undefined) {
        reply(c, origin.request, 200, c.me.id, { contact: c.me.id, media: origin.request.media });
        c.arm("T_ack", session);
      }
    },
    says: (c) => `${c.the(c.me.id)} responds to the originator with the OK response.`,
    summary: "The originator is answered with OK as soon as one invitee has accepted, whichever that is.",
  },
  {
    id: "CF-SECOND-DEVICE",
    role: "controllingFunction",
    title: "A second device of one user",
    clause: "inferred from RFC 5407 App. E",
    on: ["response INVITE"],
    when: [
      isLeg,
      success,
      { text: "another device of the user has been accepted", test: (c) => leg(c).state === "accepted" },
    ],
    act: (c) => {
      const dialog = callerDialog(arrived(c));
      sendInDialog(c, dialog, "ACK");
      if (c.options.focusKeeps === "oneDevice") sendInDialog(c, dialog, "BYE", { reason: answeredElsewhere });
      else putLeg(c, { ...leg(c), call: `${leg(c).call}/${arrived(c).to?.tag}`, dialog });
    },
    says: (c) =>
      c.options.focusKeeps === "oneDevice"
        ? `${c.the(c.me.id)} keeps the first device of ${userName(c, leg(c).user)} and releases this one.`
        : `${c.the(c.me.id)} keeps this device of ${userName(c, leg(c).user)} too.`,
    summary:
      "Of several devices of one user the focus keeps one, or all, as the scenario says; the others are released.",
  },
  {
    id: "CF-TOO-LATE",
    role: "controllingFunction",
    title: "An acceptance after the end",
    clause: "inferred from RFC 5407 §3.1.2",
    on: ["response INVITE"],
    when: [
      isLeg,
      success,
      {
        text: "the session is no longer wanted, or the invitee had been given up",
        test: (c) =>
          leg(c).state === "failed" ||
          leg(c).state === "released" ||
          (legOpen.test(c) && (!legWanted.test(c) || ["cancelled", "ended"].includes(group(c).state))),
        value: (c) => `${group(c).state}, ${leg(c).state}`,
      },
    ],
    act: (c) => {
      const dialog = callerDialog(arrived(c));
      sendInDialog(c, dialog, "ACK");
      sendInDialog(c, dialog, "BYE");
      const last = lastAnswer.test(c) && group(c).members === 0;
      if (legOpen.test(c)) oneLess(c, leg(c).session);
      putLeg(c, { ...leg(c), state: "released", dialog });
      if (last) refuseOriginator(c, leg(c).session);
    },
    says: (c) => `The session is no longer wanted; ${c.the(c.me.id)} acknowledges the acceptance and releases it.`,
    summary: "An acceptance that arrives after a cancellation is acknowledged and released.",
  },
  {
    id: "CF-DECLINED",
    role: "controllingFunction",
    title: "An invitee refuses",
    clause: "inferred from RFC 3261 §17.1.1.3",
    on: ["response INVITE"],
    when: [isLeg, failure],
    act: (c) => {
      acknowledgeFailure(c, arrived(c));
      const l = leg(c);
      c.disarm("Timer_B", `${l.session}/${l.call}`);
      if (!legOpen.test(c)) return;
      putLeg(c, { ...l, state: "failed" });
      oneLess(c, l.session, { failure: betterFailure(group(c).failure, arrived(c).status ?? 480) });
    },
    says: (c) => `${c.the(c.me.id)} acknowledges the refusal; ${userName(c, leg(c).user)} does not take part.`,
    summary: "A refusal is acknowledged; the session goes on with the others.",
  },
  {
    id: "CF-NOBODY",
    role: "controllingFunction",
    title: "Nobody accepts",
    clause: "inferred from RFC 3891 §3",
    on: ["response INVITE"],
    when: [isLeg, failure, groupState("nobody has accepted", "inviting", "cancelled"), lastAnswer],
    act: (c) => refuseOriginator(c, group(c).session),
    says: (c) =>
      group(c).origin === undefined
        ? `Nobody has accepted; the session does not come about.`
        : `Nobody has accepted; ${c.the(c.me.id)} refuses the originator's invitation. An existing session is left alone.`,
    summary: "When the last invitee has refused, the originator is refused; the session to be replaced stays as it is.",
  },
  {
    id: "CF-ESTABLISHED",
    role: "controllingFunction",
    title: "The group session is established",
    clause: "C.2.2.X step 19",
    on: ["response INVITE"],
    when: [
      isLeg,
      { text: "it is a final response", test: (c) => !isProvisional(arrived(c)) },
      lastAnswer,
      {
        text: "somebody has accepted",
        test: (c) => group(c).members > 0 || (isSuccess(arrived(c)) && legWanted.test(c)),
        value: (c) => `${group(c).members} before this`,
      },
      groupState("the session is wanted", "inviting", "active"),
    ],
    act: tellEstablished,
    says: (c) =>
      `${c.the(c.me.id)} has established the new CPM Group Session with all invited CPM Clients that accepted the invitation.`,
    summary: "When every invitee has answered, the session stands with those that accepted.",
  },
  {
    id: "CF-UNREACHABLE",
    role: "controllingFunction",
    title: "No response at all",
    clause: "RFC 3261 §17.1.1.2, Timer B",
    on: ["timer Timer_B"],
    when: [{ text: "the invitee has not answered", test: (c) => legOfTimer(c) !== undefined }],
    act: (c) => {
      const l = legOfTimer(c);
      if (l === undefined) return;
      putLeg(c, { ...l, state: "failed" });
      const next = oneLess(c, l.session, { failure: betterFailure(groupOf(c, l.session)?.failure, 408) });
      if (next.pending > 0) return;
      if (next.members === 0) refuseOriginator(c, l.session);
      else if (next.state === "active") tellEstablished(c);
    },
    says: (c) => `${c.the(c.me.id)} gives up an invitation to which nothing has come back.`,
    summary: "An invitation to which nothing comes back within 64*T1 counts as refused.",
  },
  {
    id: "CF-GROUP-TIMEOUT",
    role: "controllingFunction",
    title: "Not every invitee answers",
    clause: "inferred (T_group)",
    on: ["timer T_group"],
    when: [
      {
        text: "an invitee has not answered",
        test: (c) => (groupOf(c, c.timer?.key)?.pending ?? 0) > 0,
        value: (c) => `${groupOf(c, c.timer?.key)?.pending ?? 0} outstanding`,
      },
    ],
    act: (c) => {
      const session = c.timer?.key ?? "";
      const { failure: before } = putGroup(c, session, {});
      putGroup(c, session, { failure: betterFailure(before, c.options.noAnswerCode) });
      cancelPending(c, session);
    },
    says: (c) => `${c.the(c.me.id)} waits no longer and cancels every invitation that has not been answered.`,
    summary: "Invitees that do not answer in time are cancelled; the session goes on with those that have accepted.",
  },
];

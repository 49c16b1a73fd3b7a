import type { HopName, ParticipantId } from "../../../shared/run/choice.ts";
import type { Message } from "../../../shared/run/run.ts";
import { type Condition, type Context, type MessageDraft, type Rule, arrived, arrivedHop } from "../rule.ts";
import {
  type Dialog,
  acknowledgeFailure,
  answeredElsewhere,
  calleeDialog,
  callerDialog,
  cancelTransaction,
  firstHop,
  isFailure,
  isInDialog,
  isProvisional,
  isSuccess,
  reply,
  sendInDialog,
  sendMedia,
} from "../sip.ts";
import { listNames, userName } from "./core.ts";

/**
 * The CPM Conversation Server (controlling function): the focus of a group session (domain model §4.5). It invites
 * every invitee, answers the originator after the first acceptance, and knows who is in the session.
 */
interface Group {
  readonly session: string;
  /** The originator's invitation; absent when the controlling function itself begins (a pre-defined group). */
  readonly origin?: { readonly request: Message; readonly dialog: Dialog };
  readonly state: "inviting" | "active" | "cancelled" | "ended";
  readonly invited: number;
  readonly pending: number;
  readonly members: number;
  readonly alerting: boolean;
  /** The best failure so far, by status. */
  readonly failure?: number;
}

/** The leg to one invitee. */
interface Leg {
  readonly session: string;
  readonly user: string;
  readonly transaction: HopName;
  readonly call: string;
  readonly to: ParticipantId;
  readonly request: Message;
  readonly state: "sent" | "proceeding" | "cancelWait" | "cancelling" | "accepted" | "failed" | "released";
  readonly dialog?: Dialog;
}

const groupOf = (c: Context, session: string | undefined): Group | undefined => c.get<Group>(`group/${session}`);

function putGroup(c: Context, session: string, change: Partial<Group>): Group {
  const group = groupOf(c, session);
  if (group === undefined) throw new Error(`no group session ${session}`);
  const next = { ...group, ...change };
  c.put(`group/${session}`, next);
  return next;
}

function putLeg(c: Context, leg: Leg): void {
  c.put(`leg/${leg.session}/${leg.call}`, leg);
}

function legOf(c: Context): Leg | undefined {
  const { session, call } = arrived(c);
  return c.get<Leg>(`leg/${session}/${call}`);
}

function leg(c: Context): Leg {
  const found = legOf(c);
  if (found === undefined) throw new Error("no leg");
  return found;
}

function group(c: Context): Group {
  const found = groupOf(c, arrived(c).session);
  if (found === undefined) throw new Error("no group session");
  return found;
}

const legsOf = (c: Context, session: string): readonly Leg[] => c.list<Leg>(`leg/${session}/`);

const isLeg: Condition = { text: "it answers an invitation of this function", test: (c) => legOf(c) !== undefined };
const success: Condition = { text: "it is an acceptance", test: (c) => isSuccess(arrived(c)) };
const failure: Condition = {
  text: "it is a refusal or another failure",
  test: (c) => isFailure(arrived(c)),
  value: (c) => String(arrived(c).status),
};
const groupState = (text: string, ...states: Group["state"][]): Condition => ({
  text,
  test: (c) => states.includes(group(c).state),
  value: (c) => group(c).state,
});
const hasOriginator: Condition = { text: "an originator waits for an answer", test: (c) => group(c).origin !== undefined };
const legOpen: Condition = {
  text: "the invitee has not answered before",
  test: (c) => leg(c).state !== "accepted" && leg(c).state !== "released" && leg(c).state !== "failed",
  value: (c) => leg(c).state,
};
const lastAnswer: Condition = {
  text: "it is the last answer outstanding",
  test: (c) => group(c).pending === 1 && legOpen.test(c),
  value: (c) => `${group(c).pending} outstanding`,
};

interface Invitee {
  readonly user: string;
  readonly replaces?: string;
}

function inviteAll(c: Context, session: string, invitees: readonly Invitee[], media: readonly string[] | undefined, asked?: Message): void {
  c.put<Group>(`group/${session}`, {
    session,
    origin: asked === undefined ? undefined : { request: asked, dialog: calleeDialog(asked, c.me.id) },
    state: "inviting",
    invited: invitees.length,
    pending: invitees.length,
    members: 0,
    alerting: false,
  });
  for (const invitee of invitees) {
    const draft: MessageDraft = {
      method: "INVITE",
      call: c.fresh(),
      session,
      from: { id: c.me.id, tag: c.me.id },
      to: { id: invitee.user },
      uri: { user: invitee.user },
      contact: c.me.id,
      media,
      replaces: invitee.replaces,
    };
    const to = firstHop(c, draft);
    if (to === undefined) {
      putGroup(c, session, { pending: (groupOf(c, session)?.pending ?? 1) - 1, failure: 480 });
      continue;
    }
    const transaction = c.send(to, draft);
    const request: Message = { name: "", kind: "request", class: "cpm", ...draft };
    putLeg(c, { session, user: invitee.user, transaction, call: draft.call ?? "", to, request, state: "sent" });
    c.arm("Timer_B", `${session}/${draft.call}`);
  }
}

function invitationOf(c: Context) {
  const what = c.choice.kind === "stimulate" ? c.choice.what : undefined;
  return c.topology.scenario.invitations?.find((i) => i.id === what && i.from === c.me.id);
}

function stimulated(c: Context): Group | undefined {
  return c.choice.kind === "stimulate" ? groupOf(c, c.choice.what) : undefined;
}

function cancelPending(c: Context, session: string, reason?: Message["reason"]): void {
  for (const l of legsOf(c, session)) {
    if (l.state === "proceeding") {
      cancelTransaction(c, l, l.request, reason);
      putLeg(c, { ...l, state: "cancelling" });
    } else if (l.state === "sent") putLeg(c, { ...l, state: "cancelWait" });
  }
}

function bye(c: Context, l: Leg, reason?: Message["reason"]): void {
  if (l.dialog === undefined || l.state !== "accepted") return;
  sendInDialog(c, l.dialog, "BYE", { reason });
  putLeg(c, { ...l, state: "released" });
}

const invitingRules: readonly Rule[] = [
  {
    id: "CF-INVITE",
    role: "controllingFunction",
    title: "Invite the members of a group",
    clause: "C.1.2.3 step 1",
    on: ["stimulus invite"],
    when: [
      { text: "the invitation is one of the scenario's", test: (c) => invitationOf(c) !== undefined },
      { text: "it has not been sent before", test: (c) => groupOf(c, invitationOf(c)?.id) === undefined },
    ],
    act: (c) => {
      const invitation = invitationOf(c);
      if (invitation !== undefined) inviteAll(c, invitation.id, invitation.to, invitation.media);
    },
    says: (c) => {
      const invitation = invitationOf(c);
      const users = (invitation?.to ?? []).map((t) => `the ${userName(c, t.user)}`);
      const members = invitation?.group === undefined ? listNames(users) : `${listNames(users)}, of the CPM Pre-defined Group "${invitation.group}"`;
      return `${c.the(c.me.id)} sends a CPM Session Invitation for ${members}.`;
    },
    summary: "The controlling function sends each member of a group one invitation.",
  },
  {
    id: "CF-LIST",
    role: "controllingFunction",
    title: "Invite everybody on a list",
    clause: "C.2.2.X steps 3–4, 15–16; RFC 5366",
    on: ["request INVITE"],
    when: [
      { text: "it asks for a new session", test: (c) => !isInDialog(arrived(c)) },
      { text: "it lists users to invite", test: (c) => (arrived(c).invitees?.length ?? 0) > 0, value: (c) => (arrived(c).invitees ?? []).map((i) => i.user).join(", ") },
    ],
    act: (c) => inviteAll(c, arrived(c).session ?? arrivedHop(c), arrived(c).invitees ?? [], arrived(c).media, arrived(c)),
    says: (c) => {
      const list = arrived(c).invitees ?? [];
      const replaced = list.filter((i) => i.replaces !== undefined).map((i) => `the ${userName(c, i.user)}`);
      const mark = replaced.length === 0 ? "" : `; the one for ${listNames(replaced)} carries the "Replace" indication`;
      return `${c.the(c.me.id)} sends the CPM Session Invitation to every user on the list${mark}.`;
    },
    summary: "Asked with a list, the controlling function invites each user on it; only those to be replaced carry the indication.",
  },
  {
    id: "CF-NO-LIST",
    role: "controllingFunction",
    title: "An invitation without a list",
    clause: "inferred; RFC 3261 §21.4.1",
    on: ["request INVITE"],
    when: [{ text: "it asks for a new session", test: (c) => !isInDialog(arrived(c)) }, { text: "it lists nobody", test: (c) => (arrived(c).invitees?.length ?? 0) === 0 }],
    act: (c) => {
      reply(c, arrived(c), 403, c.me.id);
    },
    says: (c) => `${c.the(c.me.id)} refuses: the invitation lists nobody.`,
    summary: "A request for a group session without invitees is refused.",
  },
  {
    id: "CF-PROCEEDING",
    role: "controllingFunction",
    title: "An invitee is being alerted",
    clause: "RFC 3261 §13.2.2.1, §9.1",
    on: ["response INVITE"],
    when: [isLeg, { text: "it is provisional", test: (c) => isProvisional(arrived(c)), value: (c) => String(arrived(c).status) }],
    act: (c) => {
      const l = leg(c);
      c.disarm("Timer_B", `${l.session}/${l.call}`);
      if (l.state === "cancelWait") {
        cancelTransaction(c, l, l.request);
        putLeg(c, { ...l, state: "cancelling" });
      } else if (l.state === "sent") putLeg(c, { ...l, state: "proceeding" });
    },
    says: () => "",
    summary: "A provisional response shows that an invitee's branch is alive.",
  },
  {
    id: "CF-ALERT",
    role: "controllingFunction",
    title: "Tell the originator that somebody is alerted",
    clause: "domain model §4.5, inferred",
    on: ["response INVITE"],
    when: [
      isLeg,
      { text: "it is an ALERTING response", test: (c) => arrived(c).status === 180 },
      groupState("nobody has accepted", "inviting"),
      hasOriginator,
      { text: "it is the first", test: (c) => !group(c).alerting },
    ],
    act: (c) => {
      const { origin, session } = group(c);
      if (origin !== undefined) reply(c, origin.request, 180, c.me.id, { contact: c.me.id }, arrivedHop(c));
      putGroup(c, session, { alerting: true });
    },
    says: (c) => `${c.the(c.me.id)} passes the first ALERTING response to the originator.`,
    summary: "The first ALERTING of any invitee is passed to the originator.",
  },
];

const answerRules: readonly Rule[] = [
  {
    id: "CF-ACCEPT",
    role: "controllingFunction",
    title: "Acknowledge an acceptance",
    clause: "domain model §4.5; RFC 3261 §13.2.2.4",
    on: ["response INVITE"],
    when: [isLeg, success, legOpen, groupState("the session is wanted", "inviting", "active")],
    act: (c) => {
      const l = leg(c);
      const dialog = callerDialog(arrived(c));
      sendInDialog(c, dialog, "ACK");
      c.disarm("Timer_B", `${l.session}/${l.call}`);
      putLeg(c, { ...l, state: "accepted", dialog });
      const { members, pending } = group(c);
      putGroup(c, l.session, { state: "active", members: members + 1, pending: pending - 1 });
    },
    says: (c) => `${c.the(c.me.id)} acknowledges the acceptance; the ${userName(c, leg(c).user)} is in the session.`,
    summary: "Every acceptance is acknowledged and adds a member to the session.",
  },
  {
    id: "CF-ANSWER",
    role: "controllingFunction",
    title: "Answer the originator after the first acceptance",
    clause: "C.2.2.X steps 7–8, NOTE 1",
    on: ["response INVITE"],
    when: [isLeg, success, legOpen, groupState("nobody has accepted before", "inviting"), hasOriginator],
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
    clause: "domain model §4.5; RFC 5407 App. E",
    on: ["response INVITE"],
    when: [isLeg, success, { text: "another device of the user has been accepted", test: (c) => leg(c).state === "accepted" }],
    act: (c) => {
      const dialog = callerDialog(arrived(c));
      sendInDialog(c, dialog, "ACK");
      if (c.options.focusKeeps === "oneDevice") sendInDialog(c, dialog, "BYE", { reason: answeredElsewhere });
      else putLeg(c, { ...leg(c), call: `${leg(c).call}/${arrived(c).to?.tag}`, dialog });
    },
    says: (c) =>
      c.options.focusKeeps === "oneDevice"
        ? `${c.the(c.me.id)} keeps the first device of the ${userName(c, leg(c).user)} and releases this one.`
        : `${c.the(c.me.id)} keeps this device of the ${userName(c, leg(c).user)} too.`,
    summary: "Of several devices of one user the focus keeps one, or all, as the scenario says; the others are released.",
  },
  {
    id: "CF-TOO-LATE",
    role: "controllingFunction",
    title: "An acceptance after the end",
    clause: "domain model §4.5; RFC 5407 §3.1.2",
    on: ["response INVITE"],
    when: [isLeg, success, legOpen, groupState("the session is no longer wanted", "cancelled", "ended")],
    act: (c) => {
      const dialog = callerDialog(arrived(c));
      sendInDialog(c, dialog, "ACK");
      sendInDialog(c, dialog, "BYE");
      putLeg(c, { ...leg(c), state: "released", dialog });
      settle(c);
    },
    says: (c) => `The session is no longer wanted; ${c.the(c.me.id)} acknowledges the acceptance and releases it.`,
    summary: "An acceptance that arrives after a cancellation is acknowledged and released.",
  },
  {
    id: "CF-DECLINED",
    role: "controllingFunction",
    title: "An invitee refuses",
    clause: "domain model §4.5; RFC 3261 §17.1.1.3",
    on: ["response INVITE"],
    when: [isLeg, failure],
    act: (c) => {
      acknowledgeFailure(c, arrived(c));
      const l = leg(c);
      c.disarm("Timer_B", `${l.session}/${l.call}`);
      if (l.state === "accepted" || l.state === "released") return;
      putLeg(c, { ...l, state: "failed" });
      const { pending, failure: before } = group(c);
      const status = arrived(c).status ?? 480;
      putGroup(c, l.session, { pending: pending - 1, failure: before === undefined || before === 487 ? status : before });
    },
    says: (c) => `${c.the(c.me.id)} acknowledges the refusal; the ${userName(c, leg(c).user)} does not take part.`,
    summary: "A refusal is acknowledged; the session goes on with the others.",
  },
  {
    id: "CF-NOBODY",
    role: "controllingFunction",
    title: "Nobody accepts",
    clause: "inferred (domain model G20); RFC 3891 §3",
    on: ["response INVITE"],
    when: [isLeg, failure, groupState("nobody has accepted", "inviting", "cancelled"), lastAnswer],
    act: (c) => {
      const { origin, session, state, failure: status } = group(c);
      if (origin !== undefined) reply(c, origin.request, state === "cancelled" ? 487 : (status ?? 480), c.me.id);
      putGroup(c, session, { state: "ended" });
    },
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
      { text: "somebody has accepted", test: (c) => group(c).members > 0 || (isSuccess(arrived(c)) && group(c).state !== "cancelled"), value: (c) => `${group(c).members} before this` },
    ],
    act: (c) => c.tell("groupSessionEstablished", "the new CPM Group Session is established with all invited CPM Clients that accepted"),
    says: (c) => `${c.the(c.me.id)} has established the new CPM Group Session with all invited CPM Clients that accepted the invitation.`,
    summary: "When every invitee has answered, the session stands with those that accepted.",
  },
  {
    id: "CF-UNREACHABLE",
    role: "controllingFunction",
    title: "No response at all",
    clause: "RFC 3261 §17.1.1.2, Timer B",
    on: ["timer Timer_B"],
    when: [],
    act: (c) => {
      const l = c.get<Leg>(`leg/${c.timer?.key}`);
      if (l === undefined) return;
      putLeg(c, { ...l, state: "failed" });
      const before = groupOf(c, l.session);
      const next = putGroup(c, l.session, { pending: (before?.pending ?? 1) - 1, failure: before?.failure ?? 408 });
      if (next.pending === 0 && next.members === 0 && next.origin !== undefined) reply(c, next.origin.request, 480, c.me.id);
    },
    says: (c) => `${c.the(c.me.id)} gives up an invitation to which nothing has come back.`,
    summary: "An invitation to which nothing comes back within 64*T1 counts as refused.",
  },
];

function settle(c: Context): void {
  const { session, pending } = group(c);
  putGroup(c, session, { pending: pending - 1 });
}

const endRules: readonly Rule[] = [
  {
    id: "CF-GIVE-UP",
    role: "controllingFunction",
    title: "The controlling function cancels",
    clause: "domain model G11; RFC 3261 §9.1",
    on: ["stimulus cancel"],
    when: [{ text: "the session is being set up", test: (c) => stimulated(c)?.state === "inviting" }],
    act: (c) => {
      const session = stimulated(c)?.session ?? "";
      putGroup(c, session, { state: "cancelled" });
      cancelPending(c, session);
    },
    says: (c) => `${c.the(c.me.id)} cancels every outstanding CPM Session Invitation.`,
    summary: "When the session is not wanted any more, every outstanding invitation is cancelled.",
  },
  {
    id: "CF-CANCELLED",
    role: "controllingFunction",
    title: "The originator cancels",
    clause: "domain model §4.5; RFC 3261 §9.2",
    on: ["request CANCEL"],
    when: [{ text: "the session is being set up", test: (c) => groupOf(c, arrived(c).session)?.state === "inviting" }],
    act: (c) => {
      const { session } = group(c);
      reply(c, arrived(c), 200, c.me.id);
      putGroup(c, session, { state: "cancelled" });
      cancelPending(c, session);
    },
    says: (c) => `${c.the(c.me.id)} confirms the cancellation and cancels every outstanding invitation.`,
    summary: "When the originator cancels, so does the controlling function towards every invitee.",
  },
  {
    id: "CF-CANCELLED-LATE",
    role: "controllingFunction",
    title: "The cancellation comes too late",
    clause: "RFC 3261 §9.2",
    on: ["request CANCEL"],
    when: [{ text: "the originator has been answered", test: (c) => groupOf(c, arrived(c).session)?.state !== "inviting" }],
    act: (c) => {
      reply(c, arrived(c), 200, c.me.id);
    },
    says: (c) => `${c.the(c.me.id)} has answered already: it confirms the cancellation, which changes nothing.`,
    summary: "A cancellation that crosses the answer is confirmed and has no other effect.",
  },
  {
    id: "CF-CANCEL-CONFIRMED",
    role: "controllingFunction",
    title: "A cancellation is confirmed",
    clause: "RFC 3261 §9.1",
    on: ["response CANCEL"],
    when: [],
    act: () => {},
    says: () => "",
    summary: "The confirmation of a cancellation does not yet mean that the invitation has ended.",
  },
  {
    id: "CF-ACKED",
    role: "controllingFunction",
    title: "The originator acknowledges",
    clause: "RFC 3261 §13.3.1.4",
    on: ["request ACK"],
    when: [],
    act: (c) => c.disarm("T_ack", arrived(c).session ?? ""),
    says: (c) => (arrived(c).acknowledges === undefined ? `The originator is in the session.` : ""),
    summary: "With the originator's acknowledgement its side of the session is established.",
  },
  {
    id: "CF-NO-ACK",
    role: "controllingFunction",
    title: "The originator never acknowledges",
    clause: "domain model §4.5; RFC 3261 §13.3.1.4",
    on: ["timer T_ack"],
    when: [{ text: "the session is up", test: (c) => groupOf(c, c.timer?.key)?.state === "active" }],
    act: (c) => releaseAll(c, c.timer?.key ?? ""),
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
    clause: "domain model §4.5",
    on: ["request BYE"],
    when: [{ text: "the session is known", test: (c) => groupOf(c, arrived(c).session) !== undefined }],
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
      if (inSession < 2 && left.state === "active" && left.invited + (origin === undefined ? 0 : 1) > 1) releaseAll(c, session);
    },
    says: (c) => `${c.the(c.me.id)} confirms that the member leaves.`,
    summary: "A member's release is confirmed; when fewer than two are left, the rest is released too.",
  },
  {
    id: "CF-LEFT",
    role: "controllingFunction",
    title: "A release is confirmed",
    clause: "RFC 3261 §15.1.1",
    on: ["response BYE"],
    when: [],
    act: () => {},
    says: () => "",
    summary: "The confirmation of a release ends a member's leg.",
  },
  {
    id: "CF-CHAT",
    role: "controllingFunction",
    title: "Pass a message to every other member",
    clause: "RFC 4975; inferred",
    on: ["request SEND"],
    when: [{ text: "the session is up", test: (c) => groupOf(c, arrived(c).session)?.state === "active" }],
    act: (c) => {
      reply(c, arrived(c), 200);
      const { session, origin } = group(c);
      const { call, text = "" } = arrived(c);
      for (const dialog of [origin?.dialog, ...legsOf(c, session).filter((l) => l.state === "accepted").map((l) => l.dialog)])
        if (dialog !== undefined && dialog.call !== call) sendMedia(c, dialog, text, arrivedHop(c));
    },
    says: (c) => `${c.the(c.me.id)} passes the message to every other member.`,
    summary: "A member's message is passed to every other member of the session.",
  },
  {
    id: "CF-CHAT-CONFIRMED",
    role: "controllingFunction",
    title: "A message is confirmed",
    clause: "RFC 4975 §7.2",
    on: ["response SEND"],
    when: [],
    act: () => {},
    says: () => "",
    summary: "The confirmation of a message goes no further.",
  },
];

function releaseAll(c: Context, session: string): void {
  const { origin } = putGroup(c, session, { state: "ended" });
  if (origin !== undefined) sendInDialog(c, origin.dialog, "BYE");
  for (const l of legsOf(c, session)) bye(c, l);
  cancelPending(c, session);
}

export const controllingRules: readonly Rule[] = [...invitingRules, ...answerRules, ...endRules];

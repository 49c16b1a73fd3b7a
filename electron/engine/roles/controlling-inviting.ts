import { arrived, arrivedHop, type Condition, type Context, type Rule, sender } from "../rule.ts";
import {
  group,
  groupOf,
  groupState,
  hasOriginator,
  invitationOf,
  inviteAll,
  isLeg,
  leg,
  legsOf,
  putGroup,
  putLeg,
} from "../rules/group.ts";
import { operatorRefuses, permitted, refusedByOperator } from "../rules/policy.ts";
import { calleeDialog, cancelTransaction, isInDialog, isProvisional, reply } from "../sip.ts";
import { listNames, userName } from "../words.ts";

const asksForSession: Condition = { text: "it asks for a new session", test: (c) => !isInDialog(arrived(c)) };

const userOf = (c: Context, id: string | undefined): string | undefined => {
  const device = c.topology.participants.get(id ?? "");
  return device?.role === "client" ? device.user : undefined;
};

/** A device of somebody who is in the group session asks to take it over from the user's other device. */
const takesOver = (value: boolean): Condition => ({
  text: value ? "it takes a group session over for a member" : "it takes no group session over",
  test: (c) => {
    const { joins, from } = arrived(c);
    const known = joins === undefined ? undefined : groupOf(c, joins);
    const user = userOf(c, from?.id);
    if (known?.state !== "active" || user === undefined) return !value;
    const isOriginators = userOf(c, known.origin?.request.from?.id) === user;
    const isMembers = legsOf(c, known.session).some((l) => l.user === user && l.state === "accepted");
    return (isOriginators || isMembers) === value;
  },
});

/** The controlling function invites, and hears that somebody is alerted. */
export const invitingRules: readonly Rule[] = [
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
      const users = (invitation?.to ?? []).map((t) => userName(c, t.user));
      const members =
        invitation?.group === undefined
          ? listNames(users)
          : `${listNames(users)}, of the CPM Pre-defined Group "${invitation.group}"`;
      return `${c.the(c.me.id)} sends a CPM Session Invitation for ${members}.`;
    },
    summary: "The controlling function sends each member of a group one invitation.",
  },
  operatorRefuses("CF-BAR", "controllingFunction"),
  refusedByOperator("CF-BARRED", "controllingFunction", []),
  {
    id: "CF-LIST",
    role: "controllingFunction",
    title: "Invite everybody on a list",
    clause: "C.2.2.X steps 3–4, 15–16; RFC 5366",
    on: ["request INVITE"],
    when: [
      asksForSession,
      {
        text: "it lists users to invite",
        test: (c) => (arrived(c).invitees?.length ?? 0) > 0,
        value: (c) => (arrived(c).invitees ?? []).map((i) => i.user).join(", "),
      },
      permitted,
    ],
    act: (c) =>
      inviteAll(c, arrived(c).session ?? arrivedHop(c), arrived(c).invitees ?? [], arrived(c).media, arrived(c)),
    says: (c) => {
      const list = arrived(c).invitees ?? [];
      const replaced = list.filter((i) => i.replaces !== undefined).map((i) => userName(c, i.user));
      const mark = replaced.length === 0 ? "" : `; the one for ${listNames(replaced)} carries the "Replace" indication`;
      return `${c.the(c.me.id)} sends the CPM Session Invitation to every user on the list${mark}.`;
    },
    summary:
      "Asked with a list, the controlling function invites each user on it; only those to be replaced carry the indication.",
  },
  {
    id: "CF-TAKE-OVER",
    role: "controllingFunction",
    title: "Another device of a member takes its place",
    clause: "5.2.5.1.2 in a group session; inferred (RFC 4579 §5.9)",
    on: ["request INVITE"],
    when: [asksForSession, takesOver(true), permitted],
    act: (c) => {
      const session = arrived(c).joins ?? "";
      reply(c, arrived(c), 200, c.me.id, { contact: c.me.id, media: arrived(c).media });
      putLeg(c, {
        session,
        user: userOf(c, arrived(c).from?.id) ?? "",
        transaction: arrivedHop(c),
        call: arrived(c).call ?? "",
        to: sender(c),
        request: arrived(c),
        state: "accepted",
        dialog: calleeDialog(arrived(c), c.me.id),
      });
      putGroup(c, session, { members: (groupOf(c, session)?.members ?? 0) + 1 });
    },
    says: (c) =>
      `${c.the(c.me.id)} lets ${c.the(arrived(c).from?.id ?? "")} into the session in the place of the user's other device.`,
    summary: "Asked by another device of a member, the controlling function lets it into the session.",
  },
  {
    id: "CF-NO-LIST",
    role: "controllingFunction",
    title: "An invitation without a list",
    clause: "inferred from RFC 3261 §21.4.1",
    on: ["request INVITE"],
    when: [
      asksForSession,
      { text: "it lists nobody", test: (c) => (arrived(c).invitees?.length ?? 0) === 0 },
      takesOver(false),
      permitted,
    ],
    act: (c) => {
      reply(c, arrived(c), 403, c.me.id);
    },
    says: (c) => `${c.the(c.me.id)} refuses: the invitation lists nobody.`,
    summary: "A request for a group session without invitees is refused.",
  },
  {
    id: "CF-TRYING",
    role: "controllingFunction",
    title: "Answer 100 Trying",
    clause: "RFC 3261 §8.2.6.1",
    on: ["request INVITE"],
    when: [
      asksForSession,
      { text: "it lists users to invite", test: (c) => (arrived(c).invitees?.length ?? 0) > 0 },
      permitted,
      { text: "the scenario shows 100 Trying", test: (c) => c.options.trying },
    ],
    act: (c) => {
      reply(c, arrived(c), 100);
    },
    says: () => "",
    summary: "Asked with a list, the controlling function answers 100 Trying before it has heard of any invitee.",
  },
  {
    id: "CF-PROCEEDING",
    role: "controllingFunction",
    title: "An invitee is being alerted",
    clause: "RFC 3261 §13.2.2.1, §9.1",
    on: ["response INVITE"],
    when: [
      isLeg,
      { text: "it is provisional", test: (c) => isProvisional(arrived(c)), value: (c) => String(arrived(c).status) },
    ],
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
    clause: "inferred",
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

import type { Options, Scenario } from "../../../shared/flow/flow.ts";
import type { ParticipantId } from "../../../shared/run/choice.ts";
import { invites, leavesOf, rootOf, type Trace, type Transaction, upwards, userOf } from "../requirements/trace.ts";
import { homesOf } from "./homes.ts";
import { transfersOf } from "./presupposed-transfers.ts";

type Invitation = NonNullable<Scenario["invitations"]>[number];
type Session = NonNullable<Scenario["sessions"]>[number];

/**
 * The scenario that an authored flow presupposes: networks by who talks to whom, and the invitations, sessions, transfers
 * and chats without which its first messages would have no reason. What the scenario states itself is kept.
 */
export function presupposed(trace: Trace): Scenario {
  const scenario = homesOf(trace);
  const given = sessionsBefore(trace, scenario.sessions ?? []);
  const sessions = [...(scenario.sessions ?? []), ...given];
  const begun = new Map<string, number>();
  const invitations = invitationsOf(trace, scenario, sessions, begun);
  const { transfers, unseen } = transfersOf(trace, scenario, sessions);
  const participants = [...scenario.participants, ...unseen];
  return {
    ...scenario,
    participants,
    users: [...(scenario.users ?? []), ...unseen.map(({ id }) => ({ id, domain: id }))],
    ...(sessions.length > 0 && { sessions }),
    ...(invitations.length > 0 && { invitations: [...invitations] }),
    ...(transfers.length > 0 && { transfers: [...transfers] }),
    ...chatsOf(trace, scenario, [...sessions, ...invitations], begun),
    options: { ...optionsShown(trace), ...scenario.options },
  };
}

/** Whether an INVITE modifies a session that is up; the rules know no such request. */
export function isModification(trace: Trace, t: Transaction): boolean {
  const root = rootOf(t);
  if (root.request.said.inDialog === true) return true;
  if (root.request.said.replaces === true || root.method !== "INVITE") return false;
  const ends = (of: Transaction) =>
    new Set([rootOf(of).client, ...[...leavesOf(rootOf(of))].map(({ server }) => server)]);
  const mine = ends(root);
  return invites(trace).some((other) => {
    if (rootOf(other) !== other || other.request.sentAt >= root.request.sentAt) return false;
    const theirs = ends(other);
    const accepted = other.finals.some((f) => (f.status ?? 0) < 300 && f.sentAt < root.request.sentAt);
    return (
      accepted &&
      mine.size === theirs.size &&
      [...mine].every((id) => theirs.has(id)) &&
      !hasEnded(trace, mine, other, root)
    );
  });
}

function hasEnded(trace: Trace, ends: ReadonlySet<ParticipantId>, first: Transaction, second: Transaction): boolean {
  return trace.transactions.some(
    (t) =>
      t.method === "BYE" &&
      ends.has(t.client) &&
      t.request.sentAt > first.request.sentAt &&
      t.request.sentAt < second.request.sentAt,
  );
}

/** Invitations that nobody sent on: each the beginning of a chain, and no challenge's repetition. */
function beginnings(trace: Trace): readonly Transaction[] {
  return invites(trace).filter((t) => {
    const role = trace.role(t.client);
    return t.parent === undefined && (role === "client" || role === "controllingFunction") && !isModification(trace, t);
  });
}

const isChallenged = (t: Transaction): boolean => t.finals.some(({ status }) => status === 401 || status === 407);

/** @param begun gets when each of those that the scenario does not state was sent */
function invitationsOf(
  trace: Trace,
  scenario: Scenario,
  sessions: readonly Session[],
  begun: Map<string, number>,
): readonly Invitation[] {
  const stated = scenario.invitations ?? [];
  const unused = [...stated];
  const made: Invitation[] = [];
  const asked = new Map<ParticipantId, number>();
  for (const root of beginnings(trace)) {
    if (isChallenged(root) && root.children.length === 0) continue;
    const from = root.client;
    const at = unused.findIndex((i) => i.from === from || i.focus === from);
    if (at >= 0) {
      if (unused[at]?.from === from) unused.splice(at, 1);
      continue;
    }
    if (stated.some((i) => i.from === from || i.focus === from)) continue;
    const leaves = [...leavesOf(root)];
    const focus = leaves.find(({ server }) => trace.role(server) === "controllingFunction")?.server;
    const to = targetsOf(trace, scenario, root, sessions, made);
    const known = asked.get(from);
    begun.set(`invitation${made.length + 1}`, root.request.sentAt);
    if (focus !== undefined && from !== focus) {
      asked.set(focus, made.length);
      made.push({ id: `invitation${made.length + 1}`, from, focus, to: [] });
    } else if (known !== undefined && trace.role(from) === "controllingFunction") {
      const invitation = made[known];
      if (invitation !== undefined)
        made[known] = {
          ...invitation,
          to: [...invitation.to, ...to.filter((x) => !invitation.to.some((y) => y.user === x.user))],
        };
    } else {
      if (trace.role(from) === "controllingFunction") asked.set(from, made.length);
      made.push({ id: `invitation${made.length + 1}`, from, to: [...to] });
    }
  }
  return [...stated, ...made.filter(({ to }) => to.length > 0)];
}

function targetsOf(
  trace: Trace,
  scenario: Scenario,
  root: Transaction,
  sessions: readonly Session[],
  before: readonly Invitation[],
): Invitation["to"] {
  const byUser = new Map<string, Invitation["to"][number]>();
  for (const leaf of leavesOf(root)) {
    const device = scenario.participants.find(({ id }) => id === leaf.server);
    if (device?.role !== "client") continue;
    const replaces = [...upwards(leaf)].some(({ request }) => request.said.replaces === true)
      ? sessionWith(trace, scenario, device.id, sessions, before, root.request.sentAt)
      : undefined;
    byUser.set(device.user, { user: device.user, ...(replaces !== undefined && { replaces }) });
  }
  if (byUser.size === 0 && [...leavesOf(root)].every(({ server }) => trace.role(server) !== "controllingFunction")) {
    // Nobody was reached: some user of the last network.
    const last = [...leavesOf(root)].at(-1)?.server;
    const domain = scenario.participants.find(({ id }) => id === last)?.domain;
    const user = scenario.users?.find((u) => u.domain === domain && userOf(trace, root.client) !== u.id);
    return user === undefined ? [] : [{ user: user.id }];
  }
  return [...byUser.values()];
}

/** The session that an invitation to `device` can replace: the last one it takes part in that has not been released. */
function sessionWith(
  trace: Trace,
  scenario: Scenario,
  device: ParticipantId,
  sessions: readonly Session[],
  before: readonly Invitation[],
  now: number,
): string | undefined {
  const devicesOf = (user: string) =>
    scenario.participants.flatMap((p) => (p.role === "client" && p.user === user ? [p.id] : []));
  const candidates = [
    ...sessions.map(({ id, from, to }) => ({ id, ends: [from, to] })),
    ...before.map(({ id, from, to }) => ({ id, ends: [from, ...to.flatMap(({ user }) => devicesOf(user))] })),
  ];
  const released = trace.transactions.filter((t) => t.method === "BYE" && t.request.sentAt < now);
  const isUp = (ends: readonly ParticipantId[]) =>
    !released.some((t) => ends.includes(t.client) && [...leavesOf(t)].some(({ server }) => ends.includes(server)));
  return candidates.findLast(({ ends }) => ends.includes(device) && isUp(ends))?.id;
}

/** Sessions that must have been up: two clients act within one that no invitation of the flow sets up. */
function sessionsBefore(trace: Trace, stated: readonly Session[]): readonly Session[] {
  const made: Session[] = [];
  const between = (a: ParticipantId, b: ParticipantId) => (s: { from: string; to: string }) =>
    (s.from === a && s.to === b) || (s.from === b && s.to === a);
  for (const t of trace.transactions) {
    if (t.parent !== undefined || t.method !== "BYE" || trace.role(t.client) !== "client") continue;
    const to = releasedBy(trace, t);
    if (to === undefined || [...stated, ...made].some(between(t.client, to))) continue;
    const begun = invites(trace).some(
      (i) =>
        i.parent === undefined &&
        i.request.sentAt < t.request.sentAt &&
        [...leavesOf(i)].some(({ server }) => between(t.client, to)({ from: i.client, to: server })),
    );
    if (!begun) made.push({ id: `session${made.length + 1}`, from: to, to: t.client });
  }
  return made;
}

/** The client that a release reaches, also where functions on its way answer it themselves. */
function releasedBy(trace: Trace, bye: Transaction): ParticipantId | undefined {
  let at: Transaction | undefined = bye;
  for (let i = 0; i < 8 && at !== undefined; i++) {
    const ends: readonly ParticipantId[] = [...leavesOf(at)].map(({ server }) => server);
    const client = ends.find((id) => trace.role(id) === "client");
    if (client !== undefined) return client;
    const since: number = at.request.sentAt;
    at = trace.transactions.find(
      (t) => t.method === "BYE" && t.parent === undefined && t.request.sentAt > since && ends.includes(t.client),
    );
  }
  return undefined;
}

function chatsOf(
  trace: Trace,
  scenario: Scenario,
  sessions: readonly (Invitation | Session)[],
  begun: ReadonlyMap<string, number>,
): Pick<Scenario, "chats"> {
  if (scenario.chats !== undefined) return { chats: scenario.chats };
  const isChat = (name: string) => /chat message|\bMSRP\b|\bSEND\b/i.test(name);
  const chats = trace.messages.flatMap((m, i) => {
    const session = sessions.findLast(
      ({ id, from, to }) => (begun.get(id) ?? 0) < m.sentAt && ([from, to].includes(m.from) || Array.isArray(to)),
    );
    const isSent = m.kind === "media" && isChat(m.message.name) && m.status === undefined;
    return isSent && session !== undefined
      ? [{ id: `chat${i}`, session: session.id, from: m.from, text: m.message.name.slice(0, 500) }]
      : [];
  });
  return chats.length === 0 ? {} : { chats };
}

/** Options that the messages of the flow show by themselves. */
function optionsShown(trace: Trace): Partial<Options> {
  const own = trace.messages.filter(({ status, from }) => (status ?? 0) >= 400 && trace.role(from) !== "client");
  const fromClients = new Set(
    trace.messages.filter(({ from }) => trace.role(from) === "client").map(({ status }) => status),
  );
  const gaveUp = own.find(
    ({ status }) => ![401, 407, 487, 481].includes(status ?? 0) && !fromClients.has(status),
  )?.status;
  const challenge = [
    ...new Set(
      invites(trace)
        .filter(isChallenged)
        .map(({ server }) => server),
    ),
  ].filter((id) => trace.role(id) === "core");
  return {
    ...(trace.messages.some(({ status }) => status === 100) && { trying: true }),
    ...(challenge.length > 0 && { challenge }),
    ...(gaveUp !== undefined && { noAnswerCode: gaveUp, unreachableCode: gaveUp }),
  };
}

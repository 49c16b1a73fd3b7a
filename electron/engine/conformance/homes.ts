import type { Participant, Scenario, User } from "../../../shared/flow/flow.ts";
import type { ParticipantId } from "../../../shared/run/choice.ts";
import { invites, leavesOf, type Trace } from "../requirements/trace.ts";

/**
 * The scenario with every element in a network: where the flow does not say, a client belongs to the core or server that
 * it talks to, and devices to which one invitation forks belong to one user.
 */
export function homesOf(trace: Trace): Scenario {
  const { scenario } = trace.flow;
  const home = new Map<ParticipantId, string>();
  for (const p of scenario.participants) if (p.role !== "client" && p.domain !== undefined) home.set(p.id, p.domain);
  const neighbours = neighboursOf(trace);
  const isElement = (id: ParticipantId) => trace.role(id) === "core" || trace.role(id) === "participatingFunction";
  for (const p of scenario.participants) if (p.role === "core" && !home.has(p.id)) home.set(p.id, p.id);
  for (const p of scenario.participants) {
    if ((p.role !== "participatingFunction" && p.role !== "controllingFunction") || home.has(p.id)) continue;
    const core = neighbours.get(p.id)?.find((id) => trace.role(id) === "core");
    home.set(p.id, (core === undefined ? undefined : home.get(core)) ?? p.id);
  }
  const users = new Map((scenario.users ?? []).map((u) => [u.id, u]));
  const inhabited = new Set(scenario.participants.flatMap((p) => (isElement(p.id) ? [home.get(p.id)] : [])));
  const merged = mergedUsers(trace, scenario);
  const participants = scenario.participants.map((p): Participant => {
    if (p.role !== "client") return { ...p, ...(home.has(p.id) && { domain: home.get(p.id) }) };
    const user = merged.get(p.user) ?? p.user;
    const stated = users.get(user)?.domain;
    if (stated === undefined || !inhabited.has(stated)) {
      const access = neighbours.get(p.id)?.find(isElement);
      users.set(user, { ...users.get(user), id: user, domain: (access && home.get(access)) ?? stated ?? user } as User);
    }
    return { ...p, user };
  });
  return { ...scenario, participants, users: [...users.values()] };
}

/** Whom each participant exchanges messages with, the one with the most first. */
function neighboursOf(trace: Trace): ReadonlyMap<ParticipantId, readonly ParticipantId[]> {
  const found = new Map<ParticipantId, Map<ParticipantId, number>>();
  const put = (a: ParticipantId, b: ParticipantId) => {
    const counts = found.get(a) ?? new Map<ParticipantId, number>();
    found.set(a, counts);
    counts.set(b, (counts.get(b) ?? 0) + 1);
  };
  for (const { from, to, kind } of trace.messages) {
    if (kind === "media" || kind === "state") continue;
    put(from, to);
    put(to, from);
  }
  const byCount = (counts: ReadonlyMap<ParticipantId, number>) =>
    [...counts].toSorted(([, a], [, b]) => b - a).map(([id]) => id);
  return new Map([...found].map(([id, counts]) => [id, byCount(counts)]));
}

/** Users whose devices one invitation was forked to, each with the first of them. Stated invitations say it themselves. */
function mergedUsers(trace: Trace, scenario: Scenario): ReadonlyMap<string, string> {
  const merged = new Map<string, string>();
  if ((scenario.invitations?.length ?? 0) > 0) return merged;
  for (const root of invites(trace)) {
    if (root.parent !== undefined) continue;
    const users = [...leavesOf(root)].flatMap(({ server }) => {
      const p = scenario.participants.find(({ id }) => id === server);
      return p?.role === "client" ? [p.user] : [];
    });
    const [first] = users;
    if (first === undefined) continue;
    const into = merged.get(first) ?? first;
    for (const user of users) if (user !== into && !merged.has(user)) merged.set(user, into);
  }
  return merged;
}

import type { Choice, ParticipantId } from "../../shared/run/choice.ts";
import type { Topology } from "./topology.ts";
import { wouldReact } from "./turn.ts";
import { type Draft, draftOf, findTimer, type InFlight, positionInFlight, timerName, type World } from "./world.ts";

type Stimulate = Extract<Choice, { kind: "stimulate" }>;

/** A registered device may be out of reach: then nothing arrives there. */
export function isReachable(topology: Topology, id: ParticipantId): boolean {
  const p = topology.participants.get(id);
  return p?.role !== "client" || p.reachable !== false;
}

/**
 * Everything that may happen next, in canonical order: arrivals (the default one first), what people may do, timers
 * (the shortest first), losses. Interventions are an author's and not listed; any that is well formed may be taken.
 */
export function enabled(world: World): readonly Choice[] {
  const arrivals: Choice[] = [];
  const losses: Choice[] = [];
  for (let i = world.flight.length - 1; i >= 0; i--) {
    const hop = world.flight[i];
    if (hop === undefined) continue;
    if (isReachable(world.topology, hop.to)) arrivals.push({ kind: "deliver", hop: hop.name });
    losses.push({ kind: "lose", hop: hop.name });
  }
  const draft = draftOf(world);
  const durations = [...world.timers.keys()].sort((a, b) => a - b);
  const timers = durations.flatMap((duration) =>
    [...(world.timers.get(duration)?.values() ?? [])].map(
      (t): Choice => ({ kind: "expire", participant: t.participant, timer: timerName(t) }),
    ),
  );
  return [...arrivals, ...stimuli(draft), ...timers, ...losses];
}

function stimuli(draft: Draft): readonly Choice[] {
  const found: Choice[] = [];
  const sessions = sessionsOf(draft);
  for (const candidate of candidates(draft.topology, sessions)) if (wouldReact(draft, candidate)) found.push(candidate);
  return found;
}

/** The sessions that each participant remembers, by participant. */
function sessionsOf(draft: Draft): ReadonlyMap<ParticipantId, readonly string[]> {
  const found = new Map<ParticipantId, readonly string[]>();
  for (const [participant, memory] of draft.memories) {
    const sessions = ["session", "group", "takeover"].flatMap((kind) => [...(memory.get(kind)?.keys() ?? [])]);
    if (sessions.length > 0) found.set(participant, sessions);
  }
  return found;
}

function* candidates(
  topology: Topology,
  sessions: ReadonlyMap<ParticipantId, readonly string[]>,
): Generator<Stimulate> {
  const { invitations = [], transfers = [], chats = [] } = topology.scenario;
  const act = (participant: ParticipantId, stimulus: Stimulate["stimulus"], what: string): Stimulate => ({
    kind: "stimulate",
    participant,
    stimulus,
    what,
  });
  for (const i of invitations) yield act(i.from, "invite", i.id);
  for (const p of topology.participants.keys())
    for (const session of sessions.get(p) ?? []) {
      yield act(p, "accept", session);
      yield act(p, "decline", session);
      yield { ...act(p, "decline", session), code: 603 };
      yield act(p, "cancel", session);
      yield act(p, "end", session);
    }
  // Where a client accepts by itself, its user declines beforehand or not at all.
  for (const { id, to } of invitations)
    for (const { user } of to)
      for (const client of topology.clients.get(user) ?? [])
        if (client.answer === "auto") {
          yield act(client.id, "decline", id);
          yield { ...act(client.id, "decline", id), code: 603 };
        }
  for (const t of transfers) yield act(t.from, "transfer", t.id);
  for (const chat of chats) yield act(chat.from, "send", chat.id);
  for (const server of topology.participants.values())
    if (server.role === "participatingFunction" || server.role === "controllingFunction")
      for (const { id } of [...invitations, ...transfers]) yield act(server.id, "refuse", id);
}

/**
 * The choice as the engine takes it, or undefined when it may not happen now. A stimulus that leaves out what it is
 * about means the only thing that it can be about.
 */
export function resolve(draft: Draft, choice: Choice): Choice | undefined {
  switch (choice.kind) {
    case "deliver": {
      const hop = inFlight(draft, choice.hop);
      return hop !== undefined && isReachable(draft.topology, hop.to) ? choice : undefined;
    }
    case "lose":
    case "withhold":
    case "alter":
      return inFlight(draft, choice.hop) === undefined ? undefined : choice;
    case "expire": {
      const timer = findTimer(draft, choice.participant, choice.timer);
      return timer === undefined ? undefined : { ...choice, timer: timerName(timer) };
    }
    case "inject":
      return draft.topology.participants.has(choice.from) && draft.topology.participants.has(choice.to)
        ? choice
        : undefined;
    case "stimulate":
      return resolveStimulus(draft, choice);
  }
}

function resolveStimulus(draft: Draft, choice: Stimulate): Stimulate | undefined {
  if (choice.what !== undefined) return wouldReact(draft, choice) ? choice : undefined;
  const { invitations = [], transfers = [], chats = [] } = draft.topology.scenario;
  const mine = <T extends { readonly id: string; readonly from: string }>(list: readonly T[]) =>
    list.filter((x) => x.from === choice.participant).map((x) => x.id);
  const about = { invite: () => mine(invitations), transfer: () => mine(transfers), send: () => mine(chats) };
  const names =
    choice.stimulus === "refuse"
      ? [...invitations, ...transfers].map((x) => x.id)
      : choice.stimulus === "invite" || choice.stimulus === "transfer" || choice.stimulus === "send"
        ? about[choice.stimulus]()
        : (sessionsOf(draft).get(choice.participant) ?? []);
  const possible = names.map((what) => ({ ...choice, what })).filter((c) => wouldReact(draft, c));
  // Things of one kind come in the scenario's order; of several open sessions the author has to say which.
  if (choice.stimulus === "invite" || choice.stimulus === "send") return possible[0];
  return possible.length === 1 ? possible[0] : undefined;
}

function inFlight(draft: Draft, name: string): InFlight | undefined {
  const position = positionInFlight(draft, name);
  return position < 0 ? undefined : draft.flight[position];
}

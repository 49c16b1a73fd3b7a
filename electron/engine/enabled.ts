import type { Choice, ParticipantId } from "../../shared/run/choice.ts";
import { emptyNotes, type Notes } from "./notes.ts";
import type { Topology } from "./topology.ts";
import { requesterOf } from "./topology.ts";
import { wouldReact } from "./turn.ts";
import {
  type Draft,
  draftOf,
  findTimer,
  type InFlight,
  type Memory,
  positionInFlight,
  recall,
  timerName,
  type World,
} from "./world.ts";

type Stimulate = Extract<Choice, { kind: "stimulate" }>;

/** A registered device may be out of reach: then nothing arrives there. */
export function isReachable(topology: Topology, id: ParticipantId): boolean {
  const p = topology.participants.get(id);
  return p?.role !== "client" || p.reachable !== false;
}

/**
 * Everything that may happen next, in canonical order: arrivals (the default one first), what people may do, timers
 * (the shortest first), losses. `world` is not written to afterwards, but copied; see `share`. Interventions are an author's and not listed; any that is well formed may be taken.
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
  const { byParticipant, participants } = candidatesOf(draft.topology);
  const named = [...byParticipant.keys()].flatMap((p) => actsAt(draft, p).named).sort((a, b) => a.place - b.place);
  const inSessions = participants.flatMap((p) => (draft.memories.has(p) ? actsAt(draft, p).inSessions : none));
  const invitations = named.findIndex(({ choice }) => choice.stimulus !== "invite");
  const choices = named.map(({ choice }) => choice);
  const at = invitations < 0 ? choices.length : invitations;
  return [...choices.slice(0, at), ...inSessions, ...choices.slice(at)];
}

const none: readonly never[] = [];

/** What the scenario names, by its place in the canonical order. */
interface Named {
  readonly place: number;
  readonly choice: Stimulate;
}

/** What people may do at one participant: of what the scenario names, and within the sessions that it remembers. */
interface Acts {
  readonly named: readonly Named[];
  readonly inSessions: readonly Stimulate[];
}

/** What a scenario names that people may do: in canonical order invitations come first, then what goes on within sessions, then the rest. */
interface Candidates {
  readonly byParticipant: ReadonlyMap<ParticipantId, readonly Named[]>;
  readonly participants: readonly ParticipantId[];
  /** Found so far: by what a participant remembers, and of those that remember nothing by themselves. */
  readonly acts: WeakMap<Memory, Acts>;
  /** How each was judged last, and on which cells: where these are the same, so is what follows. */
  readonly judged: Map<Named, { readonly reads: Notes["reads"]; readonly isPossible: boolean }>;
  readonly actsOfOthers: Map<ParticipantId, Acts>;
}

const candidatesByTopology = new WeakMap<Topology, Candidates>();

function candidatesOf(topology: Topology): Candidates {
  const known = candidatesByTopology.get(topology);
  if (known !== undefined) return known;
  const byParticipant = new Map<ParticipantId, Named[]>();
  for (const [place, choice] of [...invitationActs(topology), ...otherActs(topology)].entries()) {
    const own = byParticipant.get(choice.participant);
    if (own === undefined) byParticipant.set(choice.participant, [{ place, choice }]);
    else own.push({ place, choice });
  }
  const participants = [...topology.participants.keys()];
  const made: Candidates = {
    byParticipant,
    participants,
    acts: new WeakMap(),
    judged: new Map(),
    actsOfOthers: new Map(),
  };
  candidatesByTopology.set(topology, made);
  return made;
}

/** They follow from what the participant remembers, so they are found once of each memory. `draft` shares all that it has. */
function actsAt(draft: Draft, participant: ParticipantId): Acts {
  const { acts, actsOfOthers, byParticipant } = candidatesOf(draft.topology);
  const memory = draft.memories.get(participant);
  const known = memory === undefined ? actsOfOthers.get(participant) : acts.get(memory);
  if (known !== undefined) return known;
  const isPossible = (choice: Stimulate) => wouldReact(draft, choice);
  const found: Acts = {
    named: (byParticipant.get(participant) ?? none).filter((one) => isNamedPossible(draft, one)),
    inSessions: memory === undefined ? none : [...sessionActs(participant, memory)].filter(isPossible),
  };
  if (memory === undefined) actsOfOthers.set(participant, found);
  else acts.set(memory, found);
  return found;
}

function isNamedPossible(draft: Draft, named: Named): boolean {
  const { judged } = candidatesOf(draft.topology);
  const { participant } = named.choice;
  const known = judged.get(named);
  if (known?.reads.every(({ kind, key, value }) => recall(draft, participant, kind, key) === value) === true)
    return known.isPossible;
  const notes = emptyNotes();
  draft.notes = notes;
  const isPossible = wouldReact(draft, named.choice);
  draft.notes = undefined;
  if (!notes.full && notes.lists.length === 0) judged.set(named, { reads: notes.reads, isPossible });
  else judged.delete(named);
  return isPossible;
}

/** The sessions that a participant remembers. */
const sessionsIn = (memory: Memory): readonly string[] =>
  ["session", "group", "takeover"].flatMap((kind) => [...(memory.get(kind)?.keys() ?? [])]);

/** A call or group session that has ended at a participant leaves nothing to do there. */
function hasEnded(memory: Memory, session: string): boolean {
  const call = memory.get("session")?.get(session);
  const known = memory.get("group")?.get(session) ?? memory.get("call")?.get(String(call));
  const isTakenOver = memory.get("takeover")?.has(session) === true;
  return !isTakenOver && (known as { readonly state?: string } | undefined)?.state === "ended";
}

const openSessions = (memory: Memory | undefined): readonly string[] =>
  memory === undefined ? [] : sessionsIn(memory).filter((session) => !hasEnded(memory, session));

const act = (participant: ParticipantId, stimulus: Stimulate["stimulus"], what: string): Stimulate => ({
  kind: "stimulate",
  participant,
  stimulus,
  what,
});

function* sessionActs(participant: ParticipantId, memory: Memory): Generator<Stimulate> {
  for (const session of openSessions(memory)) {
    yield act(participant, "accept", session);
    yield act(participant, "decline", session);
    yield { ...act(participant, "decline", session), code: 603 };
    yield act(participant, "cancel", session);
    yield act(participant, "end", session);
  }
}

function* invitationActs({ scenario: { invitations = [] } }: Topology): Generator<Stimulate> {
  for (const i of invitations) yield act(i.from, "invite", i.id);
}

function* otherActs(topology: Topology): Generator<Stimulate> {
  const { invitations = [], transfers = [], chats = [] } = topology.scenario;
  // Where a client accepts by itself, its user declines beforehand or not at all.
  for (const { id, to } of invitations)
    for (const { user } of to)
      for (const client of topology.clients.get(user) ?? [])
        if (client.answer === "auto") {
          yield act(client.id, "decline", id);
          yield { ...act(client.id, "decline", id), code: 603 };
        }
  for (const t of transfers) yield act(requesterOf(t), "transfer", t.id);
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
  const about = {
    invite: () => mine(invitations),
    transfer: () => transfers.filter((t) => requesterOf(t) === choice.participant).map((t) => t.id),
    send: () => mine(chats),
  };
  const names =
    choice.stimulus === "refuse"
      ? [...invitations, ...transfers].map((x) => x.id)
      : choice.stimulus === "invite" || choice.stimulus === "transfer" || choice.stimulus === "send"
        ? about[choice.stimulus]()
        : openSessions(draft.memories.get(choice.participant));
  const possible = names.map((what) => ({ ...choice, what })).filter((c) => wouldReact(draft, c));
  // Things of one kind come in the scenario's order; of several open sessions the author has to say which.
  if (choice.stimulus === "invite" || choice.stimulus === "send") return possible[0];
  return possible.length === 1 ? possible[0] : undefined;
}

function inFlight(draft: Draft, name: string): InFlight | undefined {
  const position = positionInFlight(draft, name);
  return position < 0 ? undefined : draft.flight[position];
}

import type { Choice, ParticipantId } from "../../../shared/run/choice.ts";
import { step } from "../compute.ts";
import { enabled } from "../enabled.ts";
import type { Topology } from "../topology.ts";
import { type InFlight, type Memory, type Timer, timerName, type World } from "../world.ts";
import { type Annals, chronicle } from "./annals.ts";

/**
 * One participant at a time. A turn changes what its own participant remembers and sends messages, nothing else; so a
 * world is a list of local states and of messages under way, and a turn that was once computed by the rules need not be
 * computed again in another world where the same participant is in the same state.
 */

/** What one participant remembers, which timers it runs, and what has become of its invitations. */
export interface Local {
  readonly id: number;
  readonly at: number;
  /** This participant's part of a world, with nothing under way. */
  readonly world: World;
  readonly memory: Memory;
  readonly annals: Annals;
  readonly timers: readonly Timer[];
  /** What people may do here, by the rules. */
  readonly acts: readonly Extract<Choice, { kind: "stimulate" }>[];
}

/** A message under way, equal messages once. */
export interface Parcel {
  readonly id: number;
  readonly hop: InFlight;
  readonly from: number;
  readonly to: number;
  /** The edge it goes over, by its number. */
  readonly edge: number;
}

/** Two participants one of which has been seen to send to the other. */
export interface Edge {
  readonly from: number;
  readonly to: number;
}

/** What a turn makes of the local state in which it is taken. */
export interface LocalTurn {
  readonly local: Local;
  /** Sent by it, the next to be delivered by default last. */
  readonly sends: readonly Parcel[];
  /** Timers that were started or started anew, in that order. */
  readonly armed: readonly Timer[];
}

export interface LocalMachine {
  readonly participants: readonly ParticipantId[];
  readonly indexOf: ReadonlyMap<ParticipantId, number>;
  /** Every edge on which any turn has sent something so far; grows. */
  readonly edges: readonly Edge[];
  /** Number of different local states, and of turns that the rules computed. */
  readonly computed: () => { readonly locals: number; readonly turns: number };
  /** The local state of one participant in `world`. */
  locate(world: World, at: number, annals: Annals): Local;
  parcel(hop: InFlight): Parcel;
  parcelOf(id: number): Parcel;
  local(at: number, id: number): Local;
  /** Takes `choice` at its participant; `eventId` stands for the choice in the memory. `undefined` when it is not possible. */
  turn(local: Local, eventId: number, choice: Choice, hop?: InFlight): LocalTurn | undefined;
}

export function localMachine(topology: Topology): LocalMachine {
  const participants = [...topology.participants.keys()];
  const indexOf = new Map(participants.map((id, index) => [id, index]));
  const numberOf = numbering();
  const parcels: Parcel[] = [];
  const parcelIds = new Map<string, Parcel>();
  const locals = participants.map((): Local[] => []);
  const localIds = participants.map(() => new Map<string, Local>());
  const edges: Edge[] = [];
  const edgeIds = new Map<string, number>();
  const turns = new Map<Local, Map<number, LocalTurn | null>>();
  let computed = 0;

  const intern = (at: number, world: World, annals: Annals): Local => {
    const key = localKey(world, annals, numberOf);
    const known = localIds[at]?.get(key);
    if (known !== undefined) return known;
    const me = participants[at];
    const own = locals[at] ?? [];
    const acts = enabled(world)
      .filter((c) => c.kind === "stimulate")
      .filter((c) => c.participant === me);
    const memory = world.memories.get(me ?? "") ?? new Map();
    const local: Local = { id: own.length, at, world, memory, annals, timers: timersOf(world), acts };
    own.push(local);
    localIds[at]?.set(key, local);
    return local;
  };

  const parcel = (hop: InFlight): Parcel => {
    const key = JSON.stringify([hop.name, hop.message]);
    const known = parcelIds.get(key);
    if (known !== undefined) return known;
    const from = indexOf.get(hop.from) ?? 0;
    const to = indexOf.get(hop.to) ?? 0;
    let edge = edgeIds.get(`${from}>${to}`);
    if (edge === undefined) {
      edge = edges.length;
      edges.push({ from, to });
      edgeIds.set(`${from}>${to}`, edge);
    }
    const made = { id: parcels.length, hop, from, to, edge };
    parcels.push(made);
    parcelIds.set(key, made);
    return made;
  };

  const compute = (local: Local, choice: Choice, hop?: InFlight): LocalTurn | undefined => {
    computed++;
    const before: World = hop === undefined ? local.world : { ...local.world, flight: [hop] };
    const taken = step(before, choice);
    if (taken === undefined) return undefined;
    const { world } = taken;
    const old = new Set(local.timers);
    const next = intern(
      local.at,
      { ...world, flight: [] },
      chronicle(
        local.annals,
        topology,
        participants[local.at] ?? "",
        choice.kind === "deliver" ? hop : undefined,
        world.flight,
      ),
    );
    return {
      local: next,
      sends: world.flight.map(parcel),
      armed: timersOf(world).filter((timer) => !old.has(timer)),
    };
  };

  return {
    participants,
    indexOf,
    edges,
    computed: () => ({ locals: locals.reduce((sum, own) => sum + own.length, 0), turns: computed }),
    locate: (world, at, annals) => intern(at, partOf(world, participants[at] ?? ""), annals),
    parcel,
    parcelOf: (id) => parcels[id] as Parcel,
    local: (at, id) => locals[at]?.[id] as Local,
    turn: (local, eventId, choice, hop) => {
      let known = turns.get(local);
      if (known === undefined) {
        known = new Map();
        turns.set(local, known);
      }
      let turn = known.get(eventId);
      if (turn === undefined) {
        turn = compute(local, choice, hop) ?? null;
        known.set(eventId, turn);
      }
      return turn ?? undefined;
    },
  };
}

/** What of `world` belongs to one participant: its memory and its timers. */
function partOf(world: World, me: ParticipantId): World {
  const memory = world.memories.get(me);
  return {
    topology: world.topology,
    memories: new Map(memory === undefined ? [] : [[me, memory]]),
    flight: [],
    timers: new Map(
      [...world.timers]
        .map(([duration, group]) => [duration, new Map([...group].filter(([, t]) => t.participant === me))] as const)
        .filter(([, group]) => group.size > 0),
    ),
  };
}

/** By duration, of equal ones the first armed. */
function timersOf(world: World): Timer[] {
  const durations = [...world.timers.keys()].sort((a, b) => a - b);
  return durations.flatMap((duration) => [...(world.timers.get(duration)?.values() ?? [])]);
}

/** Numbers values: equal ones get one number. What does not change is not looked at twice. */
function numbering(): (value: unknown) => number {
  const objects = new WeakMap<object, number>();
  const strings = new Map<string, number>();
  const texts = new Map<string, number>();
  let last = 0;
  const numberIn = (known: Map<string, number>, text: string): number => {
    let number = known.get(text);
    if (number === undefined) {
      number = ++last;
      known.set(text, number);
    }
    return number;
  };
  return (value) => {
    if (typeof value === "string") return numberIn(strings, value);
    if (typeof value !== "object" || value === null) return numberIn(texts, String(value));
    let number = objects.get(value);
    if (number === undefined) {
      number = numberIn(texts, JSON.stringify(value));
      objects.set(value, number);
    }
    return number;
  };
}

/**
 * Equal for local states from which the same follows. The order in which things came to be remembered stays in it where
 * rules can see it (legs of a group session); the counters stay in it because they name what is sent next.
 */
function localKey(world: World, annals: Annals, numberOf: (value: unknown) => number): string {
  const kinds: string[] = [];
  for (const memory of world.memories.values())
    for (const [kind, cells] of memory) {
      const texts: string[] = [];
      for (const [key, value] of cells) texts.push(`${numberOf(key)}=${numberOf(value)}`);
      kinds.push(`${kind}:${(kind === "leg" ? texts : texts.sort()).join()}`);
    }
  const timers = timersOf(world).map((timer) => `${numberOf(timerName(timer))}@${timer.duration}`);
  return [kinds.sort().join(), timers.sort().join(), numberOf(annals)].join("|");
}

import type { HopName, ParticipantId } from "../../shared/run/choice.ts";
import type { Message } from "../../shared/run/run.ts";
import type { Topology } from "./topology.ts";

/**
 * All that is so at one moment: what every participant remembers, what is under way, which timers run.
 *
 * What a participant remembers is kept in *cells*, one value a leg, dialog or session, so that a turn touches only
 * what it changes and a session of a thousand members costs no more a message than one of two.
 */
export interface World {
  readonly topology: Topology;
  /** `participant/kind/key` → an immutable value. */
  readonly cells: ReadonlyMap<string, unknown>;
  /** Messages under way, the next by default last. */
  readonly flight: readonly InFlight[];
  /** Running timers by nominal duration in seconds, each group in the order of arming. */
  readonly timers: ReadonlyMap<number, ReadonlyMap<string, Timer>>;
  /** How often each edge has carried each message, and other counters that name things. */
  readonly counts: ReadonlyMap<string, number>;
  /** What was sent so far, the newest first: what an author draws belongs to it. No rule looks at it. */
  readonly past?: Past;
}

/** A message that was sent, and those before it. */
export interface Past {
  readonly hop: InFlight;
  readonly before?: Past;
  /** All of it was before the first turn, when the given sessions were set up. */
  readonly given?: true;
}

/** A message under way. */
export interface InFlight {
  readonly name: HopName;
  readonly from: ParticipantId;
  readonly to: ParticipantId;
  readonly message: Message;
  /** By an author and no rule. */
  readonly drawn?: true;
}

/** A running timer. `key` tells two of one name at one participant apart: the call it guards. */
export interface Timer {
  readonly participant: ParticipantId;
  readonly name: string;
  readonly key: string;
  readonly duration: number;
}

/** The name of a timer within its participant, as an `expire` choice gives it. */
export function timerName(timer: Timer): string {
  return `${timer.name} ${timer.key}`;
}

/** A world that may be written to while a turn, or a whole run, is being taken. Never leaves the engine. */
export interface Draft {
  readonly topology: Topology;
  readonly cells: Map<string, unknown>;
  readonly flight: InFlight[];
  readonly timers: Map<number, Map<string, Timer>>;
  readonly counts: Map<string, number>;
  past?: Past;
}

/** A world in which nothing has happened. */
export function emptyWorld(topology: Topology): World {
  return { topology, cells: new Map(), flight: [], timers: new Map(), counts: new Map() };
}

/** A copy of `world` to write to; `world` stays as it is. */
export function draftOf(world: World): Draft {
  return {
    topology: world.topology,
    cells: new Map(world.cells),
    flight: [...world.flight],
    timers: new Map([...world.timers].map(([duration, group]) => [duration, new Map(group)])),
    counts: new Map(world.counts),
    past: world.past,
  };
}

/** The next number of a counter, from 1. */
export function count(draft: Draft, counter: string): number {
  const next = (draft.counts.get(counter) ?? 0) + 1;
  draft.counts.set(counter, next);
  return next;
}

/** The name of the next hop that carries a message on an edge: `edge` and how often that has happened. */
export function nextHopName(draft: Draft, edge: string): HopName {
  // Counted under the first one's name, which for most is the name itself: a long flow has many edges.
  const first = `${edge}#1`;
  const number = count(draft, first);
  return number === 1 ? first : `${edge}#${number}`;
}

export function arm(draft: Draft, timer: Timer): void {
  disarm(draft, timer.participant, timerName(timer));
  let group = draft.timers.get(timer.duration);
  if (group === undefined) {
    group = new Map();
    draft.timers.set(timer.duration, group);
  }
  group.set(`${timer.participant} ${timerName(timer)}`, timer);
}

/** Stops a timer and returns it; does nothing when it is not running. */
export function disarm(draft: Draft, participant: ParticipantId, name: string): Timer | undefined {
  for (const [duration, group] of draft.timers) {
    const timer = group.get(`${participant} ${name}`);
    if (timer === undefined) continue;
    group.delete(`${participant} ${name}`);
    if (group.size === 0) draft.timers.delete(duration);
    return timer;
  }
  return undefined;
}

/** The running timer that `name` means at `participant`: its full name, or its short one where only one runs. */
export function findTimer(world: World | Draft, participant: ParticipantId, name: string): Timer | undefined {
  let found: Timer | undefined;
  for (const group of world.timers.values()) {
    const exact = group.get(`${participant} ${name}`);
    if (exact !== undefined) return exact;
  }
  for (const group of world.timers.values())
    for (const timer of group.values())
      if (timer.participant === participant && timer.name === name) {
        if (found !== undefined) return undefined;
        found = timer;
      }
  return found;
}

/** The running timer of the shortest nominal duration below `limit` seconds, the first armed of several; not a held one. */
export function nextTimer(
  world: World | Draft,
  limit: number,
  isHeld: (timer: Timer) => boolean = () => false,
): Timer | undefined {
  if (world.timers.size === 0) return undefined;
  const durations = [...world.timers.keys()].filter((d) => d < limit).sort((a, b) => a - b);
  for (const duration of durations)
    for (const timer of world.timers.get(duration)?.values() ?? []) if (!isHeld(timer)) return timer;
  return undefined;
}

/** The position in flight of the hop `name`, searched from the next one on; -1 when it is not under way. */
export function positionInFlight(world: World | Draft, name: HopName): number {
  for (let i = world.flight.length - 1; i >= 0; i--) if (world.flight[i]?.name === name) return i;
  return -1;
}

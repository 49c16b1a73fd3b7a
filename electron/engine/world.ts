import type { HopName, ParticipantId } from "../../shared/run/choice.ts";
import type { Message } from "../../shared/run/run.ts";
import { type Notes, noteList, noteRead, noteWrite } from "./notes.ts";
import type { Reactions } from "./reactions.ts";
import type { Topology } from "./topology.ts";

/**
 * All that is so at one moment: what every participant remembers, what is under way, which timers run.
 *
 * What a participant remembers is kept in *cells*, one value a leg, dialog or session, so that a turn touches only
 * what it changes and a session of a thousand members costs no more a message than one of two. A copy of a world shares
 * with it the cells of every participant that does nothing afterwards.
 */
export interface World {
  readonly topology: Topology;
  readonly memories: ReadonlyMap<ParticipantId, Memory>;
  /** Messages under way, the next by default last. */
  readonly flight: readonly InFlight[];
  /** Running timers by nominal duration in seconds, each group in the order of arming. */
  readonly timers: ReadonlyMap<number, ReadonlyMap<string, Timer>>;
  /** What was sent so far, the newest first: what an author draws belongs to it. No rule looks at it. */
  readonly past?: Past;
}

/** The cells of one participant by kind and key, each an immutable value; also the counters that name what it sends. */
export type Memory = ReadonlyMap<string, ReadonlyMap<string, unknown>>;

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
  readonly memories: Map<ParticipantId, Memory>;
  readonly flight: InFlight[];
  readonly timers: Map<number, ReadonlyMap<string, Timer>>;
  past?: Past;
  /** Of the maps within, those that no other world shares: they may be written to, others are copied before. */
  readonly own: Set<object>;
  /** What runs of the same scenario have come to already, where several are taken. */
  readonly reactions?: Reactions;
  /** What the reaction under way reads and changes, where it is to be kept. */
  notes?: Notes;
}

/** A world in which nothing has happened. */
export function emptyWorld(topology: Topology): World {
  return { topology, memories: new Map(), flight: [], timers: new Map() };
}

/** From now on what is in `draft` is shared with others: it is not written to any more, but copied first. */
export function share(draft: Draft): void {
  draft.own.clear();
}

/** A copy of `world` to write to; `world` stays as it is. What neither changes is shared. */
export function draftOf(world: World | Draft): Draft {
  const draft = "own" in world ? world : undefined;
  if (draft !== undefined) share(draft);
  return {
    topology: world.topology,
    memories: new Map(world.memories),
    flight: [...world.flight],
    timers: new Map(world.timers),
    past: world.past,
    own: new Set(),
    reactions: draft?.reactions,
  };
}

/** The map under `key` of a map that may be written to, or a new one, to be written to as well. */
function ownMap<K, V>(draft: Draft, maps: Map<K, ReadonlyMap<string, V>>, key: K): Map<string, V> {
  const known = maps.get(key);
  if (known !== undefined && draft.own.has(known)) return known as Map<string, V>;
  const made = new Map(known);
  draft.own.add(made);
  maps.set(key, made);
  return made;
}

/** What a participant remembers of a kind under a key. */
export function recall(draft: Draft, at: ParticipantId, kind: string, key: string): unknown {
  const value = draft.memories.get(at)?.get(kind)?.get(key);
  if (draft.notes !== undefined) noteRead(draft.notes, kind, key, value);
  return value;
}

/** All that a participant remembers of a kind, in the order in which it came to be. */
export function listed(draft: Draft, at: ParticipantId, kind: string): readonly unknown[] {
  const values = [...(draft.memories.get(at)?.get(kind)?.values() ?? [])];
  if (draft.notes !== undefined) noteList(draft.notes, kind, values);
  return values;
}

/** Lets a participant remember a value, or forget it when undefined. */
export function remember(draft: Draft, at: ParticipantId, kind: string, key: string, value: unknown): void {
  if (draft.notes !== undefined) noteWrite(draft.notes, kind, key, value);
  const memory = ownMap(draft, draft.memories, at);
  const cells = ownMap(draft, memory, kind);
  if (value !== undefined) cells.set(key, value);
  else if (cells.delete(key) && cells.size === 0) memory.delete(kind);
}

/** The kinds of the counters: of the messages that a participant sent on each edge, and of its own identifiers. */
export const counters = { hops: "count", ids: "identifiers" } as const;

function count(draft: Draft, at: ParticipantId, kind: string, counter: string): number {
  const cells = ownMap(draft, ownMap(draft, draft.memories, at), kind);
  const before = cells.get(counter) as number | undefined;
  const next = (before ?? 0) + 1;
  cells.set(counter, next);
  if (draft.notes !== undefined) {
    noteRead(draft.notes, kind, counter, before);
    noteWrite(draft.notes, kind, counter, next);
  }
  return next;
}

/** The next identifier of a participant, as in `pfB-2`. */
export function nextIdentifier(draft: Draft, at: ParticipantId): string {
  return `${at}-${count(draft, at, counters.ids, "")}`;
}

/** The name of the next hop that carries a message on an edge: the edge and how often that has happened. */
export function nextHopName(draft: Draft, from: ParticipantId, to: ParticipantId, token: string): HopName {
  // Counted under the first one's name, which for most is the name itself: a long flow has many edges.
  const edge = `${from}>${to} ${token}`;
  const first = `${edge}#1`;
  // A string put together stays a tree of its pieces until a character is asked for: three times as much to keep.
  first.charCodeAt(0);
  const number = count(draft, from, counters.hops, first);
  return number === 1 ? first : `${edge}#${number}`;
}

export function arm(draft: Draft, timer: Timer): void {
  draft.notes?.timers.push(timer);
  stop(draft, timer.participant, timerName(timer));
  ownMap(draft, draft.timers, timer.duration).set(`${timer.participant} ${timerName(timer)}`, timer);
}

/** Stops a timer; does nothing when it is not running. */
export function disarm(draft: Draft, participant: ParticipantId, name: string): void {
  draft.notes?.timers.push(name);
  stop(draft, participant, name);
}

function stop(draft: Draft, participant: ParticipantId, name: string): void {
  const key = `${participant} ${name}`;
  for (const [duration, group] of draft.timers) {
    const timer = group.get(key);
    if (timer === undefined) continue;
    if (group.size === 1) draft.timers.delete(duration);
    else ownMap(draft, draft.timers, duration).delete(key);
    return;
  }
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

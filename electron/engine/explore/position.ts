import { type Timer, timerName, type World } from "../world.ts";
import { type Annals, noAnnals } from "./annals.ts";
import type { Local, LocalMachine, Parcel } from "./local.ts";

/**
 * A world as an exploration sees it: the local state of every participant, how many messages were lost, the timers in
 * the order of arming (only where that order decides anything), and the messages under way. Where everything may go in
 * any order, these stand by edge, on each edge as they were sent.
 */
export interface Position {
  readonly locals: readonly Local[];
  readonly lost: number;
  readonly timers: readonly Timer[];
  readonly flight: readonly Parcel[];
}

/** More different things than a position's numbers can tell apart. */
export class TooMany extends Error {}

/** The largest number that stands in a text as one character. */
export const largest = 0xfffe;

/** Positions as short texts, equal for equal positions. */
export interface Coding {
  encode(position: Position): string;
  decode(text: string): Position;
}

export function positionCoding(machine: LocalMachine): Coding {
  const places = machine.participants.length;
  const timers: Timer[] = [];
  const timerIds = new Map<string, number>();
  const timerId = (timer: Timer): number => {
    const key = `${timer.participant} ${timerName(timer)} ${timer.duration}`;
    let id = timerIds.get(key);
    if (id === undefined) {
      id = timers.length;
      timers.push(timer);
      timerIds.set(key, id);
    }
    return id;
  };
  return {
    encode: ({ locals, lost, timers: armed, flight }) => {
      const numbers: number[] = [];
      for (const local of locals) numbers.push(local.id);
      numbers.push(lost, armed.length);
      for (const timer of armed) numbers.push(timerId(timer));
      for (const parcel of flight) numbers.push(parcel.id);
      for (const number of numbers) if (number > largest) throw new TooMany();
      return String.fromCharCode(...numbers);
    },
    decode: (text) => {
      const locals: Local[] = [];
      for (let at = 0; at < places; at++) locals.push(machine.local(at, text.charCodeAt(at)));
      const first = places + 2;
      const last = first + text.charCodeAt(places + 1);
      const armed: Timer[] = [];
      for (let i = first; i < last; i++) armed.push(timers[text.charCodeAt(i)] as Timer);
      const flight: Parcel[] = [];
      for (let i = last; i < text.length; i++) flight.push(machine.parcelOf(text.charCodeAt(i)));
      return { locals, lost: text.charCodeAt(places), timers: armed, flight };
    },
  };
}

/** A world, and by participant what has become of its requests. */
export interface Past {
  readonly world: World;
  readonly annals: readonly Annals[];
}

/** The position that a world is. */
export function positionOf(machine: LocalMachine, { world, annals }: Past, anyOrder: boolean): Position {
  // What a turn sent stands in a world newest last; it was sent the other way round.
  const flight = anyOrder ? byEdge(world.flight.toReversed().map(machine.parcel)) : world.flight.map(machine.parcel);
  return {
    locals: machine.participants.map((_, at) => machine.locate(world, at, annals[at] ?? noAnnals)),
    lost: 0,
    timers: anyOrder ? [] : [...world.timers.values()].flatMap((group) => [...group.values()]),
    flight,
  };
}

/** Sorted by edge; on one edge the order stays. */
export function byEdge(flight: readonly Parcel[]): readonly Parcel[] {
  return flight.toSorted((a, b) => a.edge - b.edge);
}

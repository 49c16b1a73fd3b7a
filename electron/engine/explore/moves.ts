import type { Choice } from "../../../shared/run/choice.ts";
import { isReachable } from "../enabled.ts";
import { concernedByLoss } from "../rules/resending.ts";
import { personTakes } from "../rules/timers.ts";
import type { Topology } from "../topology.ts";
import { type Timer, timerName } from "../world.ts";
import type { Freedoms } from "./freedoms.ts";
import type { Local, LocalMachine, LocalTurn, Parcel } from "./local.ts";
import { byEdge, largest, type Position, TooMany } from "./position.ts";

/** Something that may happen. */
export interface Move {
  readonly id: number;
  readonly choice: Choice;
  /** Where it happens: moves at different places can change places, unless one is `alone`. */
  readonly at: number;
  /** The message that it takes from under way, by its number; -1 for none. */
  readonly parcel: number;
  /** It happens only because nothing else is about to: it depends on everything. */
  readonly alone: boolean;
  /** A loss that is counted. */
  readonly isLoss: boolean;
  /** It happens sooner or later: an arrival, or what a device does by itself. */
  readonly due: boolean;
  /** 1 for a departure from the default order that a person would name, else 0. */
  readonly weight: number;
}

/** What may happen under the chosen freedoms. */
export interface Moves {
  /** What may happen next, in a fixed order; `rest` when the run may also end here. */
  next(position: Position): { readonly moves: readonly Move[]; readonly rest: boolean };
  take(position: Position, move: Move): Position;
  move(id: number): Move;
}

export function movesOf(machine: LocalMachine, topology: Topology, freedoms: Freedoms): Moves {
  const catalogue = moveCatalogue(machine, topology, freedoms);
  const next = freedoms.anyOrder
    ? (position: Position) => nextInAnyOrder(position, catalogue)
    : (position: Position) => nextByDefault(position, catalogue);
  return {
    next,
    take: (position, move) => take(position, move, machine, freedoms.anyOrder),
    move: catalogue.move,
  };
}

type Act = Extract<Choice, { kind: "stimulate" }>;

/** Every move once, so that a number stands for it. */
interface Catalogue {
  readonly freedoms: Freedoms;
  readonly machine: LocalMachine;
  readonly topology: Topology;
  move(id: number): Move;
  delivery(parcel: Parcel): Move;
  loss(parcel: Parcel): Move;
  /** `alone`: it runs out because nothing else is left to happen. */
  expiry(timer: Timer, alone: boolean): Move;
  act(choice: Act): Move;
  /** What people may do in a local state, found once. */
  readonly acts: Map<Local, readonly Move[]>;
}

function moveCatalogue(machine: LocalMachine, topology: Topology, freedoms: Freedoms): Catalogue {
  const moves: Move[] = [];
  const known = new Map<string, Move>();
  const once = (key: string, make: () => Omit<Move, "id">): Move => {
    let found = known.get(key);
    if (found === undefined) {
      if (moves.length >= largest) throw new TooMany();
      found = { id: moves.length, ...make() };
      moves.push(found);
      known.set(key, found);
    }
    return found;
  };
  const placeOf = (id: string) => machine.indexOf.get(id) ?? 0;
  const placeOfLoss = ({ hop }: Parcel) => placeOf(concernedByLoss(hop).at);
  const alone = !freedoms.anyOrder;
  // Found again without their names.
  const deliveries: Move[] = [];
  const lastExpiries = new WeakMap<Timer, Move>();
  const freeExpiries = new WeakMap<Timer, Move>();
  return {
    freedoms,
    machine,
    topology,
    acts: new Map(),
    move: (id) => moves[id] as Move,
    delivery: (parcel) => {
      const known = deliveries[parcel.id];
      if (known !== undefined) return known;
      const made = once(`d${parcel.id}`, () => {
        // What cannot arrive is lost.
        const arrives = isReachable(topology, parcel.hop.to);
        const choice: Choice = { kind: arrives ? "deliver" : "lose", hop: parcel.hop.name };
        const at = arrives ? parcel.to : placeOfLoss(parcel);
        return { choice, at, parcel: parcel.id, alone, isLoss: false, due: true, weight: 0 };
      });
      deliveries[parcel.id] = made;
      return made;
    },
    loss: (parcel) =>
      once(`l${parcel.id}`, () => {
        const choice: Choice = { kind: "lose", hop: parcel.hop.name };
        return { choice, at: placeOfLoss(parcel), parcel: parcel.id, alone, isLoss: true, due: false, weight: 1 };
      }),
    expiry: (timer, isLast) => {
      const expiries = isLast ? lastExpiries : freeExpiries;
      const known = expiries.get(timer);
      if (known !== undefined) return known;
      const made = once(`${isLast ? "T" : "t"}${timer.participant} ${timerName(timer)}`, () => {
        const choice: Choice = { kind: "expire", participant: timer.participant, timer: timerName(timer) };
        const quick = timer.duration < personTakes;
        const at = placeOf(timer.participant);
        const weight = isLast || quick ? 0 : 1;
        return { choice, at, parcel: -1, alone: alone || isLast, isLoss: false, due: quick, weight };
      });
      expiries.set(timer, made);
      return made;
    },
    act: (choice) =>
      once(`s${choice.participant} ${choice.stimulus} ${choice.what} ${choice.code}`, () => {
        return { choice, at: placeOf(choice.participant), parcel: -1, alone, isLoss: false, due: false, weight: 1 };
      }),
  };
}

const isQuick = (timer: Timer): boolean => timer.duration < personTakes;

function isFree(timer: Timer, freedoms: Freedoms): boolean {
  return !isQuick(timer) && freedoms.isTimerFree(timer.participant, timer.name);
}

/** People's acts, as far as they are free. */
function actsAt(local: Local, { freedoms, act, acts }: Catalogue): readonly Move[] {
  let known = acts.get(local);
  if (known === undefined) {
    known = local.acts.flatMap(freedoms.actsOf).flatMap((choice) => (choice.kind === "stimulate" ? [act(choice)] : []));
    acts.set(local, known);
  }
  return known;
}

/** An answer is free here, and not giving one is not. */
function mustAnswer(local: Local, { freedoms, machine }: Catalogue): boolean {
  return (
    local.acts.some((a) => (a.stimulus === "accept" || a.stimulus === "decline") && freedoms.actsOf(a).length > 0) &&
    !freedoms.maySayNothing(machine.participants[local.at] ?? "")
  );
}

/** Timers that run out because nothing else is left to happen: the shortest, of equal ones the first armed or any. */
function lastTimers(position: Position, armed: readonly Timer[], catalogue: Catalogue): readonly Timer[] {
  const { freedoms } = catalogue;
  const waiting = armed.filter((timer) => !isQuick(timer) && !isFree(timer, freedoms));
  if (waiting.length === 0 || position.locals.some((local) => mustAnswer(local, catalogue))) return [];
  const shortest = Math.min(...waiting.map((timer) => timer.duration));
  const due = waiting.filter((timer) => timer.duration === shortest);
  return freedoms.anyOrder ? due : due.slice(0, 1);
}

function losses({ flight, lost }: Position, { freedoms, topology, loss }: Catalogue): Move[] {
  if (lost >= freedoms.losses) return [];
  const may = ({ hop }: Parcel) => isReachable(topology, hop.to) && freedoms.isLosable(hop.from, hop.to);
  return flight.filter(may).map(loss);
}

type Next = ReturnType<Moves["next"]>;

function nextInAnyOrder(position: Position, catalogue: Catalogue): Next {
  const { locals, flight } = position;
  const { freedoms, delivery, expiry } = catalogue;
  const moves: Move[] = [];
  let before: Parcel | undefined;
  for (const parcel of flight) {
    const { from, to } = parcel.hop;
    if (before?.edge !== parcel.edge || freedoms.mayOvertake(from, to)) moves.push(delivery(parcel));
    before = parcel;
  }
  const armed = locals.flatMap((local) => local.timers);
  for (const timer of armed) if (isQuick(timer)) moves.push(expiry(timer, false));
  const busy = moves.length > 0;
  for (const local of locals) moves.push(...actsAt(local, catalogue));
  for (const timer of armed) if (isFree(timer, freedoms)) moves.push(expiry(timer, false));
  if (!busy) for (const timer of lastTimers(position, armed, catalogue)) moves.push(expiry(timer, true));
  moves.push(...losses(position, catalogue));
  const rest = !busy && armed.length === 0 && !locals.some((local) => mustAnswer(local, catalogue));
  return { moves, rest };
}

function nextByDefault(position: Position, catalogue: Catalogue): Next {
  const { locals, flight, timers: armed } = position;
  const { freedoms, delivery, expiry } = catalogue;
  const isDelayable = ({ hop }: Parcel) => freedoms.isDelayable(hop.from, hop.to);
  const moves: Move[] = [];
  const usual = flight.findLast((parcel) => !isDelayable(parcel));
  const quick = armed.filter(isQuick);
  const soonest = quick.find((t) => t.duration === Math.min(...quick.map(({ duration }) => duration)));
  if (usual !== undefined) moves.push(delivery(usual));
  else if (soonest !== undefined) moves.push(expiry(soonest, false));
  const busy = moves.length > 0;
  for (const parcel of flight.toReversed()) if (isDelayable(parcel)) moves.push(delivery(parcel));
  if (!busy) {
    for (const local of locals) moves.push(...actsAt(local, catalogue));
    for (const timer of armed) if (isFree(timer, freedoms)) moves.push(expiry(timer, false));
    if (flight.length === 0)
      for (const timer of lastTimers(position, armed, catalogue)) moves.push(expiry(timer, true));
  }
  moves.push(...losses(position, catalogue));
  const calm = !busy && flight.length === 0 && armed.length === 0;
  return { moves, rest: calm && !locals.some((local) => mustAnswer(local, catalogue)) };
}

function take(position: Position, move: Move, machine: LocalMachine, anyOrder: boolean): Position {
  const { id, choice, at, parcel, isLoss } = move;
  const flight = parcel < 0 ? position.flight : position.flight.filter((p) => p.id !== parcel);
  const before = position.locals[at] as Local;
  const turn = machine.turn(before, id, choice, parcel < 0 ? undefined : machine.parcelOf(parcel).hop);
  if (turn === undefined) throw new Error("a move that was possible is refused");
  const { timers } = position;
  const lost = position.lost + (isLoss ? 1 : 0);
  const locals = position.locals.with(at, turn.local);
  if (!anyOrder)
    return { locals, lost, timers: timersAfter(timers, at, turn, machine), flight: [...flight, ...turn.sends] };
  // A turn's messages stand next-to-be-delivered last; they were sent the other way round.
  const sent = turn.sends.length === 0 ? flight : byEdge([...flight, ...turn.sends.toReversed()]);
  return { locals, lost, timers, flight: sent };
}

function timersAfter(
  before: readonly Timer[],
  at: number,
  { local, armed }: LocalTurn,
  machine: LocalMachine,
): readonly Timer[] {
  const me = machine.participants[at];
  const running = new Set(local.timers.map(timerName));
  const again = new Set(armed.map(timerName));
  const stays = (t: Timer) => t.participant !== me || (running.has(timerName(t)) && !again.has(timerName(t)));
  return [...before.filter(stays), ...armed];
}

import type { Scenario } from "../../shared/flow/flow.ts";
import type { Choice } from "../../shared/run/choice.ts";
import type { Run } from "../../shared/run/run.ts";
import {
  beginning,
  type Course,
  generous,
  goOn,
  type Held,
  heldBy,
  type Limits,
  type Next,
  nextTurn,
  release,
  takeTurn,
} from "./compute.ts";
import { createReactions, type Reactions } from "./reactions.ts";
import { draftOf } from "./world.ts";

/** A script while it goes along with others. */
interface Rider {
  readonly index: number;
  readonly script: readonly Choice[];
  /** What the rest of it holds back, and how often it names that. */
  readonly held: Map<string, number>;
}

/** Scripts that have led to the same turns so far, by as many choices of each. */
interface Party {
  readonly course: Course;
  readonly at: number;
  readonly riders: readonly Rider[];
}

/**
 * The runs of many scripts over one scenario, each as `computeRun` gives it; but a turn that several of them come to is
 * taken once. They part where their next turns differ, be it that they say so or that one holds back what others do not.
 */
export function computeRuns(
  scenario: Scenario,
  scripts: readonly (readonly Choice[])[],
  reactions: Reactions = createReactions(),
  limits: Limits = generous,
): readonly Run[] {
  const runs: Run[] = [];
  const all = scripts.map((script, index): Rider => ({ index, script, held: heldBy(script) }));
  const parties: Party[] = [{ course: beginning(scenario, reactions), at: 0, riders: all }];
  for (let party = parties.pop(); party !== undefined; party = parties.pop()) {
    const { course, at, riders } = party;
    const [first] = riders;
    if (first === undefined) continue;
    if (riders.length > 1) ride(party, limits, (parted) => parties.push(parted));
    else runs[first.index] = goOn(course, first.script.slice(at), limits, at);
  }
  return runs;
}

/** Takes turns for as long as several come to the same; hands over those that part, and the last ones. */
function ride(party: Party, limits: Limits, part: (party: Party) => void): void {
  const { course } = party;
  const holders = holdersOf(party.riders);
  let { at, riders } = party;
  let wishes = wishesOf(riders, at);
  while (riders.length > 1 && course.recording.length() < limits.turns) {
    const [stay, ...leave] = waysFrom(course, wishes, riders, holders);
    if (stay === undefined) break;
    for (const { riders: parting } of leave) {
      part({ course: copyOf(course), at, riders: parting });
      for (const rider of parting) for (const name of rider.held.keys()) drop(holders, name);
    }
    if (leave.length > 0) {
      riders = stay.riders;
      wishes = wishesOf(riders, at);
    }
    if (stay.next === undefined) continue;
    takeTurn(course.draft, stay.next, course.recording);
    if (stay.next.by === "default") continue;
    for (const { held, script } of riders) {
      const free = release(held, script[at] as Choice);
      if (free !== undefined) drop(holders, free);
    }
    at++;
    wishes = wishesOf(riders, at);
  }
  for (const rider of riders) part({ course: copyOf(course), at, riders: [rider] });
}

interface Way {
  /** Absent where it has to be asked again, without those that went another way, and at the end. */
  readonly next?: Next;
  readonly riders: readonly Rider[];
}

/** Who goes which way now, the most of them first. Those that go no further each go alone. */
function waysFrom(
  { draft }: Course,
  wishes: ReadonlyMap<Choice | undefined, readonly Rider[]>,
  riders: readonly Rider[],
  holders: ReadonlyMap<string, number>,
): readonly Way[] {
  let disputed: string | undefined;
  const held: Held = {
    has: (name) => {
      const number = holders.get(name) ?? 0;
      if (number > 0 && number < riders.length) disputed = name;
      return number > 0;
    },
  };
  const ways: Way[] = [];
  const usual: Rider[] = [];
  let usually: Next | undefined;
  for (const [wish, mine] of wishes) {
    const next = nextTurn(draft, held, wish);
    if (disputed !== undefined) break;
    if (next === undefined) for (const rider of mine) ways.push({ riders: [rider] });
    else if (next.by === "script") ways.push({ next, riders: mine });
    else {
      // What comes by itself does so whatever they wish for later.
      usually = next;
      for (const rider of mine) usual.push(rider);
    }
  }
  const name = disputed;
  const found =
    name === undefined
      ? [...ways, ...(usually === undefined ? [] : [{ next: usually, riders: usual }])]
      : [true, false].map((holds) => ({ riders: riders.filter((rider) => rider.held.has(name) === holds) }));
  return found.sort((a, b) => b.riders.length - a.riders.length);
}

/** The riders by their next choice. */
function wishesOf(riders: readonly Rider[], at: number): ReadonlyMap<Choice | undefined, readonly Rider[]> {
  const wishes = new Map<Choice | undefined, Rider[]>();
  for (const rider of riders) {
    const wish = rider.script[at];
    const mine = wishes.get(wish);
    if (mine === undefined) wishes.set(wish, [rider]);
    else mine.push(rider);
  }
  return wishes;
}

/** How many riders hold each name. */
function holdersOf(riders: readonly Rider[]): Map<string, number> {
  const holders = new Map<string, number>();
  for (const { held } of riders) for (const name of held.keys()) holders.set(name, (holders.get(name) ?? 0) + 1);
  return holders;
}

function drop(holders: Map<string, number>, name: string): void {
  holders.set(name, (holders.get(name) ?? 1) - 1);
}

const copyOf = ({ draft, recording }: Course): Course => ({ draft: draftOf(draft), recording: recording.copy() });

import type { Step } from "../diagram/diagram.ts";
import type { Flow } from "../flow/flow.ts";
import { choiceKey } from "../run/choice.ts";
import type { Hop, Run } from "../run/run.ts";

/** Positions of steps that stand for one another, in either list. */
export type Match = readonly [a: number, b: number];

/** A step with the names by which its like is found on the other side, the surest first. */
export interface Keyed {
  readonly step: Step;
  readonly keys: readonly string[];
  /** Its cause; equal on both sides where one thing led to it. */
  readonly causal: string;
}

/**
 * The participants of two flows under one name: those of one id, and those whose name occurs once on either side.
 * Everybody else keeps an id that the other side does not have.
 */
export function commonNames(a: Flow, b: Flow): readonly [ReadonlyMap<string, string>, ReadonlyMap<string, string>] {
  const idsOf = (flow: Flow) => new Set(flow.scenario.participants.map(({ id }) => id));
  const [ofA, ofB] = [idsOf(a), idsOf(b)];
  const named = (flow: Flow, others: ReadonlySet<string>, side: string) => {
    const own = flow.scenario.participants.filter(({ id }) => !others.has(id));
    const count = new Map<string, number>();
    for (const { name } of own) count.set(name, (count.get(name) ?? 0) + 1);
    return new Map(own.map(({ id, name }) => [id, count.get(name) === 1 ? `“${name}”` : `${side} ${id}`]));
  };
  return [named(a, ofB, "a"), named(b, ofA, "b")];
}

/** The steps with their keys: by what caused each hop, back to the choice at the beginning; and by the hops' names. */
export function keyed(steps: readonly Step[], run: Run, names: ReadonlyMap<string, string>): readonly Keyed[] {
  const called = (id: string) => names.get(id) ?? id;
  const causes = causesOf(run, called);
  const hops = new Map(run.hops.map((hop) => [hop.name, hop]));
  const nameOf = (name: string): string => {
    const hop = hops.get(name);
    return hop === undefined ? name : `${edgeOf(hop, called)}${name.slice(name.indexOf(" "))}`;
  };
  return steps.map((step): Keyed => {
    const [first, last] = [step.hops[0], step.hops.at(-1)];
    if (first === undefined || last === undefined) {
      const on = step.from.kind === "lifeline" ? called(step.from.id) : "";
      const key = `state ${on} ${step.label}`;
      return { step, keys: [key], causal: key };
    }
    const byCause = (name: string) => `cause ${causes.get(name)}`;
    const keys = [byCause(first), byCause(last), `name ${nameOf(first)}`, `name ${nameOf(last)}`];
    return { step, keys, causal: byCause(first) };
  });
}

const edgeOf = ({ from, to }: Hop, called: (id: string) => string): string => `${called(from)}>${called(to)}`;

/**
 * For each hop a text that is equal for equal histories: its edge and message, and the same of what caused it. Histories
 * are hashed, so that a long chain costs no more a hop than a short one.
 */
function causesOf(run: Run, called: (id: string) => string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const times = new Map<string, number>();
  for (const hop of [...run.hops].sort((x, y) => x.sent - y.sent)) {
    const choice = run.turns[hop.sent]?.choice;
    const origin =
      choice !== undefined && "participant" in choice
        ? choiceKey({ ...choice, participant: called(choice.participant) })
        : "";
    const before = hop.cause === undefined ? origin : (found.get(hop.cause) ?? hop.cause);
    const history = hash(`${edgeOf(hop, called)} ${hop.message.name} after ${before}`);
    const count = (times.get(history) ?? 0) + 1;
    times.set(history, count);
    found.set(hop.name, `${history}#${count}`);
  }
  return found;
}

/** 106 bits of a text: two runs of FNV-like mixing, kept exact in doubles. */
function hash(text: string): string {
  let [h1, h2, h3, h4] = [0xdeadbeef, 0x41c6ce57, 0x9e3779b9, 0x85ebca6b];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    h1 = Math.imul(h1 ^ code, 2654435761);
    h2 = Math.imul(h2 ^ code, 1597334677);
    h3 = Math.imul(h3 ^ code, 2246822519);
    h4 = Math.imul(h4 ^ code, 3266489917);
  }
  return [h1, h2, h3, h4].map((h) => ((h ^ (h >>> 15)) >>> 0).toString(36)).join("-");
}

/** Finds the like of each step: by each kind of key in turn, then, between what is found, by what looks alike. */
export function align(a: readonly Keyed[], b: readonly Keyed[], names: SideNames): readonly Match[] {
  const found: Match[] = [];
  const taken = [new Set<number>(), new Set<number>()] as const;
  const take = (matches: readonly Match[]) => {
    for (const match of matches) {
      found.push(match);
      taken[0].add(match[0]);
      taken[1].add(match[1]);
    }
  };
  for (let kind = 0; kind < 4; kind++) {
    const left = a.flatMap(({ keys }, i) => (taken[0].has(i) ? [] : [[i, keys[kind]] as const]));
    const right = b.flatMap(({ keys }, i) => (taken[1].has(i) ? [] : [[i, keys[kind]] as const]));
    take(pairUp(left, right));
  }
  const gapsA = gaps(a.length, backbone(found, a, b), 0);
  const gapsB = gaps(b.length, backbone(found, a, b), 1);
  for (const looks of likenesses) {
    const left = a.flatMap(({ step }, i) =>
      taken[0].has(i) ? [] : [[i, `${gapsA[i]} ${looks(step, names[0])}`] as const],
    );
    const right = b.flatMap(({ step }, i) =>
      taken[1].has(i) ? [] : [[i, `${gapsB[i]} ${looks(step, names[1])}`] as const],
    );
    take(pairUp(left, right));
  }
  return found.sort((x, y) => x[0] - y[0]);
}

export type SideNames = readonly [ReadonlyMap<string, string>, ReadonlyMap<string, string>];

/** Ways in which two steps at one place are like one another: the surest first. */
const likenesses: readonly ((step: Step, names: ReadonlyMap<string, string>) => string)[] = [
  (step, names) => `${endName(step.from, names)}>${endName(step.to, names)} ${step.line}`,
  (step, names) => `${endName(step.from, names)}> ${step.label}`,
  (step, names) => `>${endName(step.to, names)} ${step.label}`,
];

/** An end of a step under the name that both sides know. */
export function endName(end: Step["from"], names: ReadonlyMap<string, string>): string {
  return end.kind === "nowhere" ? "" : (names.get(end.id) ?? end.id);
}

/** The first with the first of each key, the second with the second. */
function pairUp(
  left: readonly (readonly [number, string | undefined])[],
  right: readonly (readonly [number, string | undefined])[],
): readonly Match[] {
  const waiting = new Map<string, number[]>();
  for (const [i, key] of right.toReversed()) {
    if (key === undefined) continue;
    const others = waiting.get(key);
    if (others === undefined) waiting.set(key, [i]);
    else others.push(i);
  }
  return left.flatMap(([i, key]): Match[] => {
    const other = key === undefined ? undefined : waiting.get(key)?.pop();
    return other === undefined ? [] : [[i, other]];
  });
}

/** For each position of one side, how many matches of the backbone stand before it. */
function gaps(length: number, spine: readonly Match[], side: 0 | 1): readonly number[] {
  const found: number[] = [];
  let next = 0;
  for (let i = 0; i < length; i++) {
    while (next < spine.length && (spine[next]?.[side] ?? 0) < i) next++;
    found.push(next);
  }
  return found;
}

/**
 * The most matches that stand in one order on both sides; the others have moved. Of several equally long chains the one
 * that strays least, by a measure that does not change when the sides are exchanged.
 */
export function backbone(matches: readonly Match[], a: readonly Keyed[], b: readonly Keyed[]): readonly Match[] {
  const levels: Match[][] = [];
  const ends: number[] = [];
  for (const match of [...matches].sort((x, y) => x[0] - y[0])) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) < match[1]) low = middle + 1;
      else high = middle;
    }
    ends[low] = match[1];
    const level = levels[low];
    if (level === undefined) levels[low] = [match];
    else level.push(match);
  }
  const name = (match: Match) => [a[match[0]]?.causal, b[match[1]]?.causal].sort().join(" ");
  const before = (x: Match, y: Match): boolean => {
    const stray = Math.abs(x[0] - x[1]) - Math.abs(y[0] - y[1]);
    if (stray !== 0) return stray < 0;
    const place = x[0] + x[1] - y[0] - y[1];
    return place === 0 ? name(x) < name(y) : place > 0;
  };
  const chain: Match[] = [];
  let after: Match | undefined;
  for (const level of levels.toReversed()) {
    let best: Match | undefined;
    for (const match of level) {
      if (after !== undefined && (match[0] >= after[0] || match[1] >= after[1])) continue;
      if (best === undefined || before(match, best)) best = match;
    }
    if (best === undefined) continue;
    chain.push(best);
    after = best;
  }
  return chain.reverse();
}

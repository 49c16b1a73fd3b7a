import type { Step } from "../diagram/diagram.ts";
import type { Hop, Run } from "../run/run.ts";
import { asSent, edgeOf, historiesOf } from "./histories.ts";
import { inOrder, longestCommon } from "./sequences.ts";

type Match = readonly [a: number, b: number];

/** A step with the names by which its like is found on the other side. */
export interface Keyed {
  readonly step: Step;
  /** Its whole history; equal on both sides where the same came of the same. */
  readonly causal: string;
  /** Whence, whither and what. */
  readonly path: string;
  /** Names of steps that are like it though something of it differs, the surest first. */
  readonly likes: readonly string[];
}

/** The steps with their keys. `names`: of participants, known to both sides. */
export function keyed(steps: readonly Step[], run: Run, names: ReadonlyMap<string, string>): readonly Keyed[] {
  const called = (id: string) => names.get(id) ?? id;
  const histories = historiesOf(run, called);
  const hops = new Map(run.hops.map((hop) => [hop.name, hop]));
  return steps.map((step): Keyed => {
    const [from, to] = [endName(step.from, names), endName(step.to, names)];
    const [first, last] = [step.hops[0], step.hops.at(-1)];
    const [start, end] = [hops.get(first ?? ""), hops.get(last ?? "")];
    if (first === undefined || last === undefined || start === undefined || end === undefined) {
      const state = `state ${from} ${step.label}`;
      return { step, causal: state, path: state, likes: [`state ${from}`] };
    }
    const causal = `${histories.get(first)} ${histories.get(last)}`;
    const path = `${edgeOf(start, called)} ${edgeOf(end, called)} ${asSent(end).name}`;
    const likes = [
      `cause ${histories.get(first)}`,
      `ends ${from}>${to} ${kindOf(end, step)}`,
      `from ${from} ${step.label}`,
      `to ${to} ${step.label}`,
      ...(isResponse(end) ? [`response ${from}>${to} ${end.message.method}`] : []),
    ];
    return { step, causal, path, likes };
  });
}

/** What a message is, whatever its words and its code: a final response to an INVITE. An author's words say little of it. */
function kindOf(hop: Hop, step: Step): string {
  const { kind, method } = asSent(hop);
  return hop.origin === "authored" && hop.instead === undefined ? step.line : `${kind} ${method}`;
}

const isResponse = ({ message: { kind } }: Hop): boolean => kind === "provisional" || kind === "final";

/** An end of a step under the name that both sides know. */
export function endName(end: Step["from"], names: ReadonlyMap<string, string>): string {
  return end.kind === "nowhere" ? "" : (names.get(end.id) ?? end.id);
}

/** Steps that stand for one another; `moved` when they are not in one order with the others. */
export interface Aligned {
  readonly a: number;
  readonly b: number;
  readonly moved: boolean;
}

/**
 * Finds the like of each step, in the order of `a`: by its history, wherever it stands; by whence, whither and what; then,
 * between what is found, by what looks alike there. Exchanging the sides gives the same.
 */
export function align(a: readonly Keyed[], b: readonly Keyed[]): readonly Aligned[] {
  // Which of several equally good alignments is chosen must not hang on which side is the first.
  const text = (side: readonly Keyed[]) =>
    side.map(({ causal, path, likes }) => [causal, path, ...likes].join()).join();
  const flipped = text(a) > text(b);
  const found = flipped ? alignOrdered(b, a) : alignOrdered(a, b);
  const spine = new Set(inOrder(found));
  return found
    .map((match): Aligned => {
      const [i, j] = match;
      return { a: flipped ? j : i, b: flipped ? i : j, moved: !spine.has(match) };
    })
    .toSorted((x, y) => x.a - y.a);
}

function alignOrdered(a: readonly Keyed[], b: readonly Keyed[]): readonly Match[] {
  const found: Match[] = [];
  const free = [new Set(a.keys()), new Set(b.keys())] as const;
  const take = (matches: readonly Match[]) => {
    for (const match of matches) {
      found.push(match);
      free[0].delete(match[0]);
      free[1].delete(match[1]);
    }
  };
  const causal = ({ causal }: Keyed) => causal;
  const path = ({ path }: Keyed) => path;
  const rest = (): readonly [Place[], Place[]] => [places(a, free[0]), places(b, free[1])];
  take(pairUp(...rest(), causal, true));
  take(between(found, ...rest(), causal));
  take(pairUp(...rest(), causal, false));
  take(between(found, ...rest(), path));
  take(pairUp(...rest(), path, true));
  take(nearby(found, ...rest(), path));
  const kinds = Math.max(0, ...[...a, ...b].map(({ likes }) => likes.length));
  for (let kind = 0; kind < kinds; kind++) take(between(found, ...rest(), ({ likes }) => likes[kind]));
  return found;
}

interface Place {
  readonly at: number;
  readonly of: Keyed;
}

type Key = (of: Keyed) => string | undefined;

const places = (side: readonly Keyed[], free: ReadonlySet<number>): Place[] =>
  [...free].flatMap((at) => (side[at] === undefined ? [] : [{ at, of: side[at] }]));

/** Those of one key, wherever they stand: only where there is one on either side, or else the first with the first. */
function pairUp(left: readonly Place[], right: readonly Place[], key: Key, once: boolean): readonly Match[] {
  const [ours, theirs] = [grouped(left, key), grouped(right, key)];
  return [...ours].flatMap(([name, mine]) => {
    const others = theirs.get(name) ?? [];
    if (once && (mine.length > 1 || others.length > 1)) return [];
    return mine.flatMap((at, i): Match[] => (others[i] === undefined ? [] : [[at, others[i]]]));
  });
}

function grouped(side: readonly Place[], key: Key): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const { at, of } of side) {
    const name = key(of);
    if (name === undefined) continue;
    const others = found.get(name);
    if (others === undefined) found.set(name, [at]);
    else others.push(at);
  }
  return found;
}

/** Those of one key that stand between the same steps found before, in one order on both sides. */
function between(found: readonly Match[], left: readonly Place[], right: readonly Place[], key: Key): readonly Match[] {
  const spine = inOrder(found);
  const [ours, theirs] = [gaps(left, spine, 0), gaps(right, spine, 1)];
  return [...ours].flatMap(([gap, mine]) => {
    const others = theirs.get(gap) ?? [];
    const [a, b] = [mine, others].map((list) => list.map(({ of }) => key(of)));
    return longestCommon(a ?? [], b ?? []).flatMap(([i, j]): Match[] => {
      const [x, y] = [mine[i], others[j]];
      return x === undefined || y === undefined ? [] : [[x.at, y.at]];
    });
  });
}

/** So many of the steps found before may stand between two that are one and have moved. */
const NEAR = 8;

/** Those of one key that have not gone far, though there are others of it. */
function nearby(found: readonly Match[], left: readonly Place[], right: readonly Place[], key: Key): readonly Match[] {
  const spine = inOrder(found);
  const above = [left, right].map((side, which) => {
    const of = new Map<number, number>();
    for (const [gap, all] of gaps(side, spine, which as 0 | 1)) for (const { at } of all) of.set(at, gap);
    return of;
  });
  const theirs = grouped(right, key);
  return [...grouped(left, key)].flatMap(([name, mine]) => {
    const others = theirs.get(name) ?? [];
    const pairs: Match[] = [];
    for (let [i, j] = [0, 0]; i < mine.length && j < others.length; ) {
      const [x, y] = [mine[i] ?? 0, others[j] ?? 0];
      const apart = (above[0]?.get(x) ?? 0) - (above[1]?.get(y) ?? 0);
      if (Math.abs(apart) <= NEAR) pairs.push([x, y]);
      if (apart <= NEAR) i++;
      if (apart >= -NEAR) j++;
    }
    return pairs;
  });
}

/** Places by how many of the steps found before stand above them. */
function gaps(side: readonly Place[], spine: readonly Match[], which: 0 | 1): ReadonlyMap<number, readonly Place[]> {
  const found = new Map<number, Place[]>();
  let above = 0;
  for (const place of side) {
    while (above < spine.length && (spine[above]?.[which] ?? 0) < place.at) above++;
    const others = found.get(above);
    if (others === undefined) found.set(above, [place]);
    else others.push(place);
  }
  return found;
}

import type { Diagram, Item, Step } from "../diagram/diagram.ts";
import type { Run } from "../run/run.ts";

/** One of the variants to be combined: what is drawn of it, and the run behind that. */
export interface Way {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  readonly run: Run;
  readonly diagram: Diagram;
}

/** What of a picture stays together: one item, a whole fragment with all that is in it, or what messages cross. */
export interface Unit {
  /** Equal for units that show the same. */
  readonly key: string;
  readonly items: readonly Item[];
}

/** A way with what is drawn of it from some place on. */
export interface Rest {
  readonly way: Way;
  readonly units: readonly Unit[];
}

/** The picture as a tree: what all of some ways share, and after it the parts into which they go. */
export interface Segment {
  /** All that go through here, in the order asked for; of the parts of an exchange the one that goes there first. */
  readonly ways: readonly Way[];
  /** The one whose picture the units are of. */
  readonly source: Way;
  readonly units: readonly Unit[];
  /** Empty where the ways end here. */
  readonly parts: readonly Segment[];
  /** What follows the parts where these may go in any order and are no ways to choose from; absent where they are. */
  readonly afterAll?: readonly Unit[];
}

/** What is drawn of a way, notes apart: those follow what they are written about. */
export function unitsOf({ diagram }: Way): readonly Unit[] {
  const groups: Item[][] = [];
  let open: Item[] = [];
  let depth = 0;
  for (const item of diagram.items) {
    if (item.type === "note") continue;
    open.push(item);
    if (item.type === "fragment") depth++;
    if (item.type === "end") depth = Math.max(0, depth - 1);
    if (depth > 0) continue;
    groups.push(open);
    joinCrossed(groups);
    open = [];
  }
  if (open.length > 0) groups.push(open);
  return groups.map((items) => ({ key: JSON.stringify(items.map(shown)), items }));
}

/** What arrives late belongs together with all that it was sent before. */
function joinCrossed(groups: Item[][]): void {
  const above = groups.at(-1)?.flatMap((item) => (item.type === "step" ? (item.sentBefore ?? []) : [])) ?? [];
  const sent = Math.min(...above);
  const from = groups.findIndex((items) => items.some((item) => item.type === "step" && item.index >= sent));
  if (above.length > 0 && from >= 0) groups.push(groups.splice(from).flat());
}

/** What a reader sees of an item; its place in the run and its number are another matter. */
function shown(item: Item): unknown {
  if (item.type !== "step") return item;
  const { type, from, to, label, line, hops, lost, look, state, unnumbered, index, sentBefore } = item;
  const crosses = sentBefore === undefined ? undefined : index - sentBefore;
  return { type, from, to, label, line, hops, lost, look, state, unnumbered, crosses };
}

/** The steps of some units, in order. */
export function stepsIn(units: readonly Unit[]): readonly Step[] {
  return units.flatMap(({ items }) => items.filter((item) => item.type === "step"));
}

/** Of two ways that are two orders of the same: where the first is divided, and how long what they go on with is. */
export interface Exchange {
  readonly division: number;
  readonly tail: number;
}

/** Whether two ways that have parted may be taken for two orders of the same; undefined where they may not. */
export type IsExchange = (a: Rest, b: Rest) => Exchange | undefined;

/**
 * The ways as a tree by what they show: they go together as far as all of them show the same, then apart by what comes
 * next, those that show the same there still together. Parts stand in the order of their first ways.
 */
export function segmentsOf(rests: readonly Rest[], isExchange: IsExchange): Segment {
  const ways = rests.map(({ way }) => way);
  const [first] = rests;
  if (first === undefined) throw new Error("there is a way to begin with");
  const source = first.way;
  let shared = 0;
  const isShared = (key: string | undefined) =>
    key !== undefined && rests.every(({ units }) => units[shared]?.key === key);
  while (isShared(first.units[shared]?.key)) shared++;
  const units = first.units.slice(0, shared);
  const groups = new Map<string, Rest[]>();
  for (const { way, units: all } of rests) {
    const rest = { way, units: all.slice(shared) };
    const key = rest.units[0]?.key ?? "";
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [rest]);
    else group.push(rest);
  }
  // One way alone, or several that end here: they show the same.
  if (groups.size < 2) return { ways, source, units, parts: [] };
  const apart = [...groups.values()];
  const inAnyOrder = exchange(apart, isExchange);
  return { ways, source, units, ...(inAnyOrder ?? { parts: apart.map((group) => segmentsOf(group, isExchange)) }) };
}

/** Two ways that are two orders of the same: the halves that may go in any order, and what follows them. */
function exchange(
  groups: readonly (readonly Rest[])[],
  isExchange: IsExchange,
): Pick<Segment, "parts" | "afterAll"> | undefined {
  const [a, b] = groups.every((group) => group.length === 1) ? groups.flat() : [];
  if (a === undefined || b === undefined || groups.length > 2) return undefined;
  const found = isExchange(a, b);
  if (found === undefined) return undefined;
  const { division, tail } = found;
  const end = a.units.length - tail;
  const part = (way: Way, units: readonly Unit[]): Segment => ({ ways: [way], source: a.way, units, parts: [] });
  return {
    parts: [part(a.way, a.units.slice(0, division)), part(b.way, a.units.slice(division, end))],
    afterAll: a.units.slice(end),
  };
}

/** How `b` shows the same as `a` but for two halves that have changed places; undefined where it shows something else. */
export function exchanged({ units: a }: Rest, { units: b }: Rest): Exchange | undefined {
  if (a.length !== b.length) return undefined;
  const end = a.findLastIndex(({ key }, i) => key !== b[i]?.key) + 1;
  const division = a.findIndex(({ key }) => key === b[0]?.key);
  if (division <= 0 || division >= end) return undefined;
  const swapped = [...a.slice(division, end), ...a.slice(0, division)];
  return swapped.every(({ key }, i) => key === b[i]?.key) ? { division, tail: a.length - end } : undefined;
}

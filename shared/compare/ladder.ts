import type { Changed, Comparison, Difference, StepRef } from "./comparison.ts";

/**
 * The two sides as one ladder: each step that both have in one row, what only one has in its place, and of what has moved
 * a row where it was and one where it is.
 */
export interface LadderRow {
  readonly kind: "same" | "changed" | "onlyA" | "onlyB" | "movedA" | "movedB";
  readonly a?: StepRef;
  readonly b?: StepRef;
  /** Of a changed step, what changed; also of one that has moved besides. */
  readonly what: readonly Difference[];
  /** Its printed number is another, and that is all. */
  readonly renumbered: boolean;
}

/** The rows from top to bottom: between steps that both have in one order, first those of `a` and then those of `b`. */
export function ladderOf(comparison: Comparison): readonly LadderRow[] {
  const moved = new Set(comparison.moved.map(({ a }) => a.index));
  const changed = new Map(comparison.changed.map((one: Changed) => [one.a.index, one.what]));
  const pairs = comparison.pairs.map((pair) => {
    const what = changed.get(pair.a.index) ?? [];
    const shifted = pair.a.number !== pair.b.number;
    return { ...pair, what, renumbered: shifted && what.length === 0 && !moved.has(pair.a.index) };
  });
  const none = { what: [], renumbered: false };
  const byPlace = (x: { at: number }, y: { at: number }) => x.at - y.at;
  const left = [
    ...comparison.onlyA.map((a) => ({ at: a.index, row: { kind: "onlyA", a, ...none } as LadderRow })),
    ...pairs
      .filter(({ a }) => moved.has(a.index))
      .map((pair) => ({ at: pair.a.index, row: { kind: "movedA", ...pair } as LadderRow })),
  ].toSorted(byPlace);
  const right = [
    ...comparison.onlyB.map((b) => ({ at: b.index, row: { kind: "onlyB", b, ...none } as LadderRow })),
    ...pairs
      .filter(({ a }) => moved.has(a.index))
      .map((pair) => ({ at: pair.b.index, row: { kind: "movedB", ...pair } as LadderRow })),
  ].toSorted(byPlace);
  const rows: LadderRow[] = [];
  let [i, j] = [0, 0];
  const until = (a: number, b: number) => {
    for (let next = left[i]; next !== undefined && next.at < a; next = left[++i]) rows.push(next.row);
    for (let next = right[j]; next !== undefined && next.at < b; next = right[++j]) rows.push(next.row);
  };
  for (const pair of pairs) {
    if (moved.has(pair.a.index)) continue;
    until(pair.a.index, pair.b.index);
    rows.push({ kind: pair.what.length > 0 ? "changed" : "same", ...pair });
  }
  until(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  return rows;
}

import { type Change, changesOf } from "../../shared/compare/changes.ts";
import { compare, type Side } from "../../shared/compare/compare.ts";
import type { Comparison } from "../../shared/compare/comparison.ts";
import { type LadderRow, ladderOf } from "../../shared/compare/ladder.ts";
import { type Mark, type Merged, merge } from "../../shared/compare/merge.ts";
import { summary } from "../../shared/compare/summary.ts";
import { layout } from "../../shared/diagram/layout.ts";
import { project } from "../../shared/diagram/project.ts";
import type { Scene } from "../../shared/diagram/scene.ts";
import type { Theme } from "../../shared/diagram/theme.ts";
import type { View } from "../../shared/flow/flow.ts";
import type { ComparedSide } from "../../shared/ipc/shapes.ts";
import { withNumbering } from "../store/draw.ts";
import { level, type Spread } from "./spread.ts";

/** A comparison with all that is shown of it. Pure. */
export interface Shown {
  readonly a: Side;
  readonly b: Side;
  readonly comparison: Comparison;
  readonly said: readonly string[];
  readonly ladder: readonly LadderRow[];
  readonly changes: readonly Change[];
}

export function shownOf(sides: { readonly a: ComparedSide; readonly b: ComparedSide }, view: View): Shown {
  const [a, b] = [sideOf(sides.a, view), sideOf(sides.b, view)];
  const comparison = compare(a, b);
  const ladder = ladderOf(comparison);
  return { a, b, comparison, said: summary(comparison, a, b), ladder, changes: changesOf(ladder) };
}

function sideOf({ flow, variant, run }: ComparedSide, view: View): Side {
  return { flow, variant, run, diagram: project(flow, run, withNumbering(view, flow), undefined, variant) };
}

/** A picture of one side, or of both in one, and what its steps are. */
export interface Picture extends Spread {
  readonly markOf: (step: number) => Mark;
  /** The steps in it that a row of the ladder is about. */
  readonly stepsOf: (row: number) => readonly number[];
}

/** Both sides, brought to one scale. */
export function pairOf({ a, b, ladder }: Shown, theme: Theme): { readonly a: Picture; readonly b: Picture } {
  const sameLifelines = idsOf(a) === idsOf(b);
  const of = (side: Side, other: Side) =>
    layout(side.diagram, theme, undefined, sameLifelines ? other.diagram.items : []);
  const [left, right] = [of(a, b), of(b, a)];
  const levels = ladder.flatMap((row) =>
    row.a !== undefined && row.b !== undefined && (row.kind === "same" || row.kind === "changed")
      ? [{ a: row.a.index, b: row.b.index }]
      : [],
  );
  const spread = level(left, right, levels);
  return { a: pictureOf(spread.a, ladder, "a"), b: pictureOf(spread.b, ladder, "b") };
}

const idsOf = ({ diagram: { lifelines } }: Side): string => lifelines.map(({ id }) => id).join("\n");

function pictureOf(spread: Spread, ladder: readonly LadderRow[], side: "a" | "b"): Picture {
  const other = side === "a" ? "movedB" : "movedA";
  const marks = new Map<number, Mark>();
  for (const row of ladder) {
    const step = row[side]?.index;
    if (step !== undefined && row.kind !== other) marks.set(step, row.renumbered ? "renumbered" : row.kind);
  }
  return {
    ...spread,
    markOf: (step) => marks.get(step) ?? "same",
    stepsOf: (row) => {
      const step = ladder[row]?.[side]?.index;
      return step === undefined ? [] : [step];
    },
  };
}

/** Both sides in one ladder. */
export function mergedOf({ a, b, ladder }: Shown, theme: Theme): Picture {
  const merged: Merged = merge(a, b, ladder);
  return {
    scene: layout(merged.diagram, theme),
    blanks: [],
    markOf: (step) => merged.marks[step] ?? "same",
    stepsOf: (row) => merged.steps[row] ?? [],
  };
}

/** Where rows of the ladder stand in a picture, below its heads; undefined where it has none of them. */
export function boxOf({ scene, stepsOf }: Picture, rows: readonly number[]) {
  const found = rows.flatMap(stepsOf).flatMap((step) => scene.rows[scene.stepRows[step] ?? -1] ?? []);
  const [first, last] = [found[0], found.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const { shape } = first;
  const ends = shape.kind === "arrow" ? [shape.x1, shape.x2] : [];
  const [left, right] = [Math.min(...ends, scene.width), Math.max(...ends, 0)];
  return { ...below(scene, first.top, last.top + last.height), left: Math.min(left, right), right };
}

const below = ({ headHeight }: Scene, top: number, bottom: number) => ({
  top: top - headHeight,
  bottom: bottom - headHeight,
});

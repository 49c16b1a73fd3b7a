import type { Arrow, Row, Scene } from "./scene.ts";

/**
 * Where the player is: a real number. At k the first k steps are complete, so 0 is before the first; at k + f step k
 * is on its way, the fraction f of it done. Everything the player shows follows from it alone.
 */
export type Playhead = number;

/** What is done and what is under way at a playhead. */
export interface Moment {
  /** Number of steps that are complete: those with an index below it are past. */
  readonly past: number;
  readonly moving?: Moving;
}

/** The step under way, and where its message is on the scene. */
export interface Moving {
  readonly step: number;
  readonly fraction: number;
  readonly x: number;
  readonly y: number;
}

export type Phase = "past" | "moving" | "future";

/** The playhead brought into the scene's range; anything that is not a number is the start. */
export function clampPlayhead(scene: Scene, playhead: Playhead): Playhead {
  return playhead > 0 ? Math.min(playhead, scene.stepRows.length) : 0;
}

/** What a scene shows at a playhead. */
export function frameAt(scene: Scene, playhead: Playhead): Moment {
  const at = clampPlayhead(scene, playhead);
  const past = Math.floor(at);
  const fraction = at - past;
  if (fraction === 0) return { past };
  const row = scene.rows[scene.stepRows[past] ?? -1];
  if (row === undefined) return { past };
  return { past, moving: { step: past, fraction, ...pointOf(row, fraction) } };
}

export function phaseOf(moment: Moment, step: number): Phase {
  if (step < moment.past) return "past";
  return moment.moving?.step === step ? "moving" : "future";
}

/** The playhead at which a step is complete: where a click on it goes. */
export function positionOf(step: number): Playhead {
  return step + 1;
}

/** The step a playhead is about: the one under way, else the last one complete; undefined before the first. */
export function currentStep(scene: Scene, playhead: Playhead): number | undefined {
  const at = clampPlayhead(scene, playhead);
  return at === 0 ? undefined : Math.ceil(at) - 1;
}

/** Shortest and longest time of a step at normal speed, in milliseconds, and how much a longer way adds. */
const STEP_MIN_MS = 600;
const STEP_MAX_MS = 1000;
const MS_PER_PX = 0.5;

/** How long a step takes at normal speed, in milliseconds: a little longer for a longer way, but never long. */
export function durationOf(scene: Scene, step: number): number {
  const shape = scene.rows[scene.stepRows[step] ?? -1]?.shape;
  if (shape?.kind !== "arrow") return STEP_MIN_MS;
  return Math.min(
    STEP_MAX_MS,
    Math.round(STEP_MIN_MS + MS_PER_PX * Math.hypot(shape.x2 - shape.x1, shape.y2 - shape.y1)),
  );
}

function pointOf({ shape, top }: Row, fraction: number): { readonly x: number; readonly y: number } {
  switch (shape.kind) {
    case "arrow":
      return alongArrow(shape, fraction);
    case "state":
    case "note":
      return { x: shape.x + shape.width / 2, y: shape.y + shape.height / 2 };
    case "divider":
    case "timer":
      return { x: shape.x, y: shape.y };
    case "gap":
      return { x: 0, y: top };
  }
}

/** The way that a message goes from end to end of its arrow, in scene px. */
export function arrowLength({ x1, y1, x2, y2, bend }: Arrow): number {
  if (bend === undefined) return Math.hypot(x2 - x1, y2 - y1);
  return Math.abs(bend - x1) + Math.abs(y2 - y1) + Math.abs(bend - x2);
}

/** A point on an arrow, by the fraction of its length. */
export function alongArrow(arrow: Arrow, fraction: number): { readonly x: number; readonly y: number } {
  const { x1, y1, x2, y2, bend } = arrow;
  if (bend === undefined) return { x: x1 + (x2 - x1) * fraction, y: y1 + (y2 - y1) * fraction };
  const out = Math.abs(bend - x1);
  const down = Math.abs(y2 - y1);
  const way = fraction * arrowLength(arrow);
  if (way <= out) return { x: x1 + way, y: y1 };
  if (way <= out + down) return { x: bend, y: y1 + way - out };
  return { x: bend - (way - out - down), y: y2 };
}

/**
 * The rows that touch the heights from `top` to `bottom`, as [first, one after the last]. Arrows that start above their own
 * row may also be seen: `slantsAcross` names those.
 */
export function rowsBetween(scene: Scene, top: number, bottom: number): readonly [number, number] {
  const from = firstRow(scene.rows, (row) => row.top + row.height > top);
  const to = firstRow(scene.rows, (row) => row.top >= bottom);
  return [from, Math.max(from, to)];
}

/** The first row of which `holds` is true, which must then be true of all rows below. */
function firstRow(rows: readonly Row[], holds: (row: Row) => boolean): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(rows[middle] as Row)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Rows below `to` whose slanted arrow reaches up to above `bottom`: to be drawn with the rows [from, to). */
export function slantsAcross(scene: Scene, to: number, bottom: number): readonly number[] {
  return scene.slanted.filter((i) => {
    const shape = scene.rows[i]?.shape;
    return i >= to && shape?.kind === "arrow" && shape.y1 < bottom;
  });
}

/** The row at a height, or -1 outside the rows: what was clicked. */
export function rowAt(scene: Scene, y: number): number {
  const [from, to] = rowsBetween(scene, y, y + 1);
  const row = scene.rows[from];
  return from < to && row !== undefined && y >= row.top ? from : -1;
}

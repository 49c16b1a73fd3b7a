import { rowAt } from "../../shared/diagram/frame.ts";
import { labelBottom, labelLeft, labelRight, labelTop } from "../../shared/diagram/label.ts";
import type { Arrow, Head, Point, Scene } from "../../shared/diagram/scene.ts";
import type { Sizes } from "../../shared/diagram/theme.ts";
import { asideHit } from "./asides.ts";
import { edgeAt, type FrameEdge } from "./fragment-edges.ts";

/** What of the picture is at a point, for somebody who works on it. Places in scene px. */
export type Hit =
  | { readonly kind: "head"; readonly lifeline: string }
  | { readonly kind: "end"; readonly step: number; readonly end: "from" | "to" }
  | { readonly kind: "label"; readonly step: number }
  | { readonly kind: "arrow"; readonly step: number }
  | { readonly kind: "lifeline"; readonly lifeline: string }
  /** Beside all lifelines, where what comes from outside the picture or goes there has its end; in the row of a step or in none. */
  | { readonly kind: "edge"; readonly step?: number }
  | { readonly kind: "row"; readonly step: number }
  /** A note, or a mark that stands alone: by its row. */
  | { readonly kind: "aside"; readonly row: number }
  /** An end of a note. */
  | { readonly kind: "asideEnd"; readonly row: number; readonly end: "left" | "right" }
  /** An edge of a fragment, or where two of its parts meet. */
  | ({ readonly kind: "frame" } & FrameEdge)
  | { readonly kind: "ground" };

/**
 * @param reach how far from a line a point may be to be on it: a few px of the screen, in scene px.
 */
export function hitAt(scene: Scene, point: Point, reach: number, sizes: Sizes): Hit {
  if (point.y < scene.headHeight) {
    const head = scene.heads.find((one) => Math.abs(one.x - point.x) <= one.width / 2);
    if (head === undefined) return { kind: "ground" };
    // Between the box and the first row the lifeline is in sight already.
    const below = point.y > head.y + head.height && Math.abs(head.x - point.x) <= reach;
    return { kind: below ? "lifeline" : "head", lifeline: head.id };
  }
  const index = rowAt(scene, point.y);
  const row = scene.rows[index];
  const inRow = row !== undefined && point.y >= row.top && point.y < row.top + row.height;
  if (inRow && row.shape.kind === "arrow") {
    const hit = onArrow(row.shape, point, reach, sizes);
    if (hit !== undefined) return hit;
  }
  const aside = inRow ? asideHit(row, point, reach) : undefined;
  if (aside === "whole") return { kind: "aside", row: index };
  if (aside !== undefined) return { kind: "asideEnd", row: index, end: aside };
  const lifeline = nearest(scene, point.x);
  // Also below its end: what is drawn there comes last, and in an empty flow there is hardly any other place.
  if (lifeline !== undefined && Math.abs(lifeline.x - point.x) <= reach)
    return { kind: "lifeline", lifeline: lifeline.id };
  const edge = edgeAt(scene, point, reach);
  if (edge !== undefined) return { kind: "frame", ...edge };
  const step = inRow && (row.shape.kind === "arrow" || row.shape.kind === "state") ? row.shape.step : undefined;
  if (startsAtEdge(scene, point)) return step === undefined ? { kind: "edge" } : { kind: "edge", step };
  return step === undefined ? { kind: "ground" } : { kind: "row", step };
}

/** So far beside the outermost lifelines an arrow can begin that comes from outside, in scene px: narrow heads leave no more. */
const NEAR_EDGE = 12;

/** So far beside them one ends that goes there; nearer it is meant for the lifeline, as the turn of a self-message is. */
const FAR_EDGE = 30;

/** Whether something can come from outside the picture at a point. */
export function startsAtEdge(scene: Scene, point: Point): boolean {
  return isBeside(scene, point, NEAR_EDGE);
}

/** Whether something that is dragged to a point leaves the picture there: beside all lifelines. */
export function isEdge(scene: Scene, point: Point): boolean {
  return isBeside(scene, point, FAR_EDGE);
}

/** Whether a point is so far beside all lifelines, but in the picture or below it, where what is drawn comes last. */
function isBeside(scene: Scene, { x, y }: Point, far: number): boolean {
  const xs = scene.heads.map((head) => head.x);
  if (xs.length === 0 || y < scene.headHeight || x < 0 || x > scene.width) return false;
  return x < Math.min(...xs) - far || x > Math.max(...xs) + far;
}

function onArrow(arrow: Arrow, point: Point, reach: number, sizes: Sizes): Hit | undefined {
  const { step } = arrow;
  const near = (x: number, y: number) => Math.abs(x - point.x) <= reach * 1.5 && Math.abs(y - point.y) <= reach;
  if (near(arrow.x2, arrow.y2)) return { kind: "end", step, end: "to" };
  if (near(arrow.x1, arrow.y1)) return { kind: "end", step, end: "from" };
  const inLabel =
    point.x >= labelLeft(arrow) &&
    point.x <= labelRight(arrow) &&
    point.y >= labelTop(arrow, sizes) &&
    point.y <= labelBottom(arrow, sizes);
  if (inLabel) return { kind: "label", step };
  const [left, right] = [
    Math.min(arrow.x1, arrow.x2),
    Math.max(arrow.x1, arrow.x2, arrow.bend ?? Number.NEGATIVE_INFINITY),
  ];
  if (point.x < left || point.x > right) return undefined;
  const along = arrow.x1 === arrow.x2 ? 0 : (point.x - arrow.x1) / (arrow.x2 - arrow.x1);
  const y = arrow.y1 + along * (arrow.y2 - arrow.y1);
  return Math.abs(point.y - y) <= reach ? { kind: "arrow", step } : undefined;
}

/** The lifeline nearest to a place; undefined where there is none. */
export function nearest(scene: Scene, x: number): Head | undefined {
  let best: Head | undefined;
  for (const head of scene.heads) if (best === undefined || Math.abs(head.x - x) < Math.abs(best.x - x)) best = head;
  return best;
}

/** The step after which something stands that is put at height `y`; -1 before all. */
export function stepAbove(scene: Scene, y: number): number {
  let after = -1;
  // Rows are in order of height, and so are the steps.
  for (const [step, index] of scene.stepRows.entries()) {
    const row = scene.rows[index];
    if (row === undefined || row.top + row.height / 2 > y) break;
    after = step;
  }
  return after;
}

/** Height of the line at which something is put that stands after a step. */
export function gapBelow(scene: Scene, step: number): number {
  const next = scene.rows[scene.stepRows[step + 1] ?? -1];
  const row = scene.rows[scene.stepRows[step] ?? -1];
  if (row === undefined) return next?.top ?? scene.headHeight + 12;
  // What stands between two steps, as notes, belongs to the upper one.
  return next?.top ?? row.top + row.height;
}

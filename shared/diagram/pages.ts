import type { Row, Scene } from "./scene.ts";
import { heightAround, type Marks, type RowRange, sliceOf } from "./slice.ts";
import type { Sizes } from "./theme.ts";

/** Room for a picture, in CSS px. */
export interface Room {
  readonly width: number;
  readonly height: number;
  /** The height of the first of several pages, where something stands above the picture there. */
  readonly first?: number;
}

/** One page of a picture. */
export interface Page {
  readonly scene: Scene;
  /** What the scene's sizes are to be multiplied by, at most 1, so that it fits the room. */
  readonly scale: number;
}

/**
 * A scene over pages: each repeats the heads of the lifelines and says in a line that it goes on, and where. All pages
 * have the scale at which the scene's width fits. A picture that is a little too high for one page is made a little
 * smaller instead. A page ends between steps: not within a slanted arrow, between a step and its note, or after the
 * beginning of a fragment, unless a page has no other place to end. One row always fits, at a scale of its own where need be.
 */
export function pagesOf(scene: Scene, sizes: Sizes, room: Room): readonly Page[] {
  const scale = Math.min(1, room.width / scene.width);
  if (fitsPage(scene, room, 0)) return [{ scene, scale: Math.min(scale, room.height / scene.height) }];
  const heightOf = (page: number) => (page === 0 ? (room.first ?? room.height) : room.height);
  return slicesOf(scene, sizes, (page) => heightOf(page) / scale).map((part, page) => ({
    scene: part,
    scale: Math.min(scale, heightOf(page) / part.height),
  }));
}

/** The same for pictures in their own size, none of them higher than said; one that has a single row may be. */
export function piecesOf(scene: Scene, sizes: Sizes, height: number): readonly Page[] {
  if (scene.height <= height) return [{ scene, scale: 1 }];
  return slicesOf(scene, sizes, () => height).map((part) => ({ scene: part, scale: 1 }));
}

/** @param heightOf how high each slice may be */
function slicesOf(scene: Scene, sizes: Sizes, heightOf: (page: number) => number): readonly Scene[] {
  const ranges = rangesOf(scene, sizes, heightOf);
  return ranges.map((range, i) => sliceOf(scene, sizes, range, marksOf(i, ranges.length)));
}

/** Whether a picture stands on one page, not smaller than a part of its own size. */
export function fitsPage(scene: Scene, room: Room, scale: number): boolean {
  const across = Math.min(1, room.width / scene.width);
  return Math.min(across, room.height / scene.height) >= scale && scene.height * across * SQUEEZED <= room.height;
}

/** A picture is rather made so much smaller than given a second page. */
const SQUEEZED = 0.8;

function marksOf(page: number, count: number): Marks {
  return {
    ...(page > 0 && { above: `Continued from page ${page}` }),
    ...(page < count - 1 && { below: `Continued on page ${page + 2}` }),
  };
}

function rangesOf(scene: Scene, sizes: Sizes, heightOf: (page: number) => number): readonly RowRange[] {
  const { rows } = scene;
  const may = mayEnd(scene);
  const ranges: RowRange[] = [];
  for (let first = 0; first < rows.length; ) {
    const around = heightAround(scene, sizes, first, { ...(first > 0 && { above: "" }), below: "" });
    const lowest = (rows[first] as Row).top + heightOf(ranges.length) - around;
    let last = first;
    while (last + 1 < rows.length && bottomOf(rows[last + 1] as Row) <= lowest) last++;
    let end = last;
    if (last < rows.length - 1) while (end > first && may[end] !== true) end--;
    ranges.push({ first, last: may[end] === true || last === rows.length - 1 ? end : last });
    first = (ranges.at(-1) as RowRange).last + 1;
  }
  return ranges;
}

const bottomOf = ({ top, height }: Row): number => top + height;

/** Whether a page may end after each row. */
function mayEnd(scene: Scene): readonly boolean[] {
  const { rows, slanted } = scene;
  const ends = closingRows(scene);
  const may = rows.map(({ shape }, i) => {
    const begins = shape.kind === "divider" || (shape.kind === "gap" && !ends.has(i));
    return !begins && !ends.has(i + 1) && rows[i + 1]?.shape.kind !== "note";
  });
  for (const row of slanted) {
    const shape = rows[row]?.shape;
    if (shape?.kind !== "arrow") continue;
    for (let i = row - 1; i >= 0 && bottomOf(rows[i] as Row) > shape.y1; i--) may[i] = false;
  }
  return may;
}

/** The rows that hold the lower edge of a frame. */
function closingRows({ rows, frames }: Scene): ReadonlySet<number> {
  const found = new Set<number>();
  let at = 0;
  for (const bottom of frames.map((frame) => frame.bottom).sort((a, b) => a - b)) {
    while (at < rows.length && bottomOf(rows[at] as Row) < bottom) at++;
    if (rows[at]?.shape.kind === "gap") found.add(at);
  }
  return found;
}

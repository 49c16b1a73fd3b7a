import type { Row, Scene, Shape } from "../../shared/diagram/scene.ts";

/**
 * Two scenes brought to one scale, so that what stands for one another stands at one height: rows are moved down, never
 * up, and both scenes have the same size. Pure.
 */

/** A step of either scene that stands for one of the other. */
export interface Level {
  readonly a: number;
  readonly b: number;
}

/** Room without a row, where the other side has some. */
export interface Blank {
  readonly top: number;
  readonly height: number;
}

export interface Spread {
  readonly scene: Scene;
  readonly blanks: readonly Blank[];
}

/** @param levels in the order of both sides. */
export function level(a: Scene, b: Scene, levels: readonly Level[]): { readonly a: Spread; readonly b: Spread } {
  const headHeight = Math.max(a.headHeight, b.headHeight);
  const [insertA, insertB] = [new Map<number, number>(), new Map<number, number>()];
  let [shiftA, shiftB] = [headHeight - a.headHeight, headHeight - b.headHeight];
  for (const pair of levels) {
    const [rowA, rowB] = [a.stepRows[pair.a] ?? -1, b.stepRows[pair.b] ?? -1];
    const [one, other] = [a.rows[rowA], b.rows[rowB]];
    if (one === undefined || other === undefined) continue;
    const by = one.top + shiftA - (other.top + shiftB);
    if (by > 0) {
      insertB.set(rowB, by);
      shiftB += by;
    } else if (by < 0) {
      insertA.set(rowA, -by);
      shiftA -= by;
    }
  }
  const width = Math.max(a.width, b.width);
  const height = Math.max(a.height + shiftA, b.height + shiftB);
  return {
    a: moveDown(a, insertA, { width, height, headHeight }),
    b: moveDown(b, insertB, { width, height, headHeight }),
  };
}

type Size = Pick<Scene, "width" | "height" | "headHeight">;

/** Less than this, in px, is no row: a label of the other side has one more line. */
const LEAST_BLANK = 20;

/** The scene with room before some rows. */
function moveDown(scene: Scene, insert: ReadonlyMap<number, number>, size: Size): Spread {
  const head = size.headHeight - scene.headHeight;
  const shifts: number[] = [];
  const blanks: Blank[] = [];
  let shift = head;
  for (const [at, row] of scene.rows.entries()) {
    const room = insert.get(at);
    if (room !== undefined) {
      if (room >= LEAST_BLANK) blanks.push({ top: row.top + shift, height: room });
      shift += room;
    }
    shifts.push(shift);
  }
  const end = size.height - scene.height - shift;
  if (end >= LEAST_BLANK) blanks.push({ top: scene.bottom + shift, height: end });
  /** Where a height has come to; that of a row's upper edge belongs to the row, unless it is where something ends. */
  const down = (y: number, ends = false) => y + (shifts[rowBefore(scene.rows, ends ? y - 0.5 : y)] ?? head);
  const rows = scene.rows.map((row, at): Row => {
    const by = shifts[at] ?? head;
    return { ...row, top: row.top + by, shape: shapeDown(row.shape, by, down) };
  });
  const moved: Scene = {
    ...scene,
    ...size,
    bottom: scene.bottom + shift + Math.max(0, end),
    rows,
    heads: scene.heads.map((one) => ({
      ...one,
      y: one.y + head,
      ...(one.late === undefined ? undefined : { late: down(one.late) }),
      ...(one.ends === undefined ? undefined : { ends: down(one.ends) }),
    })),
    boxes: scene.boxes.map((box) => ({ ...box, y: box.y + head, bottom: box.bottom + shift + Math.max(0, end) })),
    activations: scene.activations.map((bar) => ({ ...bar, top: down(bar.top), bottom: down(bar.bottom, true) })),
    frames: scene.frames.map((frame) => ({
      ...frame,
      top: down(frame.top),
      bottom: down(frame.bottom, true),
      elses: frame.elses.map((part) => ({ ...part, y: down(part.y) })),
    })),
  };
  return { scene: moved, blanks };
}

/** The last row that begins at a height or above it. */
function rowBefore(rows: readonly Row[], y: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.top ?? 0) <= y) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function shapeDown(shape: Shape, by: number, down: (y: number) => number): Shape {
  if (shape.kind === "gap") return shape;
  if (shape.kind !== "arrow") return { ...shape, y: shape.y + by };
  return {
    ...shape,
    // An arrow that starts above its row starts where that row has come to.
    y1: shape.y1 < shape.y2 && shape.bend === undefined ? down(shape.y1) : shape.y1 + by,
    y2: shape.y2 + by,
    labelY: shape.labelY + by,
    ...(shape.hidden && { hidden: { ...shape.hidden, y: shape.hidden.y + by } }),
    ...(shape.via && { via: shape.via.map(({ x, y }) => ({ x, y: y + by })) }),
  };
}

import { textWidth } from "./measure.ts";
import type { Arrow, Frame, Head, Row, Scene } from "./scene.ts";
import { shifted } from "./shifted.ts";
import type { Sizes } from "./theme.ts";

/**
 * A part of a scene as a scene of its own: the rows `first`…`last` under the heads of the lifelines, everything where it
 * was from left to right. Bars and slanted arrows that reach beyond the part are cut at its edges, frames that began
 * before it name their operator again, and lifelines that are not there yet or no longer have no head. Painters need to
 * know nothing of it. Steps keep their index; `stepRows` has -1 for those that are not in the part.
 */
export function sliceOf(scene: Scene, sizes: Sizes, { first, last }: RowRange, marks: Marks = {}): Scene {
  const from = scene.rows[first]?.top ?? scene.headHeight;
  const end = scene.rows[last];
  const to = end === undefined ? from : end.top + end.height;
  const lead: Row[] = [];
  let y = scene.headHeight;
  const put = (row: Row) => {
    lead.push(row);
    y += row.height;
  };
  if (marks.above !== undefined) put(markRow(marks.above, y, scene.width, sizes));
  const open = new Map<Frame, number>();
  for (const frame of openAt(scene, from)) {
    open.set(frame, y + REOPENED_MARGIN);
    put({ top: y, height: reopenedHeight(frame, from, sizes), shape: { kind: "gap" } });
  }
  const by = y - from;
  const part = scene.rows.slice(first, last + 1).map((row) => movedRow(row, by, from, sizes));
  const passing = scene.slanted.filter((row) => row > last).flatMap((row) => leaving(scene.rows[row], by, from, to));
  const tail = marks.below === undefined ? [] : [markRow(marks.below, to + by, scene.width, sizes)];
  const rows = [...lead, ...part, ...tail, ...passing];
  const shift = lead.length - first;
  const bottom = to + by + (tail[0]?.height ?? 0) + sizes.tail;
  const isWithin = (row: number) => row >= first && row <= last;
  // A part of nothing but rows without a height shows no bar and no frame, though both may pass through it.
  const isShown = (span: { readonly top: number; readonly bottom: number }) =>
    to > from && span.bottom > from && span.top < to;
  return {
    width: scene.width,
    height: bottom + Math.round(sizes.margin / 2),
    heads: scene.heads.flatMap((head) => headIn(head, from, to, by)),
    headHeight: scene.headHeight,
    bottom,
    rows,
    stepRows: scene.stepRows.map((row) => (isWithin(row) ? row + shift : -1)),
    activations: scene.activations
      .filter(isShown)
      .map((bar) => ({ ...bar, top: Math.max(bar.top, from) + by, bottom: Math.min(bar.bottom, to) + by })),
    frames: scene.frames.filter(isShown).map((frame) => frameIn(frame, open.get(frame), from, to, by, sizes)),
    slanted: [
      ...scene.slanted.filter(isWithin).map((row) => row + shift),
      ...passing.map((_, i) => rows.length - passing.length + i),
    ],
    boxes: scene.boxes.map((box) => ({ ...box, bottom: box.bottom - scene.bottom + bottom })),
  };
}

/** Rows of a scene, both included. */
export interface RowRange {
  readonly first: number;
  readonly last: number;
}

/** Words in a line across the picture over and under a part: how it goes on. */
export interface Marks {
  readonly above?: string;
  readonly below?: string;
}

/**
 * The rows of the steps with the indices `first`…`last`, and of what belongs to them: notes, states and timers after a
 * step, dividers and the beginnings of fragments before one.
 */
export function rowsOfSteps(scene: Scene, first: number, last: number): RowRange {
  const { rows, stepRows } = scene;
  const starts = (row: Row) =>
    row.shape.kind === "divider" ||
    scene.frames.some(({ top, elses }) =>
      [top, ...elses.map(({ y }) => y)].some((y) => y >= row.top && y < row.top + row.height),
    );
  let from = first === 0 ? 0 : (stepRows[first] ?? 0);
  while (from > 0 && isBetween(rows[from - 1]) && starts(rows[from - 1] as Row)) from--;
  let to = last >= stepRows.length - 1 ? rows.length - 1 : (stepRows[last] ?? rows.length - 1);
  while (to < rows.length - 1 && isBetween(rows[to + 1]) && !starts(rows[to + 1] as Row)) to++;
  return { first: from, last: to };
}

/** Whether a row is of no step. */
function isBetween(row: Row | undefined): boolean {
  if (row === undefined || row.shape.kind === "arrow") return false;
  return row.shape.kind !== "state" || row.shape.step === undefined;
}

/** The height of a part beside that of its rows. */
export function heightAround(scene: Scene, sizes: Sizes, first: number, marks: Marks): number {
  const from = scene.rows[first]?.top ?? scene.headHeight;
  const reopened = openAt(scene, from).reduce((sum, frame) => sum + reopenedHeight(frame, from, sizes), 0);
  const marked = [marks.above, marks.below].filter((mark) => mark !== undefined).length * markHeight(sizes);
  return scene.headHeight + marked + reopened + sizes.tail + Math.round(sizes.margin / 2);
}

/** Between the upper edge of a row and the frame in it. */
const REOPENED_MARGIN = 5;

/** Frames that began above `y` and go on below it, outer ones first. */
function openAt({ frames }: Scene, y: number): readonly Frame[] {
  return frames.filter(({ top, bottom }) => top < y && bottom > y).sort((a, b) => a.depth - b.depth);
}

/** The guard under which a frame stands at `y`. */
function guardAt({ elses, guard, lines }: Frame, y: number): Pick<Frame, "guard" | "lines"> {
  return elses.filter((part) => part.y < y).at(-1) ?? { guard, lines };
}

function reopenedHeight(frame: Frame, y: number, sizes: Sizes): number {
  const { lines } = guardAt(frame, y);
  if (frame.operator === "" && lines.length === 0) return 2 * REOPENED_MARGIN;
  return Math.max(1, lines.length) * sizes.smallLine + 4 + 2 * REOPENED_MARGIN;
}

function frameIn(
  frame: Frame,
  reopenedAt: number | undefined,
  from: number,
  to: number,
  by: number,
  sizes: Sizes,
): Frame {
  const moved: Frame = {
    ...frame,
    top: frame.top + by,
    bottom: Math.min(frame.bottom, to) + by,
    elses: frame.elses.filter(({ y }) => y >= from && y < to).map((part) => ({ ...part, y: part.y + by })),
  };
  if (reopenedAt === undefined) return moved;
  const operator = frame.operator === "" ? "" : `${frame.operator} (continued)`;
  const tabWidth = operator === "" ? 0 : Math.ceil(textWidth(operator, sizes.small, "semibold")) + 20;
  return { ...moved, ...guardAt(frame, from), operator, tabWidth, top: reopenedAt };
}

function headIn(head: Head, from: number, to: number, by: number): readonly Head[] {
  const { late, ends, ...there } = head;
  if ((late !== undefined && late >= to) || (ends !== undefined && ends <= from)) return [];
  return [
    {
      ...there,
      ...(late !== undefined && late >= from && { late: late + by }),
      ...(ends !== undefined && ends < to && { ends: ends + by }),
    },
  ];
}

function movedRow({ top, height, shape }: Row, by: number, from: number, sizes: Sizes): Row {
  const moved = shifted(shape, by);
  const edge = from + by;
  if (moved.kind !== "arrow" || moved.y1 >= edge || moved.y1 === moved.y2)
    return { top: top + by, height, shape: moved };
  const labelY = Math.max(moved.labelY, edge + sizes.line);
  return { top: top + by, height, shape: { ...moved, ...cut(moved, "y1", edge), labelY } };
}

/** What is to be seen of an arrow that ends below the part: its line, from where it starts to the lower edge. */
function leaving(row: Row | undefined, by: number, from: number, to: number): readonly Row[] {
  if (row?.shape.kind !== "arrow" || row.shape.y1 >= to) return [];
  const arrow = shifted(row.shape, by) as Arrow;
  const started = arrow.y1 < from + by ? { ...arrow, ...cut(arrow, "y1", from + by) } : arrow;
  const { hidden: _, endName: __, via: ___, ...rest } = started;
  const shape: Arrow = {
    ...rest,
    ...cut(started, "y2", to + by),
    look: { head: "none", tail: arrow.look?.tail ?? "none", ...(arrow.look?.tint && { tint: arrow.look.tint }) },
    lost: false,
    number: "",
    lines: [],
    labelWidth: 0,
    masked: false,
  };
  return [{ top: shape.y1, height: 0, shape }];
}

/** One end of a slanted arrow, put where its line crosses the height `y`. */
function cut({ x1, y1, x2, y2 }: Arrow, end: "y1" | "y2", y: number): Partial<Arrow> {
  const x = Math.round(x1 + ((x2 - x1) * (y - y1)) / (y2 - y1 || 1));
  return end === "y1" ? { x1: x, y1: y, startInset: 0 } : { x2: x, y2: y, endInset: 0 };
}

const markHeight = (sizes: Sizes): number => sizes.smallLine + 2 * sizes.boxGap;

function markRow(text: string, top: number, width: number, sizes: Sizes): Row {
  const height = markHeight(sizes);
  return {
    top,
    height,
    shape: {
      kind: "divider",
      y: top + Math.round(height / 2),
      lines: [text],
      left: sizes.margin,
      right: width - sizes.margin,
      x: Math.round(width / 2),
      textWidth: Math.ceil(textWidth(text, sizes.small, "semibold")),
    },
  };
}

import type { Columns } from "./columns.ts";
import type { FragmentElse, FragmentStart } from "./diagram.ts";
import { hiddenWidth } from "./hidden.ts";
import { labelLeft, labelRight } from "./label.ts";
import { textWidth } from "./measure.ts";
import type { Frame, Row, Shape } from "./scene.ts";
import { type Tint, tintOf } from "./tint.ts";
import { balancedLines } from "./wrap.ts";

/** Frames around the rows of fragments, kept as a stack while the rows are laid out. */

interface Open {
  readonly operator: string;
  readonly tint: Tint | undefined;
  readonly guard: string;
  readonly lines: readonly string[];
  readonly linesWidth: number;
  readonly tabWidth: number;
  readonly top: number;
  readonly depth: number;
  readonly elses: { y: number; guard: string; lines: readonly string[]; width: number }[];
  low: number;
  high: number;
  /** Its place in the list of frames: outer ones first, so that they are painted first. */
  readonly place: number;
}

export interface Fragments {
  readonly columns: Columns;
  readonly open: Open[];
  readonly frames: Frame[];
}

export function noFragments(columns: Columns): Fragments {
  return { columns, open: [], frames: [] };
}

/** Between the edge of a row and the frame inside it, and between a frame and its text. */
const FRAME_MARGIN = 5;
const TEXT_GAP = 8;
/** Between a lifeline and a frame. */
const LIFELINE_CLEAR = 16;
const TAB_HEIGHT_EXTRA = 4;

function guardText(guard: string): string {
  return guard === "" ? "" : `[${guard}]`;
}

/** Room for a guard in a frame this deep. */
function guardRoom(columns: Columns, depth: number, tab: number): number {
  const { left, right, sizes } = columns;
  return Math.max(60, Math.min(360, right - left - tab - 2 * TEXT_GAP - 2 * sizes.frameInset * depth));
}

/** The word in the tab; a frame that only has a colour needs none. */
function tabText({ operator, overlap }: FragmentStart): string {
  if (operator === "rect") return "";
  return overlap === true ? `${operator}, overlapping` : operator;
}

/** Opens a fragment at `top` and returns the row that holds its operator and guard. */
export function openFragment(fragments: Fragments, item: FragmentStart, top: number): Row {
  const { columns, open, frames } = fragments;
  const { sizes } = columns;
  const operator = tabText(item);
  const tabWidth = operator === "" ? 0 : Math.ceil(textWidth(operator, sizes.small, "semibold")) + 20;
  const depth = open.length;
  const written = item.operator === "ref" ? item.guard : guardText(item.guard);
  const guard = balancedLines(written, guardRoom(columns, depth, tabWidth), sizes.small);
  const lines = item.guard === "" ? [] : guard.lines;
  const spanned = (item.over ?? []).flatMap((id) => columns.xs[columns.at.get(id) ?? -1] ?? []);
  open.push({
    operator,
    tint: tintOf(item.colour),
    guard: item.guard,
    lines,
    linesWidth: guard.width,
    tabWidth,
    top: top + FRAME_MARGIN,
    depth,
    elses: [],
    low: Math.min(...spanned.map((x) => x - LIFELINE_CLEAR)),
    high: Math.max(...spanned.map((x) => x + LIFELINE_CLEAR)),
    place: frames.length,
  });
  // Keeps its place; the value is set when the fragment closes.
  frames.push({} as Frame);
  if (operator === "" && lines.length === 0) return { top, height: 2 * FRAME_MARGIN, shape: { kind: "gap" } };
  const height = FRAME_MARGIN + Math.max(1, lines.length) * sizes.smallLine + TAB_HEIGHT_EXTRA + FRAME_MARGIN;
  return { top, height, shape: { kind: "gap" } };
}

/** The next part of the innermost fragment. Without an open fragment it takes no room. */
export function elseFragment(fragments: Fragments, item: FragmentElse, top: number): Row {
  const { columns, open } = fragments;
  const innermost = open.at(-1);
  if (innermost === undefined) return { top, height: 0, shape: { kind: "gap" } };
  const text = balancedLines(guardText(item.guard), guardRoom(columns, open.length, 0), columns.sizes.small);
  const lines = item.guard === "" ? [] : text.lines;
  const y = top + FRAME_MARGIN;
  innermost.elses.push({ y, guard: item.guard, lines, width: text.width });
  const height = 2 * FRAME_MARGIN + TAB_HEIGHT_EXTRA + lines.length * columns.sizes.smallLine;
  return { top, height, shape: { kind: "gap" } };
}

/** Closes the innermost fragment. Without an open one it takes no room. */
export function endFragment(fragments: Fragments, top: number): Row {
  if (fragments.open.length === 0) return { top, height: 0, shape: { kind: "gap" } };
  close(fragments, top + FRAME_MARGIN);
  return { top, height: 2 * FRAME_MARGIN + 2, shape: { kind: "gap" } };
}

/** Closes what the diagram left open. */
export function closeAll(fragments: Fragments, bottom: number): readonly Frame[] {
  while (fragments.open.length > 0) close(fragments, bottom - 1);
  return fragments.frames;
}

function close({ columns, open, frames }: Fragments, bottom: number): void {
  const frame = open.pop();
  if (frame === undefined) return;
  const { sizes, xs } = columns;
  const inset = sizes.frameInset;
  const empty = frame.low > frame.high;
  const low = empty ? (xs[0] ?? columns.left) - LIFELINE_CLEAR : frame.low;
  const high = empty ? (xs.at(-1) ?? columns.right) + LIFELINE_CLEAR : frame.high;
  const text = Math.max(
    frame.tabWidth + (frame.lines.length === 0 ? 0 : frame.linesWidth + 2 * TEXT_GAP),
    ...frame.elses.map((part) => part.width + 2 * TEXT_GAP),
  );
  const most = columns.width - sizes.margin;
  const right = Math.min(most, Math.max(high + inset, low - inset + text));
  const x = Math.max(sizes.margin, Math.min(low - inset, right - text));
  frames[frame.place] = {
    operator: frame.operator,
    guard: frame.guard,
    x,
    width: right - x,
    top: frame.top,
    bottom,
    elses: frame.elses.map(({ y, guard, lines }) => ({ y, guard, lines })),
    lines: frame.lines,
    tabWidth: frame.tabWidth,
    depth: frame.depth,
    ...(frame.tint !== undefined && { tint: frame.tint }),
  };
  const outer = open.at(-1);
  if (outer !== undefined) {
    outer.low = Math.min(outer.low, x);
    outer.high = Math.max(outer.high, right);
  }
}

/** Makes the innermost frame wide enough for what a row holds. */
export function enclose({ columns, open }: Fragments, shape: Shape): void {
  const innermost = open.at(-1);
  if (innermost === undefined || shape.kind === "gap") return;
  const [low, high] = extent(shape, columns);
  innermost.low = Math.min(innermost.low, low);
  innermost.high = Math.max(innermost.high, high);
}

/** Leftmost and rightmost x that a row's shape draws at. */
export function extent(shape: Exclude<Shape, { kind: "gap" }>, { sizes }: Columns): readonly [number, number] {
  switch (shape.kind) {
    case "note":
    case "state":
      return [shape.x, shape.x + shape.width];
    case "divider":
      return [shape.left, shape.right];
    case "timer":
      return [shape.x - LIFELINE_CLEAR, shape.textX + shape.textWidth];
    case "arrow": {
      const { x1, x2, hidden } = shape;
      // At the head of a lifeline that is created here.
      const clear = Math.max(LIFELINE_CLEAR, shape.endInset + 6);
      let low = Math.min(x1 - LIFELINE_CLEAR, x2 - clear, labelLeft(shape));
      let high = Math.max(x1 + LIFELINE_CLEAR, x2 + clear, shape.bend ?? x1, labelRight(shape));
      if (hidden !== undefined) {
        const width = hiddenWidth(hidden, sizes);
        low = Math.min(low, hidden.anchor === "end" ? hidden.x - width : hidden.x);
        high = Math.max(high, hidden.anchor === "start" ? hidden.x + width : hidden.x);
      }
      return [low, high];
    }
  }
}

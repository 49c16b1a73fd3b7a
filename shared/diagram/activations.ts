import { type Columns, columnOf } from "./columns.ts";
import type { Diagram, Item } from "./diagram.ts";
import type { Activation, Row } from "./scene.ts";

/** Bits of `ends`: the arrow of a row starts, or ends, at a bar instead of at the bare lifeline. */
export const STARTS_AT_BAR = 1;
export const ENDS_AT_BAR = 2;

/** Which rows a bar on a column joins: from the receipt in row `first` to the last message sent because of it. */
interface Bar {
  readonly column: number;
  readonly first: number;
  last: number;
}

export interface Activity {
  readonly ends: Uint8Array;
  readonly bars: readonly Bar[];
  /** Bars of the author, between rows; with them there are no others. */
  readonly wanted?: readonly (Bar & { readonly depth: number })[];
}

/**
 * Finds the bars of a diagram: from the receipt of a message to the last arrow that the same turn made its receiver send,
 * so that they show what caused what and nothing else.
 */
export function findActivity(items: readonly Item[], columns: Columns): Activity {
  const { at, xs } = columns;
  if (items.some((item) => item.type === "activation")) return wantedActivity(items, columns);
  const ends = new Uint8Array(items.length);
  const bars: Bar[] = [];
  const turns = new Float64Array(xs.length).fill(-1);
  /** Row and step of each column's last receipt. */
  const receipts = new Int32Array(xs.length);
  const steps = new Int32Array(xs.length);
  /** Index in `bars` of the bar that the last receipt opened. */
  const open = new Int32Array(xs.length).fill(-1);
  for (let i = 0; i < items.length; i++) {
    const item = items[i] as Item;
    if (item.type !== "step" || item.state === true) continue;
    const from = columnOf(item.from, at);
    const to = columnOf(item.to, at);
    if (from >= 0 && turns[from] === item.sent && (item.sentBefore ?? item.index) > (steps[from] as number)) {
      const bar = bars[open[from] as number];
      if (bar !== undefined) bar.last = i;
      else {
        const first = receipts[from] as number;
        open[from] = bars.length;
        bars.push({ column: from, first, last: i });
        ends[first] = (ends[first] as number) | ENDS_AT_BAR;
      }
      ends[i] = (ends[i] as number) | STARTS_AT_BAR;
    }
    if (to >= 0 && !item.lost) {
      turns[to] = item.received;
      receipts[to] = i;
      steps[to] = item.index;
      open[to] = -1;
    }
  }
  return { ends, bars };
}

/** The bars as the author has them start and end; what does not end goes on to the last row. */
function wantedActivity(items: readonly Item[], { at, xs }: Columns): Activity {
  const ends = new Uint8Array(items.length);
  const open: number[][] = xs.map(() => []);
  const wanted: (Bar & { depth: number })[] = [];
  items.forEach((item, i) => {
    if (item.type === "activation") {
      const column = at.get(item.on);
      const bars = column === undefined ? undefined : open[column];
      if (column === undefined || bars === undefined) return;
      if (item.event === "start") {
        wanted.push({ column, first: i, last: items.length, depth: bars.length });
        bars.push(wanted.length - 1);
      } else {
        const bar = wanted[bars.pop() ?? -1];
        if (bar !== undefined) bar.last = i;
      }
    }
    if (item.type !== "step" || item.state === true) return;
    const to = columnOf(item.to, at);
    const next = items[i + 1];
    const opens = next?.type === "activation" && next.event === "start" && at.get(next.on) === to;
    if ((open[columnOf(item.from, at)]?.length ?? 0) > 0) ends[i] = STARTS_AT_BAR;
    if (to >= 0 && (opens || (open[to]?.length ?? 0) > 0)) ends[i] = (ends[i] as number) | ENDS_AT_BAR;
  });
  return { ends, bars: [], wanted };
}

/** How far a bar reaches beyond the arrow that opens it and the one that ends it; bars this near each other are one. */
const REACH = 5;
const JOIN = 8;

/** The bars of placed rows, in order of their upper ends. */
export function placeActivations(
  diagram: Diagram,
  columns: Columns,
  { bars, wanted }: Activity,
  rows: readonly Row[],
): readonly Activation[] {
  if (wanted !== undefined) return placeWanted(diagram, columns, wanted, rows);
  const placed: { lifeline: string; x: number; top: number; bottom: number; depth: number }[] = [];
  const lasts = new Int32Array(columns.xs.length).fill(-1);
  for (const { column, first, last } of bars) {
    const start = rows[first]?.shape;
    const end = rows[last]?.shape;
    if (start?.kind !== "arrow" || end?.kind !== "arrow") continue;
    const top = start.y2 - REACH;
    const bottom = Math.max(start.y2, end.y1) + REACH;
    const before = placed[lasts[column] as number];
    if (before !== undefined && top - before.bottom <= JOIN) before.bottom = Math.max(before.bottom, bottom);
    else {
      lasts[column] = placed.length;
      const lifeline = diagram.lifelines[column]?.id ?? "";
      placed.push({ lifeline, x: columns.xs[column] as number, top, bottom, depth: 0 });
    }
  }
  return placed.sort((a, b) => a.top - b.top);
}

/** Of a bar inside another: how far to the right it stands. */
const BAR_SHIFT = 4;

function placeWanted(
  { lifelines }: Diagram,
  { xs, sizes }: Columns,
  wanted: NonNullable<Activity["wanted"]>,
  rows: readonly Row[],
): readonly Activation[] {
  const placed = wanted.map(({ column, first, last, depth }): Activation => {
    const lifeline = lifelines[column]?.id ?? "";
    const top = lineAbove(rows, first, sizes.rowBottom) - REACH;
    const bottom = Math.max(lineAbove(rows, last, sizes.rowBottom) + REACH, top + 2 * REACH);
    return { lifeline, x: (xs[column] as number) + depth * BAR_SHIFT, top, bottom, depth };
  });
  return placed.sort((a, b) => a.top - b.top);
}

/** Where the line of the arrow runs that stands right above row `i`, bars between or not; else the row's upper edge. */
function lineAbove(rows: readonly Row[], i: number, below: number): number {
  for (let row = i - 1; row >= 0; row--) {
    const shape = rows[row]?.shape;
    if (shape?.kind === "arrow") return shape.y2;
    if (rows[row]?.height !== 0) break;
  }
  const last = rows.at(-1);
  return (rows[i]?.top ?? (last === undefined ? 0 : last.top + last.height - below)) + below;
}

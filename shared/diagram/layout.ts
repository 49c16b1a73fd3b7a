import { type Activity, ENDS_AT_BAR, findActivity, placeActivations, STARTS_AT_BAR } from "./activations.ts";
import { placeArrow } from "./arrows.ts";
import { placeDivider, placeNote, placeState, placeTimer } from "./boxes.ts";
import { type Columns, chromeWidth, columnOf, measureColumns } from "./columns.ts";
import type { Diagram, Item, Step } from "./diagram.ts";
import {
  closeAll,
  elseFragment,
  enclose,
  endFragment,
  type Fragments,
  noFragments,
  openFragment,
} from "./fragments.ts";
import { findLives, HEAD_CLEAR, type Lives, placeLives } from "./lives.ts";
import type { Arrow, Row, Scene, Shape } from "./scene.ts";
import { shifted } from "./shifted.ts";
import { clearLabel } from "./slants.ts";
import type { Theme } from "./theme.ts";

/** What a scene was made from, so that the next layout can take over what did not change. */
interface Made {
  readonly items: readonly Item[];
  readonly columns: Columns;
  /** Rows whose place depends on other rows: slanted arrows and what they pass. */
  readonly tied: Uint8Array;
}

const madeFrom = new WeakMap<Scene, Made>();

/**
 * Places a diagram: one row for each item, top to bottom, in one pass over the items. Reads only the theme's sizes.
 * With the scene of an earlier state of the diagram, rows of items that are the same values are taken over as they are,
 * or moved; the result is the same as without it. `beside`: items of another diagram with the same lifelines, to be shown
 * beside this one: both get columns as wide as either needs.
 */
export function layout(diagram: Diagram, theme: Theme, previous?: Scene, beside: readonly Item[] = []): Scene {
  // Those beside come last, so that the widths of the diagram's own labels stand at their places.
  const measured = beside.length === 0 ? diagram : { ...diagram, items: [...diagram.items, ...beside] };
  const { columns: fresh, labelWidths, badgeWidths } = measureColumns(measured, theme.sizes);
  const before = previous === undefined ? undefined : madeFrom.get(previous);
  const same = before !== undefined && sameColumns(before.columns, fresh);
  const columns = same ? before.columns : fresh;
  const reuse = previous !== undefined && same ? { made: before, rows: previous.rows } : undefined;
  const lives = findLives(diagram.items, columns);
  const placing: Placing = {
    diagram,
    columns,
    labelWidths,
    badgeWidths,
    fragments: noFragments(columns),
    slants: findSlants(diagram, columns, lives),
    lives,
    activity: findActivity(diagram.items, columns),
    marked: diagram.items.some((item) => item.type === "step" && item.origin === "computed"),
    rows: new Array<Row>(diagram.items.length),
    stepRows: [],
    above: undefined,
  };
  const bottom = placeRows(placing, reuse);
  clearLabels(placing);
  const { rows, stepRows, slants } = placing;
  const scene: Scene = {
    width: columns.width,
    height: bottom + theme.sizes.tail + Math.round(theme.sizes.margin / 2),
    heads: placeLives(columns.heads, lives, rows, bottom + theme.sizes.tail),
    headHeight: columns.headHeight,
    bottom: bottom + theme.sizes.tail,
    boxes: fresh.boxes.map((box) => ({ ...box, bottom: bottom + theme.sizes.tail + BOX_REACH })),
    rows,
    stepRows,
    activations: placeActivations(diagram, columns, placing.activity, rows),
    frames: closeAll(placing.fragments, bottom),
    slanted: slants.list.map((slant) => slant.row),
  };
  madeFrom.set(scene, { items: diagram.items, columns, tied: slants.tied });
  return scene;
}

/** How far a box around lifelines reaches below them. */
const BOX_REACH = 4;

interface Placing {
  readonly diagram: Diagram;
  readonly columns: Columns;
  readonly labelWidths: Float64Array;
  readonly badgeWidths: Float64Array;
  readonly fragments: Fragments;
  readonly slants: Slants;
  readonly lives: Lives;
  readonly activity: Activity;
  /** Whether authored steps are told apart: only where some are computed. */
  readonly marked: boolean;
  readonly rows: Row[];
  readonly stepRows: number[];
  /** The last step's arrow, for a note that names no lifeline. */
  above: Arrow | undefined;
}

const GAP: Shape = { kind: "gap" };

interface Reuse {
  readonly made: Made;
  readonly rows: readonly Row[];
}

function placeRows(placing: Placing, reuse: Reuse | undefined): number {
  const { items } = placing.diagram;
  const { rows, stepRows, fragments } = placing;
  const shift = reuse === undefined ? 0 : reuse.made.items.length - items.length;
  let top = placing.columns.headHeight;
  for (let i = 0; i < items.length; i++) {
    const item = items[i] as Item;
    const kept = reuse === undefined ? undefined : keptRow(placing, reuse, i, shift, top);
    const row = kept ?? placeItem(placing, item, i, top);
    rows[i] = row;
    if (item.type === "step") stepRows[item.index] = i;
    if (row.shape.kind === "arrow") placing.above = row.shape;
    if (fragments.open.length > 0) enclose(fragments, row.shape);
    top += row.height;
  }
  return top;
}

function placeItem(placing: Placing, item: Item, i: number, top: number): Row {
  const { columns, slants, fragments } = placing;
  switch (item.type) {
    case "step": {
      if (item.state === true) return placeState(item, top, columns);
      const start = slants.starts.size === 0 ? undefined : slants.starts.get(i);
      const headroom = slants.headroom[i] as number;
      const badge = placing.badgeWidths[i] as number;
      const row = placeArrow({
        step: item,
        from: columnOf(item.from, columns.at),
        to: columnOf(item.to, columns.at),
        measured: placing.labelWidths[i] as number,
        badge,
        chrome: chromeWidth(badge, item.label, columns.sizes),
        top: top + headroom,
        columns,
        passed: slants.tied[i] === PASSED,
        startTop: start === undefined ? undefined : start === i ? top + headroom : placing.rows[start]?.top,
        ends: placing.activity.ends[i] as number,
        authored: placing.marked && isOpen(item),
        creates: placing.lives.creating.has(i) ? columns.heads[columnOf(item.to, columns.at)] : undefined,
      });
      return headroom === 0 ? row : { top, height: row.height + headroom, shape: row.shape };
    }
    case "note": {
      const { x1 = columns.xs[0] ?? columns.left, x2 = columns.xs[0] ?? columns.right } = placing.above ?? {};
      return placeNote(item, top, columns, [Math.min(x1, x2), Math.max(x1, x2)]);
    }
    case "divider":
      return placeDivider(item, top, columns);
    case "state":
      return placeState(item, top, columns);
    case "timer":
      return placeTimer(item, top, columns);
    case "fragment":
      return openFragment(fragments, item, top);
    case "else":
      return elseFragment(fragments, item, top);
    case "end":
      return endFragment(fragments, top);
    // Drawn on the lifelines, beside the rows.
    case "activation":
    case "life":
      return { top, height: 0, shape: GAP };
  }
}

/** The earlier row of an item that has not changed, at its new place, if it depends on nothing else that may have. */
function keptRow(placing: Placing, { made, rows }: Reuse, i: number, shift: number, top: number): Row | undefined {
  const item = placing.diagram.items[i] as Item;
  if (item.type === "fragment" || item.type === "else" || item.type === "end") return undefined;
  const was = made.items[i] === item ? i : i + shift;
  if (made.items[was] !== item) return undefined;
  if (placing.slants.tied[i] !== 0 || made.tied[was] !== 0) return undefined;
  // A note over no lifeline stands where the step above does.
  if (item.type === "note" && !item.over.some((id) => placing.columns.at.has(id))) return undefined;
  const row = rows[was];
  if (row === undefined || !sameSurroundings(placing, item, i, row.shape)) return undefined;
  return row.top === top ? row : { top, height: row.height, shape: shifted(row.shape, top - row.top) };
}

/** Whether what an arrow takes from the steps around it is as before: bars at its ends, the mark of authored steps. */
function sameSurroundings({ activity, marked }: Placing, item: Item, i: number, shape: Shape): boolean {
  if (shape.kind !== "arrow" || item.type !== "step") return true;
  const ends = (shape.startInset > 0 ? STARTS_AT_BAR : 0) | (shape.endInset > 0 ? ENDS_AT_BAR : 0);
  return ends === activity.ends[i] && shape.authored === (marked && isOpen(item));
}

/** Whether a step departs from the rules and nobody has said that this is meant. */
const isOpen = ({ origin, accepted }: Step): boolean => origin === "authored" && accepted !== true;

function sameColumns(a: Columns, b: Columns): boolean {
  return (
    a.sizes === b.sizes &&
    a.left === b.left &&
    a.right === b.right &&
    a.headHeight === b.headHeight &&
    a.heads.length === b.heads.length &&
    a.heads.every(
      (head, i) =>
        head.x === b.heads[i]?.x &&
        head.id === b.heads[i]?.id &&
        head.name === b.heads[i]?.name &&
        head.role === b.heads[i]?.role &&
        head.shape === b.heads[i]?.shape &&
        head.tint === b.heads[i]?.tint,
    )
  );
}

interface Slants {
  /** Row before which the message was sent, by the row of its arrow. */
  readonly starts: ReadonlyMap<number, number>;
  readonly tied: Uint8Array;
  /** Free height at the top of rows, where a slanted arrow sets out over the label. */
  readonly headroom: Uint8Array;
  /** Arrows that start above their own row. */
  readonly list: readonly { readonly row: number; readonly start: number }[];
}

/** Values of `tied`: a slanted arrow, and a row that one passes. */
const SLANTED = 1;
const PASSED = 2;

const HEADROOM = 18;

/** Slanted arrows look after the labels of at most this many rows that they pass; others are painted over them. */
const ROWS_PASSED = 64;

function findSlants(diagram: Diagram, columns: Columns, { creating }: Lives): Slants {
  const { items } = diagram;
  const starts = new Map<number, number>();
  const tied = new Uint8Array(items.length);
  const headroom = new Uint8Array(items.length);
  const list: { row: number; start: number }[] = [];
  const stepRows: number[] = [];
  for (let i = 0; i < items.length; i++) {
    const item = items[i] as Item;
    if (item.type !== "step") continue;
    stepRows[item.index] = i;
    if (creating.has(i)) {
      // Its row holds a head, which others of its kind do not.
      tied[i] = SLANTED;
      const from = columnOf(item.from, columns.at);
      const to = columnOf(item.to, columns.at);
      if (from < 0 || from === to) headroom[i] = (columns.heads[to]?.height ?? 0) + 2 * HEAD_CLEAR;
      continue;
    }
    if (item.sentBefore === undefined || item.state === true) continue;
    const from = columnOf(item.from, columns.at);
    const to = columnOf(item.to, columns.at);
    if (from < 0 || to < 0 || from === to) continue;
    const start = stepRows[Math.max(0, item.sentBefore)] ?? i;
    starts.set(i, start);
    if (tied[i] === 0) tied[i] = SLANTED;
    if (start >= i) continue;
    list.push({ row: i, start });
    for (let row = Math.max(start, i - ROWS_PASSED); row < i; row++) {
      if (passes(items[row] as Item, from, to, columns)) tied[row] = PASSED;
    }
    // Between neighbours it falls steeply, and the label has room beside it.
    if (tied[start] === PASSED && Math.abs(from - to) > 1) headroom[start] = HEADROOM;
  }
  return { starts, tied, headroom, list };
}

/** Whether a slanted arrow between two columns runs over another step's arrow. */
function passes(item: Item, from: number, to: number, { at }: Columns): boolean {
  if (item.type !== "step") return false;
  const a = columnOf(item.from, at);
  const b = columnOf(item.to, at);
  const low = Math.min(a < 0 ? b : a, b < 0 ? a : b);
  return Math.max(a, b, low + 1) > Math.min(from, to) && low < Math.max(from, to);
}

/** Second pass over the few labels that slanted arrows pass. */
function clearLabels({ rows, slants, columns }: Placing): void {
  const passing = new Map<number, Arrow[]>();
  for (const { row, start } of slants.list) {
    const line = rows[row]?.shape;
    if (line?.kind !== "arrow") continue;
    for (let i = Math.max(start, row - ROWS_PASSED); i < row; i++) {
      if (slants.tied[i] !== PASSED) continue;
      const lines = passing.get(i);
      if (lines === undefined) passing.set(i, [line]);
      else lines.push(line);
    }
  }
  for (const [i, lines] of passing) {
    const row = rows[i] as Row;
    if (row.shape.kind === "arrow") rows[i] = { ...row, shape: clearLabel(row.shape, lines, columns) };
  }
}

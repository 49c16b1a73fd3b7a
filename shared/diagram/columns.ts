import type { Diagram, End, Item, Lifeline, NoteItem, Step } from "./diagram.ts";
import { GROUP_PAD, groupBoxes } from "./group-boxes.ts";
import { SIGN_HEIGHT } from "./marks.ts";
import { textWidth } from "./measure.ts";
import type { GroupBox, Head } from "./scene.ts";
import type { Sizes } from "./theme.ts";
import { tintOf } from "./tint.ts";
import { balancedLines, clipLines, longestWord, widest } from "./wrap.ts";

/** Where the lifelines stand: wide enough for their heads and, within bounds, for what is written between them. */
export interface Columns {
  readonly sizes: Sizes;
  readonly heads: readonly Head[];
  readonly headHeight: number;
  /** The lifelines from left to right. */
  readonly xs: readonly number[];
  readonly at: ReadonlyMap<string, number>;
  /** Everything but frames stays between these. */
  readonly left: number;
  readonly right: number;
  readonly width: number;
  /** Boxes around heads, whose lower edge is not known yet. */
  readonly boxes: readonly GroupBox[];
}

/** A diagram's columns, and of each step the measured widths of its label and of its number's badge (0 for other items). */
export interface Measured {
  readonly columns: Columns;
  readonly labelWidths: Float64Array;
  readonly badgeWidths: Float64Array;
}

/** Narrowest content: a note must have room also where there is one lifeline, or none. */
const CONTENT_MIN = 240;

/** The lifeline's column, or -1 for an end that is not drawn as a lifeline. */
export function columnOf(end: End, at: ReadonlyMap<string, number>): number {
  return end.kind === "lifeline" ? (at.get(end.id) ?? -1) : -1;
}

/** The side on which an arrow from or to a hidden participant leaves: outwards from the first lifeline, else right. */
export function hiddenSide(column: number, count: number): 1 | -1 {
  return column === 0 && count > 1 ? -1 : 1;
}

/** Width of a number's badge, 0 without a number. */
export function badgeWidth(number: string, sizes: Sizes): number {
  if (number === "") return 0;
  return Math.max(sizes.badgeHeight + 2, Math.ceil(textWidth(number, sizes.number, "semibold")) + 2 * sizes.badgePad);
}

/** The number as the figure shows it; empty where it does not. */
export const figureNumber = (step: Step): string => (step.unnumbered === true ? "" : step.number);

/** What a label takes besides its own width: the number's badge and the room behind it. */
export function chromeWidth(badge: number, label: string, sizes: Sizes): number {
  return badge > 0 && label !== "" ? badge + sizes.badgeGap : badge;
}

/** From a lifeline to the text beside the clock that stands on it. */
export const TIMER_TEXT = 14;

export function timerText(name: string, event: "start" | "stop" | "expire"): string {
  return event === "start" ? `${name} started` : event === "stop" ? `${name} stopped` : `${name} expired`;
}

/** A participant's own name, and the role in brackets that stands under it, as "(participating function)". */
export function nameParts(name: string): readonly [own: string, role: string] {
  const bracket = name.endsWith(")") ? name.lastIndexOf(" (") : -1;
  return bracket > 0 ? [name.slice(0, bracket), name.slice(bracket + 1)] : [name, ""];
}

/** Head boxes without their place; `x` and `height` are filled in once all are known. */
function head(lifeline: Lifeline, sizes: Sizes): Head {
  const name = lifeline.name === "" ? lifeline.id : lifeline.name;
  const [own, role] = nameParts(name);
  const ownLines = clipLines(
    balancedLines(own, sizes.headText, sizes.text, "semibold").lines,
    role === "" ? sizes.headLines : sizes.headLines - 1,
    sizes.headText,
    sizes.text,
    "semibold",
  );
  const roleLines =
    role === ""
      ? []
      : clipLines(
          balancedLines(role, sizes.headText, sizes.small).lines,
          Math.max(2, sizes.headLines - 2),
          sizes.headText,
          sizes.small,
        );
  const text = Math.max(widest(ownLines, sizes.text, "semibold"), widest(roleLines, sizes.small));
  const tint = tintOf(lifeline.colour);
  return {
    id: lifeline.id,
    role: lifeline.role,
    x: 0,
    width: even(Math.max(sizes.headMin, text + 2 * sizes.headPadX)),
    lines: [...ownLines, ...roleLines],
    name,
    roleLine: ownLines.length,
    y: 0,
    height: 0,
    ...(lifeline.shape !== undefined && { shape: lifeline.shape }),
    ...(tint !== undefined && { tint }),
  };
}

const even = (value: number) => 2 * Math.ceil(value / 2);

export function headTextHeight(head: Head, sizes: Sizes): number {
  const sign = head.shape === undefined ? 0 : SIGN_HEIGHT;
  return sign + head.roleLine * sizes.line + (head.lines.length - head.roleLine) * sizes.smallLine;
}

/** The room that items ask for between lifelines; entry i is left of lifeline i, the last one right of all. */
interface Gaps {
  readonly wanted: Float64Array;
  readonly sizes: Sizes;
}

/** Asks for room for `text`, `width` wide, and `extra`; beyond the usual bound only for the sake of a long word. */
function ask({ wanted, sizes }: Gaps, gap: number, extra: number, width: number, text: string, font: number): void {
  const natural = extra + width;
  if (natural <= (wanted[gap] as number)) return;
  let size = natural;
  if (natural > sizes.gapMax) {
    if ((wanted[gap] as number) >= sizes.gapWord) return;
    size = Math.max(sizes.gapMax, Math.min(sizes.gapWord, extra + longestWord(text, font)));
  }
  if (size > (wanted[gap] as number)) wanted[gap] = size;
}

function askForStep(
  step: Step,
  labelWidth: number,
  chrome: number,
  at: ReadonlyMap<string, number>,
  gaps: Gaps,
  creates: boolean,
): void {
  const { sizes } = gaps;
  if (step.state === true) return;
  const from = columnOf(step.from, at);
  const to = columnOf(step.to, at);
  const count = gaps.wanted.length - 1;
  let extra = chrome + 2 * sizes.labelPad;
  let gap = count;
  if (from >= 0 && to >= 0) {
    gap = Math.max(from, to);
    if (from === to) {
      gap = from + 1;
      extra += sizes.bend;
    } else if (Math.abs(from - to) !== 1) return;
    else if (step.lost) extra += LOST_CLEAR;
    else if (creates) extra += sizes.headText / 2 + sizes.headPadX;
    else if (step.sentBefore !== undefined && step.sentBefore < step.index) extra += labelWidth * SLANT_SHARE;
  } else if (from >= 0 || to >= 0) {
    const column = Math.max(from, to);
    gap = hiddenSide(column, count) < 0 ? column : column + 1;
    const name = endName(from >= 0 ? step.to : step.from);
    ask(gaps, gap, sizes.hidden + 3 * sizes.labelPad, textWidth(name, sizes.small), name, sizes.small);
  } else ask(gaps, gap, sizes.hidden + 3 * sizes.labelPad, 0, "", sizes.text);
  ask(gaps, gap, extra, labelWidth, step.label, sizes.text);
}

/** The label of a lost message keeps clear of the cross at its end. */
export const LOST_CLEAR = 24;

/** A slanted arrow and its label stand side by side. */
const SLANT_SHARE = 0.8;

/** The name of an end that has no lifeline. */
export function endName(end: End): string {
  return end.kind === "hidden" ? end.name : end.kind === "lifeline" ? end.id : "";
}

/** From a lifeline to the note beside it. */
export const NOTE_SIDE = 12;

/** The lifeline beside which a note stands, and on which side; undefined for one that stands over lifelines. */
export function sideOf(
  note: NoteItem,
  at: ReadonlyMap<string, number>,
): readonly [column: number, side: 1 | -1] | undefined {
  if (note.side === undefined) return undefined;
  const columns = note.over.map((id) => at.get(id)).filter((column) => column !== undefined);
  if (columns.length === 0) return undefined;
  return note.side === "left" ? [Math.min(...columns), -1] : [Math.max(...columns), 1];
}

function askForNote(note: NoteItem, at: ReadonlyMap<string, number>, gaps: Gaps): void {
  const beside = sideOf(note, at);
  if (beside === undefined) return;
  const [column, side] = beside;
  const { sizes } = gaps;
  const number = note.number === "" ? 0 : Math.ceil(textWidth(`${note.number}:`, sizes.small, "semibold")) + 4;
  const extra = 2 * NOTE_SIDE + 2 * sizes.notePad + number;
  ask(gaps, side < 0 ? column : column + 1, extra, textWidth(note.text, sizes.small), note.text, sizes.small);
}

function askForItem(item: Item, at: ReadonlyMap<string, number>, gaps: Gaps): void {
  if (item.type === "note") askForNote(item, at, gaps);
  if (item.type !== "timer") return;
  const column = at.get(item.on);
  if (column === undefined) return;
  const { sizes } = gaps;
  const text = timerText(item.name, item.event);
  ask(gaps, column + 1, TIMER_TEXT + sizes.labelPad, textWidth(text, sizes.small), text, sizes.small);
}

/** How deep fragments nest; their frames need room at both edges. */
function fragmentDepth(items: readonly Item[]): number {
  let depth = 0;
  let deepest = 0;
  for (const item of items) {
    if (item.type === "fragment") deepest = Math.max(deepest, ++depth);
    else if (item.type === "end") depth = Math.max(0, depth - 1);
  }
  return deepest;
}

/** Places the lifelines of a diagram. One pass over the items; each label is measured once. */
export function measureColumns(diagram: Diagram, sizes: Sizes): Measured {
  const { lifelines, items } = diagram;
  const count = lifelines.length;
  const at = new Map(lifelines.map((lifeline, i) => [lifeline.id, i]));
  const gaps: Gaps = { wanted: new Float64Array(count + 1), sizes };
  const labelWidths = new Float64Array(items.length);
  const badgeWidths = new Float64Array(items.length);
  /** Lifelines that the next message to them creates. */
  const awaited = new Set<string>();
  for (let i = 0; i < items.length; i++) {
    const item = items[i] as Item;
    if (item.type === "step") {
      const width = textWidth(item.label, sizes.text);
      const badge = badgeWidth(figureNumber(item), sizes);
      labelWidths[i] = width;
      badgeWidths[i] = badge;
      const creates = awaited.size > 0 && item.to.kind === "lifeline" && awaited.delete(item.to.id);
      askForStep(item, width, chromeWidth(badge, item.label, sizes), at, gaps, creates);
    } else if (item.type === "life" && item.event === "create") awaited.add(item.on);
    else askForItem(item, at, gaps);
  }
  return { columns: place(diagram, at, gaps.wanted, fragmentDepth(items), sizes), labelWidths, badgeWidths };
}

function place(
  { lifelines, boxes: groups = [] }: Diagram,
  at: ReadonlyMap<string, number>,
  wanted: Float64Array,
  depth: number,
  sizes: Sizes,
): Columns {
  const boxes = lifelines.map((lifeline) => head(lifeline, sizes));
  const left = sizes.margin + Math.min(depth, 20) * sizes.frameInset;
  const xs: number[] = [];
  let x = left;
  let half = 0;
  for (const [i, box] of boxes.entries()) {
    const want = Math.ceil(wanted[i] as number);
    x +=
      i === 0
        ? Math.max(box.width / 2, want)
        : even(Math.max(sizes.gapMin, half + sizes.headGap + box.width / 2, want));
    xs.push(x);
    half = box.width / 2;
  }
  let right = x + Math.max(half, Math.ceil(wanted[lifelines.length] as number));
  const lack = CONTENT_MIN - (right - left);
  if (lack > 0) {
    for (let i = 0; i < xs.length; i++) xs[i] = (xs[i] as number) + Math.floor(lack / 2);
    right += lack;
  }
  const height = boxes.reduce((most, box) => Math.max(most, headTextHeight(box, sizes)), 0);
  const top = Math.round(sizes.margin / 2);
  const boxHeight = height === 0 ? 0 : height + 2 * sizes.headPadY;
  const placed = boxes.map((box, i) => ({ ...box, x: xs[i] as number, y: top, height: boxHeight }));
  const framed = groups.length === 0 ? [] : groupBoxes(groups, placed, at, top, sizes);
  const y = top + (framed[0] === undefined ? 0 : framed[0].band + GROUP_PAD);
  return {
    sizes,
    heads: y === top ? placed : placed.map((box) => ({ ...box, y })),
    boxes: framed,
    headHeight: y + boxHeight + Math.round(sizes.margin / 3),
    xs,
    at,
    left,
    right,
    width: right + left,
  };
}

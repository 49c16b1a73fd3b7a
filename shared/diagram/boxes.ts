import { badgeWidth, type Columns, NOTE_SIDE, sideOf, TIMER_TEXT, timerText } from "./columns.ts";
import type { Divider, NoteItem, StateItem, Step, TimerItem } from "./diagram.ts";
import { textWidth } from "./measure.ts";
import type { Row } from "./scene.ts";
import { tintOf } from "./tint.ts";
import { balancedLines, breakLines, widest } from "./wrap.ts";

/** How far a note over several lifelines reaches beyond the outer two. */
const NOTE_REACH = 34;

/**
 * The row of a note: over its lifelines, or, when it names none, under the step above, whose arrow runs from `above[0]`
 * to `above[1]`. It covers the lifelines behind it and stays within the diagram.
 */
export function placeNote(item: NoteItem, top: number, columns: Columns, above: readonly [number, number]): Row {
  const { sizes, xs, at } = columns;
  const over = item.over.map((id) => xs[at.get(id) ?? -1]).filter((x) => x !== undefined);
  const [low, high] = over.length === 0 ? above : [Math.min(...over), Math.max(...over)];
  const spread = over.length > 0 && high > low && item.side === undefined;
  const beside = sideOf(item, at);
  const edge = beside === undefined ? 0 : (xs[beside[0]] as number) + beside[1] * NOTE_SIDE;
  const free =
    beside === undefined ? columns.right - columns.left : beside[1] < 0 ? edge - columns.left : columns.right - edge;
  const room = Math.max(24, free - 2 * sizes.notePad);
  const indent = item.number === "" ? 0 : Math.ceil(textWidth(`${item.number}:`, sizes.small, "semibold")) + 4;
  const most = Math.min(room, spread ? high - low + 2 * (NOTE_REACH - sizes.notePad) : sizes.noteMax);
  const lines = breakLines(item.text, most, sizes.small, "regular", indent);
  const first = indent + textWidth(lines[0] ?? "", sizes.small);
  const text = spread ? most : Math.max(first, widest(lines, sizes.small));
  const width = Math.min(columns.right - columns.left, Math.ceil(text) + 2 * sizes.notePad);
  const wanted = beside === undefined ? (low + high - width) / 2 : beside[1] < 0 ? edge - width : edge;
  const x = Math.round(within(wanted, columns.left, columns.right - width));
  const tint = tintOf(item.colour);
  const height = lines.length * sizes.smallLine + 2 * (sizes.notePad - 2);
  const y = top + sizes.boxGap;
  const shape = { kind: "note" as const, x, y, width, height, number: item.number, numberWidth: indent, lines };
  return { top, height: height + 2 * sizes.boxGap, shape: tint === undefined ? shape : { ...shape, tint } };
}

function within(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}

/** The row of a divider: its text in the middle of a line across the diagram. */
export function placeDivider(item: Divider, top: number, columns: Columns): Row {
  const { sizes, left, right } = columns;
  const text = balancedLines(item.text, Math.min(sizes.labelMax, right - left - 80), sizes.small, "semibold");
  const height = text.lines.length * sizes.smallLine + 2 * sizes.boxGap + 6;
  const y = top + Math.round(height / 2);
  const shape = {
    kind: "divider" as const,
    y,
    lines: item.text.trim() === "" ? [] : text.lines,
    left,
    right,
    x: Math.round((left + right) / 2),
    textWidth: text.width,
  };
  return { top, height, shape };
}

/** The row of a state, numbered when it is a step, in a box on its lifeline. */
export function placeState(item: StateItem | Step, top: number, columns: Columns): Row {
  const { sizes, xs, at } = columns;
  const [on, text, number] =
    item.type === "state"
      ? [item.on, item.text, ""]
      : [item.from.kind === "nowhere" ? "" : item.from.id, item.label, item.number];
  const numberWidth = badgeWidth(number, sizes);
  const chrome = 2 * sizes.notePad + (numberWidth > 0 ? numberWidth + sizes.badgeGap : 0);
  const set = balancedLines(text, Math.min(sizes.noteMax * 0.75, columns.right - columns.left - chrome), sizes.small);
  const width = 2 * Math.ceil((set.width + chrome) / 2);
  const height = set.lines.length * sizes.smallLine + sizes.notePad;
  const x = Math.round(
    within(
      (xs[at.get(on) ?? -1] ?? (columns.left + columns.right) / 2) - width / 2,
      columns.left,
      columns.right - width,
    ),
  );
  const y = top + sizes.boxGap;
  const tint = tintOf(item.type === "state" ? item.colour : item.look?.colour);
  const plain = { kind: "state" as const, number, numberWidth, x, y, width, height, lines: set.lines };
  const shape = tint === undefined ? plain : { ...plain, tint };
  return {
    top,
    height: height + 2 * sizes.boxGap,
    shape: item.type === "step" ? { ...shape, step: item.index } : shape,
  };
}

/** The row of a timer: a clock on the lifeline and what happened to the timer beside it. */
export function placeTimer(item: TimerItem, top: number, columns: Columns): Row {
  const { sizes, xs, at } = columns;
  const column = at.get(item.on) ?? -1;
  const x = xs[column] ?? columns.left + TIMER_TEXT;
  const textX = x + TIMER_TEXT;
  const next = xs[column + 1];
  const end = column < 0 || next === undefined ? columns.right : next - sizes.labelPad;
  const text = balancedLines(timerText(item.name, item.event), Math.max(24, end - textX), sizes.small);
  const height = Math.max(20, text.lines.length * sizes.smallLine) + 8;
  const y = top + Math.round(height / 2);
  const shape = {
    kind: "timer" as const,
    x,
    y,
    event: item.event,
    lines: text.lines,
    textX,
    textWidth: text.width,
  };
  return { top, height, shape };
}

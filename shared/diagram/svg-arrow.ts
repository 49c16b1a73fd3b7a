import { hiddenWidth } from "./hidden.ts";
import { baseline, labelLeft, labelRight, labelTop } from "./label.ts";
import { arrowLine, authoredMark, cross, DOT_RADIUS, endDots, endMarks, tip } from "./marks.ts";
import type { Arrow } from "./scene.ts";
import { badge, type Emphasis, filled, stepGroup, textLines } from "./svg-text.ts";
import type { Colors, Sizes, Theme } from "./theme.ts";
import { escapeXml } from "./xml.ts";

/** Paints one arrow in the group of its step; `top` is the upper edge of its row. */
export type ArrowPainter = (shape: Arrow, top: number) => string;

/** A painter that remembers what ordinary arrows share: in a long diagram few of them differ in more than their text. */
export function arrowPainter(theme: Theme, emphasis: Emphasis): ArrowPainter {
  const { lines, badges, grounds, labels } = memoriesFor(theme);
  return (shape, top) => {
    if (!isOrdinary(shape) || emphasis.highlight === shape.step || emphasis.paleAfter !== undefined) {
      return paintArrow(shape, top, theme, emphasis);
    }
    const { x1, x2, numberX, numberWidth, labelX, number, lines: text } = shape;
    const y = shape.y1 - top;
    const labelY = shape.labelY - top;
    const insets = (shape.startInset > 0 ? 1 : 0) + (shape.endInset > 0 ? 2 : 0) + (shape.line === "dashed" ? 4 : 0);
    let out = `<g data-step="${shape.step}" transform="translate(0 ${top})">`;
    let slot: number;
    if (shape.masked) {
      slot = slotOf(grounds, labelLeft(shape), labelRight(shape), labelY, text.length);
      out += grounds.values[slot] ?? remember(grounds, slot, labelGround(shape, top, theme, false));
    }
    slot = slotOf(lines, x1, x2, y, insets);
    out += lines.values[slot] ?? remember(lines, slot, linework(shape, top, theme, false));
    if (number !== "") {
      slot = slotOf(badges, numberX, numberWidth, labelY, 0);
      const start =
        badges.values[slot] ??
        remember(badges, slot, badge(numberX, labelY, numberWidth, "plain", theme, theme.colors.label));
      out += `${start}${escapeXml(number)}</text>`;
    }
    for (let i = 0; i < text.length; i++) {
      const lineY = labelY + i * theme.sizes.line;
      slot = slotOf(labels, labelX, lineY, 0, 0);
      const start = labels.values[slot] ?? remember(labels, slot, `<text x="${labelX}" y="${lineY}">`);
      out += `${start}${escapeXml(text[i] as string)}</text>`;
    }
    return `${out}</g>`;
  };
}

/** A small memory for strings under four numbers; a newer one takes the place of another with the same slot. */
interface Memory {
  readonly keys: Float64Array;
  readonly values: (string | undefined)[];
}

const SLOT_BITS = 13;
const SLOTS = 1 << SLOT_BITS;

type Memories = Readonly<Record<"lines" | "badges" | "grounds" | "labels", Memory>>;

/** Kept for the next picture in the same theme. */
const memories = new WeakMap<Theme, Memories>();

function memoriesFor(theme: Theme): Memories {
  const known = memories.get(theme);
  if (known !== undefined) return known;
  const made = { lines: memory(), badges: memory(), grounds: memory(), labels: memory() };
  memories.set(theme, made);
  return made;
}

function memory(): Memory {
  return { keys: new Float64Array(4 * SLOTS).fill(Number.NaN), values: new Array(SLOTS).fill(undefined) };
}

/** The slot for four numbers; its value is undefined unless it was stored for the same four. */
function slotOf({ keys, values }: Memory, a: number, b: number, c: number, d: number): number {
  // Coordinates may be halves, and multiples of a column's width: the upper bits of the products tell those apart.
  const mixed =
    Math.imul(2 * a, 0x9e3779b1) +
    Math.imul(2 * b, 0x85ebca6b) +
    Math.imul(2 * c, 0xc2b2ae35) +
    Math.imul(2 * d, 0x27d4eb2f);
  const slot = mixed >>> (32 - SLOT_BITS);
  const at = 4 * slot;
  if (keys[at] !== a || keys[at + 1] !== b || keys[at + 2] !== c || keys[at + 3] !== d) {
    keys[at] = a;
    keys[at + 1] = b;
    keys[at + 2] = c;
    keys[at + 3] = d;
    values[slot] = undefined;
  }
  return slot;
}

function remember(memory: Memory, slot: number, value: string): string {
  // A string put together stays a tree of its pieces until a character is asked for; joining would walk it every time.
  value.charCodeAt(0);
  memory.values[slot] = value;
  return value;
}

function isOrdinary(shape: Arrow): boolean {
  return (
    shape.y1 === shape.y2 &&
    shape.via === undefined &&
    shape.startName === undefined &&
    shape.endName === undefined &&
    shape.look === undefined &&
    !shape.authored &&
    !shape.lost &&
    shape.line !== "media"
  );
}

function paintArrow(shape: Arrow, top: number, theme: Theme, emphasis: Emphasis): string {
  const current = shape.step === emphasis.highlight;
  const ground = shape.masked ? labelGround(shape, top, theme, current) : "";
  const content =
    linework(shape, top, theme, current) + extras(shape, top, theme, current) + paintLabel(shape, top, theme, current);
  return stepGroup(shape.step, top, emphasis, ground, content);
}

function arrowColor(shape: Arrow, colors: Colors, current: boolean): string {
  if (current) return colors.current;
  if (shape.lost) return colors.lost;
  if (shape.look?.tint !== undefined) return colors.tints[shape.look.tint].text;
  if (shape.authored) return colors.authored;
  return shape.line === "media" ? colors.media : colors.arrow;
}

/** The line and its head, or the cross at its end. */
function linework(shape: Arrow, top: number, { colors, sizes }: Theme, current: boolean): string {
  const color = arrowColor(shape, colors, current);
  const path = arrowLine(shape, sizes, top);
  const lost = shape.lost
    ? `<path d="${cross(shape.x2, shape.y2 - top)}" fill="none" stroke="${color}" stroke-width="2"/>`
    : "";
  const end =
    shape.look === undefined
      ? lost || plainTip(shape, top, color, sizes, colors.label)
      : lost + ends(shape, top, color, sizes);
  if (shape.line === "media") {
    const inside = current ? colors.currentBand : colors.canvas;
    return `<path d="${path}" fill="none" stroke="${color}" stroke-width="5"/><path d="${path}" fill="none" stroke="${inside}" stroke-width="2"/>${end}`;
  }
  const dashes = shape.line === "dashed" ? ' stroke-dasharray="6 4"' : "";
  // A straight line has nothing to fill; the usual width is that of the group of rows.
  const fill = shape.bend === undefined ? "" : ' fill="none"';
  return `<path d="${path}"${fill} stroke="${color}"${current ? ' stroke-width="2"' : ""}${dashes}/>${end}`;
}

const plainTip = (shape: Arrow, top: number, color: string, sizes: Sizes, around: string): string =>
  `<polygon points="${tip(shape, sizes, top)}"${filled(color, around)}/>`;

/** Heads, tails and dots of an arrow that is drawn in its own way. */
function ends(shape: Arrow, top: number, color: string, sizes: Sizes): string {
  let out = "";
  for (const { path, filled } of endMarks(shape, sizes, top)) {
    out += filled
      ? `<path d="${path}" fill="${color}"/>`
      : `<path d="${path}" fill="none" stroke="${color}" stroke-width="1.5"/>`;
  }
  for (const { x, y } of endDots(shape, top)) out += `<circle cx="${x}" cy="${y}" r="${DOT_RADIUS}" fill="${color}"/>`;
  return out;
}

/** The canvas colour under a label and a hidden participant's name that lie over other lines. */
function labelGround(shape: Arrow, top: number, { colors, sizes }: Theme, current: boolean): string {
  const { hidden, lines } = shape;
  const fill = current ? colors.currentBand : colors.canvas;
  const left = labelLeft(shape) - 4;
  const width = labelRight(shape) + 4 - left;
  const height = Math.max(1, lines.length) * sizes.line;
  const under = `<rect x="${left}" y="${labelTop(shape, sizes) - top}" width="${width}" height="${height}" fill="${fill}"/>`;
  if (hidden === undefined || hidden.lines.length === 0) return under;
  const wide = hiddenWidth(hidden, sizes);
  const tall = hidden.lines.length * sizes.smallLine;
  const x = hidden.anchor === "start" ? hidden.x : hidden.x - wide;
  return `${under}<rect x="${x}" y="${hidden.y - top - tall / 2}" width="${wide}" height="${tall}" fill="${fill}"/>`;
}

/** Dots at hidden ends and at participants passed, the mark of an authored arrow, the name of a hidden participant. */
function extras(shape: Arrow, top: number, { colors, sizes }: Theme, current: boolean): string {
  const color = arrowColor(shape, colors, current);
  const { hidden } = shape;
  let out = "";
  if (shape.startName !== undefined) out += `<circle cx="${shape.x1}" cy="${shape.y1 - top}" r="3" fill="${color}"/>`;
  if (shape.endName !== undefined && !shape.lost) {
    const x = shape.x2 + (shape.x2 > shape.x1 ? 3 : -3);
    out += `<circle cx="${x}" cy="${shape.y2 - top}" r="3" fill="${color}"/>`;
  }
  for (const point of shape.via ?? []) {
    out += `<circle cx="${point.x}" cy="${point.y - top}" r="2.5" fill="${colors.canvas}" stroke="${color}"/>`;
  }
  if (shape.authored) out += `<polygon points="${authoredMark(shape, top)}" fill="${color}"/>`;
  if (hidden === undefined || hidden.lines.length === 0) return out;
  const y = hidden.y - top - (hidden.lines.length * sizes.smallLine) / 2 + baseline(sizes.smallLine, sizes.small);
  const lines = textLines(hidden.lines, hidden.x, y, sizes.smallLine);
  return `${out}<g font-size="${sizes.small}" fill="${colors.muted}" text-anchor="${hidden.anchor}">${lines}</g>`;
}

function paintLabel(shape: Arrow, top: number, theme: Theme, current: boolean): string {
  const { lines, number } = shape;
  const { colors, sizes } = theme;
  const labelY = shape.labelY - top;
  let out = "";
  if (number !== "") {
    const look = current ? "current" : shape.authored ? "authored" : "plain";
    out = `${badge(shape.numberX, labelY, shape.numberWidth, look, theme, colors.label)}${escapeXml(number)}</text>`;
  }
  if (lines.length === 0) return out;
  const text = textLines(lines, shape.labelX, labelY, sizes.line);
  const tint = shape.look?.tint;
  if (!current && !shape.authored && tint === undefined) return out + text;
  const fill = current ? colors.current : tint === undefined ? colors.authored : colors.tints[tint].text;
  return `${out}<g fill="${fill}">${text}</g>`;
}

import { UNITS } from "./font-metrics.ts";
import { textWidth, unitsOf, type Weight } from "./measure.ts";

/**
 * Breaking text into lines. A line ends where the text says so, after spaces, before an opening bracket and between Han
 * characters; after `/` and inside a word only where the word does not fit a line of its own.
 */

export interface Block {
  readonly lines: readonly string[];
  /** Width of the widest line, rounded up. */
  readonly width: number;
}

const LINE_FEED = 0x0a;
const SPACE = 0x20;
const SLASH = 0x2f;
const BRACKET = 0x28;
const ZERO_WIDTH_JOINER = 0x200d;

/** Han, Kana and Hangul: a line may end between any two of them. */
const isIdeograph = (code: number) =>
  code >= 0x2e80 &&
  (code < 0xa4d0 ||
    (code >= 0xac00 && code < 0xd7b0) ||
    (code >= 0xf900 && code < 0xfb00) ||
    (code >= 0x20000 && code < 0x40000));

/** Where a word that does not fit is best cut: after one of these, in addresses, identifiers and header fields. */
const CUT_AFTER = "-_.,;:@=&?";

const OTHER_SPACE = /[\t\v\f\r\u0085\u2028\u2029]/;

function normal(text: string): string {
  if (!OTHER_SPACE.test(text)) return text;
  return text.replace(/\r\n?|[\u2028\u2029]/g, "\n").replace(/[\t\v\f\u0085]/g, " ");
}

/**
 * The parts of one text that stay together: where each starts and ends, its width, the width of the spaces behind it, and
 * whether the line ends there in any case. Reused for each text, so that setting many labels leaves no litter.
 */
const parts = {
  count: 0,
  starts: new Int32Array(256),
  ends: new Int32Array(256),
  widths: new Float64Array(256),
  spaces: new Float64Array(256),
  final: new Uint8Array(256),
  widest: 0,
};

function makeRoom(count: number): void {
  if (count <= parts.starts.length) return;
  parts.starts = new Int32Array(2 * count);
  parts.ends = new Int32Array(2 * count);
  parts.widths = new Float64Array(2 * count);
  parts.spaces = new Float64Array(2 * count);
  parts.final = new Uint8Array(2 * count);
}

function endPart(start: number, end: number, width: number, spaces: number, final: 0 | 1): void {
  const i = parts.count++;
  parts.starts[i] = start;
  parts.ends[i] = end;
  parts.widths[i] = width;
  parts.spaces[i] = spaces;
  parts.final[i] = final;
  if (width > parts.widest) parts.widest = width;
}

/** Divides a text into `parts`. */
function divide(text: string, weight: Weight): void {
  makeRoom(text.length + 1);
  parts.count = 0;
  parts.widest = 0;
  let start = 0;
  let end = 0;
  let width = 0;
  let spaces = 0;
  let before = 0;
  for (let i = 0; i < text.length; ) {
    const code = text.codePointAt(i) as number;
    const next = i + (code > 0xffff ? 2 : 1);
    if (code === LINE_FEED) {
      endPart(start, end, width, spaces, 1);
      start = end = next;
      width = spaces = 0;
    } else if (code === SPACE) {
      if (end > start) spaces += unitsOf(code, before, weight);
      else start = end = next;
    } else {
      const units = unitsOf(code, before, weight);
      const joined = units === 0 || before === ZERO_WIDTH_JOINER;
      if (end > start && (spaces > 0 || (!joined && (code === BRACKET || isIdeograph(code) || isIdeograph(before))))) {
        endPart(start, end, width, spaces, 0);
        start = i;
        width = spaces = 0;
      }
      width += units;
      end = next;
    }
    before = code;
    i = next;
  }
  endPart(start, end, width, spaces, 1);
}

/** How many lines the `parts` take, or 0 when one is too wide; with `text`, the lines themselves are put into `lines`. */
function fill(limit: number, firstLimit: number, text?: string, lines?: string[]): number {
  const { count, starts, ends, widths, spaces, final } = parts;
  if (parts.widest > limit) return 0;
  let lineCount = 0;
  let first = 0;
  let used = 0;
  let room = firstLimit;
  for (let i = 0; i < count; i++) {
    if (used + (widths[i] as number) > room && (i > first || lineCount === 0)) {
      lines?.push(i > first ? (text as string).slice(starts[first], ends[i - 1]) : "");
      lineCount++;
      first = i;
      used = 0;
      room = limit;
    }
    used += (widths[i] as number) + (spaces[i] as number);
    if (final[i] === 1) {
      lines?.push((text as string).slice(starts[first], ends[i]));
      lineCount++;
      first = i + 1;
      used = 0;
      room = limit;
    }
  }
  return lineCount;
}

function skipSpaces(text: string, at: number): number {
  let i = at;
  while (text.charCodeAt(i) === SPACE) i++;
  return i;
}

/** The end of the line that starts at `start` and is at most `limit` units wide; it holds at least one character. */
function lineEnd(text: string, start: number, limit: number, weight: Weight): number {
  let units = 0;
  let before = 0;
  let breakAt = -1;
  let weakAt = -1;
  let cutAt = -1;
  let i = start;
  while (i < text.length) {
    const code = text.codePointAt(i) as number;
    const width = unitsOf(code, before, weight);
    const joined = width === 0 || before === ZERO_WIDTH_JOINER;
    if (i > start && !joined && (code === BRACKET || isIdeograph(code) || isIdeograph(before))) breakAt = i;
    if (units + width > limit && i > start && !joined && code !== SPACE) {
      return breakAt > start ? breakAt : weakAt > start ? weakAt : cutAt > start ? cutAt : i;
    }
    units += width;
    i += code > 0xffff ? 2 : 1;
    if (code === SPACE) breakAt = i;
    else if (code === SLASH) weakAt = i;
    else if (code < 0x80 && CUT_AFTER.includes(text.charAt(i - 1))) cutAt = i;
    before = code;
  }
  return i;
}

/** The slow way, for text with a word wider than a line. */
function cutLines(text: string, limit: number, firstLimit: number, weight: Weight): string[] {
  const lines: string[] = [];
  let room = firstLimit;
  for (const paragraph of text.split("\n")) {
    let start = skipSpaces(paragraph, 0);
    if (start === paragraph.length) lines.push("");
    while (start < paragraph.length) {
      const end = lineEnd(paragraph, start, room, weight);
      lines.push(paragraph.slice(start, end).trimEnd());
      start = skipSpaces(paragraph, end);
      room = limit;
    }
  }
  return lines;
}

/** Lines without the empty ones at the end, in a list of their own: one that has grown has room for many more. */
function trimmed(lines: readonly string[]): readonly string[] {
  let count = lines.length;
  while (count > 1 && lines[count - 1] === "") count--;
  return lines.slice(0, count);
}

/**
 * Breaks text into lines at most `width` wide; line breaks in the text are kept. A line holds at least one character,
 * so it is wider than `width` only where a single character is. `indent` is room kept free at the start of the first line.
 */
export function breakLines(
  text: string,
  width: number,
  size: number,
  weight: Weight = "regular",
  indent = 0,
): readonly string[] {
  const written = normal(text);
  const limit = (width * UNITS) / size;
  const firstLimit = limit - (indent * UNITS) / size;
  divide(written, weight);
  const lines: string[] = [];
  if (fill(limit, firstLimit, written, lines) > 0) return trimmed(lines);
  return trimmed(cutLines(written, limit, firstLimit, weight));
}

export function widest(lines: readonly string[], size: number, weight: Weight = "regular"): number {
  let width = 0;
  for (const line of lines) width = Math.max(width, textWidth(line, size, weight));
  return width;
}

/** The width of the widest part of the text that stays together on a line. */
export function longestWord(text: string, size: number, weight: Weight = "regular"): number {
  divide(normal(text), weight);
  return (parts.widest * size) / UNITS;
}

/**
 * Blocks by width, size and weight, and text. The same few labels come again and again, also in the next layout; emptied
 * when it grows, so that it holds no document in memory for long.
 */
const blocks = new Map<number, Map<string, Block>>();
const BLOCKS_KEPT = 4000;
let blocksHeld = 0;

/** As `breakLines`, and then with lines of about the same length: as narrow as the same number of lines allows. */
export function balancedLines(text: string, width: number, size: number, weight: Weight = "regular"): Block {
  const whole = Math.floor(width);
  const key = (whole * 1000 + Math.round(size * 10)) * 2 + (weight === "regular" ? 0 : 1);
  let known = blocks.get(key);
  const found = known?.get(text);
  if (found !== undefined) return found;
  if (++blocksHeld > BLOCKS_KEPT) {
    blocks.clear();
    blocksHeld = 1;
    known = undefined;
  }
  if (known === undefined) {
    known = new Map();
    blocks.set(key, known);
  }
  const block = balance(text, whole, size, weight);
  known.set(text, block);
  return block;
}

function balance(text: string, width: number, size: number, weight: Weight): Block {
  const written = normal(text);
  const limit = (width * UNITS) / size;
  divide(written, weight);
  const count = fill(limit, limit);
  let lines: string[] = [];
  if (count === 0) lines = cutLines(written, limit, limit, weight);
  else {
    let low = Math.max(limit / 2, parts.widest);
    let high = limit;
    while (count > 1 && high - low > UNITS / 8) {
      const middle = (low + high) / 2;
      if (fill(middle, middle) <= count) high = middle;
      else low = middle;
    }
    fill(high, high, written, lines);
  }
  const kept = trimmed(lines);
  return { lines: kept, width: Math.ceil(widest(kept, size, weight)) };
}

/** At most `count` lines; where more were needed the last one ends in "…" and stays within `width`. */
export function clipLines(
  lines: readonly string[],
  count: number,
  width: number,
  size: number,
  weight: Weight = "regular",
): readonly string[] {
  if (lines.length <= count) return lines;
  const kept = lines.slice(0, count);
  let last = kept.at(-1) ?? "";
  while (last !== "" && textWidth(`${last}…`, size, weight) > width) last = Array.from(last).slice(0, -1).join("");
  kept[count - 1] = `${last.trimEnd()}…`;
  return kept;
}

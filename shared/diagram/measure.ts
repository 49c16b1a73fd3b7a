import { interRegular, interSemibold, UNITS, type WidthRuns } from "./font-metrics.ts";

/**
 * How wide text is, from the bundled advance widths of Inter; no DOM. Characters that Inter does not have get the width
 * that common fallback fonts give them, rather too wide than too narrow. Kerning is left out: it makes text narrower.
 */

export type Weight = "regular" | "semibold";

/** Code points below this are looked up; the others (CJK, emoji, rare scripts) are judged by range. */
const LIMIT = 0x2c00;

/** First code point of a range, and the width of its characters in parts of the font size; up to the next entry. */
const FALLBACK: readonly (readonly [number, number])[] = [
  [0x0000, 0.6],
  [0x0300, 0], // combining marks
  [0x0370, 0.65],
  [0x0483, 0],
  [0x048a, 0.65],
  [0x0591, 0], // Hebrew points
  [0x05be, 0.62],
  [0x0600, 0.6], // Arabic
  [0x0610, 0],
  [0x061b, 0.6],
  [0x064b, 0],
  [0x0660, 0.6],
  [0x0900, 0.72], // scripts of India and South-East Asia
  [0x1100, 1], // Hangul Jamo
  [0x1200, 0.8],
  [0x1ab0, 0],
  [0x1b00, 0.72],
  [0x1dc0, 0],
  [0x1e00, 0.6],
  [0x2000, 0.5], // spaces
  [0x200b, 0], // zero-width space, joiners, marks of direction
  [0x2010, 0.6],
  [0x2028, 0],
  [0x202f, 0.25],
  [0x2030, 0.9],
  [0x2060, 0],
  [0x2070, 0.6],
  [0x20d0, 0],
  [0x2100, 0.9],
  [0x2600, 1.3], // symbols that may be drawn as emoji
  [0x27c0, 0.9],
  [0x2c00, 0.8],
  [0x2e80, 1], // Han, Kana, Hangul
  [0xa4d0, 0.8],
  [0xac00, 1],
  [0xd7b0, 0.6],
  [0xf900, 1],
  [0xfb00, 0.65],
  [0xfe00, 0], // variation selectors
  [0xfe10, 1],
  [0xfe70, 0.6],
  [0xfeff, 0],
  [0xff00, 1],
  [0xff61, 0.55],
  [0xffe0, 1],
  [0x10000, 0.8],
  [0x1f000, 1.3], // emoji
  [0x20000, 1], // Han
  [0xe0000, 0], // tags
];

const FALLBACK_FIRST = Uint32Array.from(FALLBACK, ([first]) => first);
const FALLBACK_UNITS = Uint16Array.from(FALLBACK, ([, width]) => Math.round(width * UNITS));

function fallbackUnits(code: number): number {
  let low = 0;
  let high = FALLBACK_FIRST.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((FALLBACK_FIRST[middle] as number) <= code) low = middle;
    else high = middle - 1;
  }
  return FALLBACK_UNITS[low] as number;
}

function tableOf(runs: WidthRuns): Uint16Array {
  const table = new Uint16Array(LIMIT);
  FALLBACK_FIRST.forEach((first, i) => {
    table.fill(FALLBACK_UNITS[i] as number, Math.min(first, LIMIT));
  });
  for (const [first, digits] of Object.entries(runs)) {
    for (let i = 0; 2 * i < digits.length; i++) {
      const width = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 36);
      if (width > 0) table[Number(first) + i] = width;
    }
  }
  return table;
}

const REGULAR = tableOf(interRegular);
const SEMIBOLD = tableOf(interSemibold);

/** Asked for rather than looked up by name: code made for one name alone would have to be thrown away at the other. */
const tableFor = (weight: Weight): Uint16Array => (weight === "semibold" ? SEMIBOLD : REGULAR);

const ZERO_WIDTH_JOINER = 0x200d;
const isEmoji = (code: number) => code >= 0x1f000 && code < 0x20000;
const isSkinTone = (code: number) => code >= 0x1f3fb && code <= 0x1f3ff;
const isFlagLetter = (code: number) => code >= 0x1f1e6 && code <= 0x1f1ff;

/** Width of one code point in font units; `before` is the code point in front of it, 0 at the start. */
export function unitsOf(code: number, before: number, weight: Weight): number {
  if (code < LIMIT) return tableFor(weight)[code] as number;
  // A joined sequence or a skin tone changes the emoji in front of it; two letters make one flag.
  if (isSkinTone(code) || (before === ZERO_WIDTH_JOINER && isEmoji(code))) return 0;
  const units = fallbackUnits(code);
  return isFlagLetter(code) ? units >> 1 : units;
}

function unitsFrom(text: string, start: number, weight: Weight): number {
  let units = 0;
  let before = start > 0 ? (text.codePointAt(start - 1) as number) : 0;
  for (let i = start; i < text.length; ) {
    const code = text.codePointAt(i) as number;
    units += unitsOf(code, before, weight);
    before = code;
    i += code > 0xffff ? 2 : 1;
  }
  return units;
}

/** The width of one line of text at a font size, in the unit of the size. A line break in it has no meaning here. */
export function textWidth(text: string, size: number, weight: Weight = "regular"): number {
  const table = tableFor(weight);
  let units = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= LIMIT) {
      units += unitsFrom(text, i, weight);
      break;
    }
    units += table[code] as number;
  }
  return (units * size) / UNITS;
}

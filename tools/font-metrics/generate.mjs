// Writes shared/diagram/font-metrics.ts: the advance widths of Inter, read from the fonts of @expo-google-fonts/inter.
// Run it after an update of that package: node tools/font-metrics/generate.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const fonts = dirname(require.resolve("@expo-google-fonts/inter/package.json"));
const target = join(dirname(fileURLToPath(import.meta.url)), "../../shared/diagram/font-metrics.ts");

/** Widths are kept in this many parts of the font size; two base-36 digits then reach 2.5 times the size. */
const UNITS = 512;
/** Scripts and symbols worth bundling, as first and last code point. */
const RANGES = [
  [0x20, 0x7e],
  [0xa0, 0x24f],
  [0x370, 0x3ff],
  [0x400, 0x52f],
  [0x1e00, 0x1eff],
  [0x2010, 0x2027],
  [0x2030, 0x205e],
  [0x2070, 0x209f],
  [0x20a0, 0x20bf],
  [0x2100, 0x214f],
  [0x2190, 0x21ff],
  [0x2200, 0x22ff],
  [0x2460, 0x2473],
  [0x25a0, 0x25ff],
];

/**
 * The tables of a TrueType file by name, as offsets.
 * @param {Buffer} font
 * @returns {(name: string) => number}
 */
function tables(font) {
  const found = new Map();
  for (let i = 0; i < font.readUInt16BE(4); i++) {
    const entry = 12 + 16 * i;
    found.set(font.toString("latin1", entry, entry + 4), font.readUInt32BE(entry + 8));
  }
  return (name) => {
    if (!found.has(name)) throw new Error(`the font has no table ${name}`);
    return found.get(name);
  };
}

/**
 * Glyph by code point, from the format 12 subtable of the character map.
 * @param {Buffer} font
 * @param {number} cmap
 */
function characterMap(font, cmap) {
  const glyphs = new Map();
  for (let i = 0; i < font.readUInt16BE(cmap + 2); i++) {
    const table = cmap + font.readUInt32BE(cmap + 8 + 8 * i);
    if (font.readUInt16BE(table) !== 12) continue;
    for (let group = 0; group < font.readUInt32BE(table + 12); group++) {
      const at = table + 16 + 12 * group;
      const first = font.readUInt32BE(at);
      const last = font.readUInt32BE(at + 4);
      const glyph = font.readUInt32BE(at + 8);
      for (let code = first; code <= last; code++) glyphs.set(code, glyph + code - first);
    }
  }
  if (glyphs.size === 0) throw new Error("the font has no character map of format 12");
  return glyphs;
}

/**
 * The advance widths of every range, a line each.
 * @param {string} path
 */
function encode(path) {
  const font = readFileSync(path);
  const at = tables(font);
  const unitsPerEm = font.readUInt16BE(at("head") + 18);
  const longMetrics = font.readUInt16BE(at("hhea") + 34);
  const glyphs = characterMap(font, at("cmap"));
  /** @param {number} glyph */
  const advance = (glyph) => font.readUInt16BE(at("hmtx") + 4 * Math.min(glyph, longMetrics - 1));
  return RANGES.map(([first = 0, last = 0]) => {
    let digits = "";
    for (let code = first; code <= last; code++) {
      const glyph = glyphs.get(code);
      const width = glyph === undefined ? 0 : Math.round((advance(glyph) * UNITS) / unitsPerEm);
      if (width > 35 * 36 + 35) throw new Error(`the width of U+${code.toString(16)} does not fit two digits`);
      digits += width.toString(36).padStart(2, "0");
    }
    return `  0x${first.toString(16)}: "${digits}",`;
  }).join("\n");
}

const regular = encode(join(fonts, "400Regular/Inter_400Regular.ttf"));
const semibold = encode(join(fonts, "600SemiBold/Inter_600SemiBold.ttf"));
const source = `// Written by tools/font-metrics/generate.mjs from @expo-google-fonts/inter ${require("@expo-google-fonts/inter/package.json").version}; do not edit.

/** Widths are given in this many parts of the font size. */
export const UNITS = ${UNITS};

/** Runs of code points: the first, and two base-36 digits for each width from there; 00 where the font has no glyph. */
export type WidthRuns = Readonly<Record<number, string>>;

export const interRegular: WidthRuns = {
${regular}
};

export const interSemibold: WidthRuns = {
${semibold}
};
`;
writeFileSync(target, source);

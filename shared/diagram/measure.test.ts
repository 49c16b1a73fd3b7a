import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { UNITS } from "./font-metrics.ts";
import { textWidth, unitsOf, type Weight } from "./measure.ts";

const fonts = dirname(createRequire(import.meta.url).resolve("@expo-google-fonts/inter/package.json"));

/** Advance width of the glyph of an ASCII character in the font's own units, by the format 4 table of its character map. */
function advance(file: string, character: string): { readonly width: number; readonly em: number } {
  const font = readFileSync(join(fonts, file));
  const at = new Map<string, number>();
  for (let i = 0; i < font.readUInt16BE(4); i++)
    at.set(font.toString("latin1", 12 + 16 * i, 16 + 16 * i), font.readUInt32BE(20 + 16 * i));
  const table = (name: string) => at.get(name) ?? Number.NaN;
  const code = character.charCodeAt(0);
  const subtables = font.readUInt16BE(table("cmap") + 2);
  for (let i = 0; i < subtables; i++) {
    const map = table("cmap") + font.readUInt32BE(table("cmap") + 8 + 8 * i);
    if (font.readUInt16BE(map) !== 4) continue;
    const double = font.readUInt16BE(map + 6);
    for (let s = 0; s < double; s += 2) {
      const end = font.readUInt16BE(map + 14 + s);
      const start = font.readUInt16BE(map + 16 + double + s);
      if (code < start || code > end) continue;
      const delta = font.readUInt16BE(map + 16 + 2 * double + s);
      const rangeAt = map + 16 + 3 * double + s;
      const offset = font.readUInt16BE(rangeAt);
      const glyph = offset === 0 ? (code + delta) & 0xffff : font.readUInt16BE(rangeAt + offset + 2 * (code - start));
      return { width: font.readUInt16BE(table("hmtx") + 4 * glyph), em: font.readUInt16BE(table("head") + 18) };
    }
  }
  throw new Error(`no glyph for ${character}`);
}

describe("bundled widths", () => {
  test.each([
    ["400Regular/Inter_400Regular.ttf", "regular"],
    ["600SemiBold/Inter_600SemiBold.ttf", "semibold"],
  ] as const)("are those of the font %s", (file, weight) => {
    for (const character of "CPM Session Invitation (x) 0123456789/&") {
      const { width, em } = advance(file, character);
      expect(Math.abs(textWidth(character, 1000, weight as Weight) - (1000 * width) / em)).toBeLessThan(1000 / UNITS);
    }
  });

  test("bold is wider than regular, and width grows with the size", () => {
    expect(textWidth("SIP/IP Core", 13, "semibold")).toBeGreaterThan(textWidth("SIP/IP Core", 13));
    expect(textWidth("SIP/IP Core", 26)).toBeCloseTo(2 * textWidth("SIP/IP Core", 13));
  });
});

describe("characters the font does not have", () => {
  test("Han characters are as wide as the font size", () => expect(textWidth("会话", 10)).toBe(20));

  test("an emoji sequence, a skin tone and a flag are one picture", () => {
    const one = textWidth("👍", 10);
    expect(one).toBeGreaterThan(10);
    expect(textWidth("👍🏽", 10)).toBe(one);
    expect(textWidth("👩‍👩‍👧‍👦", 10)).toBe(one);
    expect(textWidth("🇩🇪", 10)).toBeCloseTo(one, 0);
  });

  test("marks that combine and marks of direction take no room", () => {
    expect(textWidth("e\u0301\u200f\u2066", 10)).toBe(textWidth("e", 10));
  });

  test("Arabic and Hebrew have a sensible width", () => {
    expect(textWidth("دعوة", 10)).toBeGreaterThan(15);
    expect(textWidth("הזמנה", 10)).toBeLessThan(50);
  });
});

test("a text is as wide as its characters, wherever it is cut between two letters", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme-ascii" }), fc.string({ unit: "grapheme-ascii" }), (a, b) => {
      expect(textWidth(a + b, 512)).toBe(textWidth(a, 512) + textWidth(b, 512));
    }),
  );
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      let units = 0;
      let before = 0;
      for (const character of text) {
        const code = character.codePointAt(0) ?? 0;
        units += unitsOf(code, before, "regular");
        before = code;
      }
      expect(textWidth(text, UNITS)).toBe(units);
    }),
  );
});

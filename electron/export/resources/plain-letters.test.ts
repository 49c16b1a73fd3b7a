import { mkdirSync, writeFileSync } from "node:fs";
import { create, type Font } from "fontkit";
import { expect, test } from "vitest";
import { compress } from "wawoff2";
import { figureFonts } from "./figure-fonts.ts";
import { interFonts } from "./inter.ts";
import { plainFonts, plainLetters } from "./plain-letters.ts";
import { interSubset } from "./subset.ts";

const weights = ["regular", "semibold"] as const;

test.each(weights)("EX99: the plain letters of Inter %s are those that HarfBuzz gives", async (weight) => {
  const made = await compress(Buffer.from((await interSubset(plainLetters))[weight], "base64"));
  if (process.env.GOLDEN === "write") {
    const folder = new URL("./plain-letters/", import.meta.url);
    mkdirSync(folder, { recursive: true });
    writeFileSync(new URL(`${weight}.woff2`, folder), made);
  }
  expect(Buffer.from(made).equals(plainFonts[weight])).toBe(true);
});

test.each(weights)("EX99: a line of them is as wide in the plain letters as in Inter %s", (weight) => {
  const [plain, inter] = [plainFonts[weight], interFonts[weight]].map((file) => create(Buffer.from(file)) as Font);
  for (const line of [plainLetters, "“AVATAR” – Typing … (INVITE) -> 200 OK"])
    expect(plain?.layout(line).advanceWidth).toBe(inter?.layout(line).advanceWidth);
});

test("EX99: a figure has the plain letters where they do, and else the glyphs of its own", async () => {
  const has = async (text: string, letter: string) => {
    const fonts = await figureFonts(text);
    const font = create(Buffer.from(typeof fonts === "string" ? fonts : fonts.regular, "base64")) as Font;
    return font.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0);
  };
  for (const letter of plainLetters) expect(await has("INVITE (“B1”)", letter)).toBe(true);
  expect(await has("Ω → B1", "Ω")).toBe(true);
  expect(await has("Ω → B1", "q")).toBe(false);
});

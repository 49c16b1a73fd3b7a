import type { Font } from "fontkit";

let inter: Font | undefined;

/** Plain Latin with the usual quotes and dashes, which is what nearly every flow is written in, and which Inter has. */
const PLAIN = /^[\u0020-\u007e\u00a0-\u00ac\u00ae-\u017f–—‘’“”…]*$/;

/** Takes no room of its own: joiners, variation selectors, marks of direction. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Variation_Selector}]/u;

/** The characters of a text that Inter has no glyph for, each once, in the order of the text. */
export async function missingInInter(text: string): Promise<readonly string[]> {
  if (PLAIN.test(text)) return [];
  // Loaded when it is needed: it takes a third of a short command's time.
  inter ??= await openInter();
  const font = inter;
  return [...new Set(text)].filter(
    (character) => !INVISIBLE.test(character) && !font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0),
  );
}

async function openInter(): Promise<Font> {
  const [{ create }, { interFonts }] = await Promise.all([import("fontkit"), import("./inter.ts")]);
  return create(Buffer.from(interFonts.regular)) as Font;
}

/** A sentence about characters that a picture cannot show, if there are any. */
export async function missingRemark(text: string, shown: string): Promise<readonly string[]> {
  const missing = await missingInInter(text);
  if (missing.length === 0) return [];
  const first = missing.slice(0, NAMED).join(" ");
  const more = missing.length > NAMED ? ` and ${missing.length - NAMED} more` : "";
  const one = missing.length === 1;
  return [`The font Inter has no ${one ? "character" : "characters"} ${first}${more}; ${shown}.`];
}

/** A sentence names no more characters than this. */
const NAMED = 8;

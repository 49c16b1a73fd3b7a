import type { FontFiles } from "../../../shared/diagram/svg.ts";
import { plainFonts, plainLetters } from "./plain-letters.ts";

const plain: ReadonlySet<string> = new Set(plainLetters);

/** The fonts for a figure in which these characters are drawn: they have at least their glyphs, if Inter has them. */
export async function figureFonts(text: string): Promise<FontFiles> {
  if (!Array.from(text).every((character) => plain.has(character)))
    return (await import("./subset.ts")).interSubset(text);
  const { regular, semibold } = plainFonts;
  return { regular: base64(regular), semibold: base64(semibold) };
}

const base64 = (bytes: Uint8Array<ArrayBuffer>): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64");

import regular from "./plain-letters/regular.woff2?bytes";
import semibold from "./plain-letters/semibold.woff2?bytes";

/** What nearly every figure is written with: the characters of a keyboard, and the quotes and dashes of a text. */
export const plainLetters = `${String.fromCharCode(...Array.from({ length: 95 }, (_, i) => 0x20 + i))}–—‘’“”…`;

/**
 * Inter with these letters alone, as WOFF2. A figure takes these fonts where they do, and needs no HarfBuzz then, which
 * takes longer to load than a short figure to draw. Made by `plain-letters.test.ts`.
 */
export const plainFonts = { regular, semibold } as const;

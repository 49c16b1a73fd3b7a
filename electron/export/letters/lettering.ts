import { type Mask, maskOf } from "./glyph-mask.ts";
import { interLetters, type Shaped } from "./harfbuzz.ts";
import type { PlacedText } from "./texts.ts";

/** A picture, or a band of one, as it was painted: four bytes a pixel, red, green and blue multiplied by alpha. */
interface Canvas {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Pixels for one of the document, across and down, and the pixel of the whole picture in which the canvas begins. */
interface Placing {
  readonly scaleX: number;
  readonly scaleY: number;
  readonly top: number;
}

/** Parts of a pixel at which letters stand, as text of a browser does. */
const PARTS = 4;

/** More is not remembered at a time. */
const MOST_LINES = 10_000;
const MOST_PIXELS = 16_000_000;

const lines = new Map<string, Shaped | undefined>();
const masks = new Map<string, Map<number, Mask>>();
let remembered = 0;

/** Whether Inter has every letter of a text. */
export function isLettered({ text, weight }: PlacedText): boolean {
  return shaped(text, weight) !== undefined;
}

function shaped(text: string, weight: PlacedText["weight"]): Shaped | undefined {
  const key = `${weight} ${text}`;
  if (lines.has(key)) return lines.get(key);
  if (lines.size >= MOST_LINES) lines.clear();
  const line = interLetters()[weight].shape(text);
  lines.set(key, line);
  return line;
}

/** Paints texts over a picture. A letter is made once, and put wherever it stands. */
export function paintTexts(canvas: Canvas, texts: readonly PlacedText[], { scaleX, scaleY, top }: Placing): void {
  for (const { text, x, y, anchor, size, weight, color } of texts) {
    const em = size * scaleX;
    const baseline = y * scaleY - top;
    // No letter is higher, or hangs lower.
    if (baseline < -em || baseline > canvas.height + 2 * em) continue;
    const line = shaped(text, weight);
    if (line === undefined) continue;
    const part = anchor === "start" ? 0 : anchor === "middle" ? 0.5 : 1;
    const start = (x - line.width * size * part) * scaleX;
    const known = masksFor(weight, em);
    for (const glyph of line.glyphs) {
      const right = Math.round((start + glyph.x * em) * PARTS);
      const down = Math.round((baseline - glyph.y * em) * PARTS);
      const [left, below] = [Math.floor(right / PARTS), Math.floor(down / PARTS)];
      const [partX, partY] = [right - left * PARTS, down - below * PARTS];
      const key = (glyph.id * PARTS + partX) * PARTS + partY;
      let mask = known.get(key);
      if (mask === undefined) {
        mask = maskOf(interLetters()[weight].outline(glyph.id), em, partX / PARTS, partY / PARTS);
        known.set(key, mask);
        remembered += mask.cover.length;
      }
      put(canvas, mask, left, below, color);
    }
  }
}

function masksFor(weight: string, em: number): Map<number, Mask> {
  if (remembered > MOST_PIXELS) {
    masks.clear();
    remembered = 0;
  }
  const key = `${weight} ${em}`;
  const known = masks.get(key) ?? new Map<number, Mask>();
  masks.set(key, known);
  return known;
}

/** Lays an ink over the pixels that a letter covers. */
function put({ pixels, width, height }: Canvas, mask: Mask, x: number, y: number, color: PlacedText["color"]): void {
  const [red, green, blue] = color;
  const [left, top] = [x + mask.left, y + mask.top];
  const from = Math.max(0, -left);
  const to = Math.min(mask.width, width - left);
  const last = Math.min(mask.height, height - top);
  for (let row = Math.max(0, -top); row < last; row++) {
    const covers = row * mask.width;
    const at = ((top + row) * width + left) * 4;
    for (let column = from; column < to; column++) {
      const cover = mask.cover[covers + column] as number;
      if (cover === 0) continue;
      const pixel = at + column * 4;
      const rest = 255 - cover;
      pixels[pixel] = over(red * cover, (pixels[pixel] as number) * rest);
      pixels[pixel + 1] = over(green * cover, (pixels[pixel + 1] as number) * rest);
      pixels[pixel + 2] = over(blue * cover, (pixels[pixel + 2] as number) * rest);
      pixels[pixel + 3] = over(255 * cover, (pixels[pixel + 3] as number) * rest);
    }
  }
}

/** Two parts of 255 together, rounded. */
const over = (ink: number, ground: number): number => ((ink + ground + 127) / 255) | 0;

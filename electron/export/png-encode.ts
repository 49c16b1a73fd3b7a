import { buffer } from "node:stream/consumers";
import { constants, createDeflate, deflateSync } from "node:zlib";
import type { Chunk } from "./carrier/png-chunks.ts";

/** With a byte a pixel a drawing has long runs of one, and hardly anything else that comes again: to look for runs alone is fast, and packs better. */
const RUNS = { level: 1, strategy: constants.Z_RLE };
const PACKED_AT_ONCE = 1 << 20;
/** Fast and small enough for the others: most of what is left after filtering is nothing. */
const ANY = { level: 3 };

const FILTER_NONE = 0;
const FILTER_UP = 2;

/** Kinds of pixels: an index in a palette, or red, green, blue and alpha (PNG specification, §11.2.2). */
const INDEXED = 3;
const WITH_ALPHA = 6;

/** As many colours as a pixel of one byte can have. */
const PALETTE = 256;

/** A picture, or a band of one, as it was painted: four bytes a pixel, red, green and blue multiplied by alpha. */
export interface Painted {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Rows of a picture of at most 256 colours, a byte a pixel, as PNG filters them. */
export interface IndexedRows {
  readonly width: number;
  readonly height: number;
  /** Each row begins with its filter. */
  readonly rows: Uint8Array<ArrayBuffer>;
  /** The palette, four bytes a colour as they were painted. */
  readonly colors: Uint8Array<ArrayBuffer>;
}

/** The rows of a picture with a palette, a quarter of what is to be packed otherwise; undefined for one of more colours. */
export function indexedRows(painted: Painted): IndexedRows | undefined {
  const writer = indexedWriter(painted.width, painted.height);
  return writer.add(painted) ? writer.rows() : undefined;
}

/** The same of a picture that is painted band by band. */
export function indexedWriter(width: number, height: number) {
  const palette = emptyPalette();
  const out = new Uint8Array((width + 1) * height);
  let done = 0;
  let last: Uint8Array | undefined;
  let ground: number | undefined;
  return {
    /** Takes the next rows; false for one colour too many. */
    add({ pixels, height }: Painted): boolean {
      const words = wordsOf(pixels);
      ground ??= words[0] as number;
      palette.indexOf(ground);
      const at = done * (width + 1);
      const fits = filterRows(pixels, width * 4, height, last, out, at, width + 1, (y, to) => {
        // What nothing is written to is the first colour, the ground, which is nearly all of it.
        const end = (y + 1) * width;
        const shift = to - y * width;
        let before = ground;
        let index = 0;
        for (let at = y * width; at < end; at++) {
          const word = words[at] as number;
          if (word === ground) continue;
          // Most pixels are as the one beside.
          if (word !== before) {
            before = word;
            index = palette.indexOf(word);
            if (index < 0) return false;
          }
          out[shift + at] = index;
        }
        return true;
      });
      done += height;
      last = pixels.subarray(pixels.length - width * 4);
      return fits;
    },
    rows: (): IndexedRows => ({ width, height, rows: out, colors: palette.colors() }),
  };
}

/** The chunks of a picture that has these rows. */
export function encodeRows({ width, height, rows, colors }: IndexedRows): readonly Chunk[] {
  return chunksOfPacked(width, height, INDEXED, deflateSync(rows, RUNS), paletteChunks(colors));
}

/** The same of one in two parts: the upper is packed while the lower comes. Undefined where together they have too many colours. */
export async function encodeHalves(
  upper: IndexedRows,
  below: Promise<IndexedRows | undefined>,
): Promise<readonly Chunk[] | undefined> {
  const palette = emptyPalette();
  for (const word of wordsOf(upper.colors)) palette.indexOf(word);
  const packing = createDeflate({ ...RUNS, chunkSize: PACKED_AT_ONCE });
  const packed = buffer(packing);
  packing.write(upper.rows);
  const lower = await below;
  if (lower === undefined || !recolored(lower, palette)) {
    packing.end();
    await packed;
    return undefined;
  }
  packing.end(lower.rows);
  const height = upper.height + lower.height;
  return chunksOfPacked(upper.width, height, INDEXED, await packed, paletteChunks(palette.colors()));
}

/** Changes rows to the indexes that their colours have in another palette; false for one colour too many. */
function recolored({ rows, colors, width }: IndexedRows, palette: ReturnType<typeof emptyPalette>): boolean {
  const index = [...wordsOf(colors)].map((word) => palette.indexOf(word));
  if (index.includes(-1)) return false;
  // Mostly the colours come in the same order.
  if (index.every((to, from) => to === from)) return true;
  const to = Uint8Array.from(index);
  const ground = to[0] === 0 ? 0 : -1;
  for (let at = 0; at < rows.length; at += width + 1) {
    if (rows[at] !== FILTER_NONE) continue;
    const end = at + width;
    for (let x = at + 1; x <= end; x++) {
      const from = rows[x] as number;
      // The ground comes first in every part, and is nearly all of it.
      if (from !== ground) rows[x] = to[from] as number;
    }
  }
  return true;
}

/** The chunks of a PNG picture. */
export function encodePainted(painted: Painted): readonly Chunk[] {
  const indexed = indexedRows(painted);
  return indexed === undefined ? encodeWhole(painted) : encodeRows(indexed);
}

/** Only whether a row is the same as the one above is looked at: much faster than to find the best filter for each, and hardly larger. */
function encodeWhole({ pixels, width, height }: Painted): readonly Chunk[] {
  const row = width * 4;
  const out = new Uint8Array((row + 1) * height);
  filterRows(pixels, row, height, undefined, out, 0, row + 1, (y, to) => {
    out.set(pixels.subarray(y * row, (y + 1) * row), to);
    for (let at = to; at < to + row; at += 4) {
      const alpha = out[at + 3] as number;
      if (alpha === 255 || alpha === 0) continue;
      for (let k = at; k < at + 3; k++) out[k] = undone(out[k] as number, alpha);
    }
    return true;
  });
  return chunksOfPacked(width, height, WITH_ALPHA, deflateSync(out, ANY), []);
}

/** A colour before it was multiplied by alpha. */
const undone = (value: number, alpha: number): number => Math.min(255, Math.round((value * 255) / alpha));

/**
 * Writes rows as PNG filters them, `stride` bytes each. One that is the same as the one above, as most rows of a call flow
 * are, is nothing at all; `put` writes row y to the bytes from `to`, and ends it all by giving false.
 * @param above the row above the first
 */
function filterRows(
  pixels: Uint8Array,
  row: number,
  height: number,
  above: Uint8Array | undefined,
  out: Uint8Array,
  at: number,
  stride: number,
  put: (y: number, to: number) => boolean,
): boolean {
  const raw = Buffer.from(pixels.buffer, pixels.byteOffset, pixels.byteLength);
  for (let y = 0; y < height; y++) {
    const same =
      y === 0
        ? above !== undefined && raw.compare(above, 0, row, 0, row) === 0
        : raw.compare(raw, (y - 1) * row, y * row, y * row, (y + 1) * row) === 0;
    const to = at + y * stride;
    out[to] = same ? FILTER_UP : FILTER_NONE;
    if (!same && !put(y, to + 1)) return false;
  }
  return true;
}

/** One number a pixel, as this machine has them in its memory; with a sign, which is what is fast to compare. */
function wordsOf(pixels: Uint8Array): Int32Array {
  const aligned = pixels.byteOffset % 4 === 0 ? pixels : pixels.slice();
  return new Int32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 4);
}

const SLOTS = 1024;

/** How far apart colours may be, of 255, that are hardly told from each other where they are a pixel wide. */
const NEAR = 16;

/** How far apart two colours are in the channel in which they are farthest. */
function distance(a: number, b: number): number {
  let most = 0;
  for (let shift = 0; shift < 32; shift += 8) {
    most = Math.max(most, Math.abs(((a >>> shift) & 255) - ((b >>> shift) & 255)));
  }
  return most;
}

/** Colours in the order in which they came, found again by a table with open places. */
function emptyPalette() {
  const slots = new Int16Array(SLOTS).fill(-1);
  const words = new Int32Array(PALETTE);
  let count = 0;
  const taken = new Map<number, number>();
  /** The colour that is closest to one for which there is no place any more: the last few shades of edges are hardly seen. */
  const near = (word: number): number => {
    const known = taken.get(word);
    if (known !== undefined) return known;
    const apart = (index: number) => distance(words[index] as number, word);
    let best = 0;
    for (let index = 1; index < PALETTE; index++) if (apart(index) < apart(best)) best = index;
    if (apart(best) > NEAR) return -1;
    taken.set(word, best);
    return best;
  };
  return {
    /** -1 for a colour for which there is no place any more, and none like it. */
    indexOf(word: number): number {
      let slot = Math.imul(word, 0x9e3779b1) >>> 22;
      for (let index = slots[slot] as number; index >= 0; index = slots[slot] as number) {
        if (words[index] === word) return index;
        slot = (slot + 1) % SLOTS;
      }
      if (count === PALETTE) return near(word);
      slots[slot] = count;
      words[count] = word;
      return count++;
    },
    /** Four bytes each. */
    colors: (): Uint8Array<ArrayBuffer> => new Uint8Array(words.slice(0, count).buffer),
  };
}

/** What the colours are (PLTE), and how much of each is seen where that is not all (tRNS; §11.2.3, §11.3.2.1). */
function paletteChunks(colors: Uint8Array): readonly Chunk[] {
  const count = colors.length / 4;
  const table = Buffer.alloc(count * 3);
  const alphas = Buffer.alloc(count);
  for (let i = 0; i < count; i++) {
    const alpha = colors[i * 4 + 3] as number;
    alphas[i] = alpha;
    for (let k = 0; k < 3; k++) {
      table[i * 3 + k] = alpha === 0 ? 0 : undone(colors[i * 4 + k] as number, alpha);
    }
  }
  const opaque = alphas.every((alpha) => alpha === 255);
  return [{ type: "PLTE", data: table }, ...(opaque ? [] : [{ type: "tRNS", data: alphas }])];
}

function chunksOfPacked(
  width: number,
  height: number,
  kind: number,
  packed: Uint8Array,
  colors: readonly Chunk[],
): readonly Chunk[] {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits a sample, or an index.
  header.set([8, kind], 8);
  return [
    { type: "IHDR", data: header },
    ...colors,
    { type: "IDAT", data: packed },
    { type: "IEND", data: Buffer.alloc(0) },
  ];
}

import { deflateSync } from "node:zlib";
import type { Chunk } from "./carrier/png-chunks.ts";

/** Fast and small enough for drawings: most of what is left after filtering is nothing. */
const LEVEL = 3;
const FILTER_NONE = 0;
const FILTER_UP = 2;

/**
 * The chunks of a PNG picture of opaque pixels, four bytes each. Only whether a row is the same as the one above is looked
 * at, as most rows of a call flow are: much faster than to find the best filter for each, and hardly larger.
 */
export function encodeOpaque(pixels: Uint8Array, width: number, height: number): readonly Chunk[] {
  const row = width * 4;
  const filtered = Buffer.alloc((row + 1) * height);
  for (let y = 0; y < height; y++) {
    const here = pixels.subarray(y * row, (y + 1) * row);
    const same = y > 0 && Buffer.compare(here, pixels.subarray((y - 1) * row, y * row)) === 0;
    const at = y * (row + 1);
    filtered[at] = same ? FILTER_UP : FILTER_NONE;
    // The same as above is nothing at all.
    if (!same) filtered.set(here, at + 1);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits, red green blue and alpha.
  header.set([8, 6], 8);
  return [
    { type: "IHDR", data: header },
    { type: "IDAT", data: deflateSync(filtered, { level: LEVEL }) },
    { type: "IEND", data: Buffer.alloc(0) },
  ];
}

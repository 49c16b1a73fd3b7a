import { crc32 } from "node:zlib";
import { fail, ok, type Result } from "../../../shared/flow/result.ts";

/** A piece of a PNG file: its type of four letters, and its data (PNG specification, §5.3). */
export interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** The chunks of a PNG file in order. Fails with a sentence for what is none, or is cut short. */
export function chunksOf(png: Uint8Array): Result<readonly Chunk[]> {
  if (SIGNATURE.some((byte, i) => png[i] !== byte)) return fail("This is not a PNG picture.");
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; at + 12 <= png.length; ) {
    const length = view.getUint32(at);
    if (at + 12 + length > png.length) break;
    const type = String.fromCharCode(...png.subarray(at + 4, at + 8));
    chunks.push({ type, data: png.subarray(at + 8, at + 8 + length) });
    if (type === "IEND") return ok(chunks);
    at += 12 + length;
  }
  return fail("This PNG picture is cut short.");
}

/** The PNG file of these chunks. */
export function pngOfChunks(chunks: readonly Chunk[]): Uint8Array<ArrayBuffer> {
  const parts = chunks.map(({ type, data }) => {
    const part = Buffer.alloc(data.length + 12);
    part.writeUInt32BE(data.length, 0);
    part.write(type, 4, "latin1");
    part.set(data, 8);
    part.writeUInt32BE(crc32(part.subarray(4, data.length + 8)), data.length + 8);
    return part;
  });
  return new Uint8Array(Buffer.concat([Buffer.from(SIGNATURE), ...parts]));
}

/** A text in a PNG file, as UTF-8 and not compressed (iTXt, §11.3.3.4). */
export function textChunk(keyword: string, text: string): Chunk {
  return { type: "iTXt", data: Buffer.from(`${keyword}\0\0\0\0\0${text}`) };
}

/** How large a picture's pixels are, so that it has its size on paper (pHYs, §11.3.4.3). */
export function sizeChunk(pixelsPerInch: number): Chunk {
  const data = Buffer.alloc(9);
  const perMetre = Math.round(pixelsPerInch / 0.0254);
  data.writeUInt32BE(perMetre, 0);
  data.writeUInt32BE(perMetre, 4);
  data[8] = 1;
  return { type: "pHYs", data };
}

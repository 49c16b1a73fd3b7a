import { deflateSync, inflateSync } from "node:zlib";
import { SIZE_LIMIT } from "../../../shared/flow/decode.ts";
import { payloadText, readPayload, type Source, sha256Of } from "./payload.ts";
import { type Chunk, chunksOf, pngOfChunks } from "./png-chunks.ts";
import type { Found } from "./read-carrier.ts";

/** The keyword of the text in which the source stands, and what follows it: it is compressed, in no language. */
const KEYWORD = "Callflow";
const HEAD = Buffer.from(`${KEYWORD}\0\u0001\0\0\0`, "latin1");

/** What shows: the size, the colours and the pixels. */
const PICTURE: ReadonlySet<string> = new Set(["IHDR", "PLTE", "tRNS", "IDAT"]);

const picture = (chunks: readonly Chunk[]): readonly Uint8Array[] =>
  chunks.filter(({ type }) => PICTURE.has(type)).map(({ data }) => data);

/** A PNG picture with its source in a text of it (iTXt). What is no PNG picture comes back as it is. */
export function carryInPng(png: Uint8Array, source: Source): Uint8Array {
  const read = chunksOf(png);
  if (!read.ok) return png;
  const payload = deflateSync(payloadText(source, sha256Of(...picture(read.value))));
  const text: Chunk = { type: "iTXt", data: Buffer.concat([HEAD, payload]) };
  const at = read.value.findIndex(({ type }) => type === "IDAT");
  return pngOfChunks([...read.value.slice(0, at), text, ...read.value.slice(at)]);
}

export function findInPng(png: Uint8Array): Found | undefined {
  const read = chunksOf(png);
  if (!read.ok) return undefined;
  const text = read.value.find(({ type, data }) => type === "iTXt" && HEAD.equals(data.subarray(0, HEAD.length)));
  if (text === undefined) return undefined;
  try {
    const unpacked = inflateSync(text.data.subarray(HEAD.length), { maxOutputLength: SIZE_LIMIT }).toString("utf8");
    const payload = readPayload(unpacked);
    return payload && { payload, changed: sha256Of(...picture(read.value)) !== payload.sha256 };
  } catch {
    return undefined;
  }
}

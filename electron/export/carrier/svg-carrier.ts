import { promisify } from "node:util";
import { deflate, inflateSync } from "node:zlib";
import { SIZE_LIMIT } from "../../../shared/flow/decode.ts";
import { dataIn } from "./element.ts";
import { payloadText, readPayload, type Source, sha256Of } from "./payload.ts";
import type { Found } from "./read-carrier.ts";

const ELEMENT =
  /<metadata><callflow xmlns="urn:callflow:figure"(?: sha256="([0-9a-f]{64})")?>([A-Za-z0-9+/=\s]*)<\/callflow><\/metadata>/;

/** A source as pictures hold it, whatever they look like. Packed by another thread: begun early, it costs no time. */
export async function packSource(source: Source): Promise<string> {
  const text = Buffer.from(payloadText(source));
  // With room for all that comes of it: of less the other thread would wait for this one after each filling.
  return (await promisify(deflate)(text, { chunkSize: text.length + 64 })).toString("base64");
}

/** A picture of `svgPieces` with its packed source in its metadata, and by what it is known whether it was changed. */
export function carryInSvg(pieces: readonly string[], packed: string): string[] {
  const element = `<metadata><callflow xmlns="urn:callflow:figure" sha256="${sha256Of(...pieces)}">${packed}</callflow></metadata>`;
  const [start = "", ...rest] = pieces;
  return [start, element, ...rest];
}

export function findInSvg(svg: string): Found | undefined {
  const [own, sha256, packed] = svg.match(ELEMENT) ?? [];
  // Other programs write the element in their own way; then it is no longer the picture that was written.
  const data = packed ?? dataIn(svg);
  if (data === undefined) return undefined;
  try {
    const text = inflateSync(Buffer.from(data, "base64"), { maxOutputLength: SIZE_LIMIT }).toString("utf8");
    const payload = readPayload(text);
    if (payload === undefined) return undefined;
    // Earlier versions wrote the digest into the payload.
    return { payload, changed: own === undefined || sha256Of(svg.replace(own, "")) !== (sha256 ?? payload.sha256) };
  } catch {
    return undefined;
  }
}

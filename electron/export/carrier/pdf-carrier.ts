import { inflateSync } from "node:zlib";
import { SIZE_LIMIT } from "../../../shared/flow/decode.ts";
import { PAYLOAD_START, readPayload, sha256Of } from "./payload.ts";
import type { Found } from "./read-carrier.ts";

const SEAL = "%callflow-sha256 ";
const SEAL_LENGTH = SEAL.length + 64 + 1;

/**
 * A PDF document, in which the source is an embedded file, with its hash as a comment after its end: what changes the
 * document, or adds to it, leaves no fitting hash there.
 */
export function sealPdf(pdf: Uint8Array): Uint8Array {
  return new Uint8Array(Buffer.concat([pdf, Buffer.from(`${SEAL}${sha256Of(pdf)}\n`)]));
}

/** More streams than that are not looked into: the file's own is among the first thousands even of a book. */
const MOST_STREAMS = 20_000;

export function findInPdf(bytes: Uint8Array): Found | undefined {
  const pdf = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = pdf.indexOf("stream"), looked = 0; at >= 0 && looked < MOST_STREAMS; looked++) {
    const start = pdf[at + 6] === 0x0d ? at + 8 : at + 7;
    const end = pdf.indexOf("endstream", start);
    if (end < 0) return undefined;
    const payload = payloadIn(pdf.subarray(start, end));
    if (payload !== undefined) return { payload, changed: !isSealed(pdf) };
    at = pdf.indexOf("stream", end + 9);
  }
  return undefined;
}

/** What a stream of the document holds, where that is a payload; others are not unpacked whole. */
function payloadIn(stream: Buffer) {
  const zipped = (stream[0] ?? 0) % 16 === 8;
  try {
    if (zipped && !begin(stream).startsWith(PAYLOAD_START)) return undefined;
    const text = zipped ? inflateSync(stream, { maxOutputLength: SIZE_LIMIT }) : stream;
    return text.toString("latin1", 0, PAYLOAD_START.length) === PAYLOAD_START
      ? readPayload(text.toString("utf8"))
      : undefined;
  } catch {
    return undefined;
  }
}

/** Cut short, so that nothing large comes of it. */
const GLANCE = 256;

function begin(stream: Buffer): string {
  return inflateSync(stream.subarray(0, GLANCE), { finishFlush: 2, maxOutputLength: SIZE_LIMIT }).toString("latin1");
}

function isSealed(pdf: Buffer): boolean {
  const seal = pdf.toString("latin1", pdf.length - SEAL_LENGTH);
  return seal === `${SEAL}${sha256Of(pdf.subarray(0, pdf.length - SEAL_LENGTH))}\n`;
}

import { strFromU8, unzipSync } from "fflate";
import { SIZE_LIMIT } from "../../../shared/flow/decode.ts";
import { OFFICE, type Part } from "../ooxml/package.ts";
import { payloadText, readPayload, type Source, sha256Of } from "./payload.ts";
import type { Found } from "./read-carrier.ts";

const NAMESPACE = "urn:callflow:figure";

/** The relation that the main part (`word/document.xml`, `ppt/presentation.xml`) has to have to the part of `officePart`. */
export const SOURCE_RELATION = `${OFFICE}/customXml`;

/**
 * The source as a part of an office document, of a kind that the programs keep when they save it.
 * @param figure a part of the document as it is written, by which it is told whether the figure was changed: its picture, or
 * a slide.
 */
export function officePart(source: Source, figure: string | Uint8Array): Part {
  const data = Buffer.from(payloadText(source, sha256Of(figure))).toString("base64");
  return {
    name: "customXml/callflow.xml",
    type: "application/xml",
    content: `<callflow xmlns="${NAMESPACE}">${data}</callflow>`,
  };
}

const ELEMENT = /<callflow\s[^>]*urn:callflow:figure[^>]*>([A-Za-z0-9+/=\s]*)</;

/** More than this is unpacked of no document that is only looked at. */
const MOST_BYTES = 512 * 1024 * 1024;

export function findInOffice(zip: Uint8Array): Found | undefined {
  try {
    const parts = unzipSync(zip, {
      filter: ({ name, originalSize }) => /^customXml\/[^/]+\.xml$/.test(name) && originalSize <= 2 * SIZE_LIMIT,
    });
    const texts = Object.values(parts).map((part) => strFromU8(part));
    const data = texts.map((text) => text.match(ELEMENT)?.[1]).find((found) => found !== undefined);
    const payload = data === undefined ? undefined : readPayload(Buffer.from(data, "base64").toString("utf8"));
    return payload && { payload, changed: !hasPart(zip, payload.sha256) };
  } catch {
    return undefined;
  }
}

function hasPart(zip: Uint8Array, sha256: string | undefined): boolean {
  let size = 0;
  const parts = unzipSync(zip, {
    filter: ({ originalSize }) => {
      size += originalSize;
      return size <= MOST_BYTES;
    },
  });
  return Object.values(parts).some((part) => sha256Of(part) === sha256);
}

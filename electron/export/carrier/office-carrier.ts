import { strFromU8, unzipSync } from "fflate";
import { SIZE_LIMIT } from "../../../shared/flow/decode.ts";
import { OFFICE, type Part } from "../ooxml/package.ts";
import { dataIn, NAMESPACE } from "./element.ts";
import { payloadText, readPayload, type Source, sha256Of } from "./payload.ts";
import type { Found } from "./read-carrier.ts";

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

/** More than this is unpacked of no document that is only looked at: a small file can claim to unpack to anything. */
const MOST_BYTES = 3 * SIZE_LIMIT;

export function findInOffice(zip: Uint8Array, most = MOST_BYTES): Found | undefined {
  try {
    const texts = partsOf(zip, most, (name) => /^customXml\/[^/]+\.xml$/.test(name)).map((part) => strFromU8(part));
    const data = texts.map(dataIn).find((found) => found !== undefined);
    const payload = data === undefined ? undefined : readPayload(Buffer.from(data, "base64").toString("utf8"));
    return payload && { payload, changed: !hasPart(zip, most, payload.sha256) };
  } catch {
    return undefined;
  }
}

function hasPart(zip: Uint8Array, most: number, sha256: string | undefined): boolean {
  return partsOf(zip, most, () => true).some((part) => sha256Of(part) === sha256);
}

/** The parts of these names, as long as they are not too much together. */
function partsOf(zip: Uint8Array, most: number, wanted: (name: string) => boolean): readonly Uint8Array[] {
  let size = 0;
  const parts = unzipSync(zip, {
    filter: ({ name, originalSize }) => {
      if (!wanted(name)) return false;
      size += originalSize;
      return size <= most;
    },
  });
  return Object.values(parts);
}

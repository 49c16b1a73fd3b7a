import { deflateSync, inflateSync } from "node:zlib";
import { SIZE_LIMIT } from "../../../shared/flow/decode.ts";
import { dataIn } from "./element.ts";
import { payloadText, readPayload, type Source, sha256Of } from "./payload.ts";
import type { Found } from "./read-carrier.ts";

const ELEMENT = /<metadata><callflow xmlns="urn:callflow:figure">([A-Za-z0-9+/=\s]*)<\/callflow><\/metadata>/;

/** An SVG document of `toSvg` with its source in its metadata. */
export function carryInSvg(svg: string, source: Source): string {
  const data = deflateSync(payloadText(source, sha256Of(svg))).toString("base64");
  const element = `<metadata><callflow xmlns="urn:callflow:figure">${data}</callflow></metadata>`;
  return svg.replace("</desc>", () => `</desc>${element}`);
}

export function findInSvg(svg: string): Found | undefined {
  const own = svg.match(ELEMENT);
  // Other programs write the element in their own way; then it is no longer the picture that was written.
  const data = own?.[1] ?? dataIn(svg);
  if (data === undefined) return undefined;
  try {
    const text = inflateSync(Buffer.from(data, "base64"), { maxOutputLength: SIZE_LIMIT }).toString("utf8");
    const payload = readPayload(text);
    if (payload === undefined) return undefined;
    return { payload, changed: own === null || sha256Of(svg.replace(ELEMENT, "")) !== payload.sha256 };
  } catch {
    return undefined;
  }
}

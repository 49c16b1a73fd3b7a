import { escapeXml } from "../../../shared/diagram/xml.ts";
import { XML_HEAD } from "../ooxml/package.ts";
import { type Entries, readPackage, relationsIn, textOf } from "../ooxml/read-package.ts";
import { tagsOf, unescapeXml } from "../ooxml/xml-tags.ts";

/** A flow in a Word document: where it stands, what it is, and what was written of it, to tell whether it still stands so. */
export interface CarriedFlow {
  /** The bookmark around its section. */
  readonly bookmark: string;
  readonly variant: string;
  /** The flow document as canonical text. */
  readonly flow: string;
  /** The paragraphs and rows as they were written, see `written.ts`. */
  readonly written: readonly string[];
}

const NAMESPACE = "urn:callflow:document:1";

/** The part that carries the flows of a document. Programs that do not know it keep it. */
export function carriedXml(flows: readonly CarriedFlow[]): string {
  const list = flows.map(
    ({ bookmark, variant, flow, written }) =>
      `<flow bookmark="${escapeXml(bookmark)}" variant="${escapeXml(variant)}"><document>${plain(flow)}</document><written>${plain(JSON.stringify(written))}</written></flow>`,
  );
  return `${XML_HEAD}<callflow xmlns="${NAMESPACE}">${list.join("")}</callflow>`;
}

/** JSON as text of XML; characters that XML does not hold are written as JSON's escapes. */
function plain(json: string): string {
  const escaped = json.replace(
    /[\u007f-\u009f\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return escapeXml(escaped);
}

export interface CarriedPart {
  readonly name: string;
  readonly flows: readonly CarriedFlow[];
}

/** The flows that a Word document carries; undefined where it carries none, or not in a form that we know. */
export function carriedIn(entries: Entries, main: string): CarriedPart | undefined {
  for (const { type, target } of relationsIn(entries, main)) {
    const xml = type.endsWith("/customXml") ? textOf(entries, target) : undefined;
    if (xml?.includes(NAMESPACE)) return { name: target, flows: flowsIn(xml) };
  }
  return undefined;
}

/** All the flows that a document carries, as the text of each and its variant; none for what is no such document. */
export function flowsCarried(bytes: Uint8Array): readonly Pick<CarriedFlow, "flow" | "variant">[] {
  const isPackage = bytes[0] === 0x50 && bytes[1] === 0x4b;
  const read = isPackage ? readPackage(bytes) : undefined;
  if (read?.ok !== true) return [];
  const main = relationsIn(read.value, "").find(({ type }) => type.endsWith("/officeDocument"))?.target ?? "";
  return carriedIn(read.value, main)?.flows ?? [];
}

function flowsIn(xml: string): readonly CarriedFlow[] {
  const flows: CarriedFlow[] = [];
  let [bookmark, variant, flow, start] = ["", "", "", 0];
  for (const { name, kind, end, start: before, attributes } of tagsOf(xml)) {
    if (name === "flow" && kind === "start") {
      [bookmark, variant] = [attributes.get("bookmark") ?? "", attributes.get("variant") ?? ""];
    } else if (kind === "start") start = end;
    else if (name === "document") flow = unescapeXml(xml.slice(start, before));
    else if (name === "written") {
      const written = textsIn(unescapeXml(xml.slice(start, before)));
      if (written !== undefined) flows.push({ bookmark, variant, flow, written });
    }
  }
  return flows;
}

function textsIn(json: string): readonly string[] | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) && value.every((one) => typeof one === "string") ? value : undefined;
  } catch {
    return undefined;
  }
}

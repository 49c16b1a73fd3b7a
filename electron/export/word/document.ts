import { writeFlow } from "../../../shared/flow/file.ts";
import type { View } from "../../../shared/flow/flow.ts";
import { officePart } from "../carrier/office-carrier.ts";
import type { Part } from "../ooxml/package.ts";
import type { Block, Section } from "./blocks.ts";
import { bodyXml, type Surroundings } from "./body-xml.ts";
import { type CarriedFlow, carriedXml } from "./carried.ts";
import type { DrawnFlow } from "./flow-section.ts";
import { type Author, extensionOf, type HostDocument } from "./host-document.ts";
import { type RevisedBlock, revised, unrevised } from "./revise.ts";
import { writtenLines } from "./written.ts";

/** A section as it is to stand, and as it stood where revisions are to be marked. */
export interface WrittenSection extends Section {
  readonly base?: readonly Block[];
  /** The flow of which the section is. */
  readonly of?: DrawnFlow & { readonly view?: View };
}

/** Writes sections into a document in place of its text; styles, headers and footers stay. */
export function writeDocument(
  host: HostDocument,
  sections: readonly WrittenSection[],
  author: Author,
): Promise<Uint8Array> {
  const { around, finish } = extensionOf(host, author);
  const blocks = sections.map((section, i) => revisedSection(section, i));
  const text = sections.map(({ bookmark }, i) => sectionXml(blocks[i] ?? [], bookmark, around)).join("");
  const last = blocks.at(-1)?.at(-1);
  // The end of a document's last paragraph cannot be taken back, and a table needs a paragraph after it.
  const isSteady = last?.kind === "paragraph" && last.revision === "same";
  const body = isSteady ? text : `${text}<w:p/>`;
  const carried = { xml: carriedXml(sections.flatMap((section) => carriedOf(section))) };
  const first = sections.find(({ of }) => of !== undefined);
  return finish(withBody(host.xml, body), carried, first && sourceOf(first));
}

/** The part by which Callflow opens the document as the flow of a section. */
export function sourceOf({ of, blocks }: WrittenSection): Part | undefined {
  if (of === undefined) return undefined;
  const pieces = blocks.flatMap((block) => (block.kind === "paragraph" ? block.pieces : []));
  const picture = pieces.find((piece) => piece.kind === "picture");
  return officePart(of, picture?.picture.svg ?? "");
}

/** The section's blocks with their revisions. */
export function revisedSection({ base, blocks }: WrittenSection, index: number): readonly RevisedBlock[] {
  return base === undefined ? unrevised(blocks) : revised(base, blocks, `section${index + 1}`);
}

/** The section as XML, under its bookmark. */
export function sectionXml(
  blocks: readonly RevisedBlock[],
  bookmark: string | undefined,
  around: Surroundings,
): string {
  const xml = bodyXml(blocks, around);
  if (bookmark === undefined) return xml;
  const id = around.nextId();
  return `<w:bookmarkStart w:id="${id}" w:name="${bookmark}"/>${xml}<w:bookmarkEnd w:id="${id}"/>`;
}

/** What the document carries of a section's flow. */
export function carriedOf({ bookmark, blocks, of }: WrittenSection): readonly CarriedFlow[] {
  if (bookmark === undefined || of === undefined) return [];
  return [{ bookmark, variant: of.variant, flow: writeFlow(of.flow), written: writtenLines(blocks) }];
}

/** The document with another body; what says how its pages are, and with it headers and footers, stays. */
function withBody(xml: string, body: string): string {
  const start = xml.indexOf(">", xml.search(/<w:body\b/)) + 1;
  const end = xml.lastIndexOf("</w:body>");
  const pages = xml.slice(start, end).match(/<w:sectPr\b(?:(?!<w:sectPr\b)[\s\S])*$/)?.[0] ?? "";
  const isLast = /^<w:sectPr\b[^>]*\/>\s*$/.test(pages) || /<\/w:sectPr>\s*$/.test(pages);
  return xml.slice(0, start) + body + (isLast ? pages : "") + xml.slice(end);
}

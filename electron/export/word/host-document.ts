import type { Room } from "../../../shared/diagram/pages.ts";
import { fail, ok, type Result } from "../../../shared/flow/result.ts";
import { OFFICE, type Part, type Relation } from "../ooxml/package.ts";
import { type Entries, extendPackage, readPackage, relationsIn, textOf } from "../ooxml/read-package.ts";
import { tagsOf } from "../ooxml/xml-tags.ts";
import type { ListId, Pages, Picture } from "./blocks.ts";
import type { PictureIds, Surroundings } from "./body-xml.ts";
import { plainNumbering, withNumbering } from "./numbering.ts";
import { plainTemplate } from "./plain-template.ts";
import { W, withStyles } from "./styles.ts";

/** The document that something is written into: the user's template, one that is brought up to date, or a plain one. */
export interface HostDocument {
  readonly entries: Entries;
  /** Name of the main part. */
  readonly main: string;
  readonly xml: string;
}

const PROPERTIES = `${OFFICE}/customXmlProps`;
const CONTENT_TYPES = "[Content_Types].xml";
const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/** Opens a Word document, or the plain one. Fails with a sentence for what is none, see also `readPackage`. */
export function openHost(bytes: Uint8Array | undefined): Result<HostDocument> {
  const read = bytes === undefined ? ok(plainTemplate()) : readPackage(bytes);
  if (!read.ok) return read;
  const entries = read.value;
  const main = relationsIn(entries, "").find(({ type }) => type.endsWith("/officeDocument"))?.target ?? "";
  const xml = textOf(entries, main);
  if (xml === undefined || !/<w:body\b/.test(xml)) return fail("The document is not a Word document.");
  if (!xml.includes(`xmlns:w="${W}"`))
    return fail("The document is in the strict form of Open XML; save it in Word as “Word Document (*.docx)”.");
  return ok({ entries: asDocument(entries), main, xml });
}

/** A template that is kept as a document is a document. */
function asDocument(entries: Entries): Entries {
  const types = textOf(entries, CONTENT_TYPES) ?? "";
  if (!types.includes("template.main+xml")) return entries;
  const changed = types.replace("wordprocessingml.template.main+xml", "wordprocessingml.document.main+xml");
  return new Map([...entries, [CONTENT_TYPES, new TextEncoder().encode(changed)]]);
}

const TWIPS = 15;

/** The room that a page of the document has for text, in CSS px. */
export function roomIn({ xml }: HostDocument): Room {
  const { size, margins } = paperIn(xml);
  const width = size.width - margins.left - margins.right;
  return { width: width / TWIPS, height: (size.height - margins.top - margins.bottom) / TWIPS };
}

/** The same of a page that lies; undefined where the document's pages cannot be turned. */
export function lyingRoomIn({ xml }: HostDocument): Room | undefined {
  const { size, margins } = paperIn(xml);
  if (size.width >= size.height || pagesXml(xml, "lying") === "") return undefined;
  const width = size.height - margins.left - margins.right;
  return { width: width / TWIPS, height: (size.width - margins.top - margins.bottom) / TWIPS };
}

/**
 * What says how the pages of the document are, with its headers and footers, for a section of its own: as they are, or
 * turned. Nothing where it would begin to count the pages anew.
 */
function pagesXml(xml: string, pages: Pages): string {
  const last = xml.match(/<w:sectPr\b(?:(?!<w:sectPr\b)[\s\S])*?<\/w:sectPr>(?=\s*<\/w:body>)/)?.[0] ?? "";
  if (/<w:pgNumType\b[^>]* w:start=/.test(last)) return "";
  const section = last.replace(/<w:type\b[^>]*\/>/, "");
  if (pages === "standing") return section;
  const { width, height } = paperIn(xml).size;
  return section.replace(/<w:pgSz\b[^>]*\/>/, `<w:pgSz w:w="${height}" w:h="${width}" w:orient="landscape"/>`);
}

function paperIn(xml: string) {
  const tags = tagsOf(xml);
  const last = (name: string) => tags.findLast((tag) => tag.name === name)?.attributes;
  const [size, margins] = [last("pgSz"), last("pgMar")];
  const number = (of: typeof size, key: string, absent: number) => Math.abs(Number(of?.get(`w:${key}`) ?? absent));
  return {
    size: { width: number(size, "w", 11906), height: number(size, "h", 16838) },
    margins: {
      left: number(margins, "left", 1134),
      right: number(margins, "right", 1134),
      top: number(margins, "top", 1134),
      bottom: number(margins, "bottom", 1134),
    },
  };
}

export interface Author {
  readonly author: string;
  readonly date?: string;
}

/** A part that a program leaves alone and we find again. */
export interface Carried {
  /** The name that it has in the document already, where it replaces one. */
  readonly name?: string;
  readonly xml: string;
}

/** Parts that are written in place of those of an earlier version of the picture. */
export type Reused = readonly { readonly ids: PictureIds; readonly parts: PictureIds }[];

export interface Extension {
  readonly around: Surroundings;
  /** The document with another wording of its main part; `source` is the part by which it is opened as a flow. */
  readonly finish: (xml: string, carried: Carried, source: Part | undefined) => Promise<Uint8Array>;
}

/** Begins to write into a document: adds styles, lists and pictures as they are needed, and leaves all else as it is. */
export function extensionOf(host: HostDocument, { author, date }: Author, reused: Reused = []): Extension {
  const { entries, main } = host;
  const relations: Relation[] = [];
  const parts: Part[] = [];
  const replaced = new Map<string, Uint8Array>();
  const rewritten = new Map<string, string>();
  const known = relationsIn(entries, main);
  const free = freeNames(entries, new Set(known.map(({ id }) => id)));
  const relate = (type: string, target: string): string => {
    const id = free.relation();
    relations.push({ id, type, target });
    return id;
  };
  const partOf = (kind: string, plain: string): { readonly name: string; readonly xml: string } => {
    const name = known.find(({ type }) => type.endsWith(`/${kind}`))?.target;
    const xml = name === undefined ? undefined : textOf(entries, name);
    if (name !== undefined && xml?.includes(`</w:${kind}>`)) return { name, xml };
    const added = free.part(`word/${kind}`, "xml");
    relate(kind, added);
    parts.push({ name: added, type: `${WORD}.${kind}+xml`, content: plain });
    return { name: added, xml: plain };
  };
  const rewrite = (name: string, xml: string) => {
    const added = parts.findIndex((part) => part.name === name);
    if (added >= 0) parts[added] = { ...(parts[added] as Part), content: xml };
    else if (xml !== textOf(entries, name)) rewritten.set(name, xml);
  };
  const stylesPart = partOf("styles", `<w:styles xmlns:w="${W}"></w:styles>`);
  const styles = withStyles(stylesPart.xml);
  rewrite(stylesPart.name, styles.xml);

  let lists: ((list: ListId) => number) | undefined;
  const numberOf = (list: ListId): number => {
    if (lists === undefined) {
      const part = partOf("numbering", plainNumbering);
      const numbering = withNumbering(part.xml);
      rewrite(part.name, numbering.xml);
      lists = numbering.numberOf;
    }
    return lists(list);
  };

  const waiting = [...reused];
  const placed = new Map<string, PictureIds>();
  const placePicture = (picture: Picture): PictureIds => {
    const again = placed.get(picture.svg);
    if (again !== undefined) return again;
    const old = waiting.shift();
    const svg = new TextEncoder().encode(picture.svg);
    const ids = old?.ids ?? { svg: "", png: "" };
    if (old !== undefined) {
      replaced.set(old.parts.svg, svg);
      replaced.set(old.parts.png, picture.png);
    }
    const add = (kind: "svg" | "png", type: string, content: Uint8Array) => {
      const name = free.part("word/media/callflow", kind);
      parts.push({ name, type, content });
      return relate("image", name);
    };
    const found =
      old === undefined ? { png: add("png", "image/png", picture.png), svg: add("svg", "image/svg+xml", svg) } : ids;
    placed.set(picture.svg, found);
    return found;
  };

  let id = highestId(host);
  const around: Surroundings = {
    styles: styles.known,
    numberOf,
    nextId: () => ++id,
    placePicture,
    author,
    ...(date !== undefined && { date }),
    textWidth: Math.round(roomIn(host).width * TWIPS),
    pagesXml: (pages) => pagesXml(host.xml, pages),
  };
  const finish = (xml: string, carried: Carried, source: Part | undefined): Promise<Uint8Array> => {
    rewritten.set(main, xml);
    if (carried.name !== undefined) rewritten.set(carried.name, carried.xml);
    else {
      const name = free.part("customXml/callflow", "xml");
      relate("customXml", name);
      parts.push(...carriedParts(name, carried.xml));
    }
    if (source !== undefined && entries.has(source.name)) rewritten.set(source.name, String(source.content));
    else if (source !== undefined) {
      relate("customXml", source.name);
      parts.push(source);
    }
    const there = new Map([...entries].map(([name, bytes]) => [name, replaced.get(name) ?? bytes] as const));
    return extendPackage(there, { parts, rewritten, relations: new Map([[main, relations]]) });
  };
  return { around, finish };
}

function carriedParts(name: string, xml: string): readonly Part[] {
  const properties = name.replace(/callflow(\d+)\.xml$/, "callflowProps$1.xml");
  const item = "{5B0C6A0E-6C5B-4C1E-9F4E-CA11F1040001}";
  return [
    {
      name,
      type: "application/xml",
      content: xml,
      relations: [{ id: "rId1", type: PROPERTIES, target: properties }],
    },
    {
      name: properties,
      type: "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
      content: `<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml" ds:itemID="${item}"><ds:schemaRefs/></ds:datastoreItem>`,
    },
  ];
}

/** Names that the document does not have. */
function freeNames(entries: Entries, taken: ReadonlySet<string>) {
  const names = new Set(entries.keys());
  let count = 0;
  return {
    part: (stem: string, ending: string): string => {
      for (let i = 1; ; i++) {
        const name = `${stem}${i}.${ending}`;
        if (names.has(name)) continue;
        names.add(name);
        return name;
      }
    },
    relation: (): string => {
      for (;;) {
        const id = `callflow${++count}`;
        if (!taken.has(id)) return id;
      }
    },
  };
}

/** The highest id of a bookmark, a revision or a drawing in the document. */
function highestId({ entries, main }: HostDocument): number {
  let highest = 0;
  for (const name of entries.keys()) {
    if (name !== main && !/word\/(header|footer|footnotes|endnotes)\d*\.xml$/.test(name)) continue;
    for (const [, id] of (textOf(entries, name) ?? "").matchAll(/(?<=\s)(?:w:)?id="(\d{1,9})"/g))
      highest = Math.max(highest, Number(id));
  }
  return highest;
}

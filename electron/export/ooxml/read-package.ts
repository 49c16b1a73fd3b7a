import { strFromU8, unzipSync } from "fflate";
import { fail, ok, type Result } from "../../../shared/flow/result.ts";
import {
  contentTypeXml,
  type Part,
  type Relation,
  relationsName,
  relationsXml,
  relationXml,
  zipWriter,
} from "./package.ts";
import { type Tag, tagsOf } from "./xml-tags.ts";

/** The files in a package by their names, in its order. */
export type Entries = ReadonlyMap<string, Uint8Array>;

/** More than this is no document: a small file can claim to unpack to anything. */
const MOST_BYTES = 1024 * 1024 * 1024;
const MOST_ENTRIES = 100_000;

const CONTENT_TYPES = "[Content_Types].xml";

/** Unpacks an office document. Fails with a sentence for what is none, for one with a password, and for one too large. */
export function readPackage(bytes: Uint8Array): Result<Entries> {
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf)
    return fail("The document has a password or is of an old kind; save it without, as an Office Open XML document.");
  let size = 0;
  let count = 0;
  try {
    const files = unzipSync(bytes, {
      filter: ({ originalSize }) => {
        size += originalSize;
        if (size > MOST_BYTES || ++count > MOST_ENTRIES) throw new TooLarge();
        return true;
      },
    });
    const entries = new Map(Object.entries(files));
    return entries.has(CONTENT_TYPES) ? ok(entries) : fail("The document is not an Office Open XML document.");
  } catch (error) {
    if (error instanceof TooLarge) return fail("The document unpacks to more than 1 GB.");
    return fail("The document is not an Office Open XML document, or is damaged.", String(error));
  }
}

class TooLarge extends Error {}

/** A part's text; undefined where there is no such part. */
export function textOf(entries: Entries, name: string): string | undefined {
  const bytes = entries.get(name);
  return bytes === undefined ? undefined : strFromU8(bytes);
}

/** What a part refers to, targets as names of parts; the package itself for "". Relation types as they are written. */
export function relationsIn(entries: Entries, part: string): readonly Relation[] {
  const xml = textOf(entries, relationsName(part)) ?? "";
  return tagsOf(xml)
    .filter(({ name, kind }) => name === "Relationship" && kind !== "end")
    .map(({ attributes }) => {
      const external = attributes.get("TargetMode") === "External";
      const target = attributes.get("Target") ?? "";
      return {
        id: attributes.get("Id") ?? "",
        type: attributes.get("Type") ?? "",
        target: external ? target : resolved(part, target),
        ...(external && { external }),
      };
    });
}

function resolved(part: string, target: string): string {
  const names = target.startsWith("/") ? [] : part.split("/").slice(0, -1);
  for (const name of target.split("/")) {
    if (name === "..") names.pop();
    else if (name !== "" && name !== ".") names.push(name);
  }
  return names.join("/");
}

/** Content types of the parts that have one of their own. */
export function contentTypesIn(entries: Entries): ReadonlyMap<string, string> {
  const types = new Map<string, string>();
  for (const { name, attributes } of tagsOf(textOf(entries, CONTENT_TYPES) ?? "")) {
    const part = attributes.get("PartName");
    if (name === "Override" && part !== undefined) types.set(part.slice(1), attributes.get("ContentType") ?? "");
  }
  return types;
}

export interface Additions {
  /** New parts; their names must be free. */
  readonly parts: Iterable<Part> | AsyncIterable<Part>;
  /** Parts of the document in another wording. */
  readonly rewritten: ReadonlyMap<string, string>;
  /** Relations that parts of the document get besides their own. */
  readonly relations: ReadonlyMap<string, readonly Relation[]>;
}

/** The document with more parts. What is not named in `rewritten` or `relations` stays byte for byte. */
export async function extendPackage(entries: Entries, { parts, rewritten, relations }: Additions): Promise<Uint8Array> {
  const zip = zipWriter();
  const extended = new Map([...relations].map(([part, list]) => [relationsName(part), { part, list }]));
  for (const [name, bytes] of entries) {
    const more = extended.get(name);
    extended.delete(name);
    if (name === CONTENT_TYPES) continue;
    if (more === undefined) zip.add(name, rewritten.get(name) ?? bytes);
    else zip.add(name, insertedLast(strFromU8(bytes), "Relationships", relationsText(more.part, more.list)));
  }
  for (const [name, { part, list }] of extended) zip.add(name, relationsXml(part, list));
  let types = "";
  for await (const part of parts) {
    types += contentTypeXml(part);
    zip.add(part.name, part.content);
    if (part.relations?.length) zip.add(relationsName(part.name), relationsXml(part.name, part.relations));
  }
  zip.add(CONTENT_TYPES, insertedLast(textOf(entries, CONTENT_TYPES) ?? "", "Types", types));
  return zip.finish();
}

const relationsText = (part: string, list: readonly Relation[]): string =>
  list.map((relation) => relationXml(part, relation)).join("");

/** Puts a text before the end of the last element of that name, and prefix if one is given; unchanged where there is none. */
export function insertedLast(xml: string, element: string, text: string, prefix?: string): string {
  const last = tagsOf(xml).findLast(
    (tag) => tag.name === element && tag.kind !== "start" && (prefix === undefined || tag.prefix === prefix),
  );
  return last === undefined ? xml : inserted(xml, last, text);
}

/** Puts a text before an end tag, or into an element that is empty. */
function inserted(xml: string, tag: Tag, text: string): string {
  if (tag.kind === "end") return xml.slice(0, tag.start) + text + xml.slice(tag.start);
  const name = tag.prefix === "" ? tag.name : `${tag.prefix}:${tag.name}`;
  const open = xml.slice(tag.start, tag.end).replace(/\s*\/>$/, ">");
  return `${xml.slice(0, tag.start)}${open}${text}</${name}>${xml.slice(tag.end)}`;
}

import {
  contentTypesIn,
  type Entries,
  readPackage,
  relationsIn,
  textOf,
} from "../electron/export/ooxml/read-package.ts";
import { type Tag, tagsOf } from "../electron/export/ooxml/xml-tags.ts";
import { referenceFaultsBetween } from "./ooxml-references.ts";
import { schemaFaults } from "./ooxml-schema.ts";

/**
 * What would make an office program offer to repair a document: parts without content type or out of reach, relations that
 * lead nowhere, references without relation, ids that are there twice, XML that is not well-formed or not as its schema has
 * it, and names of styles, lists, bookmarks, shapes and slides that stand for nothing.
 */
export function ooxmlFaults(bytes: Uint8Array): readonly string[] {
  const read = readPackage(bytes);
  if (!read.ok) return [read.failure.message];
  const entries = read.value;
  return [
    ...typeFaults(entries),
    ...relationFaults(entries),
    ...[...entries.keys()].flatMap((name) => partFaults(entries, name)),
    ...referenceFaultsBetween(entries),
  ];
}

function typeFaults(entries: Entries): readonly string[] {
  const types = contentTypesIn(entries);
  const defaults = new Set(
    tagsOf(textOf(entries, "[Content_Types].xml") ?? "").flatMap(({ name, attributes }) =>
      name === "Default" ? [attributes.get("Extension") ?? ""] : [],
    ),
  );
  const missing = [...types.keys()].filter((name) => !entries.has(name)).map((name) => `no part ${name}, but its type`);
  const untyped = [...entries.keys()]
    .filter((name) => name !== "[Content_Types].xml" && !types.has(name))
    .filter((name) => !defaults.has(name.slice(name.lastIndexOf(".") + 1)))
    .map((name) => `${name} has no content type`);
  return [...missing, ...untyped];
}

function relationFaults(entries: Entries): readonly string[] {
  const reached = new Set<string>();
  const faults: string[] = [];
  const follow = (part: string): void => {
    const relations = relationsIn(entries, part);
    const ids = relations.map(({ id }) => id);
    if (new Set(ids).size !== ids.length) faults.push(`${part} has a relation id twice`);
    for (const { id, target, external } of relations) {
      if (external === true) continue;
      if (!entries.has(target)) faults.push(`relation ${id} of ${part} leads to ${target}, which is not there`);
      else if (!reached.has(target)) {
        reached.add(target);
        follow(target);
      }
    }
  };
  follow("");
  for (const name of entries.keys()) {
    if (!name.endsWith(".rels") && name !== "[Content_Types].xml" && !reached.has(name))
      faults.push(`${name} is out of reach`);
  }
  return faults;
}

// Characters that XML 1.0 §2.2 does not allow: controls, non-characters, halves of surrogate pairs.
const FORBIDDEN = /[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

function partFaults(entries: Entries, name: string): readonly string[] {
  if (!/\.(xml|rels)$/.test(name)) return [];
  const xml = textOf(entries, name) ?? "";
  const tags = tagsOf(xml);
  const faults: string[] = FORBIDDEN.test(xml) ? [`${name} has a character that is not allowed`] : [];
  const open: string[] = [];
  let at = 0;
  for (const tag of tags) {
    if (/[<]|&(?!(?:amp|lt|gt|quot|apos|#x?[0-9a-fA-F]+);)/.test(withoutProlog(xml.slice(at, tag.start))))
      faults.push(`${name} has a bare mark before ${xml.slice(tag.start, tag.end)}`);
    at = tag.end;
    const full = `${tag.prefix}:${tag.name}`;
    if (tag.kind === "start") open.push(full);
    if (tag.kind === "end" && open.pop() !== full) faults.push(`${name} closes ${full} where it is not open`);
  }
  if (open.length > 0 || tags.length === 0) faults.push(`${name} does not close ${open.join(" ")}`);
  return [...faults, ...referenceFaults(entries, name, tags), ...idFaults(name, tags), ...schemaFaults(name, tags)];
}

const withoutProlog = (text: string): string =>
  text.replace(/<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>/g, "");

function referenceFaults(entries: Entries, name: string, tags: readonly Tag[]): readonly string[] {
  const ids = new Set(relationsIn(entries, name).map(({ id }) => id));
  return tags.flatMap(({ attributes, name: element }) =>
    ["r:id", "r:embed", "r:link"].flatMap((key) => {
      const id = attributes.get(key);
      return id === undefined || id === "" || ids.has(id)
        ? []
        : [`${name}: ${element} refers to ${id}, which is not there`];
    }),
  );
}

/** Elements whose ids are unique within a part (drawings, bookmarks, slides). */
const WITH_ID = new Set(["cNvPr", "docPr", "sldId", "sldMasterId", "sldLayoutId", "bookmarkStart", "cTn"]);

function idFaults(name: string, tags: readonly Tag[]): readonly string[] {
  const seen = new Set<string>();
  const faults: string[] = [];
  let section = false;
  for (const { name: element, kind, attributes } of tags) {
    if (element === "sectionLst") section = kind === "start";
    const id = attributes.get("id") ?? attributes.get("w:id");
    if (kind === "end" || id === undefined || section || !WITH_ID.has(element)) continue;
    const key = `${element} ${id}`;
    if (seen.has(key)) faults.push(`${name}: ${key} is there twice`);
    seen.add(key);
  }
  return faults;
}

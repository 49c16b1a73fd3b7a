import type { Colors } from "../../../shared/diagram/theme.ts";
import { escapeXml } from "../../../shared/diagram/xml.ts";
import { OFFICE, type Part, type Relation } from "../ooxml/package.ts";
import { type Entries, extendPackage, insertedLast, relationsIn, textOf } from "../ooxml/read-package.ts";
import { tagsOf } from "../ooxml/xml-tags.ts";
import { notesMasterParts } from "./blank-deck.ts";
import type { Deck } from "./deck.ts";
import type { Names } from "./slide-parts.ts";

/** Slides that PowerPoint shows under one heading. */
export interface Section {
  readonly name: string;
  /** How many slides it has. */
  readonly slides: number;
}

/** Names for slides to come, none of which the deck has. */
export function freeNames({ entries, notesMaster }: Deck, count: number): readonly Names[] {
  const last = [...entries.keys()].reduce((most, name) => {
    const number = /^ppt\/(?:slides|notesSlides)\/\D*(\d+)\.xml$/i.exec(name)?.[1];
    return Math.max(most, Number(number ?? 0));
  }, 0);
  return Array.from({ length: count }, (_, i) => ({
    slide: `ppt/slides/slide${last + i + 1}.xml`,
    notes: `ppt/notesSlides/notesSlide${last + i + 1}.xml`,
    notesMaster: notesMaster ?? NOTES_MASTER,
  }));
}

const NOTES_MASTER = "ppt/notesMasters/notesMasterCallflow.xml";
const NOTES_THEME = "ppt/theme/themeCallflowNotes.xml";

/** A part of the deck besides its slides. */
export interface Companion {
  /** The type of the presentation's relation to it; absent for one that another part refers to. */
  readonly relation?: string;
  readonly part: Part;
}

/**
 * The deck with slides after its own. Its other parts stay byte for byte; those that list its slides and parts get the new
 * ones besides.
 * @param parts the parts of the slides, in any order; taken one by one
 * @param companions what else it gets; a part whose name is taken gets a number
 */
export async function extendDeck(
  deck: Deck,
  names: readonly Names[],
  sections: readonly Section[],
  parts: AsyncIterable<Part>,
  companions: readonly Companion[],
): Promise<Uint8Array> {
  const { entries, presentation } = deck;
  const listed = relationsIn(entries, presentation);
  const free = Math.max(0, ...listed.map(({ id }) => Number(/\d+$/.exec(id)?.[0] ?? 0))) + 1;
  const others = companions.map(({ part, ...rest }) => ({
    ...rest,
    part: { ...part, name: freeName(entries, part.name) },
  }));
  const relations: readonly Relation[] = [
    ...names.map(({ slide }) => ({ type: "slide", target: slide })),
    ...others.flatMap(({ relation, part }) => (relation === undefined ? [] : [{ type: relation, target: part.name }])),
  ].map((relation, i) => ({ id: `rId${free + i}`, ...relation }));
  const master = relations.find(({ type }) => type === "notesMaster");
  const slides = relations.slice(0, names.length);
  const xml = listSlides(textOf(entries, presentation) ?? "", slides, master?.id, sections);
  async function* all(): AsyncIterable<Part> {
    yield* others.map(({ part }) => part);
    yield* parts;
  }
  return extendPackage(entries, {
    parts: all(),
    rewritten: new Map([[presentation, xml]]),
    relations: new Map([[presentation, relations]]),
  });
}

function freeName(entries: Entries, name: string): string {
  const dot = name.lastIndexOf(".");
  let free = name;
  for (let i = 2; entries.has(free); i++) free = `${name.slice(0, dot)}${i}${name.slice(dot)}`;
  return free;
}

/** What a deck needs for the notes of slides where it has none yet. */
export function notesCompanions({ notesMaster }: Deck, colors: Colors): readonly Companion[] {
  if (notesMaster !== undefined) return [];
  const [master, ...others] = notesMasterParts(NOTES_MASTER, NOTES_THEME, colors);
  return [{ relation: "notesMaster", part: master }, ...others.map((part) => ({ part }))];
}

/** Ids of slides start here (ECMA-376 part 1, clause 19.7.13). */
const FIRST_SLIDE_ID = 256;

/** The presentation with more slides in its list, and sections around them. */
function listSlides(
  xml: string,
  slides: readonly Relation[],
  notesMaster: string | undefined,
  sections: readonly Section[],
): string {
  const tags = tagsOf(xml);
  const root = tags.find(({ name }) => name === "presentation");
  const prefix = root?.prefix ?? "";
  const p = prefix === "" ? "" : `${prefix}:`;
  // Sections have lists of the same name, but in a namespace of their own.
  const has = (element: string) => tags.some((tag) => tag.name === element && tag.prefix === prefix);
  const r = [...(root?.attributes ?? [])].find(([, space]) => space === OFFICE)?.[0].replace(/^xmlns:/, "") ?? "r";
  const own = tags.filter(({ name, attributes }) => name === "sldId" && attributes.has(`${r}:id`));
  const known = own.map(({ attributes }) => Number(attributes.get("id")));
  const first = Math.max(FIRST_SLIDE_ID - 1, ...known) + 1;
  const ids = slides.map((_, i) => first + i);
  const list = slides.map(({ id }, i) => `<${p}sldId id="${ids[i]}" ${r}:id="${id}"/>`).join("");
  let written = has("sldIdLst")
    ? insertedLast(xml, "sldIdLst", list, prefix)
    : insertedBefore(xml, "sldSz", `<${p}sldIdLst>${list}</${p}sldIdLst>`);
  if (notesMaster !== undefined) {
    const masters = `<${p}notesMasterIdLst><${p}notesMasterId ${r}:id="${notesMaster}"/></${p}notesMasterIdLst>`;
    const next = has("handoutMasterIdLst") ? "handoutMasterIdLst" : "sldIdLst";
    written = insertedBefore(written, next, masters);
  }
  return withSections(written, p, known, ids, sections);
}

/** Puts a text before the first element of that name. */
function insertedBefore(xml: string, element: string, text: string): string {
  const first = tagsOf(xml).find(({ name }) => name === element);
  return first === undefined ? xml : xml.slice(0, first.start) + text + xml.slice(first.start);
}

const SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}";
const P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main";

/** Once there are sections every slide is in one: those of a deck that had none go under a heading of their own. */
function withSections(
  xml: string,
  p: string,
  known: readonly number[],
  ids: readonly number[],
  sections: readonly Section[],
): string {
  const existing = tagsOf(xml).find(({ name }) => name === "sectionLst");
  const prefix = existing === undefined ? "p14" : existing.prefix;
  let taken = 0;
  const numbered = [...xml.matchAll(new RegExp(`${SECTION_ID}([0-9A-F]{12})`, "g"))].reduce(
    (most, [, digits = ""]) => Math.max(most, Number.parseInt(digits, 16)),
    0,
  );
  const written = sections.map(({ name, slides }, i) => {
    const within = ids.slice(taken, taken + slides);
    taken += slides;
    return sectionXml(prefix, name, numbered + i + 1, within);
  });
  if (existing !== undefined) return insertedLast(xml, "sectionLst", written.join(""));
  const before = known.length === 0 ? "" : sectionXml(prefix, "Presentation", 0, known);
  const list = `<${p}ext uri="${SECTIONS}"><p14:sectionLst xmlns:p14="${P14}">${before}${written.join("")}</p14:sectionLst></${p}ext>`;
  // The last of the presentation's own extensions; lists within others are not its.
  const tags = tagsOf(xml);
  const end = tags.findLast(({ name, kind }) => name === "presentation" && kind === "end");
  const last = end === undefined ? undefined : tags[tags.indexOf(end) - 1];
  if (last?.name === "extLst" && last.kind === "end") return xml.slice(0, last.start) + list + xml.slice(last.start);
  return insertedLast(xml, "presentation", `<${p}extLst>${list}</${p}extLst>`);
}

/** How the ids of our own sections begin; a number follows. */
const SECTION_ID = "CA11F100-0000-4000-8000-";

function sectionXml(prefix: string, name: string, number: number, ids: readonly number[]): string {
  const slides = ids.map((id) => `<${prefix}:sldId id="${id}"/>`).join("");
  const id = `{${SECTION_ID}${number.toString(16).toUpperCase().padStart(12, "0")}}`;
  return `<${prefix}:section name="${escapeXml(name)}" id="${id}"><${prefix}:sldIdLst>${slides}</${prefix}:sldIdLst></${prefix}:section>`;
}

import { type Entries, relationsIn, textOf } from "../electron/export/ooxml/read-package.ts";
import { type Tag, tagsOf } from "../electron/export/ooxml/xml-tags.ts";

/** What the parts of an office document refer to in each other, where that is not there or not what it should be. */
export function referenceFaultsBetween(entries: Entries): readonly string[] {
  const main = relationsIn(entries, "").find(({ type }) => type.endsWith("/officeDocument"))?.target ?? "";
  if (main.startsWith("word/")) return wordFaults(entries, main);
  return main.startsWith("ppt/") ? deckFaults(entries, main) : [];
}

const has = (tag: Tag, name: string) => tag.name === name && tag.kind !== "end";
const all = (tags: readonly Tag[], name: string) => tags.filter((tag) => has(tag, name));
const value = (tag: Tag | undefined, id: string) => tag?.attributes.get(id) ?? "";

function wordFaults(entries: Entries, main: string): readonly string[] {
  const tags = tagsOf(textOf(entries, main) ?? "");
  const partOf = (kind: string) =>
    tagsOf(
      textOf(entries, relationsIn(entries, main).find(({ type }) => type.endsWith(`/${kind}`))?.target ?? "") ?? "",
    );
  const styles = new Set(all(partOf("styles"), "style").map((tag) => value(tag, "w:styleId")));
  const numbering = partOf("numbering");
  const numbers = new Set(all(numbering, "num").map((tag) => value(tag, "w:numId")));
  const abstracts = new Set(all(numbering, "abstractNum").map((tag) => value(tag, "w:abstractNumId")));
  return [
    ...all(tags, "pStyle").flatMap((tag) => missing("style", value(tag, "w:val"), styles)),
    ...all(tags, "numId").flatMap((tag) =>
      value(tag, "w:val") === "0" ? [] : missing("list", value(tag, "w:val"), numbers),
    ),
    ...all(numbering, "abstractNumId").flatMap((tag) => missing("abstract list", value(tag, "w:val"), abstracts)),
    ...bookmarkFaults(tags),
    ...moveFaults(tags),
    ...fieldFaults(tags),
    ...gridFaults(tags),
  ];
}

const missing = (what: string, id: string, known: ReadonlySet<string>): readonly string[] =>
  known.has(id) ? [] : [`there is no ${what} ${id}`];

function bookmarkFaults(tags: readonly Tag[]): readonly string[] {
  const faults: string[] = [];
  const open = new Set<string>();
  const names = new Set<string>();
  for (const tag of tags) {
    if (has(tag, "bookmarkStart")) {
      const name = value(tag, "w:name");
      open.add(value(tag, "w:id"));
      if (!/^[A-Za-z_][\w]{0,39}$/.test(name)) faults.push(`“${name}” is no name for a bookmark`);
      if (names.has(name.toLowerCase())) faults.push(`the bookmark ${name} is there twice`);
      names.add(name.toLowerCase());
    } else if (has(tag, "bookmarkEnd") && !open.delete(value(tag, "w:id")))
      faults.push(`the bookmark ${value(tag, "w:id")} ends without a start`);
  }
  return [...faults, ...[...open].map((id) => `the bookmark ${id} does not end`)];
}

/** A move has a place that it left and one where it arrived, each with a start and an end. */
function moveFaults(tags: readonly Tag[]): readonly string[] {
  const faults: string[] = [];
  const named = (element: string) =>
    all(tags, element)
      .map((tag) => value(tag, "w:name"))
      .toSorted();
  const [from, to] = [named("moveFromRangeStart"), named("moveToRangeStart")];
  if (`${from}` !== `${to}`) faults.push(`moves from ${from} and to ${to}`);
  if (new Set(from).size !== from.length) faults.push("a move is there twice");
  for (const side of ["moveFromRange", "moveToRange"]) {
    const ids = (end: string) =>
      all(tags, `${side}${end}`)
        .map((tag) => value(tag, "w:id"))
        .toSorted();
    if (`${ids("Start")}` !== `${ids("End")}`) faults.push(`${side} starts ${ids("Start")} and ends ${ids("End")}`);
  }
  return faults;
}

/** In each paragraph a field begins, is separated from what it shows, and ends. */
function fieldFaults(tags: readonly Tag[]): readonly string[] {
  const faults: string[] = [];
  let state = "";
  for (const tag of tags) {
    if (tag.name === "p" && tag.prefix === "w" && tag.kind === "end") {
      if (!/^(?:begin separate end ?)*$/.test(state.trim())) faults.push(`fields of a paragraph: ${state}`);
      state = "";
    } else if (has(tag, "fldChar")) state += `${value(tag, "w:fldCharType")} `;
  }
  return faults;
}

/** A row has as many cells as the table has columns. */
function gridFaults(tags: readonly Tag[]): readonly string[] {
  const faults: string[] = [];
  let [columns, cells] = [0, 0];
  for (const tag of tags) {
    if (has(tag, "tblGrid")) columns = 0;
    else if (has(tag, "gridCol")) columns++;
    else if (has(tag, "tr")) cells = 0;
    else if (has(tag, "tc")) cells++;
    else if (tag.name === "tr" && tag.kind === "end" && cells !== columns)
      faults.push(`a row of ${cells} cells in ${columns} columns`);
  }
  return faults;
}

const FIRST_MASTER = 2_147_483_648;

function deckFaults(entries: Entries, main: string): readonly string[] {
  const tags = tagsOf(textOf(entries, main) ?? "");
  const parts = [...entries.keys()];
  const slides = all(tags, "sldId").filter((tag) => tag.prefix === "p");
  const ids = slides.map((tag) => Number(value(tag, "id")));
  const masters = [
    ...all(tags, "sldMasterId"),
    ...parts
      .filter((name) => /^ppt\/slideMasters\/[^/]+\.xml$/.test(name))
      .flatMap((name) => all(tagsOf(textOf(entries, name) ?? ""), "sldLayoutId")),
  ].map((tag) => Number(tag.attributes.get("id") ?? Number.NaN));
  const within = all(tags, "sldId")
    .filter((tag) => tag.prefix !== "p")
    .map((tag) => Number(value(tag, "id")));
  const sections = all(tags, "section").map((tag) => value(tag, "id"));
  return [
    ...ids.filter((id) => !(id >= 256 && id < FIRST_MASTER)).map((id) => `a slide has the id ${id}`),
    ...masters.filter((id) => id < FIRST_MASTER).map((id) => `a master or layout has the id ${id}`),
    ...(new Set(masters.filter((id) => !Number.isNaN(id))).size === masters.filter((id) => !Number.isNaN(id)).length
      ? []
      : [`ids of masters and layouts: ${masters}`]),
    ...(sections.length === 0 || `${within.toSorted((a, b) => a - b)}` === `${ids.toSorted((a, b) => a - b)}`
      ? []
      : [`sections hold ${within} of ${ids}`]),
    ...(new Set(sections).size === sections.length ? [] : ["two sections have one id"]),
    ...sections
      .filter((id) => !/^\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}$/i.test(id))
      .map((id) => `a section has the id ${id}`),
    ...parts.flatMap((name) => neededFaults(entries, name)),
    ...parts
      .filter((name) => /^ppt\/slides\/[^/]+\.xml$/.test(name))
      .flatMap((name) => slideFaults(entries, name).map((fault) => `${name}: ${fault}`)),
  ];
}

/** The relations that parts of a kind have, once each. */
const needed: readonly (readonly [folder: string, ...kinds: string[]])[] = [
  ["slides", "slideLayout"],
  ["slideLayouts", "slideMaster"],
  ["slideMasters", "theme"],
  ["notesSlides", "notesMaster", "slide"],
  ["notesMasters", "theme"],
];

function neededFaults(entries: Entries, name: string): readonly string[] {
  const [folder] = name.match(/(?<=^ppt\/)\w+(?=\/[^/]+\.xml$)/) ?? [];
  const kinds = needed.find(([known]) => known === folder)?.slice(1) ?? [];
  const relations = relationsIn(entries, name).map(({ type }) => type.slice(type.lastIndexOf("/") + 1));
  return kinds.flatMap((kind) => {
    const count = relations.filter((one) => one === kind).length;
    return count === 1 ? [] : [`${name} has ${count} relations to a ${kind}`];
  });
}

/** Sites of the outlines that we use; of others every number is taken for one. */
const SITES: Readonly<Record<string, number>> = { rect: 4, roundRect: 4, ellipse: 8 };

function slideFaults(entries: Entries, name: string): readonly string[] {
  const tags = tagsOf(textOf(entries, name) ?? "");
  const shapes = new Map<string, { readonly kind: string; sites?: number }>();
  let kind = "";
  let shape: { readonly kind: string; sites?: number } | undefined;
  for (const tag of tags) {
    if (
      tag.prefix === "p" &&
      ["sp", "cxnSp", "grpSp", "pic", "graphicFrame"].includes(tag.name) &&
      tag.kind === "start"
    )
      kind = tag.name;
    else if (has(tag, "cNvPr")) {
      shape = { kind };
      shapes.set(value(tag, "id"), shape);
    } else if (has(tag, "cxnLst") && shape !== undefined) shape.sites = 0;
    else if (has(tag, "cxn") && shape !== undefined) shape.sites = (shape.sites ?? 0) + 1;
    else if (has(tag, "prstGeom") && shape !== undefined) {
      const sites = SITES[value(tag, "prst")];
      if (sites !== undefined) shape.sites = sites;
    }
  }
  const glued = [...all(tags, "stCxn"), ...all(tags, "endCxn")].flatMap((tag) => {
    const to = shapes.get(value(tag, "id"));
    if (to === undefined) return [`a connector is glued to ${value(tag, "id")}, which is not there`];
    const isSite = to.sites === undefined || Number(value(tag, "idx")) < to.sites;
    return isSite ? [] : [`a connector is glued to site ${value(tag, "idx")} of ${to.sites} of ${value(tag, "id")}`];
  });
  const ids = new Set(shapes.keys());
  const targets = all(tags, "spTgt").flatMap((tag) => missing("shape", value(tag, "spid"), ids));
  const grouped = new Set<string>();
  let group = "";
  for (const tag of tags) {
    if (has(tag, "cTn") && tag.attributes.has("presetClass")) group = value(tag, "grpId");
    else if (has(tag, "spTgt") && group !== "") grouped.add(`${value(tag, "spid")} ${group}`);
  }
  const builds = all(tags, "bldP").flatMap((tag) => {
    const of = shapes.get(value(tag, "spid"))?.kind;
    const isAnimated = grouped.has(`${value(tag, "spid")} ${value(tag, "grpId")}`);
    return of === "sp" && isAnimated
      ? []
      : [`shape ${value(tag, "spid")} is built and is ${of ?? "not there"}, animated: ${isAnimated}`];
  });
  const links = new Map(relationsIn(entries, name).map(({ id, type }) => [id, type]));
  const jumps = all(tags, "hlinkClick").flatMap((tag) => {
    const isJump = value(tag, "action").endsWith("hlinksldjump");
    return !isJump || links.get(value(tag, "r:id"))?.endsWith("/slide") ? [] : [`a link leads to no slide`];
  });
  return [...glued, ...targets, ...builds, ...jumps];
}

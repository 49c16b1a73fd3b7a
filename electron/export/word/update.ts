import { fail, ok, type Result } from "../../../shared/flow/result.ts";
import { relationsIn } from "../ooxml/read-package.ts";
import { tagsOf } from "../ooxml/xml-tags.ts";
import { bodyXml } from "./body-xml.ts";
import { type CarriedFlow, type CarriedPart, carriedIn, carriedXml } from "./carried.ts";
import { carriedOf, revisedSection, sourceOf } from "./document.ts";
import type { DrawnFlow } from "./flow-section.ts";
import type { FlowSection } from "./flow-sections.ts";
import { type Author, extensionOf, type HostDocument, type Reused } from "./host-document.ts";
import { linesIn, type Region, regionOf } from "./written.ts";

/** Where a flow stands in a document that is brought up to date. */
export interface UpdatePlace {
  /** Index among the flows that the document carries. */
  readonly index: number;
  readonly region: Region;
  /** Ends the names of the section's bookmarks. */
  readonly mark: string;
  /** The number of its figure. */
  readonly figureNumber: number;
  /** The terms of the flow stand elsewhere in the document. */
  readonly withoutDefinitions: boolean;
}

export interface Update {
  readonly carried: CarriedPart;
  /** One for each flow. */
  readonly places: readonly UpdatePlace[];
  /** Nothing stands before the first of these flows. */
  readonly startsDocument: boolean;
}

/**
 * Finds the sections of flows in a document that was written before. Fails with a sentence where the document carries no
 * flows or not these, and where one of their sections was edited by hand: says then what was.
 */
export function findUpdate(host: HostDocument, flows: readonly Pick<DrawnFlow, "flow" | "variant">[]): Result<Update> {
  const carried = carriedIn(host.entries, host.main);
  if (carried === undefined || carried.flows.length === 0)
    return fail("The document holds no flows; choose one into which Callflow has written flows.");
  const places: UpdatePlace[] = [];
  for (const flow of flows) {
    const index = indexOf(flow, carried.flows, flows.length);
    const old = carried.flows[index];
    if (old === undefined || places.some((place) => place.index === index)) {
      const titles = carried.flows.map((one) => `“${headOf(one).title}”`).join(", ");
      return fail(`The document does not hold “${flow.flow.title}”; it holds ${titles}.`);
    }
    const place = placeOf(host, old, index);
    if (!place.ok) return place;
    places.push(place.value);
  }
  const start = host.xml.slice(host.xml.search(/<w:body\b/), places[0]?.region.start);
  return ok({ carried, places, startsDocument: !/<w:(?:p|tbl|sdt)\b/.test(start) });
}

/** By title and variant, else by clause and variant; where there is one flow on either side, they are meant. */
function indexOf(
  { flow, variant }: Pick<DrawnFlow, "flow" | "variant">,
  carried: readonly CarriedFlow[],
  count: number,
): number {
  const known = carried.map((one) => ({ ...headOf(one), variant: one.variant }));
  const byTitle = known.findIndex((one) => one.title === flow.title && one.variant === variant);
  if (byTitle >= 0) return byTitle;
  const byClause = known.findIndex(
    (one) => flow.clause !== undefined && one.clause === flow.clause && one.variant === variant,
  );
  return byClause >= 0 || count > 1 || carried.length > 1 ? byClause : 0;
}

/** What a carried document says of itself; it is anyone's, and may say nothing of the kind. */
function headOf({ flow }: CarriedFlow): {
  readonly title: string;
  readonly clause?: unknown;
  readonly terms: readonly string[];
} {
  try {
    const { title, clause, definitions } = JSON.parse(flow) as Readonly<Record<string, unknown>>;
    const list: readonly { readonly term?: unknown }[] = Array.isArray(definitions) ? definitions : [];
    return { title: String(title), clause, terms: list.map((one) => String(one?.term)) };
  } catch {
    return { title: "", terms: [] };
  }
}

function placeOf(host: HostDocument, old: CarriedFlow, index: number): Result<UpdatePlace> {
  const { title, terms } = headOf(old);
  const region = regionOf(host.xml, old.bookmark);
  if (region === undefined)
    return fail(
      `The section “${title}” is no longer to be found in the document: its bookmark ${old.bookmark} is gone.`,
    );
  const lines = linesIn(host.entries, host.main, host.xml.slice(region.start, region.end));
  const edited = firstEdit(old.written, lines);
  if (edited !== undefined)
    return fail(
      `The section “${title}” was edited by hand, which would be lost: ${edited}. Take it into the flow, or export into a new document.`,
    );
  const figureNumber = Number(lines.map((line) => line.match(/^Figure (\d+)/)?.[1]).find(Boolean) ?? 1);
  const isTerm = (line: string) => terms.some((term) => line.startsWith(`${term}\t`));
  const withoutDefinitions = terms.length > 0 && !old.written.some(isTerm);
  return ok({ index, region, mark: old.bookmark.replace(/^Callflow_/, ""), figureNumber, withoutDefinitions });
}

/** Says the first line that is not as it was written. */
function firstEdit(written: readonly string[], now: readonly string[]): string | undefined {
  const [before, after] = [written.map(comparable), now.map(comparable)];
  const at = before.findIndex((line, i) => line !== after[i]);
  if (at < 0) return after.length === before.length ? undefined : `“${shortened(now[before.length])}” was added`;
  if (after.length > before.length) return `“${shortened(now[at])}” was added`;
  if (after.length < before.length) return `“${shortened(written[at])}” is gone`;
  if (written[at]?.startsWith("picture ") === true) return "the figure is another one";
  const from = beforeChange(spaced(now[at]), spaced(written[at]));
  return `it says “${shortened(now[at], from)}” instead of “${shortened(written[at], from)}”`;
}

/** Programs number figures anew, and break lines of the file where they like. */
const comparable = (line: string): string =>
  line
    .replace(/^Figure \d+/, "Figure #")
    .replace(/\s+/g, " ")
    .trim();

const spaced = (line = ""): string => line.replace(/\s+/g, " ").trim();

/** So much of a line is quoted, and so much of that before what changed in it. */
const QUOTED = 80;
const BEFORE_CHANGE = 30;

/** Where to quote two lines from, so that what differs is seen: at a word a little before it. */
function beforeChange(a: string, b: string): number {
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  return same < QUOTED - BEFORE_CHANGE / 2 ? 0 : a.lastIndexOf(" ", same - BEFORE_CHANGE) + 1;
}

function shortened(line: string | undefined, from = 0): string {
  const text = spaced(line).slice(from);
  return `${from > 0 ? "…" : ""}${text.length <= QUOTED ? text : `${text.slice(0, QUOTED - 3)}…`}`;
}

/** Replaces the sections of flows in a document; all else of it stays as it is. */
export async function updateDocument(
  host: HostDocument,
  { carried, places }: Update,
  sections: readonly FlowSection[],
  author: Author,
): Promise<Uint8Array> {
  const reused = places.flatMap(({ region }) => picturesIn(host, region));
  const { around, finish } = extensionOf(host, author, reused);
  const written = sections.map((section, i) => bodyXml(revisedSection(section, i), around));
  let { xml } = host;
  const order = [...places.keys()].sort((a, b) => startOf(places, b) - startOf(places, a));
  for (const i of order) {
    const { region } = places[i] as UpdatePlace;
    const { start, end, from, to } = region;
    const opens = from.start >= start && from.start < end ? host.xml.slice(from.start, from.end) : "";
    const closes = to.start >= start && to.start < end ? host.xml.slice(to.start, to.end) : "";
    xml = xml.slice(0, start) + opens + written[i] + closes + xml.slice(end);
  }
  const flows = [...carried.flows];
  for (const [i, place] of places.entries()) {
    const [flow] = carriedOf(sections[i] as FlowSection);
    if (flow !== undefined) flows[place.index] = flow;
  }
  const first = sections[places.findIndex(({ index }) => index === 0)];
  return finish(xml, { name: carried.name, xml: carriedXml(flows) }, first && sourceOf(first));
}

const startOf = (places: readonly UpdatePlace[], i: number): number => places[i]?.region.start ?? 0;

/** The pictures of a section that nothing else in the document shows: the new ones take their places. */
function picturesIn({ entries, main, xml }: HostDocument, { start, end }: Region): Reused {
  const targets = new Map(relationsIn(entries, main).map(({ id, target }) => [id, target]));
  const found: { ids: { svg: string; png: string }; parts: { svg: string; png: string } }[] = [];
  let png = "";
  for (const { name, attributes } of tagsOf(xml.slice(start, end))) {
    const id = attributes.get("r:embed") ?? "";
    if (name === "blip") png = id;
    if (name !== "svgBlip" || [id, png].some((one) => xml.split(`"${one}"`).length !== 2)) continue;
    const parts = { svg: targets.get(id) ?? "", png: targets.get(png) ?? "" };
    if (entries.has(parts.svg) && entries.has(parts.png)) found.push({ ids: { svg: id, png }, parts });
  }
  return found;
}

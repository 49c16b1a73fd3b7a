import { compare } from "../../../shared/compare/compare.ts";
import type { Diagram, NumberedNote, Paragraph as Told } from "../../../shared/diagram/diagram.ts";
import { shownText } from "../../../shared/diagram/shown-text.ts";
import { stepsOf } from "../../../shared/diagram/steps-of.ts";
import type { Flow } from "../../../shared/flow/flow.ts";
import type { Drawn } from "../formats.ts";
import { caption, heading } from "../heading.ts";
import type { Block, Paragraph, Picture, Piece, Row, StyleId } from "./blocks.ts";
import { linkedPieces, plainPieces, type StepPlaces } from "./pieces.ts";

/** A flow with one of its variants drawn. */
export interface DrawnFlow extends Drawn {
  readonly flow: Flow;
}

export interface SectionOptions {
  readonly pictures: readonly Picture[];
  /** Ends the names of this section's bookmarks. */
  readonly mark: string;
  /** The depth of the heading; by the clause's when absent. */
  readonly level?: 1 | 2 | 3 | 4 | 5 | 6;
  /** The place of the figure among those of the document, from 1. */
  readonly figureNumber: number;
  /** Without the definitions: they stand elsewhere in the document. */
  readonly withoutDefinitions?: boolean;
  /**
   * The figure has pages of its own that lie: after what comes before it, or from the heading on, where that is all; at the
   * `start` of a document no others come before them.
   */
  readonly lying?: "after" | "heading" | "start";
  /** Names for the paragraphs of a base: those of their likes in the flow. */
  readonly keyOf?: (paragraph: Told) => string;
}

/** The section that a flow is written for: heading, introduction, definitions, notes, figure with caption, numbered paragraphs. */
export function flowSection(drawn: DrawnFlow, options: SectionOptions): readonly Block[] {
  const { diagram } = drawn;
  const { places, linked } = linksOf(drawn, options.mark);
  const keyOf = options.keyOf ?? keyOfParagraph;
  return [
    ...withPages(blocksBefore(drawn, options), options.lying),
    ...figureBlocks(drawn, options),
    ...diagram.paragraphs.flatMap((told) => toldBlocks(keyOf(told), told, places, linked)),
  ];
}

/** What comes before the figure. */
export function blocksBefore(
  drawn: DrawnFlow,
  { mark, level, withoutDefinitions }: Pick<SectionOptions, "mark" | "level" | "withoutDefinitions">,
): readonly Block[] {
  const { flow, variant, diagram } = drawn;
  const { linked } = linksOf(drawn, mark);
  const texts = (key: string, text: string | undefined, style: StyleId = "Normal") =>
    partsOf(text).map((part, i) => paragraph(`${key} ${i}`, style, linked(part)));
  const { description } = flow.variants.find(({ id }) => id === variant) ?? {};
  return [
    paragraph("heading", `Heading${level ?? headingLevel(flow.clause)}`, plainPieces(heading(flow, variant))),
    ...texts("introduction", flow.introduction),
    ...texts("description", description),
    ...(withoutDefinitions === true ? [] : definitionRows(flow, linked)),
    ...(diagram.introNotes ?? []).flatMap((note, i) => noteBlocks(`before ${i}`, note, linked)),
  ];
}

function linksOf({ diagram }: DrawnFlow, mark: string) {
  const places = placesOf(diagram, mark);
  return { places, linked: (text: string) => linkedPieces(shownText(diagram, text), places) };
}

/** What comes before a figure on lying pages, with the end of the pages that stand: a paragraph of its own, as in Word. */
function withPages(before: readonly Block[], lying: SectionOptions["lying"]): readonly Block[] {
  const end: Paragraph = { ...paragraph("pages", "Normal", []), pages: "standing" };
  if (lying === "after") return [...before, end];
  return lying === "heading" ? [end, ...before] : before;
}

/** What the figure is called in fields that refer to it. */
const figureBookmark = (mark: string): string => `Figure_${mark}`;

function paragraph(key: string, style: StyleId, pieces: readonly Piece[], label?: readonly Piece[]): Paragraph {
  return { kind: "paragraph", key, style, ...(label !== undefined && { label }), pieces };
}

/** As deep as the clause has numbers: C.1.2.3 is a heading of the fourth level. */
function headingLevel(clause: string | undefined): 1 | 2 | 3 | 4 | 5 | 6 {
  const depth = clause === undefined ? 1 : clause.split(".").filter((part) => part !== "").length;
  return Math.min(6, Math.max(1, depth)) as 1 | 2 | 3 | 4 | 5 | 6;
}

/** An empty line separates paragraphs. */
function partsOf(text: string | undefined): readonly string[] {
  return (text ?? "")
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

/** The terms as rows of a table. */
export function definitionRows({ definitions = [] }: Flow, linked: (text: string) => readonly Piece[]): readonly Row[] {
  return definitions.map(({ term, text }) => ({
    kind: "row",
    key: `term ${term}`,
    widths: [1, 3],
    cells: [
      paragraph("term", "TableText", plainPieces(term, true)),
      paragraph("text", "TableText", linked(partsOf(text).join("\n\n"))),
    ],
  }));
}

function figureBlocks(
  { flow, variant }: DrawnFlow,
  { pictures, mark, figureNumber, lying }: SectionOptions,
): readonly Paragraph[] {
  const name: Piece = { kind: "text", text: "Figure " };
  const number: Piece = {
    kind: "field",
    instruction: "SEQ Figure \\* ARABIC",
    text: String(figureNumber),
    bookmark: figureBookmark(mark),
  };
  return [
    // Another picture is another paragraph: both in one would have to stand on one page.
    ...pictures.map((picture) => paragraph(`figure ${picture.svg}`, "FlowFigure", [{ kind: "picture", picture }])),
    {
      ...paragraph("caption", "Caption", [name, number, ...plainPieces(`: ${caption(flow, variant)}`)]),
      ...(lying !== undefined && { pages: "lying" as const }),
    },
  ];
}

const keyOfParagraph = ({ first, last }: Told): string => `steps ${first} ${last}`;

function toldBlocks(
  key: string,
  { label, text, notes, first, last }: Told,
  places: StepPlaces,
  linked: (text: string) => readonly Piece[],
): readonly Paragraph[] {
  const [start = "", ...more] = partsOf(text);
  const numbered =
    label === "" ? undefined : labelPieces(label, places, places.steps[first]?.number, places.steps[last]?.number);
  return [
    paragraph(key, numbered === undefined ? "FlowStepContinued" : "FlowStep", linked(start), numbered),
    ...more.map((part, i) => paragraph(`${key} part ${i}`, "FlowStepContinued", linked(part))),
    ...notes.flatMap((note, i) => noteBlocks(`${key} note ${i}`, note, linked)),
  ];
}

/** A label as "7 – 11.", its numbers under bookmarks to which the texts refer. */
function labelPieces(
  label: string,
  { numbers }: StepPlaces,
  first: string | undefined,
  last: string | undefined,
): readonly Piece[] {
  const start: Piece[] = [];
  const end: Piece[] = [];
  let rest = label;
  const marked = (number: string): Piece => {
    const bookmark = numbers.get(number);
    return { kind: "text", text: number, ...(bookmark !== undefined && { bookmark }) };
  };
  if (first && rest.startsWith(first)) {
    start.push(marked(first));
    rest = rest.slice(first.length);
  }
  const tail = rest.match(/\.?$/)?.[0] ?? "";
  if (last && last !== first && rest.endsWith(last + tail)) {
    end.push(marked(last));
    rest = rest.slice(0, rest.length - last.length - tail.length);
    if (tail !== "") end.push({ kind: "text", text: tail });
  }
  return [...start, ...plainPieces(rest), ...end];
}

function noteBlocks(
  key: string,
  { number, text }: NumberedNote,
  linked: (text: string) => readonly Piece[],
): readonly Paragraph[] {
  const [first = "", ...more] = partsOf(text);
  const label = number === "" ? undefined : plainPieces(`${number}:`);
  return [
    paragraph(key, "FlowNote", linked(first), label),
    ...more.map((part, i) => paragraph(`${key} part ${i}`, "FlowNote", [{ kind: "tab" }, ...linked(part)])),
  ];
}

/** A bookmark for the first and the last number of every paragraph; letters, digits and underscores, as Word wants. */
function placesOf(diagram: Diagram, mark: string): StepPlaces {
  const steps = stepsOf(diagram);
  const numbers = new Map<string, string>();
  const ranges = new Map<string, string>();
  for (const { first, last } of diagram.paragraphs) {
    for (const index of [first, last]) {
      const number = steps[index]?.number ?? "";
      if (number !== "" && !numbers.has(number))
        numbers.set(number, `Step_${number.replace(/\W/g, "_").slice(0, 20)}_${mark}`);
    }
    const range = numbers.get(steps[first]?.number ?? "");
    for (let i = first + 1; i < last; i++) if (range !== undefined) ranges.set(steps[i]?.number ?? "", range);
  }
  return { steps, numbers, ranges };
}

/** What links terms and other texts outside the section to its steps. */
export function linker({ diagram }: DrawnFlow, mark: string): (text: string) => readonly Piece[] {
  const places = placesOf(diagram, mark);
  return (text) => linkedPieces(shownText(diagram, text), places);
}

/** Names the paragraphs of a base after those of the flow that tell of the same steps. */
export function keysOfBase(base: DrawnFlow, now: DrawnFlow): (paragraph: Told) => string {
  const toldIn: Told[] = [];
  for (const told of now.diagram.paragraphs) for (let i = told.first; i <= told.last; i++) toldIn[i] = told;
  const like = new Map(compare(base, now).pairs.map(({ a, b }) => [a.index, toldIn[b.index]]));
  const taken = new Set<Told>();
  const keys = new Map<Told, string>();
  for (const told of base.diagram.paragraphs) {
    const votes = new Map<Told, number>();
    for (let i = told.first; i <= told.last; i++) {
      const other = like.get(i);
      if (other !== undefined && !taken.has(other)) votes.set(other, (votes.get(other) ?? 0) + 1);
    }
    const [best] = [...votes].toSorted((x, y) => y[1] - x[1]);
    if (best !== undefined) taken.add(best[0]);
    keys.set(told, best === undefined ? `gone ${told.first}` : keyOfParagraph(best[0]));
  }
  return (told) => keys.get(told) ?? `gone ${told.first}`;
}

/** A short name for a flow, made of its title and variant: letters and digits, the same for the same. */
export function markOf({ flow, variant }: DrawnFlow): string {
  let hash = 0x811c9dc5;
  for (const character of `${flow.clause ?? ""} ${flow.title} ${variant}`)
    hash = Math.imul(hash ^ (character.codePointAt(0) as number), 0x01000193) >>> 0;
  return hash.toString(36).padStart(7, "0");
}

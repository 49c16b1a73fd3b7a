import type { Paragraph } from "../../shared/diagram/diagram.ts";
import type { Edit, SingleEdit } from "../../shared/flow/edit.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { asOne } from "../../shared/flow/passages.ts";
import { asTyped, type Referable, withReferences } from "../../shared/flow/step-references.ts";
import type { HopName } from "../../shared/run/choice.ts";

/** What an author does to paragraphs, as edits of the document's prose. Pure. */

type Entry = NonNullable<Flow["prose"]>[number];

/** What the paragraphs are of: the document, and the steps and paragraphs of the view in which they are seen. */
export interface Told {
  readonly flow: Flow;
  readonly steps: readonly Referable[];
  readonly paragraphs: readonly Paragraph[];
}

/** The text of a paragraph as it is edited: references as numbers, where numbers are read as references again. */
export function editableText({ flow, steps }: Told, paragraph: Paragraph): string {
  return asTyped(sourceText(flow, paragraph), steps);
}

/** The text of a paragraph as the document holds it; what the engine says has no references. */
function sourceText({ prose = [] }: Flow, { entries, text }: Paragraph): string {
  return entries === undefined ? text : entries.map((entry) => prose[entry]?.text ?? "").join(" ");
}

/** The hops from which and to which a paragraph runs; undefined where it tells of a state alone, which has no hop. */
function rangeOf(steps: readonly Referable[], first: number, last: number): Pick<Entry, "at" | "to"> | undefined {
  const carried = steps.slice(first, last + 1).flatMap(({ hops }) => hops[0] ?? []);
  const [at, to] = [carried[0], carried.at(-1)];
  return at === undefined ? undefined : { at, ...(to !== undefined && to !== at && { to }) };
}

/** Whether the author can write a paragraph: it has an arrow by which the document can say where it belongs. */
export function isWritable({ steps }: Told, { first, last }: Paragraph): boolean {
  return rangeOf(steps, first, last) !== undefined;
}

/** Puts other entries in the place of those of some paragraphs, in the order in which they are read. */
function replaced(told: Told, from: number, to: number, entries: readonly Entry[]): Edit | undefined {
  const { flow, paragraphs } = told;
  const gone = paragraphs.slice(from, to + 1).flatMap((paragraph) => paragraph.entries ?? []);
  const following = paragraphs.slice(to + 1).find((paragraph) => paragraph.entries !== undefined)?.entries ?? [];
  const length = flow.prose?.length ?? 0;
  const place = gone.length > 0 ? Math.min(...gone) : following.length > 0 ? Math.min(...following) : length;
  // Those that stay at their place are replaced, so that as little changes as possible.
  const kept = gone.length === 1 && entries.length > 0 ? 1 : 0;
  const removals = kept === 1 ? [] : gone.toSorted((a, b) => b - a);
  const edits: SingleEdit[] = removals.map((index) => ({ kind: "remove", list: "prose", index }));
  entries.forEach((element, i) => {
    const kind = i < kept ? "replace" : "insert";
    edits.push({ kind, list: "prose", index: place + i, element });
  });
  if (entries.length === 0 && gone.length === length && length > 0)
    edits.push({ kind: "list", list: "prose", present: false });
  return asOne(edits);
}

/** The author's words for a paragraph; undefined where they are what stands there. Without words, the engine's come back. */
export function writeParagraph(told: Told, at: number, typed: string): Edit | undefined {
  const { flow, steps, paragraphs } = told;
  const paragraph = paragraphs[at];
  if (paragraph === undefined || typed === editableText(told, paragraph)) return undefined;
  if (typed.trim() === "") return backToEngine(told, at);
  const [entry, ...more] = paragraph.entries ?? [];
  const before = entry === undefined || more.length > 0 ? undefined : flow.prose?.[entry];
  const range = before ?? rangeOf(steps, paragraph.first, paragraph.last);
  if (range === undefined) return undefined;
  const text = withReferences(typed.trim(), steps, sourceText(flow, paragraph));
  return text === before?.text ? undefined : replaced(told, at, at, [{ ...range, text }]);
}

/** Takes the author's words for a paragraph away; undefined where there are none. */
export function backToEngine(told: Told, at: number): Edit | undefined {
  return told.paragraphs[at]?.entries === undefined ? undefined : replaced(told, at, at, []);
}

/** One paragraph of two: of the one at `at` and the next. */
export function joinWithNext(told: Told, at: number): Edit | undefined {
  const { flow, steps, paragraphs } = told;
  const [one, next] = [paragraphs[at], paragraphs[at + 1]];
  if (one === undefined || next === undefined) return undefined;
  const range = rangeOf(steps, one.first, next.last);
  if (range === undefined) return undefined;
  const text = `${sourceText(flow, one)} ${sourceText(flow, next)}`.trim();
  return replaced(told, at, at + 1, [{ ...range, text }]);
}

/**
 * Two paragraphs of one: the second starts with the step `step`. What was written is kept by the first; the second is the
 * engine's until the author writes it.
 */
export function splitBefore(told: Told, at: number, step: number): Edit | undefined {
  const { flow, steps, paragraphs } = told;
  const paragraph = paragraphs[at];
  if (paragraph === undefined || step <= paragraph.first || step > paragraph.last) return undefined;
  const range = rangeOf(steps, paragraph.first, step - 1);
  return range && replaced(told, at, at, [{ ...range, text: sourceText(flow, paragraph) }]);
}

/** A note after the last step of a paragraph, or before the figure. */
export function addNoteBelow({ flow, steps }: Told, paragraph: Paragraph | undefined): Edit | undefined {
  const at: HopName | undefined =
    paragraph === undefined
      ? undefined
      : steps
          .slice(0, paragraph.last + 1)
          .findLast(({ hops }) => hops.length > 0)
          ?.hops.at(-1);
  const element = { ...(at !== undefined && { at }), text: "New note." };
  return { kind: "insert", list: "notes", index: flow.notes?.length ?? 0, element };
}

/** Takes an element of a list away, and the list with its last one. */
export function removeElement(flow: Flow, list: "notes" | "definitions", index: number): Edit {
  const remove: SingleEdit = { kind: "remove", list, index };
  return flow[list]?.length === 1 ? { kind: "group", edits: [remove, { kind: "list", list, present: false }] } : remove;
}

import { diffWordsWithSpace } from "diff";
import type { Change } from "../../shared/compare/changes.ts";
import type { StepRef } from "../../shared/compare/comparison.ts";
import type { Paragraph } from "../../shared/diagram/diagram.ts";
import type { Shown } from "./shown.ts";

/** A paragraph, a note or another text of the document that differs. Pure. */
export interface ProseChange {
  readonly key: string;
  /** Its numbers, or what it is. */
  readonly label: string;
  /** Absent where the side has no such text. */
  readonly a?: string | undefined;
  readonly b?: string | undefined;
  /** The paragraph on either side; absent for other texts. */
  readonly was?: Paragraph | undefined;
  readonly is?: Paragraph | undefined;
}

/** Whether a text is of a step that a change is about. */
export function tellsOf({ was, is }: ProseChange, { a, b }: Change): boolean {
  const holds = (of: Paragraph | undefined, steps: readonly StepRef[]) =>
    of !== undefined && steps.some(({ index }) => of.first <= index && index <= of.last);
  return holds(was, a) || holds(is, b);
}

/** The texts that differ, in their order: those of the document, then the paragraphs. */
export function proseChanges({ a, b, comparison }: Shown): readonly ProseChange[] {
  const texts = comparison.document.flatMap((one): readonly ProseChange[] => {
    // What is written of the steps stands in their paragraphs.
    if (/^(prose|notes \S+>)/.test(one.at)) return [];
    const [was, is] = [textIn(one.a), textIn(one.b)];
    return was === is ? [] : [{ key: one.at, label: labelOf(one.at), a: was, b: is }];
  });
  const like = new Map(comparison.pairs.map((pair) => [pair.a.index, pair.b.index]));
  const theirs = new Map(b.diagram.paragraphs.map((paragraph) => [paragraph.first, paragraph]));
  const matched = new Map<Paragraph, Paragraph>();
  for (const mine of a.diagram.paragraphs) {
    const other = theirs.get(like.get(mine.first) ?? -1);
    if (other !== undefined) matched.set(other, mine);
  }
  const used = new Set(matched.values());
  const rows = [
    ...a.diagram.paragraphs.filter((one) => !used.has(one)).map((was) => ({ at: was.first, was, is: undefined })),
    ...b.diagram.paragraphs.map((is) => ({ at: is.first, was: matched.get(is), is })),
  ].toSorted((x, y) => x.at - y.at);
  const paragraphs = rows.flatMap(({ was, is }): readonly ProseChange[] => {
    const [before, after] = [was && wholeText(was), is && wholeText(is)];
    if (before === after) return [];
    const labels = [...new Set([was?.label, is?.label].filter((label) => label !== undefined))];
    return [{ key: `${was?.first} ${is?.first}`, label: labels.join(" → "), a: before, b: after, was, is }];
  });
  return [...texts, ...paragraphs];
}

const wholeText = ({ text, notes }: Paragraph): string =>
  [text, ...notes.map((note) => `${note.number}: ${note.text}`)].join("\n");

/** The words of a field or an element of a document; undefined where it has none. */
function textIn(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return undefined;
  const { text, description, name } = value as Readonly<Record<string, unknown>>;
  const found = text ?? description ?? name;
  return typeof found === "string" ? found : undefined;
}

function labelOf(at: string): string {
  return at.charAt(0).toUpperCase() + at.slice(1);
}

/** A piece of two texts: of both, or of one. */
export interface Piece {
  readonly text: string;
  readonly in: "both" | "a" | "b";
}

/** So many differing words are told apart; of texts that have nothing in common each is shown whole. */
const MOST_EDITS = 2000;

/** Two texts compared word by word. */
export function compareWords(a: string, b: string): readonly Piece[] {
  const parts = diffWordsWithSpace(a, b, { maxEditLength: MOST_EDITS });
  if (parts === undefined)
    return [
      { text: a, in: "a" },
      { text: b, in: "b" },
    ];
  return parts.map(({ value, added, removed }) => ({ text: value, in: added ? "b" : removed ? "a" : "both" }));
}

import type { Step } from "../../../shared/diagram/diagram.ts";
import { withReferences } from "../../../shared/flow/step-references.ts";
import type { Piece } from "./blocks.ts";

/** How a text refers to the steps of its flow: where Word finds the number, or at least the paragraph. */
export interface StepPlaces {
  readonly steps: readonly Step[];
  /** Bookmarks around printed numbers, by the number. */
  readonly numbers: ReadonlyMap<string, string>;
  /** For a number within a range: the bookmark of the range's first number. */
  readonly ranges: ReadonlyMap<string, string>;
}

const WORDS = /[\p{L}\p{M}\p{N}_]+|[^\S\n]+|\n|./gu;

/** A text as words, spaces and signs; a line break stays one. */
export function plainPieces(text: string, bold = false): readonly Piece[] {
  return (text.match(WORDS) ?? []).map((word): Piece => {
    if (word === "\n") return { kind: "break" };
    return { kind: "text", text: word, ...(bold && { bold }) };
  });
}

/** A text in which “step 9” and “steps 7 – 11” refer to the paragraphs of these steps. */
export function linkedPieces(text: string, places: StepPlaces): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { index, number, length } of numbersIn(text, places.steps)) {
    const instruction = fieldTo(number, places);
    if (instruction === undefined) continue;
    pieces.push(...plainPieces(text.slice(at, index)), { kind: "field", instruction, text: number });
    at = index + length;
  }
  return [...pieces, ...plainPieces(text.slice(at))];
}

function fieldTo(number: string, { numbers, ranges }: StepPlaces): string | undefined {
  const exact = numbers.get(number);
  if (exact !== undefined) return `REF ${exact} \\h`;
  const range = ranges.get(number);
  return range === undefined ? undefined : `HYPERLINK \\l "${range}"`;
}

interface Found {
  readonly index: number;
  readonly length: number;
  readonly number: string;
}

/** Where a text names steps by their numbers. */
function numbersIn(text: string, steps: readonly Step[]): readonly Found[] {
  const referring = withReferences(text, steps);
  if (referring === text) return [];
  const byHop = new Map(steps.flatMap(({ hops, number }) => hops.map((hop) => [hop as string, number] as const)));
  const found: Found[] = [];
  let shift = 0;
  for (const { index, 0: whole } of referring.matchAll(/\{([^{}\n]*#\d+)\}/g)) {
    const number = byHop.get(whole.slice(1, -1));
    if (number === undefined || !text.startsWith(number, index - shift)) continue;
    found.push({ index: index - shift, length: number.length, number });
    shift += whole.length - number.length;
  }
  return found;
}

import type { Diagram, Paragraph } from "../../shared/diagram/diagram.ts";
import { stepsOf } from "../../shared/diagram/steps-of.ts";
import type { Flow } from "../../shared/flow/flow.ts";

/** Paragraphs and steps, both ways. Pure. */

export type Requirement = NonNullable<Flow["requirements"]>[number];

/** Index of the paragraph that tells of a step; -1 when none does. Paragraphs are in order and do not overlap. */
export function paragraphAt(paragraphs: readonly Paragraph[], step: number): number {
  let low = 0;
  let high = paragraphs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((paragraphs[middle]?.last ?? 0) < step) low = middle + 1;
    else high = middle;
  }
  return step >= 0 && (paragraphs[low]?.first ?? Number.POSITIVE_INFINITY) <= step ? low : -1;
}

/** Where a click on a paragraph goes: nowhere when the current step is in it already, else to its first step. */
export function stepToGoTo({ first, last }: Paragraph, current: number): number | undefined {
  return current >= first && current <= last ? undefined : first;
}

/** Steps shown one by one under a paragraph, at most. */
const MOST = 40;

/** The numbers of the steps of a range, for choosing one; none for a paragraph of one step or of too many. */
export function numbersWithin(diagram: Diagram, { first, last }: Paragraph): readonly string[] {
  if (last <= first || last - first >= MOST) return [];
  return stepsOf(diagram)
    .slice(first, last + 1)
    .map(({ number, index }) => number || String(index + 1));
}

/** The requirements that the steps of a paragraph carry, each once, in the order of the document. */
export function requirementsWithin(
  diagram: Diagram,
  { first, last }: Paragraph,
  requirements: readonly Requirement[],
): readonly Requirement[] {
  if (requirements.length === 0) return [];
  const ids = new Set(
    stepsOf(diagram)
      .slice(first, last + 1)
      .flatMap((step) => step.requirements ?? []),
  );
  return requirements.filter(({ id }) => ids.has(id));
}

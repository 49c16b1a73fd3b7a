import type { View } from "../flow/flow.ts";

/** How a flow's steps are numbered: from `start`, ranges as "7 – 11." or "7-11.". */
export interface Numbering {
  readonly start: number;
  readonly range: NonNullable<NonNullable<View["numbering"]>["range"]>;
}

/** Fills in a view's numbering: from 1, ranges as "7 – 11.". */
export function numberingOf(view: View): Numbering {
  return { start: view.numbering?.start ?? 1, range: view.numbering?.range ?? "n – m." };
}

/** The printed number of the step at `index`. */
export function stepNumber(numbering: Numbering, index: number): string {
  return String(numbering.start + index);
}

/** The label of a paragraph for the steps `first` to `last` (indices, both included): "12." or "7 – 11.". */
export function rangeLabel(numbering: Numbering, first: number, last: number): string {
  const from = stepNumber(numbering, first);
  if (first === last) return `${from}.`;
  const dash = numbering.range === "n-m." ? "-" : " – ";
  return `${from}${dash}${stepNumber(numbering, last)}.`;
}

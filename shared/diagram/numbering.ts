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

/** A count as it is printed, without what adding fractions leaves behind. */
export function numberText(count: number): string {
  return String(Number(count.toFixed(6)));
}

/** The label of a paragraph for the steps from number `from` to number `to`: "12." or "7 – 11."; empty without numbers. */
export function rangeLabel(numbering: Numbering, from: string, to: string): string {
  if (from === to || to === "" || from === "") return from === to && from === "" ? "" : `${from === "" ? to : from}.`;
  const dash = numbering.range === "n-m." ? "-" : " – ";
  return `${from}${dash}${to}.`;
}

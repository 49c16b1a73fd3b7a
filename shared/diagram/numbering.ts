import type { View } from "../flow/flow.ts";

/** How a flow's steps are numbered: from `start`, ranges as "7 – 11." or "7-11.", sub-numbers as "7.1" or "7a". */
export interface Numbering {
  readonly start: number;
  readonly range: NonNullable<NonNullable<View["numbering"]>["range"]>;
  readonly sub: NonNullable<NonNullable<View["numbering"]>["sub"]>;
}

/** Fills in a view's numbering: from 1, ranges as "7 – 11.", sub-numbers as "7.1". */
export function numberingOf(view: View): Numbering {
  const { start = 1, range = "n – m.", sub = "7.1" } = view.numbering ?? {};
  return { start, range, sub };
}

/** The printed number of the step at `index`. */
export function stepNumber(numbering: Numbering, index: number): string {
  return String(numbering.start + index);
}

/** The `count`th number under `number`, from 1: "7.1" or "7a", after "7z" "7aa". */
export function subNumber({ sub }: Numbering, number: string, count: number): string {
  if (sub === "7.1") return `${number}.${count}`;
  let letters = "";
  for (let rest = count; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(97 + ((rest - 1) % 26)) + letters;
  return number + letters;
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

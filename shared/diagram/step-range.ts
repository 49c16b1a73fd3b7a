import { fail, ok, type Result } from "../flow/result.ts";
import type { Diagram, Step } from "./diagram.ts";
import { stepsOf } from "./steps-of.ts";

/** Indices of steps, both included. */
export interface StepRange {
  readonly first: number;
  readonly last: number;
}

/**
 * The steps that printed numbers name: “7”, “3 – 9”, also with a hyphen. Where a number is printed more than once, the
 * first is meant, and for the end of a range the next one from its beginning. Fails with a sentence for other words.
 */
export function stepRange(diagram: Diagram, words: string): Result<StepRange> {
  const steps = stepsOf(diagram);
  const wanted = words
    .trim()
    .replace(/^steps?\s+/i, "")
    .replace(/\.$/, "");
  const alone = find(steps, wanted);
  if (alone >= 0) return ok({ first: alone, last: alone });
  for (const { index, 0: dash } of wanted.matchAll(/\s*(?:[-‐-―]|\.\.+|…|\bto\b)\s*/g)) {
    const [start, end] = [wanted.slice(0, index), wanted.slice(index + dash.length)];
    const first = find(steps, start);
    const last = find(steps, end, Math.max(0, first));
    if (first >= 0 && last >= 0) return ok({ first, last });
    if (first >= 0 && find(steps, end) >= 0) return fail(`Step ${end} comes before step ${start}.`);
  }
  return fail(`“${words}” are no steps of this flow; ${known(steps)}.`);
}

/** The index of the step with that printed number. Fails with a sentence where there is none. */
export function stepNumbered(diagram: Diagram, number: string): Result<number> {
  const steps = stepsOf(diagram);
  const index = find(steps, number.trim());
  return index >= 0 ? ok(index) : fail(`There is no step “${number}”; ${known(steps)}.`);
}

function find(steps: readonly Step[], number: string, from = 0): number {
  return number === "" ? -1 : steps.findIndex((step, i) => i >= from && step.number === number);
}

function known(steps: readonly Step[]): string {
  const numbers = steps.map(({ number }) => number).filter((number) => number !== "");
  if (numbers.length === 0) return "none of its steps has a number";
  return numbers.length === 1 ? `its one step is ${numbers[0]}` : `its steps are ${numbers[0]} – ${numbers.at(-1)}`;
}

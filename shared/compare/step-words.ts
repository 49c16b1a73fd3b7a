import type { StepRef } from "./comparison.ts";

/** Numbers of steps and of what became of them, as they stand in sentences. */

/** So many are told one by one; of the rest is only said how many there are. */
const MOST = 10;

/** "a, b and 3 more" */
function some(texts: readonly string[]): string {
  if (texts.length <= MOST) return texts.join(", ");
  return `${texts.slice(0, MOST - 1).join(", ")} and ${texts.length - MOST + 1} more`;
}

/** "13, 15 – 18". Those that are not numbered are told by their place, in brackets. */
export function stepNumbers(steps: readonly StepRef[]): string {
  return some(
    ranges(steps).map(([first, last]) => (first === last ? printed(first) : `${printed(first)} – ${printed(last)}`)),
  );
}

const printed = ({ number, index }: StepRef): string => (number === "" ? `(${index + 1})` : number);

/** "18 – 19 (CPM Session Invitation cancellation request, confirmation of the cancellation request)". */
export function stepsText(steps: readonly StepRef[]): string {
  const labels = [...new Set(steps.map(({ label }) => label.replaceAll(/\s+/g, " ")))];
  const few = labels.length > 4 ? `${labels.slice(0, 3).join(", ")} and ${labels.length - 3} more` : labels.join(", ");
  return `${stepNumbers(steps)} (${few})`;
}

/** Runs of neighbours, first and last of each, in the order of their places. */
function ranges(steps: readonly StepRef[]): readonly (readonly [StepRef, StepRef])[] {
  const found: [StepRef, StepRef][] = [];
  for (const step of steps.toSorted((x, y) => x.index - y.index)) {
    const last = found.at(-1);
    if (last !== undefined && step.index === last[1].index + 1) last[1] = step;
    else found.push([step, step]);
  }
  return found;
}

type Move = readonly [StepRef, StepRef];

/** "14 – 17 are 15 – 18, 20 is 22". */
export function movesText(moves: readonly Move[]): string {
  const runs: [Move, Move][] = [];
  for (const move of moves) {
    const last = runs.at(-1);
    if (last !== undefined && move[0].index === last[1][0].index + 1 && move[1].index === last[1][1].index + 1)
      last[1] = move;
    else runs.push([move, move]);
  }
  return some(
    runs.map(([first, last]) =>
      first === last
        ? `${printed(first[0])} is ${printed(first[1])}`
        : `${printed(first[0])} – ${printed(last[0])} are ${printed(first[1])} – ${printed(last[1])}`,
    ),
  );
}

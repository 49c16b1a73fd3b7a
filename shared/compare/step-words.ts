import type { StepRef } from "./comparison.ts";

/** Numbers of steps and of what became of them, as they stand in sentences. */

/** "13, 15 – 18". Those that are not numbered are told by their place, in brackets. */
export function stepNumbers(steps: readonly StepRef[]): string {
  return ranges(steps)
    .map(([first, last]) => (first === last ? printed(first) : `${printed(first)} – ${printed(last)}`))
    .join(", ");
}

const printed = ({ number, index }: StepRef): string => (number === "" ? `(${index + 1})` : number);

/** "18 – 19 (CPM Session Invitation cancellation request, confirmation of the cancellation request)". */
export function stepsText(steps: readonly StepRef[]): string {
  const labels = [...new Set(steps.map(({ label }) => label.replaceAll(/\s+/g, " ")))];
  const some = labels.length > 4 ? `${labels.slice(0, 3).join(", ")} and ${labels.length - 3} more` : labels.join(", ");
  return `${stepNumbers(steps)} (${some})`;
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
  return runs
    .map(([first, last]) =>
      first === last
        ? `${printed(first[0])} is ${printed(first[1])}`
        : `${printed(first[0])} – ${printed(last[0])} are ${printed(first[1])} – ${printed(last[1])}`,
    )
    .join(", ");
}

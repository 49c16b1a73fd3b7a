import type { Diagram } from "../../shared/diagram/diagram.ts";
import { stepsOf } from "../../shared/diagram/steps-of.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import type { Run } from "../../shared/run/run.ts";

/** Steps where a variant leaves the one shown, by the choice of the script that it replaces. */
function forks(flow: Flow, variant: string, run: Run, diagram: Diagram): number[] {
  const scripted: number[] = [];
  run.turns.forEach((turn, index) => {
    if (turn.by === "script") scripted.push(index);
  });
  const steps = stepsOf(diagram);
  const found: number[] = [];
  for (const { branch } of flow.variants) {
    if (branch?.from !== variant) continue;
    const turn = scripted[branch.keep];
    const step = turn === undefined ? steps.at(-1) : steps.find((candidate) => candidate.sent >= turn);
    if (step !== undefined) found.push(step.index);
  }
  return found;
}

/** Step indices where `[` and `]` stop: steps with a note, a divider or a fragment after them, and forks. Sorted, each once. */
export function marksOf(flow: Flow, variant: string, run: Run, diagram: Diagram): readonly number[] {
  const marks = new Set(forks(flow, variant, run, diagram));
  let step = 0;
  for (const item of diagram.items) {
    if (item.type === "step") step = item.index;
    else if (item.type === "note" || item.type === "divider" || item.type === "fragment") marks.add(step);
  }
  return [...marks].sort((a, b) => a - b);
}

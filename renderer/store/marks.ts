import type { Diagram } from "../../shared/diagram/diagram.ts";
import { stepsOf } from "../../shared/diagram/steps-of.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import type { Run } from "../../shared/run/run.ts";
import { forks } from "../../shared/run/tree.ts";

/** A step in whose place other variants go another way, and their titles. */
export interface StepFork {
  readonly step: number;
  readonly variants: readonly string[];
}

/**
 * The steps at which other variants leave the one shown, in order: those that descend from it, and from what it shares with
 * its ancestors those and their descendants. What leaves after the last step stands at that.
 */
export function forksOf(flow: Flow, variant: string, run: Run, diagram: Diagram): readonly StepFork[] {
  const scripted: number[] = [];
  run.turns.forEach((turn, index) => {
    if (turn.by === "script") scripted.push(index);
  });
  const steps = stepsOf(diagram);
  const titles = new Map(flow.variants.map(({ id, title }) => [id, title]));
  const found = new Map<number, string[]>();
  for (const { at, variants } of forks(flow, variant)) {
    const turn = scripted[at];
    const step = (turn === undefined ? undefined : steps.find(({ sent }) => sent >= turn)) ?? steps.at(-1);
    if (step === undefined) continue;
    found.set(step.index, [...(found.get(step.index) ?? []), ...variants.map((id) => titles.get(id) ?? id)]);
  }
  return [...found].sort(([a], [b]) => a - b).map(([step, variants]) => ({ step, variants }));
}

/** Step indices where `[` and `]` stop: steps with a note, a divider or a fragment after them, and forks. Sorted, each once. */
export function marksOf(diagram: Diagram, leaving: readonly StepFork[]): readonly number[] {
  const marks = new Set(leaving.map(({ step }) => step));
  let step = 0;
  for (const item of diagram.items) {
    if (item.type === "step") step = item.index;
    else if (item.type === "note" || item.type === "divider" || item.type === "fragment") marks.add(step);
  }
  return [...marks].sort((a, b) => a - b);
}

/** So many variants are named where several leave. */
const MOST_NAMED = 4;

/** Who leaves at a step, in words: "“B2 answers first” and 3 others leave here". */
export function leavingWords({ variants }: StepFork): string {
  const named = variants.slice(0, variants.length > MOST_NAMED ? MOST_NAMED - 1 : MOST_NAMED).map((one) => `“${one}”`);
  const others = variants.length - named.length;
  const all = others > 0 ? [...named, `${others} others`] : named;
  const list = all.length > 1 ? `${all.slice(0, -1).join(", ")} and ${all.at(-1)}` : (all[0] ?? "");
  return `${list} ${variants.length === 1 ? "leaves" : "leave"} here`;
}

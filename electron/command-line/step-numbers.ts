import { project } from "../../shared/diagram/project.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import type { HopName } from "../../shared/run/choice.ts";
import type { Run } from "../../shared/run/run.ts";
import { rules } from "../engine/index.ts";

/** The number that each hop of a run has in the figure; of what the figure does not show or number, none. */
export type StepNumbers = ReadonlyMap<HopName, string>;

/** The numbers of the steps as the flow's own view gives them, found when they are first asked for. */
export function stepNumbers(flow: Flow, run: Run, variant: string): () => StepNumbers {
  let found: StepNumbers | undefined;
  return () => {
    if (found !== undefined) return found;
    const { items } = project(flow, run, flow.view ?? {}, new Map(rules().map((rule) => [rule.id, rule])), variant);
    const steps = items.flatMap((item) => (item.type === "step" && item.number !== "" ? [item] : []));
    found = new Map(steps.flatMap(({ number, hops }) => hops.map((hop) => [hop, number] as const)));
    return found;
  };
}

/** Where something is in a flow: its steps by number, and by the names of their hops. */
export function placeText(at: readonly HopName[], numbers: StepNumbers): string {
  const steps = [...new Set(at.flatMap((hop) => numbers.get(hop) ?? []))];
  const named = steps.length === 0 ? "" : `${steps.length === 1 ? "step" : "steps"} ${steps.join(", ")}: `;
  return at.length === 0 ? "" : ` [${named}${at.join("; ")}]`;
}

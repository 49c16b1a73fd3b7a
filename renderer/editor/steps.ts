import type { Diagram, Step } from "../../shared/diagram/diagram.ts";
import { stepsOf } from "../../shared/diagram/steps-of.ts";
import type { HopName } from "../../shared/run/choice.ts";

/** The step that carries a hop. */
export function stepOfHop(diagram: Diagram | undefined, hop: HopName): Step | undefined {
  return stepsOf(diagram).find((step) => step.hops.includes(hop));
}

/** The hop after which something stands that is put below a step; null before all steps. */
export function hopBelow(steps: readonly Step[], index: number): HopName | null {
  for (let i = index; i >= 0; i--) {
    // A state has no arrow of its own: what is put below it comes after the message above it.
    const hop = steps[i]?.hops.at(-1);
    if (hop !== undefined) return hop;
  }
  return null;
}

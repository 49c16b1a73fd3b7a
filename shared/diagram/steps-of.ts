import type { Diagram, Step } from "./diagram.ts";

const known = new WeakMap<Diagram, readonly Step[]>();

/** The steps of a diagram in order: `stepsOf(diagram)[step.index]`. Found once for each diagram; none where there is none. */
export function stepsOf(diagram: Diagram | undefined): readonly Step[] {
  if (diagram === undefined) return [];
  const found = known.get(diagram) ?? diagram.items.filter((item): item is Step => item.type === "step");
  known.set(diagram, found);
  return found;
}

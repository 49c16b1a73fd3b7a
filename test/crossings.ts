import type { Step } from "../shared/diagram/diagram.ts";
import { project } from "../shared/diagram/project.ts";
import type { Flow } from "../shared/flow/flow.ts";
import type { HopName } from "../shared/run/choice.ts";
import type { Run } from "../shared/run/run.ts";

/** Whether two messages between the same two participants, one each way, are drawn so that their lines cross. */
export function drawnAcross(flow: Flow, run: Run, one: HopName, other: HopName): boolean {
  const { items } = project(flow, run, { ...flow.view, level: "sip", hide: [] });
  const steps = items.filter((item): item is Step => item.type === "step");
  const stepOf = (hop: HopName): Step => {
    const found = steps.find(({ hops }) => hops.includes(hop));
    if (found === undefined) throw new Error(`${hop} is not drawn`);
    return found;
  };
  const [a, b] = [stepOf(one), stepOf(other)];
  // The later to arrive starts above the other's row and ends below it.
  const [first, last] = a.index < b.index ? [a, b] : [b, a];
  return last.sentBefore !== undefined && last.sentBefore <= first.index;
}

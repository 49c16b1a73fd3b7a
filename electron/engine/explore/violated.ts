import type { Flow } from "../../../shared/flow/flow.ts";
import type { Run } from "../../../shared/run/run.ts";
import { checkRun } from "../requirements/check.ts";

/** Levels at which a run is wrong; what a run should do, and how it is to be printed, is no matter of an exploration. */
const binding: ReadonlySet<string> = new Set(["SHALL", "SHALL NOT", "MUST", "MUST NOT"]);

/** The requirements of level SHALL and MUST that a run of the flow breaks, by id. */
export function violatedBy(flow: Flow): (run: Run) => readonly string[] {
  return (run) =>
    checkRun(flow, run).flatMap(({ id, level, verdict }) => (verdict === "fail" && binding.has(level) ? [id] : []));
}

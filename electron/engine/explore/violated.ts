import type { Flow } from "../../../shared/flow/flow.ts";
import type { Run } from "../../../shared/run/run.ts";
import type { Judgement } from "../../../shared/run/verdict.ts";
import { checkRun } from "../requirements/check.ts";
import { checkVariant } from "../requirements/variant.ts";

/** Levels at which a run is wrong; what a run should do, and how it is to be printed, is no matter of an exploration. */
const binding: ReadonlySet<string> = new Set(["SHALL", "SHALL NOT", "MUST", "MUST NOT"]);

/** The requirements of level SHALL and MUST that a run of the flow breaks, by id. */
export function violatedBy(flow: Flow): (run: Run) => readonly string[] {
  return (run) => brokenOf(checkRun(flow, run));
}

/** As `violatedBy`, of a variant: on each way through its fragments, without what its figure does not tell. */
export function violatedIn(flow: Flow, variant: string, run: Run): readonly string[] {
  return brokenOf(checkVariant(flow, variant, run));
}

const brokenOf = (judgements: readonly Judgement[]): readonly string[] =>
  judgements.flatMap(({ id, level, verdict }) => (verdict === "fail" && binding.has(level) ? [id] : []));

import type { Flow } from "../../shared/flow/flow.ts";
import type { MissingBranches } from "../../shared/run/missing-branch.ts";
import { wholeScript } from "../../shared/run/tree.ts";
import { cannotRun, conditionsOf, missingBranches } from "../engine/index.ts";

/** The conditions of a flow's main variant of whose sides no variant takes one; variants without a script count for nothing. */
export function missingIn(flow: Flow): MissingBranches {
  const { scenario, variants } = flow;
  const refused = cannotRun(scenario);
  if (refused !== undefined) return { branches: [], cut: refused.message };
  const scripts = variants.flatMap(({ id }) => {
    const script = wholeScript(flow, id);
    return script.ok ? [script.value] : [];
  });
  const missing = missingBranches(scenario, scripts);
  const conditions = conditionsOf(flow);
  const branches = missing.branches.map((branch) => {
    // Who sends the step is who has judged.
    const written = conditions.find(({ at }) => at.startsWith(`${branch.rule.at}>`));
    return written === undefined ? branch : { ...branch, condition: written.sentence };
  });
  // What the flow itself speaks of comes first.
  return {
    ...missing,
    branches: [...branches.filter(({ condition }) => condition), ...branches.filter(({ condition }) => !condition)],
  };
}

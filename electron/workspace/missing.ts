import type { Flow } from "../../shared/flow/flow.ts";
import type { MissingBranches } from "../../shared/run/missing-branch.ts";
import { wholeScript } from "../../shared/run/tree.ts";
import { cannotRun, missingBranches } from "../engine/index.ts";

/** The conditions of a flow's main variant of whose sides no variant takes one; variants without a script count for nothing. */
export function missingIn(flow: Flow): MissingBranches {
  const { scenario, variants } = flow;
  const refused = cannotRun(scenario);
  if (refused !== undefined) return { branches: [], cut: refused.message };
  const scripts = variants.flatMap(({ id }) => {
    const script = wholeScript(flow, id);
    return script.ok ? [script.value] : [];
  });
  return missingBranches(scenario, scripts);
}

import type { Flow } from "../../shared/flow/flow.ts";
import { ok, type Result } from "../../shared/flow/result.ts";
import type { Choice } from "../../shared/run/choice.ts";
import type { Run } from "../../shared/run/run.ts";
import { type RunChange, runChange } from "../../shared/run/run-change.ts";
import { wholeScript } from "../../shared/run/tree.ts";
import { cannotRun, computeRun } from "../engine/index.ts";

/** The runs of one open flow, each computed once for as long as neither its scenario nor its script changes. */
export interface Runs {
  of(flow: Flow, variant: string): Result<Run>;
  /** As `of`, and remembers that the page has got it, at this revision. */
  shown(flow: Flow, revision: number, variant: string): Result<Run>;
  /** What has changed of a run since the page got it at the revision `held`; all of it where that is not known. */
  since(flow: Flow, revision: number, variant: string, held: number | undefined): Result<RunChange>;
}

interface Computed {
  readonly scenario: Flow["scenario"];
  readonly script: readonly Choice[];
  readonly run: Run;
}

/** So many variants' runs are kept; a flow that was explored may have hundreds. */
const RUNS_KEPT = 20;

export function createRuns(): Runs {
  const computed = new Map<string, Computed>();
  /** What the page holds. */
  let told: { readonly variant: string; readonly revision: number; readonly run: Run } | undefined;

  const of: Runs["of"] = (flow, variant) => {
    const script = wholeScript(flow, variant);
    if (!script.ok) return script;
    const refused = cannotRun(flow.scenario);
    if (refused !== undefined) return { ok: false, failure: refused };
    const known = computed.get(variant);
    computed.delete(variant);
    const fits = known !== undefined && known.scenario === flow.scenario && sameChoices(known.script, script.value);
    const run = fits ? known.run : computeRun(flow.scenario, script.value);
    computed.set(variant, { scenario: flow.scenario, script: script.value, run });
    for (const oldest of computed.keys()) {
      if (computed.size <= RUNS_KEPT) break;
      computed.delete(oldest);
    }
    return ok(run);
  };
  const shown: Runs["shown"] = (flow, revision, variant) => {
    const run = of(flow, variant);
    if (run.ok) told = { variant, revision, run: run.value };
    return run;
  };
  return {
    of,
    shown,
    since: (flow, revision, variant, held) => {
      const before = told?.variant === variant && told.revision === held ? told.run : undefined;
      const run = shown(flow, revision, variant);
      return run.ok ? ok(runChange(before, run.value)) : run;
    },
  };
}

/** Whether two scripts are the same, as choices that an edit did not touch are the same objects. */
function sameChoices(a: readonly Choice[], b: readonly Choice[]): boolean {
  return a.length === b.length && a.every((choice, i) => choice === b[i]);
}

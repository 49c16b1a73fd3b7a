import type { Flow } from "../../shared/flow/flow.ts";
import { ok, type Result } from "../../shared/flow/result.ts";
import type { Choice } from "../../shared/run/choice.ts";
import type { Run } from "../../shared/run/run.ts";
import { type RunChange, runChange } from "../../shared/run/run-change.ts";
import { wholeScripts } from "../../shared/run/tree.ts";
import { cannotRun, computeRuns, createReactions, type Reactions } from "../engine/index.ts";

/** The runs of one open flow, each computed once for as long as neither its scenario nor its script changes. */
export interface Runs {
  of(flow: Flow, variant: string): Result<Run>;
  /** As `of`, of several in the order asked: the turns that they begin with together are taken once. */
  ofAll(flow: Flow, variants: readonly string[]): readonly Result<Run>[];
  /** What participants have done in runs of the flow's scenario: what goes on from one of them need not ask the rules again. */
  reactions(flow: Pick<Flow, "scenario">): Reactions;
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

/** So many turns are kept beside those asked for last; a flow that was explored may have hundreds of variants. */
const TURNS_KEPT = 200_000;

export function createRuns(): Runs {
  const computed = new Map<string, Computed>();
  /** What participants have done in the runs of a scenario; an edit of a script leaves most of it as it was. */
  let acquainted: { readonly scenario: Flow["scenario"]; readonly reactions: Reactions } | undefined;
  /** What the page holds. */
  let told: { readonly variant: string; readonly revision: number; readonly run: Run } | undefined;

  const reactions: Runs["reactions"] = ({ scenario }) => {
    if (acquainted?.scenario !== scenario) acquainted = { scenario, reactions: createReactions() };
    return acquainted.reactions;
  };
  const ofAll: Runs["ofAll"] = (flow, variants) => {
    const { scenario } = flow;
    const scripts = wholeScripts(flow, variants);
    const wanted = new Map<string, readonly Choice[]>();
    for (const [i, variant] of variants.entries()) {
      const script = scripts[i];
      if (script?.ok !== true) continue;
      const known = computed.get(variant);
      if (known?.scenario !== scenario || !sameChoices(known.script, script.value)) wanted.set(variant, script.value);
      else renew(computed, variant, known);
    }
    const refused = wanted.size === 0 ? undefined : cannotRun(scenario);
    if (refused !== undefined) return scripts.map((script) => (script.ok ? { ok: false, failure: refused } : script));
    const runs = computeRuns(scenario, [...wanted.values()], reactions(flow));
    for (const [i, [variant, script]] of [...wanted].entries()) {
      const run = runs[i];
      if (run !== undefined) renew(computed, variant, { scenario, script, run });
    }
    const results = scripts.map((script, i): Result<Run> => {
      const known = computed.get(variants[i] ?? "");
      if (!script.ok) return script;
      if (known === undefined) throw new Error("a run was not computed");
      return ok(known.run);
    });
    forgetOld(computed, variants.length);
    return results;
  };
  const of: Runs["of"] = (flow, variant) => ofAll(flow, [variant])[0] as Result<Run>;
  const shown: Runs["shown"] = (flow, revision, variant) => {
    const run = of(flow, variant);
    if (run.ok) told = { variant, revision, run: run.value };
    return run;
  };
  return {
    of,
    ofAll,
    reactions,
    shown,
    since: (flow, revision, variant, held) => {
      const before = told?.variant === variant && told.revision === held ? told.run : undefined;
      const run = shown(flow, revision, variant);
      return run.ok ? ok(runChange(before, run.value)) : run;
    },
  };
}

/** Sets the run of a variant, as the one asked for last. */
function renew(computed: Map<string, Computed>, variant: string, now: Computed): void {
  computed.delete(variant);
  computed.set(variant, now);
}

/** Forgets the runs asked for longest ago, but none of the `last` ones. */
function forgetOld(computed: Map<string, Computed>, last: number): void {
  let turns = 0;
  for (const { run } of computed.values()) turns += run.turns.length;
  for (const [variant, { run }] of computed) {
    if (turns <= TURNS_KEPT || computed.size <= last) return;
    turns -= run.turns.length;
    computed.delete(variant);
  }
}

/** Whether two scripts are the same, as choices that an edit did not touch are the same objects. */
function sameChoices(a: readonly Choice[], b: readonly Choice[]): boolean {
  return a.length === b.length && a.every((choice, i) => choice === b[i]);
}

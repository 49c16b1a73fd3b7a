import type { Combined } from "../../shared/combine/combine.ts";
import { fail, ok, type Result } from "../../shared/flow/result.ts";
import type { Choice } from "../../shared/run/choice.ts";
import type { MissingBranches } from "../../shared/run/missing-branch.ts";
import type { Repair } from "../../shared/run/repair.ts";
import type { Explanation, Run } from "../../shared/run/run.ts";
import type { RunChange } from "../../shared/run/run-change.ts";
import { wholeScript } from "../../shared/run/tree.ts";
import type { VariantInfo } from "../../shared/run/variant-info.ts";
import type { Checked } from "../../shared/run/verdict.ts";
import type { WhatIf } from "../../shared/run/what-if.ts";
import { explain, repairs } from "../engine/index.ts";
import { type Aside, isLong, SHORT_RUN, whatIfIn } from "./aside.ts";
import { checkFlow } from "./check-flow.ts";
import { combined, type ToCombine } from "./combining.ts";
import type { Entry } from "./entry.ts";
import { missingIn } from "./missing.ts";

/** What can be asked about an open flow. Nothing is changed by it; a flow that is not open any more is a failure. */
export interface Asking {
  /** Computes a variant's run; the same one again while the flow has not changed. */
  run(handle: string, variant: string): Promise<Result<Run>>;
  /** As `run`, for a page that keeps it: later it needs to hear only what an edit changed of it. */
  show(handle: string, variant: string): Promise<Result<Run>>;
  /** What has changed of a run that was shown at the revision `held`; all of it where that is not known any more. */
  runSince(handle: string, variant: string, held: number | undefined): Promise<Result<RunChange>>;
  explain(handle: string, variant: string, turn: number): Promise<Result<Explanation>>;
  /** Judges a variant's run by every requirement, and what is written about the flow. */
  check(handle: string, variant: string): Promise<Result<Checked>>;
  /** What is computed about some variants of a flow, in the order asked. */
  variants(handle: string, ids: readonly string[]): Promise<Result<readonly VariantInfo[]>>;
  /** Variants as one flow; it is not opened. */
  combine(handle: string, asked: ToCombine): Promise<Result<Combined>>;
  /** How the variant's script may go on where it stopped; see `repairs` of the engine. */
  repairs(handle: string, variant: string): Promise<Result<readonly Repair[]>>;
  /** What may happen instead of a turn of a variant's run; with as many turns as it has, at its end. */
  whatIf(handle: string, variant: string, turn: number): Promise<Result<readonly WhatIf[]>>;
  /** The branches that no variant of the flow takes. */
  missing(handle: string): Promise<Result<MissingBranches>>;
}

/**
 * Answers about the entries that `entry` finds by their handles.
 * @param aside asked what takes long; without it, and where it cannot, it is answered here
 */
export function asking(entry: (handle: string) => Result<Entry>, aside?: Aside): Asking {
  const of = async <T>(
    handle: string,
    answer: (found: Entry) => Result<T> | Promise<Result<T>>,
  ): Promise<Result<T>> => {
    const found = entry(handle);
    return found.ok ? answer(found.value) : found;
  };
  return {
    run: (handle, variant) => of(handle, (found) => runOf(found, variant)),
    show: (handle, variant) => of(handle, ({ open, runs }) => runs.shown(open.flow, open.revision, variant)),
    runSince: (handle, variant, held) =>
      of(handle, ({ open, runs }) => runs.since(open.flow, open.revision, variant, held)),
    explain: (handle, variant, turn) =>
      of(handle, (found) => {
        const computed = runOf(found, variant);
        if (!computed.ok) return computed;
        const explanation = explain(found.open.flow.scenario, computed.value, turn);
        return explanation === undefined ? fail(`The run has no turn ${turn}.`) : ok(explanation);
      }),
    check: (handle, variant) =>
      of(handle, async (found) => {
        const { flow, diagnostics } = found.open;
        const answer = isLongFor(found, variant)
          ? await aside?.(handle, { kind: "check", flow, diagnostics, variant })
          : undefined;
        return answer ?? checkFlow(flow, diagnostics, variant, found.runs);
      }),
    variants: (handle, ids) =>
      of(handle, async (found) => {
        const { flow } = found.open;
        const isMany = isLongFor(found, flow.variants[0]?.id ?? "");
        const answer = isMany ? await aside?.(handle, { kind: "variants", flow, ids }) : undefined;
        return ok(answer ?? found.overviews.of(flow, ids));
      }),
    combine: (handle, asked) => of(handle, (found) => combined(found.open.flow, asked, (id) => runOf(found, id))),
    repairs: (handle, variant) =>
      of(handle, (found) => scripted(found, variant, (script, run) => repairs(found.open.flow.scenario, script, run))),
    whatIf: (handle, variant, turn) =>
      of(handle, async (found) => {
        const { flow } = found.open;
        const run = runOf(found, variant);
        const isLongRun = run.ok && run.value.turns.length > SHORT_RUN;
        const answer = isLongRun ? await aside?.(handle, { kind: "whatIf", flow, variant, turn }) : undefined;
        return answer ?? whatIfIn(flow, variant, turn, found.runs);
      }),
    missing: (handle) =>
      of(handle, async ({ open: { flow } }) => {
        const answer = await aside?.(handle, { kind: "missing", flow });
        return ok(answer ?? missingIn(flow));
      }),
  };
}

/** Whether judging the flow takes long, by the run of one of its variants. */
function isLongFor({ open: { flow }, runs }: Entry, variant: string): boolean {
  const run = runs.of(flow, variant);
  if (!run.ok) return false;
  const { turns } = run.value;
  const drawn = turns.filter(({ choice: { kind } }) => kind === "inject" || kind === "withhold" || kind === "alter");
  return isLong(flow.variants.length, turns.length, drawn.length);
}

/** The run of a variant of an open flow. */
export function runOf({ open, runs }: Entry, variant: string): Result<Run> {
  return runs.of(open.flow, variant);
}

/** What follows from a variant's whole script and its run. */
function scripted<T>(found: Entry, variant: string, answer: (script: readonly Choice[], run: Run) => T): Result<T> {
  const script = wholeScript(found.open.flow, variant);
  if (!script.ok) return script;
  const computed = runOf(found, variant);
  return computed.ok ? ok(answer(script.value, computed.value)) : computed;
}

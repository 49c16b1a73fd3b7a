import type { Flow } from "../../shared/flow/flow.ts";
import { type Diagnostic, ok, type Result } from "../../shared/flow/result.ts";
import type { Choice } from "../../shared/run/choice.ts";
import type { MissingBranches } from "../../shared/run/missing-branch.ts";
import { wholeScript } from "../../shared/run/tree.ts";
import type { VariantInfo } from "../../shared/run/variant-info.ts";
import type { Checked } from "../../shared/run/verdict.ts";
import type { WhatIf } from "../../shared/run/what-if.ts";
import { whatIf } from "../engine/index.ts";
import { checkFlow } from "./check-flow.ts";
import { missingIn } from "./missing.ts";
import { createOverviews, type Overviews } from "./overviews.ts";
import { createRuns, type Runs } from "./runs.ts";

/** What may take long to answer about an open flow, so that it is better asked of a thread of its own. */
export type Question =
  | {
      readonly kind: "check";
      readonly flow: Flow;
      readonly diagnostics: readonly Diagnostic[];
      readonly variant: string;
    }
  | { readonly kind: "variants"; readonly flow: Flow; readonly ids: readonly string[] }
  | { readonly kind: "missing"; readonly flow: Flow }
  | { readonly kind: "whatIf"; readonly flow: Flow; readonly variant: string; readonly turn: number };

/** What each kind of question is answered. */
export interface AnswerTo {
  readonly check: Result<Checked>;
  readonly variants: readonly VariantInfo[];
  readonly missing: MissingBranches;
  readonly whatIf: Result<readonly WhatIf[]>;
}

/** Asks a question about the flow with the handle; undefined where nobody could answer it. */
export type Aside = <Kind extends Question["kind"]>(
  handle: string,
  question: Extract<Question, { kind: Kind }>,
) => Promise<AnswerTo[Kind] | undefined>;

interface Known {
  readonly flow: Flow;
  readonly runs: Runs;
  readonly overviews: Overviews;
}

/** Of so many flows it is kept what was computed. */
const FLOWS_KEPT = 3;

/** Answers questions about flows that come as copies: what an edit did not change of them is computed once. */
export function createAnswering(): (handle: string, question: Question) => AnswerTo[Question["kind"]] {
  const known = new Map<string, Known>();
  return (handle, question) => {
    const before = known.get(handle);
    const runs = before?.runs ?? createRuns();
    const now: Known = {
      flow: before === undefined ? question.flow : withKnownParts(before.flow, question.flow),
      runs,
      overviews: before?.overviews ?? createOverviews(runs),
    };
    known.delete(handle);
    known.set(handle, now);
    for (const old of known.keys()) if (known.size > FLOWS_KEPT) known.delete(old);
    switch (question.kind) {
      case "check":
        return checkFlow(now.flow, question.diagnostics, question.variant, runs);
      case "variants":
        return now.overviews.of(now.flow, question.ids);
      case "missing":
        return missingIn(now.flow);
      case "whatIf":
        return whatIfIn(now.flow, question.variant, question.turn, runs);
    }
  };
}

/** What may happen instead of a turn of a variant's run; fails where it has none. */
export function whatIfIn(flow: Flow, variant: string, turn: number, runs: Runs): Result<readonly WhatIf[]> {
  const script = wholeScript(flow, variant);
  if (!script.ok) return script;
  const run = runs.of(flow, variant);
  return run.ok ? ok(whatIf(flow.scenario, script.value, run.value, turn, runs.reactions(flow))) : run;
}

/** The same flow as `now`, with the parts of `before` that are as they were: runs are found again by these. */
export function withKnownParts(before: Flow, now: Flow): Flow {
  const scripts = new Map(before.variants.map(({ id, script }) => [id, script]));
  return {
    ...now,
    scenario: known(before.scenario, now.scenario),
    ...(now.view !== undefined && { view: known(before.view, now.view) }),
    variants: now.variants.map((variant) => ({
      ...variant,
      script: variant.script.map((choice, i): Choice => known(scripts.get(variant.id)?.[i], choice)),
    })),
  };
}

const known = <T>(before: T | undefined, now: T): T =>
  before !== undefined && JSON.stringify(before) === JSON.stringify(now) ? before : now;

/** So many turns of drawn and other messages are judged in no time; a drawn one is replayed, which takes longer. */
const SHORT = 600;
const DRAWN = 10;

/** Of a run of so many turns what else may happen is found in no time. */
export const SHORT_RUN = 100;

/** Whether judging a flow whose variant has so many turns, so many of them drawn, takes long enough to be asked aside. */
export function isLong(variants: number, turns: number, drawn: number): boolean {
  return turns * Math.min(variants, 20) + drawn * DRAWN > SHORT;
}

import type { Diagnostic } from "../../shared/flow/result.ts";
import type { Checked, Judgement, Verdict } from "../../shared/run/verdict.ts";
import { matches } from "../ui/matches.ts";

/** Which verdicts are shown, in which order, and how they are counted. Pure. */

export type Filter = "all" | Verdict;

const order: readonly Verdict[] = ["fail", "pass", "cannot judge"];

/** The judgements that a filter and a search leave, failing ones first, else in the order in which they came. */
export function sift(judgements: readonly Judgement[], filter: Filter, query: string): readonly Judgement[] {
  return judgements
    .filter(({ verdict }) => filter === "all" || verdict === filter)
    .filter(({ id, level, source, sentence, message }) => matches(query, id, level, source, sentence, message))
    .toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
}

/** The diagnostics that a filter and a search leave: something wrong is a failure, a hint is not. */
export function siftDiagnostics(found: readonly Diagnostic[], filter: Filter, query: string): readonly Diagnostic[] {
  return found
    .filter(({ severity }) => filter === "all" || (filter === "fail" && severity !== "info"))
    .filter(({ code, message, at }) => matches(query, code, message, at));
}

/** How many judgements of all kinds got each verdict. */
export function countVerdicts({ run, rows, text }: Checked): Readonly<Record<Verdict, number>> {
  const counts = { pass: 0, fail: 0, "cannot judge": 0 };
  for (const { verdict } of [...run, ...rows, ...text]) counts[verdict] += 1;
  return counts;
}

/** How many requirements that must be kept are broken: SHALL, MUST and their negations. */
export function countBreaches({ run, rows, text }: Checked): number {
  return [...run, ...rows, ...text].filter(({ verdict, level }) => verdict === "fail" && /^(SHALL|MUST)/.test(level))
    .length;
}

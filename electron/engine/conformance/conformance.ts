import type { Conformance, ConformanceVerdict, JudgedStep } from "../../../shared/run/verdict.ts";

export type { Conformance, JudgedStep };

/** Puts the verdicts of the steps together. */
export function conformanceOf(steps: readonly JudgedStep[], assumes: readonly string[] = []): Conformance {
  const first = steps.findIndex(({ verdict }) => verdict === "deviation");
  const tally = (verdict: ConformanceVerdict) => steps.filter((step) => step.verdict === verdict).length;
  const words = (["explained", "legal alternative", "deviation", "cannot judge"] as const).flatMap((verdict) => {
    const n = tally(verdict);
    return n === 0 ? [] : [`${n} ${n === 1 ? ones[verdict] : many[verdict]}`];
  });
  return {
    steps,
    ...(first < 0 ? undefined : { firstDeviation: first }),
    assumes,
    says: words.length === 0 ? "There is no step to judge." : `${words.join(", ")}.`,
  };
}

const ones = {
  explained: "step is explained by a rule",
  "legal alternative": "is a legal alternative",
  deviation: "departs from the rules",
  "cannot judge": "cannot be judged",
} as const;
const many = {
  explained: "steps are explained by rules",
  "legal alternative": "are legal alternatives",
  deviation: "depart from the rules",
  "cannot judge": "cannot be judged",
} as const;

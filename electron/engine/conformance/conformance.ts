import type { HopName } from "../../../shared/run/choice.ts";

/**
 * What conformance says of one step: a rule sends exactly that here; a rule would, in another order, by another option or
 * with another code; no rule would; or the rules have nothing to say of it.
 */
export type ConformanceVerdict = "explained" | "legal alternative" | "deviation" | "cannot judge";

/** The verdict on one message of the flow, or on one that an author withheld. */
export interface JudgedStep {
  readonly at: HopName;
  readonly verdict: ConformanceVerdict;
  /** The rule that sends it; of a deviation the rule that it departs from, where there is one. */
  readonly rule?: string;
  readonly clause?: string;
  /** One sentence: what the rule does, what is otherwise than usual, or what the rules would have done. */
  readonly says: string;
}

/** How far a flow is what the rules of its participants' roles would do. */
export interface Conformance {
  readonly steps: readonly JudgedStep[];
  /** Place in `steps` of the first deviation. */
  readonly firstDeviation?: number;
  /** Options that the flow does not state and that explain it best, in words. */
  readonly assumes: readonly string[];
  /** The whole in one sentence. */
  readonly says: string;
}

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

import type { Diagnostic } from "../flow/result.ts";
import type { HopName } from "./choice.ts";

/** What comes of judging a flow by requirements. Plain JSON, made by the engine, read by the page and the command line. */

export const levels = ["SHALL", "SHALL NOT", "MUST", "MUST NOT", "SHOULD", "SHOULD NOT", "MAY", "house style"] as const;
export type RequirementLevel = (typeof levels)[number];
export type Verdict = "pass" | "fail" | "cannot judge";

/** What a requirement is, whatever it is judged on. */
export interface RequirementInfo {
  readonly id: string;
  readonly level: RequirementLevel;
  /** The clause it comes from. */
  readonly source: string;
  /** What it demands, in one sentence. */
  readonly sentence: string;
}

/** One place at which a requirement is broken. */
export interface Finding {
  readonly at: readonly HopName[];
  readonly message: string;
}

/** The verdict on one requirement: what it rests on, and each place where it is broken. */
export interface Judgement extends RequirementInfo {
  readonly verdict: Verdict;
  /** The hops it rests on; of a failure those at which it is broken. Of very many only the first. */
  readonly at: readonly HopName[];
  /** Why, in a sentence or more. */
  readonly message: string;
  /** Empty unless it is broken. Of very many only the first. */
  readonly findings: readonly Finding[];
}

/** Everything that can be said about one variant of a flow, and about the document that it stands in. */
export interface Checked {
  /** Of the variant's run, by the engine's requirements. */
  readonly run: readonly Judgement[];
  /** Of what is written about the flow: notes, names, citations, prose. */
  readonly text: readonly Judgement[];
  /** Whether the rules would do what an author drew; absent where nothing is drawn, a sentence where it is too long. */
  readonly conformance?: Conformance | string;
  /** Of the flow's own requirement rows, in their order. */
  readonly rows: readonly Judgement[];
  /** What is wrong in the document or with one of its runs, with its place. */
  readonly diagnostics: readonly Diagnostic[];
}

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

import type { HopName, ParticipantId } from "../run/choice.ts";

/** What two flows, or two variants of one, have in common and where they part. Plain JSON; the sides are `a` and `b`. */
export interface Comparison {
  /** `reordered`: the same messages for the same causes, in another order. */
  readonly verdict: "same" | "reordered" | "different";
  /** The first place at which the two do not show the same step; a side that has ended is absent. */
  readonly first?: { readonly a?: StepRef; readonly b?: StepRef };
  /** Steps that stand for one another, in the order of `a`; `changed` and `moved` are among them. */
  readonly pairs: readonly Pair[];
  readonly onlyA: readonly StepRef[];
  readonly onlyB: readonly StepRef[];
  readonly changed: readonly Changed[];
  readonly moved: readonly Pair[];
  readonly renumbered: readonly Pair[];
  readonly document: readonly DocumentDifference[];
}

export interface StepRef {
  readonly index: number;
  /** The printed number. */
  readonly number: string;
  readonly from: ParticipantId | null;
  readonly to: ParticipantId | null;
  /** What stands over the arrow. */
  readonly label: string;
  readonly hops: readonly HopName[];
}

export interface Pair {
  readonly a: StepRef;
  readonly b: StepRef;
}

export interface Changed extends Pair {
  readonly what: readonly Difference[];
}

export interface Difference {
  readonly aspect: "text" | "message" | "code" | "from" | "to" | "lost" | "prose";
  readonly a: string;
  readonly b: string;
}

/** A difference of the documents themselves; a side that has no such element is absent. */
export interface DocumentDifference {
  /** The field, and the element's id or position where the field is a list: `participants clientB3`. */
  readonly at: string;
  readonly a?: unknown;
  readonly b?: unknown;
}

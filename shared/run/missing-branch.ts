import type { Choice, ParticipantId } from "./choice.ts";

/**
 * A condition whose other side no variant of a flow takes, and the script that takes it. Plain JSON, computed by the
 * engine; the page shows it and makes a variant of it.
 */
export interface MissingBranch {
  /** What of a run shows that it takes this side, e.g. `decline clientB2`. */
  readonly side: string;
  /** The turn that takes it. */
  readonly choice: Choice;
  /** Who does what: "CPM Client B2 declines (486)". */
  readonly says: string;
  /** What comes of it, in a phrase. */
  readonly leads?: string;
  /** The rule that this side exercises; no variant fires it there. */
  readonly rule: MissedRule;
  /** The sentence of the flow's own text that makes its step depend on this, where it has one. */
  readonly condition?: string;
  /** The whole script of the variant that takes it. */
  readonly script: readonly Choice[];
  /** So many choices at its beginning are those of the main variant. */
  readonly keep: number;
}

export interface MissedRule {
  readonly id: string;
  readonly title: string;
  readonly clause: string;
  /** The participant at whom it fires. */
  readonly at: ParticipantId;
  /** The condition in words, as it was judged. */
  readonly guards: readonly string[];
}

export interface MissingBranches {
  readonly branches: readonly MissingBranch[];
  /** Absent where every turn of the main variant was looked at; else a sentence about what was not. */
  readonly cut?: string;
}

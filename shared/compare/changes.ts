import type { Difference, StepRef } from "./comparison.ts";
import type { LadderRow } from "./ladder.ts";
import { movesText, stepNumbers } from "./step-words.ts";

export const changeKinds = ["onlyA", "onlyB", "changed", "moved", "renumbered"] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** One place at which the sides differ: neighbours that differ in the same way are one. */
export interface Change {
  readonly kind: ChangeKind;
  readonly a: readonly StepRef[];
  readonly b: readonly StepRef[];
  /** The rows of the ladder that it is about. */
  readonly rows: readonly number[];
  readonly what: readonly Difference[];
}

/** All changes, in the order of the ladder. */
export function changesOf(ladder: readonly LadderRow[]): readonly Change[] {
  const found: { kind: ChangeKind; a: StepRef[]; b: StepRef[]; rows: number[]; what: readonly Difference[] }[] = [];
  for (const [at, row] of ladder.entries()) {
    const kind = kindOf(row);
    // What has moved is told where it is now.
    if (kind === undefined || row.kind === "movedA") continue;
    const last = found.at(-1);
    const joins = last?.kind === kind && kind !== "changed" && last.rows.at(-1) === at - 1 && row.what.length === 0;
    const change = joins ? last : { kind, a: [], b: [], rows: [], what: row.what };
    if (!joins) found.push(change);
    change.rows.push(at);
    if (row.a !== undefined) change.a.push(row.a);
    if (row.b !== undefined) change.b.push(row.b);
  }
  return found;
}

function kindOf({ kind, renumbered }: LadderRow): ChangeKind | undefined {
  if (kind === "movedA" || kind === "movedB") return "moved";
  return kind === "same" ? (renumbered ? "renumbered" : undefined) : kind;
}

/** A change in a few words: "14: OK response". */
export function changeInWords({ kind, a, b }: Change): string {
  const steps = kind === "onlyA" ? a : b;
  const labels = [...new Set(steps.map(({ label }) => label.replaceAll(/\s+/g, " ")))];
  if (kind === "moved" || kind === "renumbered")
    return `${movesText(a.map((was, i) => [was, b[i] ?? was] as const))}${kind === "moved" ? `: ${labels.join(", ")}` : ""}`;
  return `${stepNumbers(steps)}: ${labels.join(", ")}`;
}

import { create } from "zustand";
import type { Change, ChangeKind } from "../../shared/compare/changes.ts";

export type Look = "beside" | "merged" | "text";

/** What of a comparison a person looks at. */
export interface Looking {
  readonly look: Look;
  /** How many changes there are. */
  readonly count: number;
  /** Which of them is the current one; -1 before the first. */
  readonly at: number;
  /** Counts the ways to a change that a person took: it is then brought into sight, though it be the same. */
  readonly visits: number;
  /** Kinds of change that are passed over. */
  readonly without: ReadonlySet<ChangeKind>;
}

/** The changes that a person walks through; all of them where there would be none. */
export function walked(changes: readonly Change[], without: ReadonlySet<ChangeKind>): readonly Change[] {
  const left = changes.filter(({ kind }) => !without.has(kind));
  return left.length === 0 ? changes : left;
}

export const useLooking = create<Looking>(() => ({
  look: "beside",
  count: 0,
  at: -1,
  visits: 0,
  without: new Set(["renumbered"]),
}));

/** Goes to a change further on, or back when negative; after the last comes the first. */
export function goToChange(by: number): void {
  const { at, count } = useLooking.getState();
  if (count > 0) visitChange(at < 0 ? (by > 0 ? 0 : count - 1) : (at + by + count) % count);
}

/** Makes a change the current one and brings it into sight. */
export function visitChange(at: number): void {
  useLooking.setState(({ visits }) => ({ at, visits: visits + 1 }));
}

/** Passes a kind of change over, or not any more. */
export function toggleKind(kind: ChangeKind): void {
  const { without } = useLooking.getState();
  const rest = new Set(without);
  if (!rest.delete(kind)) rest.add(kind);
  useLooking.setState({ without: rest, at: -1 });
}

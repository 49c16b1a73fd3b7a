import { create } from "zustand";

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
}

export const useLooking = create<Looking>(() => ({ look: "beside", count: 0, at: -1, visits: 0 }));

/** Goes to a change further on, or back when negative; after the last comes the first. */
export function goToChange(by: number): void {
  const { at, count } = useLooking.getState();
  if (count > 0) visitChange(at < 0 ? (by > 0 ? 0 : count - 1) : (at + by + count) % count);
}

/** Makes a change the current one and brings it into sight. */
export function visitChange(at: number): void {
  useLooking.setState(({ visits }) => ({ at, visits: visits + 1 }));
}

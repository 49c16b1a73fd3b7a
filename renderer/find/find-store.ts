import { create } from "zustand";

/** What a person seeks; it stays while the panel is closed, so that F3 goes on. */
export interface Finding {
  readonly text: string;
  readonly matchCase: boolean;
  readonly wholeWord: boolean;
  readonly replacing: boolean;
  readonly replacement: string;
  /** Which of the hits is the current one; -1 before the first. */
  readonly at: number;
}

export const useFinding = create<Finding>(() => ({
  text: "",
  matchCase: false,
  wholeWord: false,
  replacing: false,
  replacement: "",
  at: -1,
}));

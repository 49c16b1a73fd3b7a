import type { ChangeKind } from "../../shared/compare/changes.ts";
import type { Mark } from "../../shared/compare/merge.ts";

/** How a kind of change is marked: a sign beside its colour, and what it is in words. Pure data. */
export const kinds: Readonly<Record<ChangeKind, { readonly sign: string; readonly title: string }>> = {
  onlyA: { sign: "−", title: "Only in the first" },
  onlyB: { sign: "+", title: "Only in the second" },
  changed: { sign: "≠", title: "Changed" },
  moved: { sign: "↕", title: "Moved" },
  renumbered: { sign: "#", title: "Renumbered" },
};

const ofMarks: Readonly<Record<Mark, ChangeKind | undefined>> = {
  same: undefined,
  onlyA: "onlyA",
  onlyB: "onlyB",
  changed: "changed",
  was: "changed",
  is: "changed",
  movedA: "moved",
  movedB: "moved",
  renumbered: "renumbered",
};

export const kindOfMark = (mark: Mark): ChangeKind | undefined => ofMarks[mark];

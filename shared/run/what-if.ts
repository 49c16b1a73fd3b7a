import type { Choice } from "./choice.ts";

/**
 * What else may happen at one place of a run, in a person's words. Plain JSON, computed by the engine; the page shows it
 * and makes a variant of the entry that is chosen.
 */

/** The groups in which choices are listed, in this order. */
export const whatIfGroups = [
  "answers",
  "declines",
  "silent",
  "network",
  "timer",
  "refuses",
  "ends",
  "transfers",
  "extends",
  "invites",
  "sends",
  "author",
] as const;

export type WhatIfGroup = (typeof whatIfGroups)[number];

/** The heading of each group. */
export const whatIfHeadings: Readonly<Record<WhatIfGroup, string>> = {
  answers: "Answers",
  declines: "Declines",
  silent: "Stays silent",
  network: "The network delivers, delays or loses",
  timer: "A timer fires",
  refuses: "The operator refuses",
  ends: "Ends or gives up",
  transfers: "Transfers",
  extends: "Extends the session",
  invites: "Invites",
  sends: "Sends a message",
  author: "The author",
};

/** One choice that is possible at a place of a run. */
export interface WhatIf {
  readonly choice: Choice;
  readonly group: WhatIfGroup;
  /** Who does what: "CPM Client B1 accepts". */
  readonly says: string;
  /**
   * What comes of it, found by taking the choice and going on to rest: "sends OK response; session with CPM Client B1;
   * CPM Client B2 cancelled". Absent where the bound on the work was reached before.
   */
  readonly leads?: string;
  /** The run takes this choice at this place. */
  readonly taken: boolean;
  /**
   * The whole script of the variant that goes this way: all turns before the place as the run takes them, then the
   * choice, then what is still possible of the rest of the script.
   */
  readonly script: readonly Choice[];
  /** So many choices at the beginning of `script` are those of the script that was asked about. */
  readonly keep: number;
}

/** How a variant is stored that goes the way of `whatIf`, asked about the script of the variant `from`. */
export function branchTo(
  whatIf: WhatIf,
  from: string,
): { readonly branch: { readonly from: string; readonly keep: number }; readonly script: Choice[] } {
  return { branch: { from, keep: whatIf.keep }, script: whatIf.script.slice(whatIf.keep) };
}

import type { Splice } from "./splice.ts";

/** A way to let a script go on that stopped where its next choice was not possible. Plain JSON, computed by the engine. */
export interface Repair {
  /** What is done: "First CPM Client B1 accepts". */
  readonly says: string;
  /** The choices further on that do not fit then either and go as well, in words and in their order. */
  readonly leavesOut: readonly string[];
  /** The repair as changes of the variant's whole script. */
  readonly splices: readonly Splice[];
}

import type { Flow, View } from "./flow/flow.ts";
import type { RuleInfo, Run } from "./run/run.ts";

/** What a handout carries in itself: a flow with the runs of its variants, to be played without the app. */
export interface HandoutData {
  readonly flow: Flow;
  readonly view: View;
  /** The run of each variant, by its id. */
  readonly runs: Readonly<Record<string, Run>>;
  /** For the clauses of the steps. */
  readonly rules: readonly RuleInfo[];
  /** The variant that is shown first. */
  readonly variant: string;
}

/** Id of the element that holds the data as JSON. */
export const HANDOUT_DATA = "callflow-handout";

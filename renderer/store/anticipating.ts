import { anticipated } from "../../shared/run/anticipate.ts";
import type { Gesture } from "../../shared/run/gesture.ts";
import type { Run } from "../../shared/run/run.ts";
import type { Get } from "./app-store.ts";
import type { Draw } from "./draw.ts";

export interface Anticipating {
  /** Shows at once what a gesture comes to, as far as that is plain. Says whether it is. */
  readonly begin: (gesture: Gesture) => boolean;
  /** The run that main has told last, whatever is shown meanwhile. */
  readonly told: () => Run | undefined;
  /** Shows the run that main has told, where another one is shown. */
  readonly giveUp: () => void;
}

/** The picture goes ahead of main: what it tells next of the run goes on from the one that it told last. */
export function anticipating(get: Get, draw: Draw): Anticipating {
  let ahead: { readonly shown: Run; readonly told: Run } | undefined;
  const told = () => {
    const { run } = get();
    return ahead !== undefined && run === ahead.shown ? ahead.told : run;
  };
  return {
    begin: (gesture) => {
      const { run } = get();
      const before = told();
      const shown = run === undefined ? undefined : anticipated(run, gesture);
      if (shown === undefined || before === undefined) return false;
      ahead = { shown, told: before };
      draw({ run: shown }, "edited");
      return true;
    },
    told,
    giveUp: () => {
      const before = told();
      if (before !== get().run) draw({ run: before }, "edited");
      ahead = undefined;
    },
  };
}

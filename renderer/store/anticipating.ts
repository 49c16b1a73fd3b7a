import type { Flow } from "../../shared/flow/flow.ts";
import { anticipated } from "../../shared/run/anticipate.ts";
import type { Gesture } from "../../shared/run/gesture.ts";
import type { Run } from "../../shared/run/run.ts";
import type { Get } from "./app-store.ts";
import type { Draw } from "./draw.ts";
import type { LeftState } from "./left-states.ts";

export interface Anticipating {
  /** Shows at once what a gesture comes to, as far as that is plain. Says whether it is. */
  readonly begin: (gesture: Gesture) => boolean;
  /** Shows at once what undo or redo leads to. */
  readonly goTo: (known: LeftState) => void;
  /** The run that main has told last, whatever is shown meanwhile. */
  readonly told: () => Run | undefined;
  /** The document that main has told last, where another one is shown; asked for once, to be gone on from. */
  readonly takeFlow: () => Flow | undefined;
  /** Shows what main has told, where something else is shown. */
  readonly giveUp: () => void;
}

/** The picture goes ahead of main: what it tells next of the run goes on from the one that it told last. */
export function anticipating(get: Get, draw: Draw): Anticipating {
  let ahead: { readonly shown: Run; readonly told: Run } | undefined;
  let flow: Flow | undefined;
  const takeFlow = () => {
    const taken = flow;
    flow = undefined;
    return taken;
  };
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
    goTo: (known) => {
      const { run, open } = get();
      if (run === undefined || open === undefined) return;
      ahead = { shown: known.run, told: run };
      flow = open.flow;
      draw({ run: known.run, open: { ...open, flow: known.flow } }, "edited");
    },
    told,
    takeFlow,
    giveUp: () => {
      const before = told();
      const { run, open } = get();
      const document = takeFlow();
      if (open !== undefined && document !== undefined)
        draw({ run: before, open: { ...open, flow: document } }, "edited");
      else if (before !== run) draw({ run: before }, "edited");
      ahead = undefined;
    },
  };
}

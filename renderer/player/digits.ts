import { createContext } from "react";
import { createStore, type StoreApi } from "zustand/vanilla";
import { stepsOf } from "../../shared/diagram/steps-of.ts";
import type { AppStore } from "../store/app-store.ts";

/** A typed number is complete when nothing was typed for so long. */
const PATIENCE_MS = 800;
const LONGEST = 6;

/** Digits typed so far, "" when none. */
export type Digits = StoreApi<{ readonly typed: string }> & {
  readonly type: (digit: string) => void;
  /** Goes there now; says whether there was a number. */
  readonly enter: () => boolean;
  readonly erase: () => void;
};

/** Collects digits to a step's number and goes there: the printed number where a step has it, else the count of steps. */
export function createDigits(app: AppStore): Digits {
  const store = createStore<{ readonly typed: string }>(() => ({ typed: "" }));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const erase = () => {
    clearTimeout(timer);
    store.setState({ typed: "" });
  };
  const enter = () => {
    const { typed } = store.getState();
    erase();
    const { diagram, actions } = app.getState();
    if (typed === "" || diagram === undefined) return false;
    const printed = stepsOf(diagram).find((step) => step.number === String(Number(typed)));
    actions.goToStep(printed?.index ?? Number(typed) - 1);
    return true;
  };
  const type = (digit: string) => {
    clearTimeout(timer);
    store.setState(({ typed }) => ({ typed: (typed + digit).slice(-LONGEST) }));
    timer = setTimeout(enter, PATIENCE_MS);
  };
  return Object.assign(store, { type, enter, erase });
}

export const DigitsContext = createContext<Digits | undefined>(undefined);

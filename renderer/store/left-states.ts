import type { Flow } from "../../shared/flow/flow.ts";
import type { Run } from "../../shared/run/run.ts";
import type { AppState } from "./state.ts";

/** A document as it was, and the run of it. */
export interface LeftState {
  readonly flow: Flow;
  readonly run: Run;
}

export interface LeftStates {
  /** Keeps what is shown, where the run is that of the document as main has it. */
  readonly keep: (state: AppState) => void;
  /** What undo or redo leads to, where it was shown here before. */
  readonly find: (state: AppState, way: "undo" | "redo") => LeftState | undefined;
}

/** So many are kept. They share with one another what did not change between them. */
const MOST = 20;

/** The last states of documents that were left for others, by the numbers that main gives them. */
export function leftStates(): LeftStates {
  const kept = new Map<string, LeftState>();
  const keyOf = ({ open, variant }: AppState, number: number) => `${open?.handle} ${number} ${variant}`;
  return {
    keep(state) {
      const { open, run, runAt } = state;
      if (open === undefined || run === undefined || runAt !== open.revision) return;
      const key = keyOf(state, open.history.at ?? 0);
      kept.delete(key);
      kept.set(key, { flow: open.flow, run });
      const [oldest] = kept.keys();
      if (kept.size > MOST && oldest !== undefined) kept.delete(oldest);
    },
    find(state, way) {
      const number = state.open?.history[way === "undo" ? "undoTo" : "redoTo"];
      return number === undefined ? undefined : kept.get(keyOf(state, number));
    },
  };
}

import { Worker } from "node:worker_threads";
import { fail, type Result } from "../../shared/flow/result.ts";
import type { Exploration } from "../../shared/run/exploration.ts";
import type { ExploreRequest } from "./explore-request.ts";

export interface ExploringProgress {
  readonly states: number;
  readonly transitions: number;
}

/** An exploration that goes on in a thread of its own. */
export interface RunningExploration {
  /** Settles once, also when it was stopped: with what was found until then. Never rejects. */
  readonly result: Promise<Result<Exploration>>;
  /** Asks it to stop soon and to say what it has found. */
  stop(): void;
  /** Ends it at once; the result is then a failure. */
  abandon(): void;
}

/**
 * Starts an exploration in a thread.
 * @param worker the built `explore.worker.cjs`.
 * @param onProgress hears now and then how far it has come.
 */
export function startExploring(
  worker: URL,
  request: ExploreRequest,
  onProgress: (progress: ExploringProgress) => void = () => {},
): RunningExploration {
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const thread = new Worker(worker, { workerData: { request, stop } });
  const result = new Promise<Result<Exploration>>((resolve) => {
    thread.on("message", (message: { progress?: ExploringProgress; result?: Result<Exploration> }) => {
      if (message.progress !== undefined) onProgress(message.progress);
      if (message.result !== undefined) resolve(message.result);
    });
    thread.on("error", (error) => resolve(fail(`The exploration failed: ${error.message}`)));
    thread.on("exit", () => resolve(fail("The exploration was ended before it was done.")));
  });
  return {
    result,
    stop: () => void Atomics.store(stop, 0, 1),
    abandon: () => void thread.terminate(),
  };
}

import { Worker } from "node:worker_threads";

/** A job as a thread gets it, and its answer as it comes back: nothing where the thread could not do it. */
export interface Numbered<T> {
  readonly id: number;
  readonly job: T;
}
export interface Answered<T> {
  readonly id: number;
  readonly answer?: T;
}

/**
 * A thread that does one job after the other, started when it is first needed; it keeps no process from ending. Where it
 * fails the answer is undefined, and who asked does the job.
 * @param worker the built `name.worker.cjs`
 */
export function createThread<Job, Answer>(worker: URL): (job: Job) => Promise<Answer | undefined> {
  let thread: Worker | undefined;
  let count = 0;
  const waiting = new Map<number, (answer: Answer | undefined) => void>();

  const lost = () => {
    thread = undefined;
    for (const answer of waiting.values()) answer(undefined);
    waiting.clear();
  };
  const start = () => {
    const started = new Worker(worker);
    started.on("message", ({ id, answer }: Answered<Answer>) => {
      waiting.get(id)?.(answer);
      waiting.delete(id);
      if (waiting.size === 0) started.unref();
    });
    started.on("error", lost);
    started.on("exit", lost);
    return started;
  };
  return (job) =>
    new Promise((resolve) => {
      thread ??= start();
      // Somebody waits.
      thread.ref();
      const numbered: Numbered<Job> = { id: count++, job };
      waiting.set(numbered.id, resolve);
      thread.postMessage(numbered);
    });
}

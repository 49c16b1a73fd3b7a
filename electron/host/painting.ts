import { Worker } from "node:worker_threads";
import type { PaintRows } from "../export/formats.ts";
import type { IndexedRows } from "../export/png-encode.ts";

/** What a thread that paints is asked, and answers: no rows where it could not. */
export interface PaintJob {
  readonly id: number;
  readonly svg: string;
  readonly scale: number;
}
export interface PaintAnswer {
  readonly id: number;
  readonly rows?: IndexedRows;
}

/**
 * A thread that paints, started when it is first needed; it keeps no process from ending. Where it fails what it was to
 * paint is undefined, and painted by who asked.
 * @param worker the built `paint.worker.js`
 */
export function createPainting(worker: URL): PaintRows {
  let thread: Worker | undefined;
  let count = 0;
  const waiting = new Map<number, (rows: IndexedRows | undefined) => void>();

  const lost = () => {
    thread = undefined;
    for (const answer of waiting.values()) answer(undefined);
    waiting.clear();
  };
  const start = () => {
    const started = new Worker(worker);
    started.on("message", ({ id, rows }: PaintAnswer) => {
      waiting.get(id)?.(rows);
      waiting.delete(id);
      if (waiting.size === 0) started.unref();
    });
    started.on("error", lost);
    started.on("exit", lost);
    return started;
  };
  return (svg, scale) =>
    new Promise((resolve) => {
      thread ??= start();
      // Somebody waits.
      thread.ref();
      const job: PaintJob = { id: count++, svg, scale };
      waiting.set(job.id, resolve);
      thread.postMessage(job);
    });
}

import type { PaintRows } from "../export/formats.ts";
import type { IndexedRows } from "../export/png-encode.ts";
import { createThread } from "./thread.ts";

/** What a thread that paints is asked. */
export interface PaintJob {
  readonly svg: string;
  readonly scale: number;
}

/**
 * A thread that paints. Where it fails what it was to paint is undefined, and painted by who asked.
 * @param worker the built `paint.worker.cjs`
 */
export function createPainting(worker: URL): PaintRows {
  const paint = createThread<PaintJob, IndexedRows>(worker);
  return (svg, scale) => paint({ svg, scale });
}

import { parentPort } from "node:worker_threads";
import type { IndexedRows } from "./export/png-encode.ts";
import { paintRows } from "./export/raster.ts";
import type { PaintJob } from "./host/painting.ts";
import type { Answered, Numbered } from "./host/thread.ts";

// Paints parts of pictures in a thread of its own, one after the other.

parentPort?.on("message", async ({ id, job: { svg, scale } }: Numbered<PaintJob>) => {
  const rows = await paintRows(svg, scale).catch(() => undefined);
  const answer: Answered<IndexedRows> = { id, ...(rows !== undefined && { answer: rows }) };
  parentPort?.postMessage(answer, rows === undefined ? [] : [rows.rows.buffer, rows.colors.buffer]);
});

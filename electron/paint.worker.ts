import { parentPort } from "node:worker_threads";
import { paintRows } from "./export/raster.ts";
import type { PaintAnswer, PaintJob } from "./host/painting.ts";

// Paints parts of pictures in a thread of its own, one after the other.

parentPort?.on("message", async ({ id, svg, scale }: PaintJob) => {
  const rows = await paintRows(svg, scale).catch(() => undefined);
  const answer: PaintAnswer = { id, ...(rows !== undefined && { rows }) };
  parentPort?.postMessage(answer, rows === undefined ? [] : [rows.rows.buffer, rows.colors.buffer]);
});

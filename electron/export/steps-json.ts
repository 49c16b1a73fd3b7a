import { runJson } from "../../shared/run/print.ts";
import type { Exported, ExportInput } from "./formats.ts";

/** The steps for other programs: what `callflow run --json` prints. */
export function exportStepsJson({ flow, variant, run, diagram }: ExportInput): Exported {
  return { content: `${JSON.stringify(runJson(flow, variant, run, diagram), null, 2)}\n`, remarks: [] };
}

// What the benchmark of the exports times: every exporter of the product on one flow, bundled as the product is.
import { computeRun, rules } from "../../electron/engine/index.ts";
import { type ExportInput, formats } from "../../electron/export/formats.ts";
import { writtenFiles } from "../../electron/export/written-files.ts";
import { createPainting } from "../../electron/host/painting.ts";
import { whole } from "../../shared/content.ts";
import { project } from "../../shared/diagram/project.ts";
import { settingsFor } from "../../shared/export-formats.ts";
import { readFlow } from "../../shared/flow/file.ts";
import { wholeScript } from "../../shared/run/tree.ts";

/** As in the app, with a thread that lies beside this module. */
const paintRows = createPainting(new URL("paint.worker.mjs", import.meta.url));

export const ids: readonly string[] = formats.map(({ id }) => id);

/** What an export of the flow is made of. Throws for a text that is no flow. */
export function inputOf(text: string): ExportInput {
  const read = readFlow(text, "bench.flow.json");
  if (!read.ok) throw new Error(read.failure.message);
  const { flow } = read.value;
  const variant = flow.variants[0]?.id ?? "";
  const script = wholeScript(flow, variant);
  const run = computeRun(flow.scenario, script.ok ? script.value : []);
  return { flow, variant, run, diagram: project(flow, run, {}, new Map(rules().map((rule) => [rule.id, rule]))) };
}

/** Makes one document. @returns its bytes; undefined where the format refuses, as a picture that would be too large */
export async function make(id: string, input: ExportInput): Promise<number | undefined> {
  const format = formats.find((one) => one.id === id);
  if (format === undefined) throw new Error(`There is no format ${id}.`);
  const settings = settingsFor(format, id === "png" ? { scale: 1 } : {});
  if (!settings.ok) throw new Error(settings.failure.message);
  const made = await (await format.load())({ ...input, settings: settings.value, paintRows });
  if (!made.ok) return undefined;
  return writtenFiles("x", made.value).reduce((sum, { content }) => sum + Buffer.byteLength(whole(content)), 0);
}

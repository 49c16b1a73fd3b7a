import { whole } from "../../shared/content.ts";
import { project } from "../../shared/diagram/project.ts";
import { settingsFor } from "../../shared/export-formats.ts";
import { fail, ok, type Result } from "../../shared/flow/result.ts";
import type { Handlers } from "../../shared/ipc/contract.ts";
import type { ExportChoices } from "../../shared/ipc/settings.ts";
import { rules } from "../engine/index.ts";
import { type Exported, type ExportInput, formatById, type PaintRows } from "../export/formats.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { Shell } from "./handlers.ts";

/** What main does for *Copy as Picture*: the figure in the two forms in which programs take one. */
export function copyingHandlers(
  workspace: Workspace,
  shell: Pick<Shell, "lendGesture">,
  paintRows?: PaintRows,
): Pick<Handlers, "export.picture"> {
  return {
    "export.picture": async ({ handle, variant, view }) => {
      const open = workspace.find(handle);
      if (!open.ok) return open;
      const run = await workspace.run(handle, variant);
      if (!run.ok) return run;
      const { flow } = open.value;
      const known = new Map(rules().map((rule) => [rule.id, rule]));
      const diagram = project(flow, run.value, view, known);
      const input: ExportInput = { flow, variant, view, run: run.value, diagram, ...(paintRows && { paintRows }) };
      const svg = await made("svg", input);
      if (!svg.ok) return svg;
      // A picture that is too large in the usual scale may do in its own.
      const usual = await single(input);
      const png = usual.ok ? usual : await single(input, { scale: 1 });
      await shell.lendGesture();
      return ok({
        svg: String(whole(svg.value.content)),
        png: png.ok ? Buffer.from(png.value.content as Uint8Array).toString("base64") : null,
        remarks: png.ok ? png.value.remarks : [...svg.value.remarks, `Only the SVG was copied. ${png.failure.message}`],
      });
    },
  };
}

/** The figure as PNG; fails where it takes more than one picture. */
async function single(input: ExportInput, choices?: ExportChoices): Promise<Result<Exported>> {
  const png = await made("png", input, choices);
  const pictures = png.ok ? 1 + (png.value.more?.length ?? 0) : 1;
  return pictures === 1 ? png : fail(`As PNG it takes ${pictures} pictures: export it, or copy fewer steps.`);
}

async function made(id: "svg" | "png", input: ExportInput, choices: ExportChoices = {}): Promise<Result<Exported>> {
  const format = formatById(id);
  if (format === undefined) return fail(`There is no format “${id}”.`);
  const settings = settingsFor(format, choices);
  return settings.ok ? (await format.load())({ ...input, settings: settings.value }) : settings;
}

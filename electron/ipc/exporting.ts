import { project } from "../../shared/diagram/project.ts";
import { settingsFor } from "../../shared/export-formats.ts";
import { fail, ok } from "../../shared/flow/result.ts";
import type { Handler } from "../../shared/ipc/contract.ts";
import type { Run } from "../../shared/run/run.ts";
import { rules } from "../engine/index.ts";
import { type Drawn, formatById } from "../export/formats.ts";
import { writtenFiles } from "../export/written-files.ts";
import type { Disk } from "../workspace/ports.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { Shell } from "./handlers.ts";
import { fileName } from "./saving.ts";

interface Parts {
  readonly workspace: Workspace;
  readonly shell: Shell;
  readonly disk: Disk;
}

/** Asks where to, and writes a document of a flow there. `null` when the person cancelled. */
export function exportAs({ workspace, shell, disk }: Parts): Handler<"flow.export"> {
  return async ({ handle, variant, format: id, view, settings: given = {} }) => {
    const format = formatById(id);
    if (format === undefined) return fail(`There is no format “${id}”.`);
    const settings = settingsFor(format, given);
    if (!settings.ok) return settings;
    const open = workspace.find(handle);
    if (!open.ok) return open;
    const run = await workspace.run(handle, variant);
    if (!run.ok) return run;
    const { flow } = open.value;
    const path = await shell.askSave(`${fileName(flow.title)}.${format.extension}`, format);
    if (path === undefined) return ok(null);
    const known = new Map(rules().map((rule) => [rule.id, rule]));
    const drawn = (id: string, of: Run): Drawn => ({ variant: id, run: of, diagram: project(flow, of, view, known) });
    const exporter = await format.load();
    const exported = await exporter({
      flow,
      ...drawn(variant, run.value),
      draw: async (id) => {
        const other = await workspace.run(handle, id);
        return other.ok ? ok(drawn(id, other.value)) : other;
      },
      settings: settings.value,
    });
    if (!exported.ok) return exported;
    for (const { path: file, content } of writtenFiles(path, exported.value)) {
      const written = await disk.write(file, content);
      if (!written.ok) return written;
    }
    return ok({ path, remarks: exported.value.remarks });
  };
}

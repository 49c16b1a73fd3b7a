import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ExportSettings } from "../../shared/export-settings.ts";
import type { Flow, View } from "../../shared/flow/flow.ts";
import type { Request } from "../../shared/ipc/contract.ts";
import type { Format } from "../export/formats.ts";
import { fileName, nameGiver, toldApart } from "../export/names.ts";
import type { Open } from "../workspace/entry.ts";
import type { Shell } from "./handlers.ts";

/** A document as it is asked for. */
export interface Wanted {
  readonly handle: string;
  readonly flow: Flow;
  readonly variant: string;
  readonly view: View;
  /** Flows that come into the same document. */
  readonly others?: Request<"export.write">["others"];
}

export interface Chosen {
  readonly format: Format;
  readonly settings: ExportSettings;
}

/** A file that is to be written. */
export interface Job extends Chosen {
  readonly wanted: Wanted;
  /** Name of the file without its ending. */
  readonly name: string;
}

/**
 * What is asked for: the variant that is shown, every variant of its flow, the main variants of all open flows, or what is
 * shown with others in one document.
 */
export function documentsOf(
  { handle, variant, view, of, others }: Request<"export.write">,
  flow: Flow,
  open: readonly Open[],
) {
  if (of === "together") {
    const wanted: Wanted = { handle, flow, variant, view, ...(others && { others }) };
    return [{ wanted, name: fileName(flow.title) }];
  }
  if (of === "flows") {
    return open.map((one) => {
      const main = one.flow.variants[0]?.id ?? "";
      const seen = one.handle === handle ? view : (one.flow.view ?? {});
      return {
        wanted: { handle: one.handle, flow: one.flow, variant: main, view: seen },
        name: fileName(one.flow.title),
      };
    });
  }
  const variants = of === "variants" ? flow.variants.map(({ id }) => id) : [variant];
  return variants.map((id, i) => {
    const title = flow.variants.find((one) => one.id === id)?.title ?? id;
    const named = of === "variants" && i > 0 ? `${flow.title} – ${title}` : flow.title;
    return { wanted: { handle, flow, variant: id, view }, name: fileName(named) };
  });
}

/** A path for each file: the one that the person names, or names in the folder that they choose, never of a file that is there. */
export async function askWhere(
  jobs: readonly Job[],
  shell: Pick<Shell, "askSave" | "askFolder">,
): Promise<readonly string[] | undefined> {
  const [first] = jobs;
  if (first === undefined) return [];
  if (jobs.length === 1) {
    // A document that is brought up to date keeps its name, unless the person gives it another.
    const suggestion = String(first.settings.update ?? "") || `${first.name}.${first.format.extension}`;
    const path = await shell.askSave(suggestion, first.format);
    return path === undefined ? undefined : [path];
  }
  const folder = await shell.askFolder(`Export ${jobs.length} files into a folder`);
  if (folder === undefined) return undefined;
  const give = nameGiver((name) => existsSync(join(folder, name)));
  const all = jobs.map(({ format }) => format);
  return jobs.map(({ name, format }) => join(folder, give(`${name}${toldApart(format, all)}`, format.extension)));
}

import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { fail, ok, type Result } from "../../shared/flow/result.ts";
import type { Compared } from "../export/bases.ts";
import type { Exported, Format } from "../export/formats.ts";
import { fileName, nameGiver, toldApart } from "../export/names.ts";
import { writtenFiles } from "../export/written-files.ts";
import { exportDisk } from "../host/disk.ts";
import type { Arguments } from "./arguments.ts";
import { openBases } from "./export-base.ts";
import { flowsIn, isFolder } from "./export-folder.ts";
import { type Chosen, readSettings } from "./export-options.ts";
import { openProjected, type Projected } from "./projected.ts";
import type { ExitCode, Terminal } from "./terminal.ts";

const ENDING = /(\.flow)?\.json$/i;

/** Whether the arguments ask for more than one document: several flows, a folder of them, or every variant. */
export function isBatch(args: Arguments): boolean {
  const { positionals, options } = args;
  return positionals.length > 1 || options.has("all-variants") || positionals.some(isFolder);
}

/**
 * Writes a document of each flow, or of each of its variants, in each format into a folder, which is made where there is
 * none. What is there under the same name is replaced, as with one file. 1 when some could not be written or do not come
 * to rest; 2 when none could be written.
 */
export async function exportBatch(
  formats: readonly Format[],
  folder: string,
  args: Arguments,
  terminal: Terminal,
): Promise<ExitCode> {
  const say = (sentence: string) => terminal.error(`${sentence}\n`);
  const prepared = await prepare(formats, folder, args);
  if (!prepared.ok) {
    say(prepared.failure.message);
    return 2;
  }
  const { files, chosen } = prepared.value;
  const give = nameGiver(() => false);
  let written = 0;
  let findings = 0;
  for (const file of files) {
    const found = (sentence: string) => {
      findings++;
      say(`${file}: ${sentence}`);
    };
    const documents = await documentsOf(file, formats, args, terminal);
    if (!documents.ok) {
      found(documents.failure.message);
      continue;
    }
    for (const { name, projected, compared } of documents.value) {
      if (projected.run.end !== "rest")
        found(`“${name}” does not come to rest: what is exported ends where it stopped.`);
      for (const [i, format] of formats.entries()) {
        const path = join(folder, give(`${name}${toldApart(format, formats)}`, format.extension));
        const done = await writeDocument(format, { ...projected, ...compared }, chosen[i] as Chosen, path);
        if (!done.ok) {
          found(done.failure.message);
          continue;
        }
        written++;
        terminal.out(`${path}\n`);
        for (const remark of done.value) say(`${basename(path)}: ${remark}`);
      }
    }
  }
  return written === 0 ? 2 : findings > 0 ? 1 : 0;
}

async function prepare(formats: readonly Format[], folder: string, args: Arguments) {
  if (folder === "-") return fail("These are several files; say with -o into which folder they go.");
  const files = args.positionals.flatMap((file) => (isFolder(file) ? flowsIn(file) : [file]));
  if (files.length === 0) return fail(`There are no flows (.flow.json) in “${args.positionals.join("”, “")}”.`);
  const chosen = await readSettings(formats, args);
  if (!chosen.ok) return chosen;
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    return fail(`The folder “${folder}” cannot be made.`, String(error));
  }
  return ok({ files, chosen: chosen.value });
}

interface Document {
  readonly name: string;
  readonly projected: Projected;
  readonly compared: Compared<Projected>;
}

/** The flow's variant that is asked for, or all of them, each with the name of its files and what it was. */
async function documentsOf(file: string, formats: readonly Format[], args: Arguments, terminal: Terminal) {
  const shown = await openProjected(file, args, terminal);
  if (!shown.ok) return shown;
  const isCompared = formats.some(({ settings }) => settings.includes("base"));
  const bases = isCompared ? await openBases([shown.value], args, terminal) : ok([{}]);
  if (!bases.ok) return bases;
  const [compared = {}] = bases.value;
  const base = fileName(basename(file).replace(ENDING, ""));
  if (!args.options.has("all-variants")) return ok([{ name: base, projected: shown.value, compared }]);
  const documents: Document[] = [];
  for (const { id } of shown.value.flow.variants) {
    const drawn = await shown.value.draw(id);
    if (!drawn.ok) return drawn;
    const name = documents.length === 0 ? base : `${base}.${fileName(id)}`;
    const was = await inVariant(compared, id);
    if (!was.ok) return was;
    documents.push({ name, projected: { ...shown.value, ...drawn.value }, compared: was.value });
  }
  return ok(documents);
}

/** What a variant was: the one of its name, where the base has that. */
async function inVariant(compared: Compared<Projected>, variant: string): Promise<Result<Compared<Projected>>> {
  const { base } = compared;
  if (base?.flow.variants.some(({ id }) => id === variant) !== true) return ok(compared);
  const drawn = await base.draw(variant);
  return drawn.ok ? ok({ base: { ...base, ...drawn.value } }) : drawn;
}

/** @returns what the format could not say as it is drawn */
async function writeDocument(
  format: Format,
  projected: Projected & Compared<Projected>,
  chosen: Chosen,
  path: string,
): Promise<Result<readonly string[]>> {
  const exporter = await format.load();
  const exported = await exporter({ ...projected, ...chosen, now: `${new Date().toISOString().slice(0, 19)}Z` });
  if (!exported.ok) return exported;
  const done = await writeFiles(path, exported.value);
  return done.ok ? ok(exported.value.remarks) : done;
}

/** Writes what an export made, all its files. */
export async function writeFiles(path: string, exported: Exported): Promise<Result<void>> {
  for (const one of writtenFiles(path, exported)) {
    const written = await exportDisk.write(one.path, one.content);
    if (!written.ok) return written;
  }
  return ok(undefined);
}

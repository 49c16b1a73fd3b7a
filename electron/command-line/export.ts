import { realpathSync } from "node:fs";
import { extname } from "node:path";
import { didYouMean } from "../../shared/flow/nearest.ts";
import { ok, type Result } from "../../shared/flow/result.ts";
import { type Format, formatById, formats } from "../export/formats.ts";
import { type Arguments, type OptionInfo, optionValue } from "./arguments.ts";
import { openBases } from "./export-base.ts";
import { exportBatch, isBatch, writeFiles } from "./export-batch.ts";
import { isFolder } from "./export-folder.ts";
import { readSettings, settingOptions } from "./export-options.ts";
import { openProjected, type Projected, viewOptions } from "./projected.ts";
import type { ExitCode, Terminal } from "./terminal.ts";

/** The formats that need no window. */
const here = formats.filter(({ inWindow }) => inWindow !== true);

export const options: readonly OptionInfo[] = [
  {
    name: "to",
    value: "FORMAT,…",
    says: `the format, or several, or all: ${here.map(({ id }) => id).join(", ")}; by OUT's ending when absent`,
  },
  {
    name: "output",
    short: "o",
    value: "OUT",
    says: "the file to write, or the folder for several; -, or no -o, is standard output",
  },
  { name: "all-variants", says: "a document of every variant, into the folder OUT" },
  ...viewOptions,
  ...settingOptions,
];

/** `callflow export FILE… --to FORMAT,… [-o OUT]`: a document of a flow, one of several flows, or a folder of them. */
export async function exportFlow(file: string, args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const refuse = (message: string): ExitCode => {
    terminal.error(`${message}\n`);
    return 2;
  };
  const target = optionValue(args, "output") ?? "-";
  const wanted = formatsFor(optionValue(args, "to"), target);
  if (typeof wanted === "string") return refuse(wanted);
  const [format] = wanted;
  const wrong = wanted.length === 1 && !isBatch(args) ? wrongEnding(wanted[0], target) : undefined;
  if (wrong !== undefined) return refuse(wrong);
  if (format === undefined || wanted.length > 1 || (isBatch(args) && !isTogether(format, target, args)))
    return exportBatch(wanted, target, args, terminal);
  if (args.positionals.some((one) => isSameFile(one, target)))
    return refuse(`“${target}” is the flow itself; choose another file to write to.`);
  // Before the flow is read: what paints pictures has WebAssembly to compile, which other threads do meanwhile.
  const exporter = await format.load();
  const projected = await openProjected(file, args, terminal);
  if (!projected.ok) return refuse(projected.failure.message);
  const others = await openOthers(args, terminal);
  if (!others.ok) return refuse(others.failure.message);
  const chosen = await readSettings([format], args);
  if (!chosen.ok) return refuse(chosen.failure.message);
  const bases = await openBases([projected.value, ...others.value], args, terminal);
  if (!bases.ok) return refuse(bases.failure.message);
  const [own, ...ofOthers] = bases.value;
  const exported = await exporter({
    ...projected.value,
    ...chosen.value[0],
    now: `${new Date().toISOString().slice(0, 19)}Z`,
    ...own,
    ...(others.value.length > 0 && { others: others.value.map((other, i) => ({ ...other, ...ofOthers[i] })) }),
  });
  if (!exported.ok) return refuse(exported.failure.message);
  const { content, remarks, more } = exported.value;
  if (target === "-") {
    if (more !== undefined) return refuse(`These are ${more.length + 1} files; say with -o where they go.`);
    terminal.out(content);
  } else {
    const written = await writeFiles(target, exported.value);
    if (!written.ok) return refuse(written.failure.message);
  }
  for (const remark of remarks) terminal.error(`${remark}\n`);
  if (projected.value.run.end === "rest") return 0;
  terminal.error("The run does not come to rest: what was exported ends where it stopped.\n");
  return 1;
}

/** The flows after the first, each in its main variant. */
async function openOthers(args: Arguments, terminal: Terminal): Promise<Result<readonly Projected[]>> {
  const options = new Map([...args.options].filter(([name]) => name !== "variant"));
  const others: Projected[] = [];
  for (const file of args.positionals.slice(1)) {
    const other = await openProjected(file, { ...args, options }, terminal);
    if (!other.ok) return other;
    others.push(other.value);
  }
  return ok(others);
}

/** Several flows go into one document where that is what is to be written, as in `-o changes.docx`. */
function isTogether(format: Format, target: string, args: Arguments): boolean {
  const isDocument = extname(target).slice(1).toLowerCase() === format.extension;
  return (
    format.together === true && isDocument && !args.options.has("all-variants") && !args.positionals.some(isFolder)
  );
}

/** A file that is called as one of another format would be opened as that. */
function wrongEnding(format: Format | undefined, target: string): string | undefined {
  const ending = extname(target).slice(1).toLowerCase();
  const other = formats.find(({ extension }) => extension === ending);
  if (format === undefined || other === undefined || ending === format.extension) return undefined;
  return `“${target}” ends as ${other.id} does, but --to says ${format.id}: leave --to out, or end the name in .${format.extension}.`;
}

/** The formats asked for, or a sentence about why there are none. */
function formatsFor(ids: string | undefined, target: string): readonly Format[] | string {
  const known = here.map((format) => format.id).join(", ");
  if (ids === "all") return here;
  if (ids === undefined) {
    const ending = extname(target).slice(1).toLowerCase();
    const found = formats.filter((format) => format.extension === ending).slice(0, 1);
    return found.length > 0 ? found : `Say which format with --to; the formats are ${known}.`;
  }
  const wanted: Format[] = [];
  for (const id of new Set(ids.split(","))) {
    const format = formatById(id);
    if (format === undefined)
      return `There is no format “${id}”; the formats are ${known}.${didYouMean(
        id,
        here.map((one) => one.id),
      )}`;
    wanted.push(format);
  }
  return wanted;
}

function isSameFile(file: string, target: string): boolean {
  try {
    return target !== "-" && realpathSync(file) === realpathSync(target);
  } catch {
    return false;
  }
}

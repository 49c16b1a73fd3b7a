import { realpathSync } from "node:fs";
import { extname } from "node:path";
import { type Format, formatById, formats } from "../export/formats.ts";
import { writtenFiles } from "../export/written-files.ts";
import { exportDisk } from "../host/disk.ts";
import { type Arguments, type OptionInfo, optionValue } from "./arguments.ts";
import { readSettings, settingOptions } from "./export-options.ts";
import { openProjected, viewOptions } from "./projected.ts";
import type { ExitCode, Terminal } from "./terminal.ts";

export const options: readonly OptionInfo[] = [
  {
    name: "to",
    value: "FORMAT",
    says: `the format: ${formats.map(({ id }) => id).join(", ")}; by OUT's ending when absent`,
  },
  { name: "output", short: "o", value: "OUT", says: "the file to write; -, or no -o, is standard output" },
  ...viewOptions,
  ...settingOptions,
];

/** `callflow export FILE --to FORMAT [-o OUT]`: a document of a flow. */
export async function exportFlow(file: string, args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const refuse = (message: string): ExitCode => {
    terminal.error(`${message}\n`);
    return 2;
  };
  const target = optionValue(args, "output") ?? "-";
  const format = formatFor(optionValue(args, "to"), target);
  if (typeof format === "string") return refuse(format);
  if (isSameFile(file, target)) return refuse(`“${target}” is the flow itself; choose another file to write to.`);
  const projected = await openProjected(file, args, terminal);
  if (!projected.ok) return refuse(projected.failure.message);
  const chosen = await readSettings(format, args);
  if (!chosen.ok) return refuse(chosen.failure.message);
  const exporter = await format.load();
  const exported = await exporter({ ...projected.value, ...chosen.value });
  if (!exported.ok) return refuse(exported.failure.message);
  const { content, remarks, more } = exported.value;
  if (target === "-") {
    if (more !== undefined) return refuse(`These are ${more.length + 1} files; say with -o where they go.`);
    terminal.out(content);
  } else {
    for (const { path, content } of writtenFiles(target, exported.value)) {
      const written = await exportDisk.write(path, content);
      if (!written.ok) return refuse(written.failure.message);
    }
  }
  for (const remark of remarks) terminal.error(`${remark}\n`);
  if (projected.value.run.end === "rest") return 0;
  terminal.error("The run does not come to rest: what was exported ends where it stopped.\n");
  return 1;
}

/** The format asked for, or a sentence about why there is none. */
function formatFor(id: string | undefined, target: string): Format | string {
  const known = formats.map((format) => format.id).join(", ");
  if (id !== undefined) return formatById(id) ?? `There is no format “${id}”; the formats are ${known}.`;
  const ending = extname(target).slice(1).toLowerCase();
  return (
    formats.find((format) => format.extension === ending) ?? `Say which format with --to; the formats are ${known}.`
  );
}

function isSameFile(file: string, target: string): boolean {
  try {
    return target !== "-" && realpathSync(file) === realpathSync(target);
  } catch {
    return false;
  }
}

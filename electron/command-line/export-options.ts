import { basename } from "node:path";
import { type ExportFormat, exportFormats, settingsFor } from "../../shared/export-formats.ts";
import { type ExportSetting, type ExportSettings, exportSettings } from "../../shared/export-settings.ts";
import { fail, ok, type Result } from "../../shared/flow/result.ts";
import { disk } from "../host/disk.ts";
import { type Arguments, type OptionInfo, optionValue } from "./arguments.ts";

/** Largest file that an export reads beside the flow: a deck of slides with pictures. */
const FILE_LIMIT = 200 * 1024 * 1024;

/** An option for each setting that an export may have. */
export const settingOptions: readonly OptionInfo[] = Object.entries(exportSettings).map(([name, setting]) => ({
  name,
  value: placeholder(setting),
  says: `${setting.says}${formatsWith(name)}`,
}));

export interface Chosen {
  readonly settings: ExportSettings;
  readonly files: Readonly<Record<string, Uint8Array>>;
}

/**
 * For each format the settings that the arguments give, and what the files hold that they name. Of several formats each
 * takes those it has. Fails as `settingsFor` does, for a setting that none of them has, and for a file that cannot be
 * read.
 */
export async function readSettings(
  formats: readonly ExportFormat[],
  args: Arguments,
): Promise<Result<readonly Chosen[]>> {
  const given: Record<string, string> = {};
  for (const { name } of settingOptions) {
    const value = optionValue(args, name);
    if (value !== undefined) given[name] = value;
  }
  const known = new Set<string>(formats.flatMap(({ settings }) => settings));
  const chosen: Chosen[] = [];
  for (const format of formats) {
    const own = Object.entries(given).filter(([id]) => !known.has(id) || format.settings.some((each) => each === id));
    const settings = settingsFor(format, Object.fromEntries(own));
    if (!settings.ok) return settings;
    const files = await readFiles(format, given);
    if (!files.ok) return files;
    chosen.push({ settings: settings.value, files: files.value });
  }
  return ok(chosen);
}

async function readFiles(
  format: ExportFormat,
  given: Readonly<Record<string, string>>,
): Promise<Result<Record<string, Uint8Array>>> {
  const files: Record<string, Uint8Array> = {};
  for (const id of format.settings) {
    const path = given[id];
    if (exportSettings[id].kind !== "file" || path === undefined) continue;
    const read = await disk.read(path, FILE_LIMIT);
    if (!read.ok) return read;
    if (isOffice(exportSettings[id]) && !isArchive(read.value))
      return fail(`“${basename(path)}”, given with --${id}, is not a document of Word or PowerPoint, or is damaged.`);
    files[id] = read.value;
  }
  return ok(files);
}

const isOffice = (setting: ExportSetting): boolean => setting.kind === "file" && !setting.endings.includes("txt");

/** Office documents are ZIP archives. */
const isArchive = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

function placeholder(setting: ExportSetting): string {
  switch (setting.kind) {
    case "choice":
      return setting.choices.map(({ value }) => value).join("|");
    case "switch":
      return "true|false";
    case "number":
      return `${setting.min}–${setting.max}`;
    case "text":
      return "TEXT";
    case "file":
      return "FILE";
    case "flow":
      return "ID|FILE";
  }
}

function formatsWith(name: string): string {
  const ids = exportFormats.filter(({ settings }) => settings.some((id) => id === name)).map(({ id }) => id);
  return ` (${ids.join(", ")})`;
}

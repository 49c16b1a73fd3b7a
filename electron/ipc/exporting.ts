import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { project } from "../../shared/diagram/project.ts";
import { type ExportFormat, isPlainText, settingsFor } from "../../shared/export-formats.ts";
import { type ExportSettings, exportSettings } from "../../shared/export-settings.ts";
import type { Flow, View } from "../../shared/flow/flow.ts";
import { fail, ok, type Result } from "../../shared/flow/result.ts";
import type { EventPayload, Handlers, Request, Response } from "../../shared/ipc/contract.ts";
import type { ExportChoices } from "../../shared/ipc/settings.ts";
import type { Run } from "../../shared/run/run.ts";
import { rules } from "../engine/index.ts";
import {
  type Drawn,
  type EncodeFilm,
  type Exported,
  type ExportInput,
  type Format,
  formatById,
  formats,
  type PaintRows,
} from "../export/formats.ts";
import { fileName, nameGiver, toldApart } from "../export/names.ts";
import { writtenFiles } from "../export/written-files.ts";
import type { Disk } from "../workspace/ports.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { Shell } from "./handlers.ts";

interface Parts {
  readonly workspace: Workspace;
  readonly shell: Pick<Shell, "askSave" | "askOpen" | "askFolder" | "showInFolder">;
  readonly disk: Disk;
  readonly encode: EncodeFilm;
  /** Paints in another thread. */
  readonly paintRows?: PaintRows;
  readonly tell: (progress: EventPayload<"export.progress">) => void;
}

/** A document as it is asked for. */
interface Wanted {
  readonly handle: string;
  readonly flow: Flow;
  readonly variant: string;
  readonly view: View;
}

interface Chosen {
  readonly format: Format;
  readonly settings: ExportSettings;
}

/** A file that is to be written. */
interface Job extends Chosen {
  readonly wanted: Wanted;
  /** Name of the file without its ending. */
  readonly name: string;
}

type Progress = Pick<ExportInput, "progress" | "signal">;

/** Largest file that an export reads beside the flow: a deck of slides with pictures. */
const FILE_LIMIT = 200 * 1024 * 1024;
/** Lines of a text that are shown before it is written. */
const PREVIEW_LINES = 400;

type Exporting = Pick<
  Handlers,
  "export.preview" | "export.chooseFile" | "export.write" | "export.stop" | "export.reveal"
>;

/** What main does for the calls that make documents of the open flows. At most one export goes on at a time. */
export function exportingHandlers({ workspace, shell, disk, encode, paintRows, tell }: Parts): Exporting {
  /** The files that a person chose for settings, by the setting. The page knows their names only. */
  const files = new Map<string, { readonly name: string; readonly bytes: Uint8Array }>();
  let going: AbortController | undefined;
  let last: string | undefined;

  const chosen = (format: string, choices: ExportChoices): Result<Chosen> => {
    const known = formatById(format);
    if (known === undefined) return fail(`There is no format “${format}”.`);
    const settings = settingsFor(known, choices);
    return settings.ok ? ok({ format: known, settings: settings.value }) : settings;
  };

  /** The bytes of the files that the settings name. Fails where the page names one that nobody chose. */
  const filesOf = (format: ExportFormat, settings: ExportSettings): Result<Record<string, Uint8Array>> => {
    const named: Record<string, Uint8Array> = {};
    for (const id of format.settings) {
      const name = settings[id];
      if (exportSettings[id].kind !== "file" || name === "" || name === undefined) continue;
      const file = files.get(id);
      if (file?.name !== name) return fail(`Choose the file “${name}” again: it is no longer at hand.`);
      named[id] = file.bytes;
    }
    return ok(named);
  };

  const make = async (
    { handle, flow, variant, view }: Wanted,
    { format, settings }: Chosen,
    more: Progress = {},
  ): Promise<Result<Exported>> => {
    const named = filesOf(format, settings);
    if (!named.ok) return named;
    const known = new Map(rules().map((rule) => [rule.id, rule]));
    const drawn = (id: string, of: Run): Drawn => ({
      variant: id,
      run: of,
      diagram: project(flow, of, view, known, id),
    });
    const draw = async (id: string): Promise<Result<Drawn>> => {
      const run = await workspace.run(handle, id);
      return run.ok ? ok(drawn(id, run.value)) : run;
    };
    const shown = await draw(variant);
    if (!shown.ok) return shown;
    const exporter = await format.load();
    const now = `${new Date().toISOString().slice(0, 19)}Z`;
    return exporter({
      flow,
      view,
      rules: rules(),
      ...shown.value,
      draw,
      settings,
      files: named.value,
      now,
      encode,
      ...(paintRows && { paintRows }),
      ...more,
    });
  };

  const write = async (asked: Request<"export.write">, stop: AbortController) => {
    const shown = workspace.find(asked.handle);
    if (!shown.ok) return shown;
    // What cannot be made is said before anybody is asked where to.
    const run = await workspace.run(asked.handle, asked.variant);
    if (!run.ok) return run;
    const jobs: Job[] = [];
    const documents = documentsOf(asked, shown.value.flow, workspace);
    for (const { format, settings } of asked.formats) {
      const one = chosen(format, settings);
      if (!one.ok) return one;
      for (const document of documents) jobs.push({ ...one.value, ...document });
    }
    const targets = await askWhere(jobs, shell);
    if (targets === undefined) return ok(null);
    return perform(jobs, targets, stop);
  };

  const perform = async (jobs: readonly Job[], targets: readonly string[], stop: AbortController) => {
    const paths: string[] = [];
    const remarks: string[] = [];
    const failures: string[] = [];
    const of = (path: string, words: string) => (jobs.length === 1 ? words : `${basename(path)}: ${words}`);
    for (const [i, job] of jobs.entries()) {
      const path = targets[i] as string;
      const say = (part: number) => tell({ done: Math.min(1, (i + part) / jobs.length), name: basename(path) });
      say(0);
      // What the person does meanwhile is heard between two files.
      await new Promise((resolve) => setImmediate(resolve));
      if (stop.signal.aborted) break;
      const made = await unlessStopped(
        () => make(job.wanted, job, { progress: say, signal: stop.signal }),
        stop.signal,
      );
      if (made === undefined) break;
      const written = made.ok ? await writeAll(path, made.value) : made;
      if (!written.ok) failures.push(of(path, written.failure.message));
      else {
        paths.push(...written.value);
        last = path;
        if (made.ok) remarks.push(...made.value.remarks.map((remark) => of(path, remark)));
      }
    }
    if (stop.signal.aborted) {
      const left = paths.length === 0 ? "nothing was written" : `${paths.length} of ${jobs.length} files were written`;
      return fail(`The export was cancelled; ${left}.`);
    }
    const [first] = failures;
    return paths.length === 0 && first !== undefined ? fail(first) : ok({ paths, remarks: [...failures, ...remarks] });
  };

  /** Writes the file and what more there is of it; only of the first has the person been asked. */
  const writeAll = async (path: string, made: Exported): Promise<Result<readonly string[]>> => {
    const all = writtenFiles(path, made);
    const there = all.slice(1).find((one) => existsSync(one.path));
    if (there !== undefined) return fail(`“${basename(there.path)}” is there already; choose another name.`);
    for (const one of all) {
      const written = await disk.write(one.path, one.content);
      if (!written.ok) return written;
    }
    return ok(all.map((one) => one.path));
  };

  return {
    "export.preview": async ({ handle, variant, view, format: id, settings: choices }) => {
      const open = workspace.find(handle);
      if (!open.ok) return open;
      const one = chosen(id, choices);
      if (!one.ok) return one;
      const wanted = { handle, flow: open.value.flow, variant, view };
      const text = isPlainText(one.value.format);
      const made = await make(wanted, text ? one.value : figureLike(one.value));
      return made.ok ? ok(text ? firstLines(String(made.value.content)) : picture(made.value)) : made;
    },
    "export.chooseFile": async ({ setting: id }) => {
      const setting = Object.hasOwn(exportSettings, id) ? exportSettings[id as keyof typeof exportSettings] : undefined;
      if (setting?.kind !== "file") return fail(`There is no setting “${id}” that names a file.`);
      const path = await shell.askOpen({ title: setting.title, extensions: setting.endings });
      if (path === undefined) return ok(null);
      const bytes = await disk.read(path, FILE_LIMIT);
      if (!bytes.ok) return bytes;
      const name = basename(path);
      files.set(id, { name, bytes: bytes.value });
      return ok({ name });
    },
    "export.write": async (asked): Promise<Result<Response<"export.write">>> => {
      if (going !== undefined) return fail("An export is under way already; wait for it or cancel it first.");
      const mine = new AbortController();
      going = mine;
      try {
        return await write(asked, mine);
      } finally {
        going = undefined;
      }
    },
    "export.stop": async () => {
      going?.abort();
      return ok(null);
    },
    "export.reveal": async () => {
      if (last === undefined) return fail("Nothing was exported yet.");
      shell.showInFolder(last);
      return ok(null);
    },
  };
}

/** What the call makes; nothing where it ended because it was told to stop. */
async function unlessStopped<T>(call: () => Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}

/** What is asked for: the variant that is shown, every variant of its flow, or the main variants of all open flows. */
function documentsOf({ handle, variant, view, of }: Request<"export.write">, flow: Flow, workspace: Workspace) {
  if (of === "flows") {
    return workspace.all().map((open) => {
      const main = open.flow.variants[0]?.id ?? "";
      const seen = open.handle === handle ? view : (open.flow.view ?? {});
      return {
        wanted: { handle: open.handle, flow: open.flow, variant: main, view: seen },
        name: fileName(open.flow.title),
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
async function askWhere(jobs: readonly Job[], shell: Parts["shell"]): Promise<readonly string[] | undefined> {
  const [first] = jobs;
  if (first === undefined) return [];
  if (jobs.length === 1) {
    const path = await shell.askSave(`${first.name}.${first.format.extension}`, first.format);
    return path === undefined ? undefined : [path];
  }
  const folder = await shell.askFolder(`Export ${jobs.length} files into a folder`);
  if (folder === undefined) return undefined;
  const give = nameGiver((name) => existsSync(join(folder, name)));
  const all = jobs.map(({ format }) => format);
  return jobs.map(({ name, format }) => join(folder, give(`${name}${toldApart(format, all)}`, format.extension)));
}

/** The figure with what it shares with a format: its colours, its steps. */
function figureLike({ format, settings }: Chosen): Chosen {
  const svg = formats.find(({ id }) => id === "svg") as Format;
  if (format.id === svg.id) return { format: svg, settings };
  const shared = Object.fromEntries(
    Object.entries(settings).filter(([id]) => svg.settings.some((known) => known === id)),
  );
  const completed = settingsFor(svg, shared);
  return { format: svg, settings: completed.ok ? completed.value : {} };
}

const picture = ({ content }: Exported) => ({ kind: "picture" as const, svg: String(content) });

function firstLines(text: string) {
  const lines = text.split("\n");
  return { kind: "text" as const, text: lines.slice(0, PREVIEW_LINES).join("\n"), more: lines.length > PREVIEW_LINES };
}

import { existsSync } from "node:fs";
import { basename } from "node:path";
import { whole } from "../../shared/content.ts";
import { type ExportFormat, isFilm, isPlainText, settingsFor } from "../../shared/export-formats.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { fail, ok, type Result } from "../../shared/flow/result.ts";
import type { EventPayload, Handlers, Request, Response } from "../../shared/ipc/contract.ts";
import type { ExportChoices } from "../../shared/ipc/settings.ts";
import { rules } from "../engine/index.ts";
import {
  type Drawn,
  type EncodeFilm,
  type Exported,
  type Exporter,
  type ExportInput,
  type Format,
  formatById,
  formats,
  type PaintRows,
} from "../export/formats.ts";
import { writtenFiles } from "../export/written-files.ts";
import type { Disk } from "../workspace/ports.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { type DrawnFlow, drawBases, drawnFlow, playedFlow } from "./export-bases.ts";
import { createExportFiles } from "./export-files.ts";
import { askWhere, type Chosen, documentsOf, type Job, type Wanted } from "./export-jobs.ts";
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

type Progress = Pick<ExportInput, "progress" | "signal">;

/** Lines of a text that are shown before it is written. */
const PREVIEW_LINES = 400;

type Exporting = Pick<
  Handlers,
  "export.preview" | "export.chooseFile" | "export.write" | "export.stop" | "export.reveal"
>;

/** What main does for the calls that make documents of the open flows. At most one export goes on at a time. */
export function exportingHandlers({ workspace, shell, disk, encode, paintRows, tell }: Parts): Exporting {
  const files = createExportFiles(shell, disk);
  let going: AbortController | undefined;
  let last: string | undefined;

  const chosen = (format: string, choices: ExportChoices): Result<Chosen> => {
    const known = formatById(format);
    if (known === undefined) return fail(`There is no format “${format}”.`);
    const settings = settingsFor(known, choices);
    return settings.ok ? ok({ format: known, settings: settings.value }) : settings;
  };

  /** The main variants of further flows, each as its flow says it is seen. */
  const drawOthers = async (wanted: Wanted["others"] = []): Promise<Result<readonly DrawnFlow[]>> => {
    const drawn: DrawnFlow[] = [];
    for (const other of wanted) {
      const found = "file" in other ? files.flow(other.file) : flowOf(workspace.find(other.handle));
      const one = found.ok ? playedFlow(found.value, undefined, found.value.view ?? {}) : found;
      if (!one.ok) return one;
      drawn.push(one.value);
    }
    return ok(drawn);
  };

  const make = async (
    { handle, flow, variant, view, others: wantedOthers = [] }: Wanted,
    { format, settings }: Chosen,
    more: Progress = {},
    other?: Exporter,
  ): Promise<Result<Exported>> => {
    const named = files.bytes(format, settings);
    if (!named.ok) return named;
    const draw = async (id: string): Promise<Result<Drawn>> => {
      const run = await workspace.run(handle, id);
      return run.ok ? ok(drawnFlow(flow, id, run.value, view)) : run;
    };
    const shown = await draw(variant);
    if (!shown.ok) return shown;
    const others = await drawOthers(wantedOthers);
    if (!others.ok) return others;
    const bases = drawBases([{ flow, view, ...shown.value }, ...others.value], settings, files);
    if (!bases.ok) return bases;
    const [own, ...ofOthers] = bases.value;
    const exporter = other ?? (await format.load());
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
      ...own,
      ...(others.value.length > 0 && { others: others.value.map((other, i) => ({ ...other, ...ofOthers[i] })) }),
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
    const documents = documentsOf(asked, shown.value.flow, workspace.all());
    for (const { format, settings } of asked.formats) {
      const one = chosen(format, settings);
      if (!one.ok) return one;
      if (asked.of === "together" && one.value.format.together !== true) return fail(notTogether(one.value.format));
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
      const made = isFilm(one.value.format)
        ? await make(wanted, one.value, {}, (await import("../export/film.ts")).exportFrame)
        : await make(wanted, text ? one.value : figureLike(one.value));
      return made.ok ? ok(text ? firstLines(String(whole(made.value.content))) : picture(made.value)) : made;
    },
    "export.chooseFile": ({ setting }) => files.choose(setting),
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

const flowOf = (open: Result<{ readonly flow: Flow }>): Result<Flow> => (open.ok ? ok(open.value.flow) : open);

function notTogether({ title }: ExportFormat): string {
  const able = formats.filter(({ together }) => together).map((format) => format.title);
  return `${title} holds one flow; several go into one document of ${able.join(" or ")}.`;
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

const picture = ({ content }: Exported) => ({ kind: "picture" as const, svg: String(whole(content)) });

function firstLines(text: string) {
  const lines = text.split("\n");
  return { kind: "text" as const, text: lines.slice(0, PREVIEW_LINES).join("\n"), more: lines.length > PREVIEW_LINES };
}

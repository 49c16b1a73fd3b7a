import { SIZE_LIMIT } from "../../shared/flow/decode.ts";
import { readFlow, writeFlow } from "../../shared/flow/file.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { type Diagnostic, fail, ok, type Result } from "../../shared/flow/result.ts";
import type { Explanation, Run } from "../../shared/run/run.ts";
import { wholeScript } from "../../shared/run/tree.ts";
import type { Checked } from "../../shared/run/verdict.ts";
import type { WhatIf } from "../../shared/run/what-if.ts";
import { cannotRun, checkScenario, computeRun, explain, whatIf } from "../engine/index.ts";
import { checkFlow } from "./check-flow.ts";
import type { Bundle, Disk } from "./ports.ts";

/**
 * The one writer of open flows: what is open, where it came from, and the runs computed of it. Knows no Electron, so
 * the app, the command line and the tests work with the same one. Runs come as promises: they may be computed elsewhere.
 */
export interface Workspace {
  /** The bundled flows that can be read, in the order of their ids. Read once. */
  library(): Promise<readonly LibraryFlow[]>;
  openBundled(id: string): Promise<Result<Open>>;
  openFile(path: string): Promise<Result<Open>>;
  openText(name: string, text: string): Result<Open>;
  close(handle: string): void;
  find(handle: string): Result<Open>;
  /** The flow opened last of those still open. */
  latest(): Open | undefined;
  /** Computes a variant's run; the same one again while the flow has not changed. */
  run(handle: string, variant: string): Promise<Result<Run>>;
  explain(handle: string, variant: string, turn: number): Promise<Result<Explanation>>;
  /** Judges a variant's run by every requirement, and what is written about the flow. */
  check(handle: string, variant: string): Promise<Result<Checked>>;
  /** What may happen instead of a turn of a variant's run; with as many turns as it has, at its end. */
  whatIf(handle: string, variant: string, turn: number): Promise<Result<readonly WhatIf[]>>;
  /**
   * Writes the flow to `path` in canonical form; from then on that is its file. Refused when `path` is its file already
   * and another program changed it meanwhile, or when the file holds more than was understood.
   */
  save(handle: string, path: string): Promise<Result<Open>>;
}

export interface LibraryFlow {
  readonly id: string;
  readonly flow: Flow;
}

export interface Open {
  readonly handle: string;
  /** The file's name, or the title of a bundled flow. */
  readonly name: string;
  readonly flow: Flow;
  readonly diagnostics: readonly Diagnostic[];
  /** Why it may not be saved over its own file; a sentence. */
  readonly readOnly?: string;
  /** The file it belongs to; absent for a bundled flow and for dropped text. */
  readonly path?: string;
  readonly bundledId?: string;
}

interface Entry {
  readonly open: Open;
  /** The bytes of its file as they were last seen here. */
  readonly seen?: Uint8Array;
  readonly runs: Map<string, Run>;
}

interface Origin {
  readonly name: string;
  readonly path?: string;
  readonly bundledId?: string;
}

/** A workspace with nothing open. */
export function createWorkspace(disk: Disk, bundle: Bundle): Workspace {
  const entries = new Map<string, Entry>();
  let opened = 0;
  let library: Promise<readonly LibraryFlow[]> | undefined;

  const add = (content: Uint8Array | string, origin: Origin): Result<Open> => {
    const read = readFlow(content, origin.name);
    if (!read.ok) return read;
    const { flow, diagnostics, readOnly } = read.value;
    opened += 1;
    const open: Open = {
      ...origin,
      name: origin.bundledId === undefined ? origin.name : flow.title,
      handle: `flow-${opened}`,
      flow,
      diagnostics: [...diagnostics, ...checkScenario(flow.scenario)],
      ...(readOnly === undefined ? undefined : { readOnly }),
    };
    const seen = origin.path === undefined || typeof content === "string" ? undefined : { seen: content };
    entries.set(open.handle, { open, runs: new Map(), ...seen });
    return ok(open);
  };

  const entry = (handle: string): Result<Entry> => {
    const found = entries.get(handle);
    return found === undefined ? fail("This flow is not open any more; open it again.") : ok(found);
  };

  const run = async (handle: string, variant: string): Promise<Result<Run>> => {
    const found = entry(handle);
    return found.ok ? runOf(found.value, variant) : found;
  };

  return {
    library: () => {
      library ??= readLibrary(bundle);
      return library;
    },
    openBundled: async (id) => {
      if (!(await bundle.ids()).includes(id)) return fail(`There is no bundled flow “${id}”.`);
      const bytes = await bundle.read(id);
      return bytes.ok ? add(bytes.value, { name: id, bundledId: id }) : bytes;
    },
    openFile: async (path) => {
      const bytes = await disk.read(path, SIZE_LIMIT);
      return bytes.ok ? add(bytes.value, { name: nameOf(path), path }) : bytes;
    },
    openText: (name, text) => add(text, { name }),
    close: (handle) => void entries.delete(handle),
    find: (handle) => {
      const found = entry(handle);
      return found.ok ? ok(found.value.open) : found;
    },
    latest: () => [...entries.values()].at(-1)?.open,
    run,
    explain: async (handle, variant, turn) => {
      const found = entry(handle);
      if (!found.ok) return found;
      const computed = runOf(found.value, variant);
      if (!computed.ok) return computed;
      const explanation = explain(found.value.open.flow.scenario, computed.value, turn);
      return explanation === undefined ? fail(`The run has no turn ${turn}.`) : ok(explanation);
    },
    check: async (handle, variant) => {
      const found = entry(handle);
      if (!found.ok) return found;
      const { flow, diagnostics } = found.value.open;
      return checkFlow(flow, diagnostics, variant, (id) => runOf(found.value, id));
    },
    whatIf: async (handle, variant, turn) => {
      const found = entry(handle);
      if (!found.ok) return found;
      const { flow } = found.value.open;
      const script = wholeScript(flow, variant);
      if (!script.ok) return script;
      const computed = runOf(found.value, variant);
      return computed.ok ? ok(whatIf(flow.scenario, script.value, computed.value, turn)) : computed;
    },
    save: async (handle, path) => {
      const found = entry(handle);
      if (!found.ok) return found;
      const written = await writeTo(disk, found.value, path);
      if (!written.ok) return written;
      const { readOnly: _, bundledId: __, ...kept } = found.value.open;
      const open: Open = { ...kept, name: nameOf(path), path };
      entries.set(handle, { open, seen: written.value, runs: found.value.runs });
      return ok(open);
    },
  };
}

function runOf({ open, runs }: Entry, variant: string): Result<Run> {
  const known = runs.get(variant);
  if (known !== undefined) return ok(known);
  const script = wholeScript(open.flow, variant);
  if (!script.ok) return script;
  const refused = cannotRun(open.flow.scenario);
  if (refused !== undefined) return { ok: false, failure: refused };
  const computed = computeRun(open.flow.scenario, script.value);
  runs.set(variant, computed);
  return ok(computed);
}

/** Writes the flow unless something would be lost by it; gives the bytes written. */
async function writeTo(disk: Disk, { open, seen }: Entry, path: string): Promise<Result<Uint8Array>> {
  if (open.path === path) {
    if (open.readOnly !== undefined) return fail(open.readOnly);
    const now = seen === undefined ? undefined : await disk.read(path, SIZE_LIMIT);
    // A file that is gone can be written again; one that cannot be read says so when it is written.
    if (now?.ok && seen !== undefined && !equalBytes(now.value, seen)) {
      return fail(
        `“${open.name}” was changed by another program since it was opened; save under another name to keep both.`,
      );
    }
  }
  const text = writeFlow(open.flow);
  const written = await disk.write(path, text);
  return written.ok ? ok(new TextEncoder().encode(text)) : written;
}

async function readLibrary(bundle: Bundle): Promise<readonly LibraryFlow[]> {
  const flows: LibraryFlow[] = [];
  for (const id of await bundle.ids()) {
    const bytes = await bundle.read(id);
    const read = bytes.ok ? readFlow(bytes.value, id) : bytes;
    if (read.ok) flows.push({ id, flow: read.value.flow });
  }
  return flows;
}

function nameOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

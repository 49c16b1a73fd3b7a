import { basename } from "node:path";
import type { ExportFormat } from "../../shared/export-formats.ts";
import { type ExportSettings, exportSettings } from "../../shared/export-settings.ts";
import { SIZE_LIMIT } from "../../shared/flow/decode.ts";
import { readFlow } from "../../shared/flow/file.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { fail, ok, type Result } from "../../shared/flow/result.ts";
import { readCarrier } from "../export/carrier/read-carrier.ts";
import type { Disk } from "../workspace/ports.ts";
import type { Shell } from "./handlers.ts";

/** Largest file that an export reads beside the flow: a deck of slides with pictures. */
const FILE_LIMIT = 200 * 1024 * 1024;

/** The files that a person chose for exports. The page knows their names only, and can have no others read by naming them. */
export interface ExportFiles {
  /** Asks for a file that a setting names, or for a further flow; `null` when the person cancelled. */
  choose(wanted: string): Promise<Result<{ readonly name: string } | null>>;
  /** The bytes of the files that the settings name. Fails where the page names one that nobody chose. */
  bytes(format: ExportFormat, settings: ExportSettings): Result<Record<string, Uint8Array>>;
  /** The flow in a file that was chosen as a further flow. */
  flow(name: string): Result<Flow>;
  /** The flows in a file that was chosen as the base, each with the variant that the file shows. */
  bases(name: string): Result<readonly Base[]>;
}

export interface Base {
  readonly flow: Flow;
  readonly variant?: string;
}

/** Not a setting: flows that come into the same document. */
const OTHERS = "others";

export function createExportFiles(shell: Pick<Shell, "askOpen">, disk: Pick<Disk, "read">): ExportFiles {
  const files = new Map<string, { readonly name: string; readonly bytes: Uint8Array }>();
  const bases = new Map<string, readonly Base[]>();
  const others = new Map<string, Flow>();
  const again = (name: string) => fail(`Choose the file “${name}” again: it is no longer at hand.`);

  const chooseRead = async <T>(
    read: (bytes: Uint8Array, name: string) => Promise<Result<T>>,
    keep: (file: string, value: T) => string,
  ) => {
    const path = await shell.askOpen();
    if (path === undefined) return ok(null);
    const file = basename(path);
    const bytes = await disk.read(path, SIZE_LIMIT);
    if (!bytes.ok) return bytes;
    const value = await read(bytes.value, file);
    return value.ok ? ok({ name: keep(file, value.value) }) : value;
  };

  const keepOther = (file: string, flow: Flow): string => {
    // Two files of different folders may have one name.
    let name = file;
    for (let n = 2; others.has(name); n++) name = `${file} (${n})`;
    others.set(name, flow);
    return name;
  };

  const keepBases = (file: string, flows: readonly Base[]): string => {
    bases.set(file, flows);
    return file;
  };

  const chooseBytes = async (id: string, title: string, extensions: readonly string[]) => {
    const path = await shell.askOpen({ title, extensions });
    if (path === undefined) return ok(null);
    const bytes = await disk.read(path, FILE_LIMIT);
    if (!bytes.ok) return bytes;
    const name = basename(path);
    files.set(id, { name, bytes: bytes.value });
    return ok({ name });
  };

  return {
    async choose(id) {
      if (id === OTHERS) return chooseRead(flowIn, keepOther);
      const setting = Object.hasOwn(exportSettings, id) ? exportSettings[id as keyof typeof exportSettings] : undefined;
      if (setting?.kind === "flow") return chooseRead(basesIn, keepBases);
      if (setting?.kind === "file") return chooseBytes(id, setting.title, setting.endings);
      return fail(`There is no setting “${id}” that names a file.`);
    },
    bytes(format, settings) {
      const named: Record<string, Uint8Array> = {};
      for (const id of format.settings) {
        const name = settings[id];
        if (exportSettings[id].kind !== "file" || name === "" || name === undefined) continue;
        const file = files.get(id);
        if (file?.name !== name) return again(String(name));
        named[id] = file.bytes;
      }
      return ok(named);
    },
    flow(name) {
      const flow = others.get(name);
      return flow === undefined ? again(name) : ok(flow);
    },
    bases(name) {
      const found = bases.get(name);
      return found === undefined ? again(name) : ok(found);
    },
  };
}

/** The flow of a document, or of a picture that carries one. */
async function flowIn(bytes: Uint8Array, name: string): Promise<Result<Flow>> {
  const carried = await readCarrier(bytes, name);
  if (carried !== undefined && !carried.ok) return carried;
  const read = readFlow(carried === undefined ? bytes : carried.value.document, name);
  return read.ok ? ok(read.value.flow) : read;
}

/** The flows of a document, or the one of a file of another kind. */
async function basesIn(bytes: Uint8Array, name: string): Promise<Result<readonly Base[]>> {
  // Loaded when it is needed, as it brings what reads Word documents.
  const carried = (await import("../export/word/carried.ts")).flowsCarried(bytes);
  if (carried.length < 2) {
    const flow = await flowIn(bytes, name);
    return flow.ok ? ok([{ flow: flow.value }]) : flow;
  }
  const bases: Base[] = [];
  for (const { flow, variant } of carried) {
    const read = readFlow(flow, name);
    if (!read.ok) return read;
    bases.push({ flow: read.value.flow, variant });
  }
  return ok(bases);
}

import { SIZE_LIMIT } from "../../shared/flow/decode.ts";
import { readFlow, writeFlow } from "../../shared/flow/file.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { fail, ok, type Result } from "../../shared/flow/result.ts";
import type { Change, Changed } from "./changing.ts";
import { comparedWith, type Elsewhere, equalBytes, kept, reloaded } from "./elsewhere.ts";
import { type Entry, type Open, type Shelf, saved } from "./entry.ts";
import type { Bundle, Disk } from "./ports.ts";

/** An open flow and its file. */
export interface Filing {
  /**
   * Writes the flow to `path` in canonical form; from then on that is its file. Refused when `path` is its file already
   * and another program changed it meanwhile, or when the file holds more than was understood.
   */
  save(handle: string, path: string): Promise<Result<Open>>;
  /** What another program did to the flow's file since it was opened or saved; said as the variant shows it. */
  elsewhere(handle: string, variant: string): Promise<Result<Elsewhere>>;
  /** Takes over what the file holds now, as an edit that can be taken back. */
  reload(handle: string, base: number): Promise<Result<Changed>>;
  /** The document as its file holds it now; of a bundled flow, as it was bundled. */
  savedFlow(handle: string): Promise<Result<Flow>>;
  /** From now on the document may replace what its file holds now. */
  keep(handle: string): Promise<Result<Open>>;
}

interface Places {
  readonly disk: Disk;
  readonly bundle: Bundle;
  readonly clock: () => number;
  /** An open flow belongs to another file by now. */
  readonly follow: () => void;
}

/** Saves the entries of a shelf, and looks what became of their files. */
export function filing(
  { entries, find, journal }: Shelf,
  change: Change,
  { disk, bundle, clock, follow }: Places,
): Filing {
  /** The bytes that a flow's file holds now. */
  const fileOf = async (handle: string): Promise<Result<Uint8Array>> => {
    const found = find(handle);
    if (!found.ok) return found;
    const { path, name } = found.value.open;
    return path === undefined ? fail(`“${name}” is in no file yet.`) : disk.read(path, SIZE_LIMIT);
  };

  return {
    save: async (handle, path) => {
      const found = find(handle);
      if (!found.ok) return found;
      const other = [...entries.values()].find(({ open }) => open.path === path && open.handle !== handle);
      if (other !== undefined) return fail(`“${path}” is open in another tab; close it there first.`);
      // What is done from here on is not in the file, and must not become one with what is.
      const before: Entry = { ...found.value, merge: undefined };
      entries.set(handle, before);
      const written = await writeTo(disk, before, path);
      if (!written.ok) return written;
      const now = entries.get(handle);
      if (now === undefined) return ok(before.open);
      const after = saved(now, before.history.done.at(-1), nameOf(path), path, written.value);
      entries.set(handle, after);
      follow();
      journal.forget(handle);
      if (after.open.unsaved) journal.start(after.open, after.seen);
      return ok(after.open);
    },
    elsewhere: async (handle, variant) => {
      const found = find(handle);
      if (!found.ok) return found;
      const { path } = found.value.open;
      if (path === undefined || found.value.seen === undefined) return ok({ kind: "same" });
      const bytes = await disk.read(path, SIZE_LIMIT);
      return ok(bytes.ok ? comparedWith(entries.get(handle) ?? found.value, bytes.value, variant) : { kind: "gone" });
    },
    reload: async (handle, base) => {
      const bytes = await fileOf(handle);
      return bytes.ok ? change(handle, base, (before) => reloaded(before, bytes.value, clock())) : bytes;
    },
    savedFlow: async (handle) => {
      const found = find(handle);
      if (!found.ok) return found;
      const { bundledId, path, name } = found.value.open;
      const bytes = path === undefined && bundledId !== undefined ? await bundle.read(bundledId) : await fileOf(handle);
      const read = bytes.ok ? readFlow(bytes.value, name) : bytes;
      return read.ok ? ok(read.value.flow) : read;
    },
    keep: async (handle) => {
      const bytes = await fileOf(handle);
      const found = find(handle);
      if (!bytes.ok) return bytes;
      if (!found.ok) return found;
      const after = kept(found.value, bytes.value);
      entries.set(handle, after);
      journal.start(after.open, after.seen);
      return ok(after.open);
    },
  };
}

/** Writes the flow unless something would be lost by it; gives the bytes written. */
async function writeTo(disk: Disk, { open, seen }: Entry, path: string): Promise<Result<Uint8Array>> {
  if (open.path === path) {
    if (open.readOnly !== undefined) return fail(open.readOnly);
    const now = seen === undefined ? undefined : await disk.read(path, SIZE_LIMIT);
    // A file that is gone can be written again; one that cannot be read says so when it is written.
    if (now?.ok && seen !== undefined && !equalBytes(now.value, seen)) {
      return fail(
        `“${open.name}” was changed by another program since it was opened. Reload it, keep yours, or save under another name.`,
      );
    }
  }
  const text = writeFlow(open.flow);
  const written = await disk.write(path, text);
  return written.ok ? ok(new TextEncoder().encode(text)) : written;
}

/** The name of a file without its folder. */
export function nameOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

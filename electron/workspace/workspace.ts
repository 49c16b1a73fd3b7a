import { project } from "../../shared/diagram/project.ts";
import { SIZE_LIMIT } from "../../shared/flow/decode.ts";
import type { Edit } from "../../shared/flow/edit.ts";
import { editBetween } from "../../shared/flow/edit-between.ts";
import { readFlow, writeFlow } from "../../shared/flow/file.ts";
import type { Flow, View } from "../../shared/flow/flow.ts";
import { fail, ok, type Result } from "../../shared/flow/result.ts";
import type { HopName } from "../../shared/run/choice.ts";
import type { Gesture } from "../../shared/run/gesture.ts";
import type { Aside } from "./aside.ts";
import { type Asking, asking, runOf } from "./asking.ts";
import { apartEdit, type ToTakeApart } from "./combining.ts";
import { drawingWith } from "./drawing.ts";
import { comparedWith, type Elsewhere, equalBytes, kept, reloaded } from "./elsewhere.ts";
import { type Entry, edited, entryOf, type Labelled, moved, type Open, recovered, type Start, saved } from "./entry.ts";
import { byTurns } from "./in-turns.ts";
import type { Bundle, Carried, Disk, FindCarried, Journal, Nearby } from "./ports.ts";
import { asNamedIn, referred, type Trail } from "./referring.ts";
import { rewriting } from "./rewriting/rewrite.ts";

/**
 * The one writer of open flows: what is open, where it came from, and the runs computed of it. Knows no Electron, so
 * the app, the command line and the tests work with the same one. Runs come as promises: they may be computed elsewhere.
 */
export interface Workspace extends Asking {
  /** The bundled flows that can be read, in the order of their ids. Read once. */
  library(): Promise<readonly LibraryFlow[]>;
  /**
   * A bundled flow that is open and unchanged, or a file that is open, is not opened twice. Of a picture or a document that
   * carries a flow that flow is opened, as a document that is in no file yet.
   */
  openBundled(id: string): Promise<Result<Open>>;
  openFile(path: string): Promise<Result<Open>>;
  openText(name: string, text: string): Result<Open>;
  /**
   * A document that is in no file as it is: a new one, or work that a session before did not save; `seen` tells whether
   * its file is still as that session saw it.
   */
  openUnsaved(document: Unsaved): Promise<Result<Open>>;
  close(handle: string): void;
  find(handle: string): Result<Open>;
  /** All that are open, in the order in which they were opened. */
  all(): readonly Open[];
  /** The flow opened last of those still open. */
  latest(): Open | undefined;
  /** Changes the document, unless it has another revision than `base` by now. Fails, and changes nothing, as `apply` does. */
  edit(handle: string, asked: Labelled, base: number): Result<Changed>;
  /** Does to the picture of a variant what a person did, as one edit. Fails, and changes nothing, as `intervene` does. */
  gesture(handle: string, variant: string, gesture: Gesture, base: number, along?: Labelled): Promise<Result<Changed>>;
  /** Takes the flow over as the Mermaid text of a variant's picture was rewritten. Fails as `rewritten` does. */
  rewrite(handle: string, variant: string, view: View, text: string, base: number): Promise<Result<Changed>>;
  /** Takes the last edit back: the document is exactly what it was before. */
  undo(handle: string, base: number): Result<Changed>;
  redo(handle: string, base: number): Result<Changed>;
  /** What a reference in the flow leads to; see `referred`. */
  reference(handle: string, flow: string): Promise<Result<Flow>>;
  /** Opens the flow for which the `ref` of a mark stands as a copy in which its participants have the names of this flow. */
  enter(handle: string, mark: number): Promise<Result<Open>>;
  /** Gives the variant's ways through a fragment variants of their own, as one edit; see `takeApart`. */
  takeApart(handle: string, variant: string, fragment: ToTakeApart, base: number): Promise<Result<Changed>>;
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

export interface LibraryFlow {
  readonly id: string;
  readonly flow: Flow;
}

export interface Unsaved {
  readonly name: string;
  readonly path?: string;
  readonly flow: Flow;
  readonly seen?: (bytes: Uint8Array) => boolean;
}

/** What an edit, an undo or a redo did. */
export type Changed =
  | {
      readonly kind: "changed";
      /** The edit that brings a copy of the document from the revision before to this one. */
      readonly edit: Edit;
      readonly open: Open;
      /** The hops that a gesture drew. */
      readonly drawn?: readonly HopName[];
    }
  /** It was asked for on another revision than there is; nothing was done. */
  | { readonly kind: "stale"; readonly open: Open };

interface Surroundings {
  readonly clock?: () => number;
  readonly journal?: Journal;
  /** Hears which files belong to what is open. */
  readonly followed?: (paths: readonly string[]) => void;
  readonly findCarried?: FindCarried;
  /** Files to which documents refer; without it none is read. */
  readonly nearby?: Nearby;
  /** Answers what takes long about a flow; without it that is done here. */
  readonly aside?: Aside;
}

const noJournal: Journal = { start: () => {}, record: () => {}, forget: () => {} };

/** A workspace with nothing open. */
export function createWorkspace(
  disk: Disk,
  bundle: Bundle,
  {
    clock = Date.now,
    journal = noJournal,
    followed = () => {},
    findCarried = () => undefined,
    nearby,
    aside,
  }: Surroundings = {},
): Workspace {
  const entries = new Map<string, Entry>();
  let opened = 0;
  let library: Promise<readonly LibraryFlow[]> | undefined;

  /** Of flows that were gone into by a reference. */
  const trails = new Map<string, Trail>();
  const trailOf = ({ handle, path, bundledId }: Open): Trail =>
    trails.get(handle) ?? { came: [path ?? bundledId ?? handle], path };

  const follow = () => followed([...entries.values()].flatMap(({ open }) => open.path ?? []));

  const add = (content: Uint8Array | string, origin: Pick<Open, "name" | "path" | "bundledId">): Result<Open> => {
    const read = readFlow(content, origin.name);
    if (!read.ok) return read;
    opened += 1;
    const name = origin.bundledId === undefined ? origin.name : read.value.flow.title;
    const seen = origin.path === undefined || typeof content === "string" ? undefined : content;
    const added = entryOf(`flow-${opened}`, read.value, { ...origin, name }, seen);
    entries.set(added.open.handle, added);
    follow();
    return ok(added.open);
  };

  /** A document that is in no file as it is; `seen` is what its file held when it was. */
  const addUnsaved = (added: Result<Open>, seen?: Uint8Array, start?: Start): Result<Open> => {
    if (!added.ok) return added;
    const there = entries.get(added.value.handle);
    if (there === undefined) return added;
    const lost = recovered(there, seen);
    const unsaved = start === undefined ? lost : { ...lost, open: { ...lost.open, start } };
    entries.set(unsaved.open.handle, unsaved);
    journal.start(unsaved.open, unsaved.seen);
    return ok(unsaved.open);
  };

  const addCarried = ({ document, ...start }: Carried, name: string): Result<Open> =>
    addUnsaved(add(document, { name }), undefined, start);

  const entry = (handle: string): Result<Entry> => {
    const found = entries.get(handle);
    return found === undefined ? fail("This flow is not open any more; open it again.") : ok(found);
  };

  /** The bytes that a flow's file holds now. */
  const fileOf = async (handle: string): Promise<Result<Uint8Array>> => {
    const found = entry(handle);
    if (!found.ok) return found;
    const { path, name } = found.value.open;
    return path === undefined ? fail(`“${name}” is in no file yet.`) : disk.read(path, SIZE_LIMIT);
  };

  /** Lets `act` change an entry, unless it is asked for on a document that has changed meanwhile. */
  const change = (
    handle: string,
    base: number,
    act: (before: Entry) => Result<{ readonly entry: Entry; readonly edit: Edit }>,
  ): Result<Changed> => {
    const found = entry(handle);
    if (!found.ok) return found;
    const { open } = found.value;
    if (open.revision !== base) return ok({ kind: "stale", open });
    const done = act(found.value);
    if (!done.ok) return done;
    entries.set(handle, done.value.entry);
    if (done.value.entry.open.unsaved)
      journal.record(open, done.value.edit, done.value.entry.open.flow, found.value.seen);
    else journal.forget(handle);
    return ok({ kind: "changed", edit: done.value.edit, open: done.value.entry.open });
  };

  const perform = (handle: string, asked: Labelled, base: number): Result<Changed> =>
    change(handle, base, (before) => {
      const after = edited(before, asked, clock());
      return after.ok ? ok({ entry: after.value, edit: asked.edit }) : after;
    });

  return {
    ...asking(entry, aside),
    library: () => {
      library ??= readLibrary(bundle);
      return library;
    },
    openBundled: async (id) => {
      if (!(await bundle.ids()).includes(id)) return fail(`There is no bundled flow “${id}”.`);
      const there = [...entries.values()].find(({ open }) => open.bundledId === id && open.revision === 0);
      if (there !== undefined) return ok(there.open);
      const bytes = await bundle.read(id);
      return bytes.ok ? add(bytes.value, { name: id, bundledId: id }) : bytes;
    },
    openFile: async (path) => {
      const there = [...entries.values()].find(({ open }) => open.path === path);
      if (there !== undefined) return ok(there.open);
      const bytes = await disk.read(path, SIZE_LIMIT);
      if (!bytes.ok) return bytes;
      const name = nameOf(path);
      const carried = findCarried(bytes.value, name);
      if (carried === undefined) return add(bytes.value, { name, path });
      return carried.ok ? addCarried(carried.value, stemOf(name)) : carried;
    },
    openText: (name, text) => add(text, { name }),
    openUnsaved: async ({ name, path, flow, seen }) => {
      const bytes = path === undefined ? undefined : await disk.read(path, SIZE_LIMIT);
      const added = add(writeFlow(flow), path === undefined ? { name } : { name, path });
      // Where the file is not as the lost session saw it, nothing counts as seen: saving over it is refused.
      const known = bytes?.ok === true && seen?.(bytes.value) === true ? bytes.value : new Uint8Array();
      return addUnsaved(added, path === undefined ? undefined : known);
    },
    close: (handle) => {
      entries.delete(handle);
      trails.delete(handle);
      journal.forget(handle);
      follow();
    },
    find: (handle) => {
      const found = entry(handle);
      return found.ok ? ok(found.value.open) : found;
    },
    all: () => [...entries.values()].map(({ open }) => open),
    latest: () => [...entries.values()].at(-1)?.open,
    edit: perform,
    gesture: async (handle, variant, gesture, base, along) => {
      const found = entry(handle);
      if (!found.ok) return found;
      const run = runOf(found.value, variant);
      if (!run.ok) return run;
      const others = (id: string) => {
        const other = runOf(found.value, id);
        return other.ok ? other.value : undefined;
      };
      const asked = drawingWith(found.value.open.flow, variant, run.value, gesture, along, others);
      if (!asked.ok) return asked;
      const changed = perform(handle, asked.value, base);
      return changed.ok && changed.value.kind === "changed"
        ? ok({ ...changed.value, drawn: asked.value.drawn })
        : changed;
    },
    rewrite: async (handle, variant, view, text, base) => {
      const found = entry(handle);
      if (!found.ok) return found;
      const run = runOf(found.value, variant);
      if (!run.ok) return run;
      const { open } = found.value;
      const diagram = project(open.flow, run.value, view, undefined, variant);
      const next = await byTurns(rewriting(open.flow, variant, run.value, diagram, text));
      if (!next.ok) return next;
      const edit = editBetween(open.flow, next.value);
      if (edit.kind === "group" && edit.edits.length === 0) {
        const now = entry(handle);
        if (!now.ok) return now;
        const { open } = now.value;
        return ok(open.revision === base ? { kind: "changed", edit, open } : { kind: "stale", open });
      }
      return perform(handle, { label: "Edit Text", edit, merge: "text" }, base);
    },
    undo: (handle, base) => change(handle, base, (before) => moved(before, "undo")),
    redo: (handle, base) => change(handle, base, (before) => moved(before, "redo")),
    reference: async (handle, flow) => {
      const found = entry(handle);
      if (!found.ok) return found;
      const target = await referred(flow, trailOf(found.value.open), bundle, nearby);
      return target.ok ? ok(target.value.flow) : target;
    },
    enter: async (handle, index) => {
      const found = entry(handle);
      if (!found.ok) return found;
      const { open } = found.value;
      const mark = open.flow.marks?.[index];
      if (mark?.kind !== "fragment" || mark.refers === undefined) return fail("This fragment refers to no flow.");
      const target = await referred(mark.refers.flow, trailOf(open), bundle, nearby);
      if (!target.ok) return target;
      const { flow, remark } = asNamedIn(open.flow, mark.refers, target.value.flow);
      const added = add(writeFlow(flow), { name: flow.title });
      const there = added.ok ? entries.get(added.value.handle) : undefined;
      if (!added.ok || there === undefined) return added;
      const variant = mark.refers.variant ?? flow.variants[0]?.id ?? "";
      const start = { variant, ...(remark !== undefined && { remark }) };
      const entered: Open = { ...there.open, cameFrom: { handle, title: open.flow.title }, start };
      entries.set(entered.handle, { ...there, open: entered });
      trails.set(entered.handle, target.value.trail);
      return ok(entered);
    },
    takeApart: async (handle, variant, fragment, base) => {
      const found = entry(handle);
      if (!found.ok) return found;
      const edit = apartEdit(found.value.open.flow, variant, fragment, runOf(found.value, variant));
      if (!edit.ok) return edit;
      return perform(handle, { label: "Take Fragment Apart", edit: edit.value }, base);
    },
    save: async (handle, path) => {
      const found = entry(handle);
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
      const found = entry(handle);
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
      const found = entry(handle);
      if (!found.ok) return found;
      const { bundledId, path, name } = found.value.open;
      const bytes = path === undefined && bundledId !== undefined ? await bundle.read(bundledId) : await fileOf(handle);
      const read = bytes.ok ? readFlow(bytes.value, name) : bytes;
      return read.ok ? ok(read.value.flow) : read;
    },
    keep: async (handle) => {
      const bytes = await fileOf(handle);
      const found = entry(handle);
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

async function readLibrary(bundle: Bundle): Promise<readonly LibraryFlow[]> {
  const flows: LibraryFlow[] = [];
  for (const id of await bundle.ids()) {
    const bytes = await bundle.read(id);
    const read = bytes.ok ? readFlow(bytes.value, id) : bytes;
    if (read.ok) flows.push({ id, flow: read.value.flow });
  }
  return flows;
}

/** A file's name without its ending. */
function stemOf(name: string): string {
  return name.replace(/(?<=.)\.[^.]*$/, "");
}

function nameOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

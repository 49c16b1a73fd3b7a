import { SIZE_LIMIT } from "../../shared/flow/decode.ts";
import { readFlow, writeFlow } from "../../shared/flow/file.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { fail, ok, type Result } from "../../shared/flow/result.ts";
import type { Aside } from "./aside.ts";
import { type Asking, asking } from "./asking.ts";
import { type Changing, changer, changing } from "./changing.ts";
import { entryOf, type Open, recovered, type Start, shelved } from "./entry.ts";
import { type Filing, filing, nameOf } from "./filing.ts";
import type { Bundle, Carried, Disk, FindCarried, Journal, Nearby } from "./ports.ts";
import { asNamedIn, referred, type Trail } from "./referring.ts";

/**
 * The one writer of open flows: what is open, where it came from, and the runs computed of it. Knows no Electron, so
 * the app, the command line and the tests work with the same one. Runs come as promises: they may be computed elsewhere.
 */
export interface Workspace extends Asking, Changing, Filing {
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
  /** What a reference in the flow leads to; see `referred`. */
  reference(handle: string, flow: string): Promise<Result<Flow>>;
  /** Opens the flow for which the `ref` of a mark stands as a copy in which its participants have the names of this flow. */
  enter(handle: string, mark: number): Promise<Result<Open>>;
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
    findCarried = async () => undefined,
    nearby,
    aside,
  }: Surroundings = {},
): Workspace {
  const shelf = shelved(journal);
  const { entries, find: entry } = shelf;
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

  const change = changer(shelf);
  return {
    ...asking(entry, aside),
    ...changing(shelf, change, clock),
    ...filing(shelf, change, { disk, bundle, clock, follow }),
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
      const carried = await findCarried(bytes.value, name);
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
  };
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

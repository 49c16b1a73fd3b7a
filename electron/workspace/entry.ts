import type { Edit } from "../../shared/flow/edit.ts";
import { diagnose, type OpenedFlow } from "../../shared/flow/file.ts";
import type { Flow, View } from "../../shared/flow/flow.ts";
import {
  type Entry as Done,
  type Edited,
  type History,
  noHistory,
  perform,
  redo,
  undo,
} from "../../shared/flow/history.ts";
import { type Diagnostic, fail, ok, type Result } from "../../shared/flow/result.ts";
import { checkScenario } from "../engine/index.ts";
import { createOverviews, type Overviews } from "./overviews.ts";
import type { Journal } from "./ports.ts";
import { createRuns, type Runs } from "./runs.ts";

/** A flow that is open, as others see it. */
export interface Open {
  readonly handle: string;
  /** The file's name, or the title of a bundled flow. */
  readonly name: string;
  readonly flow: Flow;
  /** Counts the changes of the document since it was opened. */
  readonly revision: number;
  /** What can be taken back and what can be done again, by name. */
  readonly history: Labels;
  /** The document is not as it was opened or last saved. */
  readonly unsaved: boolean;
  readonly diagnostics: readonly Diagnostic[];
  /** Why it may not be saved over its own file; a sentence. */
  readonly readOnly?: string;
  /** The file it belongs to; absent for a bundled flow and for dropped text. */
  readonly path?: string;
  readonly bundledId?: string;
  /** The flow from which a person went into this one, by a reference. */
  readonly cameFrom?: { readonly handle: string; readonly title: string };
  /** What of it is shown at first, of a flow that a picture carried, and what is to be said of that. */
  readonly start?: Start;
}

export interface Start {
  readonly variant: string;
  readonly view?: View;
  readonly remark?: string;
}

export interface Labels {
  readonly undo?: string;
  readonly redo?: string;
  /** The number of the document's state; 0 as it was opened, and where it is left out. The same number is the same document. */
  readonly at?: number;
  /** The numbers of the states to which undo and redo lead. */
  readonly undoTo?: number;
  readonly redoTo?: number;
}

/** Something a person did: an edit and its name, as in "Undo Rename participant". */
export interface Labelled {
  readonly label: string;
  readonly edit: Edit;
  /** Edits that carry the same mark, soon after one another, become one: letters typed, a thing dragged. */
  readonly merge?: string | undefined;
}

/** Everything that belongs to one open flow. */
export interface Entry {
  readonly open: Open;
  readonly history: History;
  /** The last edit that its file holds; undefined when it holds none. */
  readonly saved?: Done | undefined;
  /** The mark of the edit before and when it was made, in ms. */
  readonly merge?: { readonly key: string; readonly at: number } | undefined;
  /** Diagnostics of what was set aside when it was opened. */
  readonly aside: readonly Diagnostic[];
  /** The bytes of its file as they were last seen here. */
  readonly seen?: Uint8Array;
  readonly runs: Runs;
  readonly overviews: Overviews;
}

/** Edits further apart than this, in ms, do not become one. */
const MERGE_WITHIN = 1500;

export function entryOf(
  handle: string,
  { flow, aside, diagnostics, readOnly }: OpenedFlow,
  origin: Pick<Open, "name" | "path" | "bundledId">,
  seen?: Uint8Array,
): Entry {
  const open: Open = {
    ...origin,
    handle,
    flow,
    revision: 0,
    history: {},
    unsaved: false,
    diagnostics: [...diagnostics, ...checkScenario(flow.scenario)],
    ...(readOnly === undefined ? undefined : { readOnly }),
  };
  const runs = createRuns();
  const entry: Entry = { open, history: noHistory, aside, runs, overviews: createOverviews(runs) };
  return seen === undefined ? entry : { ...entry, seen };
}

/** The entry after an edit. Fails as the edit does. */
export function edited(entry: Entry, { label, edit, merge }: Labelled, now: number): Result<Entry> {
  const before = entry.merge;
  const joined =
    merge !== undefined &&
    merge === before?.key &&
    now - before.at < MERGE_WITHIN &&
    entry.history.done.at(-1) !== entry.saved;
  const next = perform({ flow: entry.open.flow, history: entry.history }, label, edit, joined);
  if (!next.ok) return next;
  return ok(changed(entry, next.value, merge === undefined ? undefined : { key: merge, at: now }));
}

/** The entry with its last edit taken back or done again, and the edit that did so. */
export function moved(entry: Entry, way: "undo" | "redo"): Result<{ readonly entry: Entry; readonly edit: Edit }> {
  const { done, undone } = entry.history;
  const next = (way === "undo" ? undo : redo)({ flow: entry.open.flow, history: entry.history });
  if (!next.ok) return next;
  const edit = way === "undo" ? done.at(-1)?.inverse : undone.at(-1)?.edit;
  if (edit === undefined) throw new Error("an edit was moved that is not there");
  return ok({ entry: changed(entry, next.value), edit });
}

/** The entry after its document, as it was after the edit `last`, was written to `path` as `bytes`. */
export function saved(entry: Entry, last: Done | undefined, name: string, path: string, bytes: Uint8Array): Entry {
  const { readOnly: _, bundledId: __, ...kept } = entry.open;
  const unsaved = entry.history.done.at(-1) !== last;
  const open: Open = { ...kept, name, path, unsaved, diagnostics: diagnosticsOf(kept.flow, []) };
  return { ...entry, open, saved: last, aside: [], seen: bytes };
}

/** The entry of a document that is in no file as it is. */
export function recovered(entry: Entry, seen: Uint8Array | undefined): Entry {
  const never: Done = { label: "", edit: { kind: "group", edits: [] }, inverse: { kind: "group", edits: [] } };
  const lost: Entry = { ...entry, open: { ...entry.open, unsaved: true }, saved: never };
  return seen === undefined ? lost : { ...lost, seen };
}

function changed(entry: Entry, { flow, history }: Edited, merge?: Entry["merge"]): Entry {
  const { aside, open: before } = entry;
  const [last, next] = [history.done.at(-1), history.undone.at(-1)];
  const revision = before.revision + 1;
  if (last !== undefined && !firstAt.has(last)) firstAt.set(last, revision);
  const open: Open = {
    ...before,
    flow,
    revision,
    history: {
      ...(last && { undo: last.label, at: stateAfter(last), undoTo: stateAfter(history.done.at(-2)) }),
      ...(next && { redo: next.label, redoTo: stateAfter(next) }),
    },
    unsaved: last !== entry.saved,
    diagnostics: diagnosticsOf(flow, aside),
  };
  return { ...entry, open, history, merge };
}

/** The revision at which a document was first as an edit left it: what it is an edit of, and what came before, are fixed. */
const firstAt = new WeakMap<Done, number>();

const stateAfter = (edit: Done | undefined): number => (edit === undefined ? 0 : (firstAt.get(edit) ?? -1));

function diagnosticsOf(flow: Flow, aside: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnose(flow, aside), ...checkScenario(flow.scenario)];
}

/** The flows that are open, by their handles, and the journal of what of them is not saved. */
export interface Shelf {
  readonly entries: Map<string, Entry>;
  /** Fails for a handle of a flow that is not open. */
  readonly find: (handle: string) => Result<Entry>;
  readonly journal: Journal;
}

/** A shelf with nothing on it. */
export function shelved(journal: Journal): Shelf {
  const entries = new Map<string, Entry>();
  const find = (handle: string): Result<Entry> => {
    const found = entries.get(handle);
    return found === undefined ? fail("This flow is not open any more; open it again.") : ok(found);
  };
  return { entries, find, journal };
}

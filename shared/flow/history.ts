import { apply, type Edit, invert } from "./edit.ts";
import type { Flow } from "./flow.ts";
import { fail, ok, type Result } from "./result.ts";

/** What was done to a document and can be taken back: edits, never copies of the document. */
export interface History {
  /** Oldest first. */
  readonly done: readonly Entry[];
  /** Taken back, the next to be done again last. */
  readonly undone: readonly Entry[];
}

/** One thing a person did: "Delete note", and the edits that did it and take it back. */
interface Entry {
  readonly label: string;
  readonly edit: Edit;
  readonly inverse: Edit;
}

/** A document and how it came to be. */
export interface Edited {
  readonly flow: Flow;
  readonly history: History;
}

/** So many entries are kept; the oldest are forgotten first. */
const ENTRIES_KEPT = 1000;

export const noHistory: History = { done: [], undone: [] };

/** Applies the edit and remembers it under its label; what had been taken back cannot be done again after it. */
export function perform({ flow, history }: Edited, label: string, edit: Edit): Result<Edited> {
  const next = apply(flow, edit);
  if (!next.ok) return next;
  const inverse = invert(flow, edit);
  if (!inverse.ok) return inverse;
  const done = [...history.done.slice(1 - ENTRIES_KEPT), { label, edit, inverse: inverse.value }];
  return ok({ flow: next.value, history: { done, undone: [] } });
}

/** Takes the last edit back: the document is exactly what it was before. */
export function undo({ flow, history }: Edited): Result<Edited> {
  const entry = history.done.at(-1);
  if (entry === undefined) return fail("There is nothing to undo.");
  const before = apply(flow, entry.inverse);
  if (!before.ok) return before;
  return ok({
    flow: before.value,
    history: { done: history.done.slice(0, -1), undone: [...history.undone, entry] },
  });
}

/** Does again what was taken back last. */
export function redo({ flow, history }: Edited): Result<Edited> {
  const entry = history.undone.at(-1);
  if (entry === undefined) return fail("There is nothing to redo.");
  const after = apply(flow, entry.edit);
  if (!after.ok) return after;
  return ok({
    flow: after.value,
    history: { done: [...history.done, entry], undone: history.undone.slice(0, -1) },
  });
}

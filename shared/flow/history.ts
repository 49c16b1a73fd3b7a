import { apply, type Edit, invert, type SingleEdit, singles } from "./edit.ts";
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
export interface Entry {
  readonly label: string;
  readonly edit: Edit;
  readonly inverse: Edit;
}

/** A document and how it came to be. */
export interface Edited {
  readonly flow: Flow;
  readonly history: History;
}

export const noHistory: History = { done: [], undone: [] };

/**
 * Applies the edit and remembers it under its label; what had been taken back cannot be done again after it. With `joined`
 * it becomes one with the edit before it, as letters typed one after the other do.
 */
export function perform({ flow, history }: Edited, label: string, edit: Edit, joined = false): Result<Edited> {
  const next = apply(flow, edit);
  if (!next.ok) return next;
  const inverse = invert(flow, edit);
  if (!inverse.ok) return inverse;
  const entry: Entry = { label, edit, inverse: inverse.value };
  const last = joined && history.undone.length === 0 ? history.done.at(-1) : undefined;
  const done =
    last === undefined ? [...history.done, entry] : [...history.done.slice(0, -1), { ...join(last, entry), label }];
  return ok({ flow: next.value, history: { done, undone: [] } });
}

/** Two edits as one. Where the second only writes over what the first wrote, nothing of the first is kept. */
function join(first: Entry, second: Entry): Omit<Entry, "label"> {
  const a = singles(first.edit);
  const b = singles(second.edit);
  const over = a.length === b.length && a.every((edit, i) => writesOver(b[i], edit));
  if (over) return { edit: second.edit, inverse: first.inverse };
  return {
    edit: { kind: "group", edits: [...a, ...b] },
    inverse: { kind: "group", edits: [...singles(second.inverse), ...singles(first.inverse)] },
  };
}

function writesOver(edit: SingleEdit | undefined, before: SingleEdit): boolean {
  if (edit?.kind === "set") return before.kind === "set" && before.field === edit.field;
  if (edit?.kind !== "replace" || before.kind !== "replace") return false;
  return before.list === edit.list && before.variant === edit.variant && before.index === edit.index;
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

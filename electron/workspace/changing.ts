import { project } from "../../shared/diagram/project.ts";
import type { Edit } from "../../shared/flow/edit.ts";
import { editBetween } from "../../shared/flow/edit-between.ts";
import type { View } from "../../shared/flow/flow.ts";
import { ok, type Result } from "../../shared/flow/result.ts";
import type { HopName } from "../../shared/run/choice.ts";
import type { Gesture, Renamed } from "../../shared/run/gesture.ts";
import { runOf } from "./asking.ts";
import { apartEdit, type ToTakeApart } from "./combining.ts";
import { drawingWith } from "./drawing.ts";
import { type Entry, edited, type Labelled, moved, type Open, type Shelf } from "./entry.ts";
import { byTurns } from "./in-turns.ts";
import { rememberingReader, rewriting } from "./rewriting/rewrite.ts";

/** What changes an open flow. Each is one edit that can be taken back, and stands in the journal while it is not saved. */
export interface Changing {
  /** Changes the document, unless it has another revision than `base` by now. Fails, and changes nothing, as `apply` does. */
  edit(handle: string, asked: Labelled, base: number): Result<Changed>;
  /** Does to the picture of a variant what a person did, as one edit. Fails, and changes nothing, as `intervene` does. */
  gesture(handle: string, variant: string, gesture: Gesture, base: number, along?: Labelled): Promise<Result<Changed>>;
  /** Takes the flow over as the Mermaid text of a variant's picture was rewritten. Fails as `rewritten` does. */
  rewrite(handle: string, variant: string, view: View, text: string, base: number): Promise<Result<Changed>>;
  /** Takes the last edit back: the document is exactly what it was before. */
  undo(handle: string, base: number): Result<Changed>;
  redo(handle: string, base: number): Result<Changed>;
  /** Gives the variant's ways through a fragment variants of their own, as one edit; see `takeApart`. */
  takeApart(handle: string, variant: string, fragment: ToTakeApart, base: number): Promise<Result<Changed>>;
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
      /** After a gesture: the hops with another name than before, by that. */
      readonly renamed?: Renamed;
    }
  /** It was asked for on another revision than there is; nothing was done. */
  | { readonly kind: "stale"; readonly open: Open };

/** Lets `act` change an entry, unless it is asked for on a document that has changed meanwhile. */
export type Change = (
  handle: string,
  base: number,
  act: (before: Entry) => Result<{ readonly entry: Entry; readonly edit: Edit }>,
) => Result<Changed>;

export function changer({ entries, find, journal }: Shelf): Change {
  return (handle, base, act) => {
    const found = find(handle);
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
}

/** Changes the entries of a shelf. */
export function changing({ find }: Shelf, change: Change, clock: () => number): Changing {
  const reader = rememberingReader();
  const perform = (handle: string, asked: Labelled, base: number): Result<Changed> =>
    change(handle, base, (before) => {
      const after = edited(before, asked, clock());
      return after.ok ? ok({ entry: after.value, edit: asked.edit }) : after;
    });
  return {
    edit: perform,
    gesture: async (handle, variant, gesture, base, along) => {
      const found = find(handle);
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
        ? ok({ ...changed.value, drawn: asked.value.drawn, renamed: renamedIn(asked.value.same) })
        : changed;
    },
    rewrite: async (handle, variant, view, text, base) => {
      const found = find(handle);
      if (!found.ok) return found;
      const run = runOf(found.value, variant);
      if (!run.ok) return run;
      const { open } = found.value;
      const diagram = project(open.flow, run.value, view, undefined, variant);
      const next = await byTurns(rewriting(open.flow, variant, run.value, diagram, text, reader));
      if (!next.ok) return next;
      const edit = editBetween(open.flow, next.value);
      if (edit.kind === "group" && edit.edits.length === 0) {
        const now = find(handle);
        if (!now.ok) return now;
        const { open } = now.value;
        return ok(open.revision === base ? { kind: "changed", edit, open } : { kind: "stale", open });
      }
      return perform(handle, { label: "Edit Text", edit, merge: "text" }, base);
    },
    undo: (handle, base) => change(handle, base, (before) => moved(before, "undo")),
    redo: (handle, base) => change(handle, base, (before) => moved(before, "redo")),
    takeApart: async (handle, variant, fragment, base) => {
      const found = find(handle);
      if (!found.ok) return found;
      const edit = apartEdit(found.value.open.flow, variant, fragment, runOf(found.value, variant));
      if (!edit.ok) return edit;
      return perform(handle, { label: "Take Fragment Apart", edit: edit.value }, base);
    },
  };
}

/** Of hops that are in two runs, those with another name in the second. */
function renamedIn(same: Renamed): Renamed {
  return new Map([...same].filter(([before, after]) => before !== after));
}

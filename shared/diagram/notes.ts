import type { Flow } from "../flow/flow.ts";
import type { HopName } from "../run/choice.ts";
import type { Run } from "../run/run.ts";
import { lowerBound } from "./bisect.ts";
import type { NoteItem, NumberedNote } from "./diagram.ts";
import type { DrawnStep } from "./steps.ts";
import { hasLifeline, type Visibility } from "./visibility.ts";

/** A flow's notes in the order of their places, numbered. */
export interface PlacedNotes {
  readonly intro: readonly PlacedNote[];
  /** By index of the step that they follow. */
  readonly after: ReadonlyMap<number, readonly PlacedNote[]>;
}

export interface PlacedNote {
  readonly note: NumberedNote;
  /** What is drawn; absent for a note that stands in the text only. */
  readonly item?: NoteItem;
}

/**
 * Places a flow's notes: after the step that carries the note's hop; where the view does not show that hop, after the
 * last step before it. A note whose hop is not in the run is left out, a note without a hop comes first.
 */
export function placeNotes(
  flow: Flow,
  run: Run,
  steps: readonly DrawnStep[],
  stepOf: ReadonlyMap<HopName, number>,
  visibility: Visibility,
): PlacedNotes {
  const notes = flow.notes ?? [];
  const intro: PlacedNote[] = [];
  const after = new Map<number, PlacedNote[]>();
  if (notes.length === 0) return { intro, after };
  const unseen = notes.some((note) => note.at !== undefined && !stepOf.has(note.at));
  const placeOf = unseen ? new Map(run.hops.map((hop, i) => [hop.name, i])) : undefined;
  const lastUpTo = unseen ? byPlace(steps) : () => -1;
  const placed: { readonly at: number; readonly entry: (typeof notes)[number] }[] = [];
  for (const entry of notes) {
    const step = entry.at === undefined ? -1 : stepOf.get(entry.at);
    const place = entry.at === undefined ? undefined : placeOf?.get(entry.at);
    if (step !== undefined) placed.push({ at: step, entry });
    else if (place !== undefined) placed.push({ at: lastUpTo(place), entry });
  }
  placed.sort((a, b) => a.at - b.at);
  let count = 0;
  for (const { at, entry } of placed) {
    const number = entry.numbered === false ? "NOTE" : `NOTE ${++count}`;
    const over = entry.over?.filter((id) => hasLifeline(visibility, id)) ?? [];
    const note: PlacedNote = {
      note: { number, text: entry.text },
      ...(over.length === 0 ? undefined : { item: { type: "note", over, number, text: entry.text } }),
    };
    const list = at < 0 ? intro : (after.get(at) ?? []);
    if (at >= 0 && list.length === 0) after.set(at, list);
    list.push(note);
  }
  return { intro, after };
}

/** Finds the index of the last step at or before a place among the hops, -1 before the first. */
function byPlace(steps: readonly DrawnStep[]): (place: number) => number {
  // A state stands after the arrow above it.
  let last = -1;
  const places = steps.map(({ place }) => (last = place ?? last));
  return (place) => lowerBound(places.length, (i) => (places[i] ?? 0) > place) - 1;
}

import type { Flow } from "../flow/flow.ts";
import { holdsFor } from "../flow/only.ts";
import { withNumbers } from "../flow/step-references.ts";
import type { HopName } from "../run/choice.ts";
import type { NoteItem, NumberedNote } from "./diagram.ts";
import type { PlacedMark } from "./placed-marks.ts";
import type { PlaceOf } from "./places.ts";
import { hasLifeline, type Visibility } from "./visibility.ts";

/** A flow's notes in the order of their places, numbered. */
export interface PlacedNotes {
  readonly intro: readonly PlacedNote[];
  /** By index of the step that they follow, marks between or not. */
  readonly after: ReadonlyMap<number, readonly PlacedNote[]>;
}

export interface PlacedNote {
  readonly note: NumberedNote;
  /** What is drawn; absent for a note that stands in the text only. */
  readonly item?: NoteItem;
  /** The mark that it follows; absent: it follows its step. */
  readonly under?: string;
}

type Note = NonNullable<Flow["notes"]>[number];

/**
 * Places a flow's notes: after the step that carries the note's hop, or after the mark that it names. A note whose hop or
 * mark is not in the run is left out, a note without either comes first.
 * @param numberOf the number of the step that carries a hop, for references in the notes.
 */
export function placeNotes(
  flow: Flow,
  placeOf: PlaceOf,
  marks: readonly PlacedMark[],
  visibility: Visibility,
  numberOf: (hop: HopName) => string | undefined,
  variant?: string,
): PlacedNotes {
  const notes = flow.notes ?? [];
  const intro: PlacedNote[] = [];
  const after = new Map<number, PlacedNote[]>();
  if (notes.length === 0) return { intro, after };
  const markAt = new Map<string, { readonly at: number; readonly rank: number }>();
  marks.forEach(({ mark, at }, rank) => {
    if (mark.id !== undefined && !markAt.has(mark.id)) markAt.set(mark.id, { at, rank });
  });
  const placed: { readonly at: number; readonly rank: number; readonly entry: Note; readonly index: number }[] = [];
  for (const [index, entry] of notes.entries()) {
    if (!holdsFor(entry, variant)) continue;
    const under = entry.under === undefined ? undefined : markAt.get(entry.under);
    const at = entry.under === undefined ? placeOf(entry.at) : under?.at;
    if (at !== undefined) placed.push({ at, rank: under?.rank ?? -1, entry, index });
  }
  placed.sort((a, b) => a.at - b.at || a.rank - b.rank);
  let count = 0;
  for (const { at, entry, index } of placed) {
    const number = entry.numbered === false ? "NOTE" : `NOTE ${++count}`;
    const list = at < 0 ? intro : (after.get(at) ?? []);
    if (at >= 0 && list.length === 0) after.set(at, list);
    const text = withNumbers(entry.text, numberOf);
    list.push(noteOf(entry, text, index, number, visibility));
  }
  return { intro, after };
}

/** What was last drawn for a note: the same again where nothing differs, so that its place need not be found anew. */
const drawnFor = new WeakMap<Note, NoteItem>();

function asBefore(source: Note, item: NoteItem): NoteItem {
  const before = drawnFor.get(source);
  const isSame =
    before !== undefined &&
    before.entry === item.entry &&
    before.number === item.number &&
    before.text === item.text &&
    before.over.length === item.over.length &&
    before.over.every((id, i) => id === item.over[i]);
  // Side and colour are the note's own.
  if (isSame) return before;
  drawnFor.set(source, item);
  return item;
}

function noteOf(source: Note, text: string, index: number, number: string, visibility: Visibility): PlacedNote {
  const { side, colour, under, over: asked } = source;
  const over = asked?.filter((id) => hasLifeline(visibility, id)) ?? [];
  const looks = { ...(side !== undefined && { side }), ...(colour !== undefined && { colour }) };
  const item = asBefore(source, { type: "note", entry: index, over, number, text, ...looks });
  return {
    note: { number, text, entry: index },
    ...(over.length > 0 && { item }),
    ...(under !== undefined && { under }),
  };
}

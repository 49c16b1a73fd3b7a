import type { Diagram } from "../../../shared/diagram/diagram.ts";
import type { Flow } from "../../../shared/flow/flow.ts";
import type { Alignment } from "./align.ts";
import type { Marked } from "./marks.ts";
import type { Drawing } from "./rewrite.ts";

type Note = NonNullable<Flow["notes"]>[number];

interface Before extends Marked {
  readonly diagram: Diagram;
  /** By line of the text before: the item of the diagram. */
  readonly itemOf: readonly (number | undefined)[];
}

/** The flow with its drawn notes as they are written: each after what stands above it. */
export function notesOf(
  { flow, ids, diagram, itemOf }: Before,
  { old, now }: Drawing,
  { before, gone }: Alignment,
  idOf: (alias: string) => string,
): Flow {
  const marks = [...(flow.marks ?? [])];
  const places = placesOf(flow, diagram);
  const placeOf = (i: number) => places.get(itemOf[(old[i]?.statement.line ?? 0) - 1] ?? -1);
  const lineBefore = linesBefore(old);
  let changed = gone.some((i) => old[i]?.statement.kind === "note" && placeOf(i) !== undefined);
  const dropped = new Set(gone.flatMap((i) => (placeOf(i)?.list === "marks" ? [placeOf(i)?.index] : [])));
  const written: Note[] = [];
  // What a note is put after: the message or mark above it, or what the note above it is put after.
  let anchor: Pick<Note, "at" | "under"> = {};
  let above: number | undefined;
  for (const [j, { statement, hops }] of now.entries()) {
    const i = before[j];
    const [hop, mark] = [hops.at(-1), ids.get(j)];
    if (hop !== undefined) anchor = { at: hop };
    if (mark !== undefined) anchor = { under: mark };
    // One that is new was no line before.
    if (statement.kind !== "note") above = i ?? -1;
    if (statement.kind !== "note") continue;
    const place = i === undefined ? undefined : placeOf(i);
    const said = {
      over: [...new Set(statement.over.map(idOf))],
      ...(statement.side !== undefined && { side: statement.side }),
      text: statement.text,
    };
    if (place?.list === "marks") {
      const mark = marks[place.index];
      if (mark?.kind !== "divider" || mark.text === said.text) continue;
      marks[place.index] = { ...mark, text: said.text };
      changed = true;
      continue;
    }
    const known = place === undefined ? undefined : flow.notes?.[place.index];
    if (known === undefined || i === undefined) {
      // A state or a timer is written as a note as well; it is not one.
      if (i !== undefined) continue;
      written.push({ ...anchor, ...said });
      changed = true;
      continue;
    }
    const isSaid =
      known.text === said.text && String(ends(known.over)) === String(ends(said.over)) && known.side === said.side;
    const { side: _, ...rest } = known;
    const same = isSaid ? known : { ...rest, ...said };
    const stays = lineBefore[i] === above;
    const { at, under, ...loose } = same;
    written.push(stays ? same : { ...anchor, ...loose });
    if (stays) anchor = { ...(at !== undefined && { at }), ...(under !== undefined && { under }) };
    changed ||= !isSaid || !stays;
  }
  if (!changed) return flow;
  const notes = inPlaces(flow.notes ?? [], places, written);
  return {
    ...flow,
    ...(flow.notes !== undefined || notes.length > 0 ? { notes } : undefined),
    ...(flow.marks !== undefined && { marks: marks.filter((_mark, index) => !dropped.has(index)) }),
  };
}

/** For each line before, the line above it that is no note. */
function linesBefore(old: Drawing["old"]): readonly (number | undefined)[] {
  let last: number | undefined;
  return old.map(({ statement }, i) => {
    if (statement.kind !== "note") last = i;
    return last;
  });
}

/** The written notes in the places of the drawn ones; those that stand in the text alone stay where they are. */
function inPlaces(notes: readonly Note[], places: Places, written: readonly Note[]): Note[] {
  const drawn = new Set([...places.values()].flatMap(({ list, index }) => (list === "notes" ? [index] : [])));
  const queue = [...written];
  const found = notes.flatMap((note, index) => (drawn.has(index) ? queue.splice(0, 1) : [note]));
  return [...found, ...queue];
}

/** Mermaid names the outer lifelines of a note alone. */
const ends = (over: readonly string[] | undefined): readonly (string | undefined)[] => [over?.[0], over?.at(-1)];

/** Where the document has what the picture's items show as notes, by item. */
type Places = ReadonlyMap<number, { readonly list: "notes" | "marks"; readonly index: number }>;

function placesOf(flow: Flow, { items }: Diagram): Places {
  const notes = byText((flow.notes ?? []).map(({ over, text }) => (over === undefined ? undefined : text)));
  const marks = byText((flow.marks ?? []).map((mark) => (mark.kind === "divider" ? mark.text : undefined)));
  const found = new Map<number, { list: "notes" | "marks"; index: number }>();
  for (const [item, shown] of items.entries()) {
    if (shown.type !== "note" && shown.type !== "divider") continue;
    const list = shown.type === "note" ? "notes" : "marks";
    const index = (list === "notes" ? notes : marks).get(shown.text)?.pop();
    if (index !== undefined) found.set(item, { list, index });
  }
  return found;
}

/** Where each text stands, the first place last. */
function byText(texts: readonly (string | undefined)[]): ReadonlyMap<string, number[]> {
  const found = new Map<string, number[]>();
  for (let index = texts.length - 1; index >= 0; index--) {
    const text = texts[index];
    if (text === undefined) continue;
    const places = found.get(text);
    if (places === undefined) found.set(text, [index]);
    else places.push(index);
  }
  return found;
}

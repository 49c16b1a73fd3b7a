import type { Diagram, Item, NoteItem } from "../../shared/diagram/diagram.ts";
import { stepsOf } from "../../shared/diagram/steps-of.ts";
import type { Mark } from "../../shared/flow/drawn.ts";
import type { Edit, SingleEdit } from "../../shared/flow/edit.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import type { HopName, ParticipantId } from "../../shared/run/choice.ts";
import { removeElement } from "../prose/paragraph-edits.ts";
import { itemOfAside, markOf, noteOf } from "./asides.ts";
import type { Aside } from "./editing-state.ts";
import { freeId, removeMark } from "./mark-edits.ts";
import { hopBelow } from "./steps.ts";

/** Edits of notes and of marks that stand alone, by the place where they are drawn. Each is undone as one. */

type Note = NonNullable<Flow["notes"]>[number];

/** A place between two items of the picture: the step above it, and the mark that stands between them. */
interface Place {
  /** Index of the step above; -1 before the first. */
  readonly step: number;
  /** The last mark below that step and above the place. */
  readonly mark: number | undefined;
}

/** The step above a row's lower edge, and the last mark in between. */
export function placeBelow({ items }: Diagram, row: number): Place {
  let mark: number | undefined;
  for (let i = Math.min(row, items.length - 1); i >= 0; i--) {
    const item = items[i];
    if (item?.type === "step") return { step: item.index, mark };
    mark ??= markIn(item);
  }
  return { step: -1, mark };
}

const markIn = (item: Item | undefined): number | undefined =>
  item !== undefined && "mark" in item ? item.mark : undefined;

/** The hop by which the document names the place below a step. */
export const hopAt = (diagram: Diagram, step: number): HopName | undefined =>
  hopBelow(stepsOf(diagram), step) ?? undefined;

/** The nearest element of a list that stands in the same place as `row`, above it and below it. */
function neighbours({ items }: Diagram, list: Aside["list"], row: number, self: number) {
  const isEnd = (i: number) => items[i]?.type === "step" || (list === "notes" && markIn(items[i]) !== undefined);
  const seek = (from: number, by: 1 | -1): number | undefined => {
    for (let i = from; i >= 0 && i < items.length && !isEnd(i); i += by) {
      const item = items[i];
      const index = list === "marks" ? markIn(item) : item?.type === "note" ? item.entry : undefined;
      if (i !== self && index !== undefined) return index;
    }
    return undefined;
  };
  return { above: seek(row, -1), below: seek(row + 1, 1) };
}

/** An element in another place of its list, and changed; nothing where neither is so. */
function reposition(
  list: Aside["list"],
  { index, after, before, length }: { index: number; after?: number; before?: number; length: number },
  element: Note | Mark,
  old: Note | Mark,
): readonly SingleEdit[] {
  const target = after !== undefined ? after + 1 : (before ?? (list === "marks" ? length : index));
  const to = target > index ? target - 1 : target;
  if (to === index) return element === old ? [] : [{ kind: "replace", list, index, element } as unknown as SingleEdit];
  return [{ kind: "remove", list, index }, { kind: "insert", list, index: to, element } as unknown as SingleEdit];
}

/**
 * Puts a note or a mark after the row `below` of the picture, and over other lifelines.
 * @param over the lifelines of a note; as they are when absent.
 * @returns undefined where it stands there already, and for what cannot be moved: a fragment and its parts.
 */
export function moveAside(
  flow: Flow,
  diagram: Diagram,
  aside: Aside,
  below: number,
  over?: readonly ParticipantId[],
): Edit | undefined {
  const self = itemOfAside(diagram, aside);
  const row = Math.min(below, diagram.items.length - 1);
  const stays = row === self || row === self - 1;
  const edits =
    aside.list === "notes"
      ? noteMoved(flow, diagram, aside, stays ? undefined : row, over)
      : stays
        ? []
        : markMoved(flow, diagram, aside, row);
  return edits.length === 0 ? undefined : { kind: "group", edits };
}

function noteMoved(
  flow: Flow,
  diagram: Diagram,
  aside: Aside,
  row: number | undefined,
  over: readonly ParticipantId[] | undefined,
): readonly SingleEdit[] {
  const note = noteOf(flow, aside);
  if (note === undefined) return [];
  const { over: before, at, under, ...rest } = note;
  const spread = { ...rest, over: [...(over ?? before ?? [])] };
  if (row === undefined) {
    if (over === undefined || same(over, before)) return [];
    const element = { ...spread, ...(at !== undefined && { at }), ...(under !== undefined && { under }) };
    return [{ kind: "replace", list: "notes", index: aside.index, element }];
  }
  const { step, mark } = placeBelow(diagram, row);
  const beneath = mark === undefined ? undefined : flow.marks?.[mark];
  const id = beneath?.id ?? freeId(flow, beneath?.kind ?? "mark");
  const hop = hopAt(diagram, step);
  const element: Note = {
    ...spread,
    ...(beneath === undefined ? hop !== undefined && { at: hop } : { under: id }),
  };
  const { above, below } = neighbours(diagram, "notes", row, itemOfAside(diagram, aside));
  const place = {
    index: aside.index,
    length: flow.notes?.length ?? 0,
    ...(above !== undefined && { after: above }),
    ...(below !== undefined && { before: below }),
  };
  const named: SingleEdit[] =
    mark === undefined || beneath === undefined || beneath.id !== undefined
      ? []
      : [{ kind: "replace", list: "marks", index: mark, element: { ...beneath, id } }];
  return [...named, ...reposition("notes", place, element, note)];
}

function markMoved(flow: Flow, diagram: Diagram, aside: Aside, row: number): readonly SingleEdit[] {
  const mark = markOf(flow, aside);
  if (mark === undefined || "of" in mark || mark.kind === "fragment") return [];
  return repositionedMark(flow, diagram, aside.index, row, itemOfAside(diagram, aside));
}

/** The edits that put a mark below a row, whatever it is; `self` is the item that draws it. */
export function repositionedMark(
  flow: Flow,
  diagram: Diagram,
  index: number,
  row: number,
  self: number,
): readonly SingleEdit[] {
  const mark = flow.marks?.[index];
  if (mark === undefined) return [];
  const { step } = placeBelow(diagram, row);
  const isHere = placeBelow(diagram, self).step === step;
  const { at: _, ...rest } = mark;
  const hop = hopAt(diagram, step);
  const element = isHere ? mark : ({ ...rest, ...(hop !== undefined && { at: hop }) } as Mark);
  const { above, below } = neighbours(diagram, "marks", row, self);
  const place = {
    index,
    length: flow.marks?.length ?? 0,
    ...(above !== undefined && { after: above }),
    ...(below !== undefined && { before: below }),
  };
  return reposition("marks", place, element, mark);
}

const same = (a: readonly string[], b: readonly string[] = []): boolean =>
  a.length === b.length && a.every((one, i) => one === b[i]);

/** Where an aside stands in its list after an edit that moves it. */
export function movedTo(aside: Aside, edit: Edit): Aside {
  const edits = edit.kind === "group" ? edit.edits : [edit];
  const insert = edits.find((one) => one.kind === "insert" && one.list === aside.list);
  return insert?.kind === "insert" ? { ...aside, index: insert.index } : aside;
}

/** The lifelines of a note that is dragged so many lifelines to the right, or with a negative number to the left. */
export function shiftedOver({ lifelines }: Diagram, { over }: NoteItem, by: number): readonly ParticipantId[] {
  const at = over.map((id) => lifelines.findIndex((one) => one.id === id));
  const [first, last] = [Math.min(...at), Math.max(...at)];
  const shift = Math.max(-first, Math.min(by, lifelines.length - 1 - last));
  return at.flatMap((one) => lifelines[one + shift]?.id ?? []);
}

/** The lifelines of a note of which one end is dragged to a lifeline: all from there to its other end. */
export function stretchedOver(
  { lifelines }: Diagram,
  { over }: NoteItem,
  end: "left" | "right",
  to: ParticipantId,
): readonly ParticipantId[] {
  const at = over.map((id) => lifelines.findIndex((one) => one.id === id));
  const fixed = end === "left" ? Math.max(...at) : Math.min(...at);
  const other = lifelines.findIndex((one) => one.id === to);
  const [first, last] = end === "left" ? [Math.min(other, fixed), fixed] : [fixed, Math.max(other, fixed)];
  return lifelines.slice(first, last + 1).map(({ id }) => id);
}

/** Another text for a note; emptied, it is taken away. Undefined where nothing changes. */
export function rewordNote(flow: Flow, index: number, text: string): Edit | undefined {
  const note = flow.notes?.[index];
  if (note === undefined || note.text === text) return undefined;
  if (text === "") return removeElement(flow, "notes", index);
  return { kind: "replace", list: "notes", index, element: { ...note, text } };
}

/** Takes it away, a fragment with its parts; the steps stay. */
export function removeAside(flow: Flow, aside: Aside): Edit | undefined {
  if (aside.list === "marks") return removeMark(flow, aside.index);
  return removeElement(flow, "notes", aside.index);
}

/** Whether it can have a colour. */
export function isColoured(flow: Flow | undefined, aside: Aside): boolean {
  const kind = markOf(flow, aside)?.kind;
  return noteOf(flow, aside) !== undefined || kind === "state" || kind === "fragment";
}

/** Colours it; null takes the colour away. */
export function colourAside(flow: Flow, aside: Aside, colour: string | null): Edit | undefined {
  const before = noteOf(flow, aside) ?? markOf(flow, aside);
  if (before === undefined || !isColoured(flow, aside)) return undefined;
  const known = "colour" in before ? before.colour : undefined;
  if (known === (colour ?? undefined)) return undefined;
  const { colour: _, ...rest } = before as Note;
  const element = colour === null ? rest : { ...rest, colour };
  return { kind: "replace", ...aside, element } as unknown as SingleEdit;
}

import type { Diagram, Item } from "../../shared/diagram/diagram.ts";
import { stepsOf } from "../../shared/diagram/steps-of.ts";
import type { Mark, Operator } from "../../shared/flow/drawn.ts";
import type { Edit, SingleEdit } from "../../shared/flow/edit.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import type { Refers } from "../../shared/flow/refers.ts";
import type { HopName, ParticipantId } from "../../shared/run/choice.ts";
import { hopBelow } from "./steps.ts";

/** Edits of what stands beside the messages. Each is one for a person, and undone as one. */

const marksOf = (flow: Flow): readonly Mark[] => flow.marks ?? [];

/** An id that no mark has yet. */
export function freeId(flow: Flow, word: string): string {
  const taken = new Set(marksOf(flow).map(({ id }) => id));
  let n = 1;
  while (taken.has(`${word}${n}`)) n++;
  return `${word}${n}`;
}

/** Where a mark follows a step; before the first step it names no hop. */
function placeBelow(diagram: Diagram, step: number): { readonly at?: HopName } {
  const hop = hopBelow(stepsOf(diagram), step);
  return hop === null ? {} : { at: hop };
}

const group = (...edits: SingleEdit[]): Edit => ({ kind: "group", edits });

/**
 * A fragment around the steps from `first` to `last`, inside of those that are around both; undefined where it would
 * cross the edge of another one.
 */
export function putInFragment(
  flow: Flow,
  diagram: Diagram,
  first: number,
  last: number,
  operator: Operator,
): Edit | undefined {
  const from = diagram.items.findIndex((item) => item.type === "step" && item.index === first);
  const to = diagram.items.findIndex((item) => item.type === "step" && item.index === last);
  if (from < 0 || to < from || !closed(diagram.items.slice(from, to + 1))) return undefined;
  const [start, end] = [placeBelow(diagram, first - 1), placeBelow(diagram, last)];
  if (start.at === end.at) return undefined;
  const id = freeId(flow, "fragment");
  const count = marksOf(flow).length;
  return group(
    // Last of what stands above the first step, first of what stands below the last.
    { kind: "insert", list: "marks", index: count, element: { kind: "fragment", id, ...start, operator } },
    { kind: "insert", list: "marks", index: 0, element: { kind: "end", of: id, ...end } },
  );
}

/** Whether every fragment that begins among the items ends there, and no other does. */
function closed(items: readonly Item[]): boolean {
  let depth = 0;
  for (const item of items) {
    if (item.type === "fragment") depth++;
    else if (item.type === "end" || (item.type === "else" && depth === 0)) depth--;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** The mark that opens the innermost fragment around a step, by its index in the flow's list. */
export function fragmentAround(diagram: Diagram, step: number): number | undefined {
  const open: (number | undefined)[] = [];
  for (const item of diagram.items) {
    if (item.type === "fragment") open.push(item.mark);
    else if (item.type === "end") open.pop();
    else if (item.type === "step" && item.index === step) return open.at(-1);
  }
  return undefined;
}

/** The mark of the reference to another flow that is around a step or stands below it, before the next one. */
export function referenceAt(flow: Flow | undefined, diagram: Diagram | undefined, step: number): number | undefined {
  const refers = (mark: number | undefined): mark is number => {
    const known = mark === undefined ? undefined : flow?.marks?.[mark];
    return known?.kind === "fragment" && known.refers !== undefined;
  };
  const open: (number | undefined)[] = [];
  let passed = step < 0;
  for (const item of diagram?.items ?? []) {
    if (item.type === "step" && passed) return undefined;
    if (item.type === "end") open.pop();
    if (item.type === "fragment") {
      if (passed && refers(item.mark)) return item.mark;
      open.push(item.mark);
    }
    if (item.type !== "step" || item.index !== step) continue;
    passed = true;
    const around = open.findLast(refers);
    if (around !== undefined) return around;
  }
  return undefined;
}

/** A reference to another flow below a step, in the place of the one that stands at it. */
export function refer(flow: Flow, diagram: Diagram, step: number, refers: Refers, title: string): Edit {
  const over = [...new Set((refers.participants ?? []).map(({ here }) => here))];
  const words = { operator: "ref" as const, guard: title, refers, ...(over.length > 0 && { over }) };
  const index = referenceAt(flow, diagram, step);
  const known = marksOf(flow)[index ?? -1];
  if (index !== undefined && known?.kind === "fragment") {
    const { over: _, ...rest } = known;
    return { kind: "replace", list: "marks", index, element: { ...rest, ...words } };
  }
  const id = freeId(flow, "reference");
  const at = placeBelow(diagram, step);
  const end = marksOf(flow).length;
  return group(
    { kind: "insert", list: "marks", index: end, element: { kind: "fragment", id, ...at, ...words } },
    { kind: "insert", list: "marks", index: end + 1, element: { kind: "end", of: id, ...at } },
  );
}

/** The next part of a fragment begins below a step. */
export function addElse(flow: Flow, diagram: Diagram, step: number): Edit | undefined {
  const mark = marksOf(flow)[fragmentAround(diagram, step) ?? -1];
  if (mark?.kind !== "fragment") return undefined;
  const element = { kind: "else" as const, of: mark.id, id: freeId(flow, "else"), ...placeBelow(diagram, step) };
  return { kind: "insert", list: "marks", index: 0, element };
}

/** What stands alone below a step: its place is filled in. */
type Alone = Extract<Mark, { kind: "divider" | "state" | "timer" | "activation" | "create" | "destroy" }>;
type Body<One extends Alone = Alone> = One extends Alone ? Omit<One, "id" | "at"> : never;

/** A mark below a step, under what stands there already. */
export function addMark(flow: Flow, diagram: Diagram, step: number, body: Body): Edit {
  const element = { ...body, id: freeId(flow, body.kind), ...placeBelow(diagram, step) } as Mark;
  return { kind: "insert", list: "marks", index: marksOf(flow).length, element };
}

/** Where the mark with words that an edit adds stands in the list afterwards; undefined where it adds none. */
export function addedMark(edit: Edit): number | undefined {
  let found: number | undefined;
  for (const one of edit.kind === "group" ? edit.edits : [edit]) {
    if (one.kind !== "insert" || one.list !== "marks") continue;
    if (wordsOf(one.element) !== undefined) found = one.index;
    else if (found !== undefined && one.index <= found) found += 1;
  }
  return found;
}

/** Takes a mark away, a fragment with all of its marks; the steps and the notes stay. */
export function removeMark(flow: Flow, index: number): Edit | undefined {
  const marks = marksOf(flow);
  const gone = marks[index];
  if (gone === undefined) return undefined;
  const fragment = gone.kind === "fragment" ? gone.id : undefined;
  const goes = (mark: Mark, i: number) =>
    i === index || (fragment !== undefined && "of" in mark && mark.of === fragment);
  const edits: SingleEdit[] = [];
  for (const [i, note] of (flow.notes ?? []).entries()) {
    const mark = marks.find((one, at) => one.id !== undefined && one.id === note.under && goes(one, at));
    if (mark === undefined) continue;
    const { under: _, at: __, ...rest } = note;
    const element = { ...rest, ...(mark.at !== undefined && { at: mark.at }) };
    edits.push({ kind: "replace", list: "notes", index: i, element });
  }
  for (let i = marks.length - 1; i >= 0; i--) {
    const mark = marks[i];
    if (mark !== undefined && goes(mark, i)) edits.push({ kind: "remove", list: "marks", index: i });
  }
  return { kind: "group", edits };
}

/** The words of a mark: a guard, a text or a name; undefined for one that has none. */
export function wordsOf(mark: Mark | undefined): string | undefined {
  switch (mark?.kind) {
    case "fragment":
    case "else":
      return mark.guard ?? "";
    case "divider":
    case "state":
      return mark.text;
    case "timer":
      return mark.name;
    default:
      return undefined;
  }
}

/** Other words for a mark; undefined where nothing changes or it cannot be without. */
export function rewordMark(flow: Flow, index: number, words: string): Edit | undefined {
  const mark = marksOf(flow)[index];
  if (mark === undefined || wordsOf(mark) === words) return undefined;
  const element = reworded(mark, words);
  return element === undefined ? undefined : { kind: "replace", list: "marks", index, element };
}

function reworded(mark: Mark, words: string): Mark | undefined {
  switch (mark.kind) {
    case "fragment":
    case "else": {
      const { guard: _, ...rest } = mark;
      return words === "" ? rest : { ...rest, guard: words };
    }
    case "divider":
      return { ...mark, text: words };
    case "state":
      return words === "" ? undefined : { ...mark, text: words };
    case "timer":
      return words === "" ? undefined : { ...mark, name: words };
    default:
      return undefined;
  }
}

/** Colours the arrow that carries a hop; null takes the colour away. */
export function colourArrow(flow: Flow, hops: readonly HopName[], colour: string | null): Edit | undefined {
  const arrows = flow.arrows ?? [];
  const [at] = hops;
  const index = arrows.findIndex((look) => hops.includes(look.at));
  const known = arrows[index];
  if (at === undefined || known?.colour === (colour ?? undefined)) return undefined;
  if (known === undefined)
    return colour === null
      ? undefined
      : { kind: "insert", list: "arrows", index: arrows.length, element: { at, colour } };
  const { colour: _, ...rest } = known;
  const element = colour === null ? rest : { ...rest, colour };
  return Object.keys(element).length === 1
    ? { kind: "remove", list: "arrows", index }
    : { kind: "replace", list: "arrows", index, element };
}

/** Colours a participant; null takes the colour away. */
export function colourParticipant(flow: Flow, id: ParticipantId, colour: string | null): Edit | undefined {
  const index = flow.scenario.participants.findIndex((one) => one.id === id);
  const participant = flow.scenario.participants[index];
  if (participant === undefined || participant.colour === (colour ?? undefined)) return undefined;
  const { colour: _, ...rest } = participant;
  return { kind: "replace", list: "participants", index, element: colour === null ? rest : { ...rest, colour } };
}

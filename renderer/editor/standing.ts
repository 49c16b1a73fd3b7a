import type { Diagram, Item, Step } from "../../shared/diagram/diagram.ts";
import { stepsOf } from "../../shared/diagram/steps-of.ts";
import type { Mark } from "../../shared/flow/drawn.ts";
import type { Edit } from "../../shared/flow/edit.ts";
import { editBetween } from "../../shared/flow/edit-between.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import type { HopName } from "../../shared/run/choice.ts";
import type { Gesture } from "../../shared/run/gesture.ts";
import { hopBelow } from "./steps.ts";

/** Where a message stands among the marks: in a fragment or below it. Pure. */

/** A place for a message. */
export interface Standing {
  /** The step above. */
  readonly step: number;
  /** The hop by which that is named; null before all. */
  readonly after: HopName | null;
  /** The marks between the place and the next step, by their places in the document: they stand below the message. */
  readonly carries: readonly number[];
}

/** The place right below a row; -1 is above all. */
export function standingBelow(diagram: Diagram, row: number): Standing {
  const { items } = diagram;
  let at = Math.min(row, items.length - 1);
  while (at >= 0 && items[at]?.type !== "step") at--;
  const above = items[at];
  const step = above?.type === "step" ? above.index : -1;
  return { step, after: hopBelow(stepsOf(diagram), step), carries: marksAfter(items, row) };
}

/** The place right after a step, in the fragments in which it is. */
export function standingAfter(diagram: Diagram | undefined, step: number): Standing {
  const row = (diagram?.items ?? []).findIndex((item) => item.type === "step" && item.index === step);
  if (diagram === undefined || row < 0) return { step: -1, after: null, carries: [] };
  // What else stands below the step is about it.
  let last = row;
  while (isAbout(diagram.items[last + 1])) last++;
  return standingBelow(diagram, last);
}

/** The gesture that puts a message below a row. */
export function moveBelow(diagram: Diagram, hop: HopName, row: number): Gesture {
  const { after, carries } = standingBelow(diagram, row);
  return { kind: "move", hop, after, ...(carries.length > 0 && { carries: [...carries] }) };
}

/** The row below which a step stands that goes a place up or down: past the edge of a fragment, or else past a step. */
export function rowBeyond(diagram: Diagram, step: Step, by: -1 | 1): number | undefined {
  const { items } = diagram;
  const self = items.indexOf(step);
  for (let i = self + by; self >= 0 && i >= 0 && i < items.length; i += by) {
    const item = items[i];
    const isEdge = item?.type === "fragment" || item?.type === "else" || item?.type === "end";
    if (isEdge && item.mark !== undefined) return by > 0 ? i : i - 1;
    // A state has no place of its own.
    if (item?.type !== "step" || item.hops.length === 0) continue;
    if (by < 0) return i - 1;
    let last = i;
    while (isAbout(items[last + 1])) last++;
    return last;
  }
  return undefined;
}

const isAbout = (item: Item | undefined): boolean =>
  item !== undefined && item.type !== "step" && item.type !== "else" && item.type !== "end" && item.type !== "fragment";

/** The marks of the items after a row, up to the next step. */
function marksAfter(items: readonly Item[], row: number): readonly number[] {
  const found: number[] = [];
  for (let i = row + 1; i < items.length; i++) {
    const item = items[i];
    if (item === undefined || item.type === "step") break;
    if ("mark" in item && item.mark !== undefined) found.push(item.mark);
  }
  return found;
}

/**
 * The edit that puts a step below a row where no other step is in between: then only marks are, as the edge of a fragment.
 * Undefined where it stands there already, and where steps are in between.
 */
export function passMarks(flow: Flow, diagram: Diagram, step: number, row: number): Edit | undefined {
  const { items } = diagram;
  const self = items.findIndex((item) => item.type === "step" && item.index === step);
  const [from, to] = row < self ? [row + 1, self - 1] : [self + 1, row];
  const between = items.slice(from, to + 1);
  if (self < 0 || between.some(({ type }) => type === "step")) return undefined;
  const passed = between.flatMap((item) => ("mark" in item && item.mark !== undefined ? [item.mark] : []));
  if (passed.length === 0) return undefined;
  const steps = stepsOf(diagram);
  const at = hopBelow(steps, row < self ? step : step - 1);
  // They keep their order: below what stands above them now, above what stands below.
  const neighbours =
    row < self
      ? marksAfter(items, self)
      : marksAfter(items, above(items, self)).filter((mark) => !passed.includes(mark));
  const marks = flow.marks ?? [];
  const moved = passed.flatMap((index) => placed(marks[index], at));
  const rest = marks.flatMap((mark, index) => (passed.includes(index) ? [] : [{ mark, index }]));
  const next =
    row < self
      ? rest.findIndex(({ index }) => neighbours.includes(index))
      : rest.findLastIndex(({ index }) => neighbours.includes(index)) + 1;
  const list = rest.map(({ mark }) => mark);
  list.splice(next < 0 ? list.length : next, 0, ...moved);
  return editBetween(flow, { ...flow, marks: list });
}

/** The item of the step above another; -1 before the first. */
function above(items: readonly Item[], self: number): number {
  for (let i = self - 1; i >= 0; i--) if (items[i]?.type === "step") return i;
  return -1;
}

function placed(mark: Mark | undefined, at: HopName | null): readonly Mark[] {
  if (mark === undefined) return [];
  const { at: _, ...rest } = mark;
  return [{ ...rest, ...(at !== null && { at }) } as Mark];
}

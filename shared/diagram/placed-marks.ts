import type { Mark } from "../flow/drawn.ts";
import { holdsFor } from "../flow/only.ts";
import type { Item } from "./diagram.ts";
import type { PlaceOf } from "./places.ts";
import { hasLifeline, type Visibility } from "./visibility.ts";

/** A mark with the index of the step that it follows, -1 before the first. */
export interface PlacedMark {
  readonly mark: Mark;
  /** Its place in the flow's list; absent for an end that the flow does not have. */
  readonly index?: number;
  readonly at: number;
}

/**
 * The marks that a run has a place for, from top to bottom. What belongs to a fragment stands within it: a part or an end
 * whose fragment is not open is left out, an inner fragment ends where its outer one does.
 * @param variant leaves out what is said of other variants alone.
 */
export function placeMarks(marks: readonly Mark[], placeOf: PlaceOf, variant?: string): readonly PlacedMark[] {
  if (marks.length === 0) return [];
  const placed: PlacedMark[] = [];
  for (const [index, mark] of marks.entries()) {
    const at = holdsFor(mark, variant) ? placeOf(mark.at) : undefined;
    if (at !== undefined) placed.push({ mark, at, index });
  }
  placed.sort((a, b) => a.at - b.at);
  return nested(placed);
}

function nested(placed: readonly PlacedMark[]): readonly PlacedMark[] {
  const open: string[] = [];
  const kept: PlacedMark[] = [];
  for (const entry of placed) {
    const { mark, at } = entry;
    if (mark.kind === "fragment") open.push(mark.id);
    else if (mark.kind === "else" || mark.kind === "end") {
      const depth = open.lastIndexOf(mark.of);
      if (depth < 0) continue;
      for (const inner of open.splice(depth + 1).reverse()) kept.push({ mark: { kind: "end", of: inner }, at });
      if (mark.kind === "end") open.pop();
    }
    kept.push(entry);
  }
  const last = placed.at(-1)?.at ?? -1;
  for (const id of open.reverse()) kept.push({ mark: { kind: "end", of: id }, at: Math.max(last, LAST) });
  return kept;
}

/** After every step. */
const LAST = Number.MAX_SAFE_INTEGER;

/** What is drawn for a mark; undefined for one that is not seen, as on a lifeline that the view hides. */
export function itemOf({ mark, index }: PlacedMark, visibility: Visibility): Item | undefined {
  const source = index === undefined ? {} : { mark: index };
  if ("on" in mark && !hasLifeline(visibility, mark.on)) return undefined;
  const colour = "colour" in mark && mark.colour !== undefined ? { colour: mark.colour } : {};
  switch (mark.kind) {
    case "fragment": {
      const over = mark.over?.filter((id) => hasLifeline(visibility, id)) ?? [];
      return {
        type: "fragment",
        ...source,
        operator: mark.operator,
        guard: mark.guard ?? "",
        ...(over.length > 0 && { over }),
        ...(mark.overlap === true && { overlap: true }),
        ...colour,
      };
    }
    case "else":
      return { type: "else", ...source, guard: mark.guard ?? "" };
    case "end":
      return { type: "end", ...source };
    case "divider":
      return { type: "divider", ...source, text: mark.text };
    case "state":
      return { type: "state", ...source, on: mark.on, text: mark.text, ...colour };
    case "timer":
      return { type: "timer", ...source, on: mark.on, name: mark.name, event: mark.event };
    case "activation":
      return { type: "activation", ...source, on: mark.on, event: mark.event };
    case "create":
    case "destroy":
      return { type: "life", ...source, on: mark.on, event: mark.kind };
    case "numbering":
      return undefined;
  }
}

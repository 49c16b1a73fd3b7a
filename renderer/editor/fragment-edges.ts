import type { Diagram, Item } from "../../shared/diagram/diagram.ts";
import type { Point, Scene } from "../../shared/diagram/scene.ts";
import type { Mark } from "../../shared/flow/drawn.ts";
import type { Edit, SingleEdit } from "../../shared/flow/edit.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { hopAt, placeBelow, repositionedMark } from "./aside-edits.ts";

/** Edges of fragments: where they begin and end, and where their parts meet. Pure. */

export interface FrameEdge {
  /** The fragment, counted as the picture has them. */
  readonly frame: number;
  /** A part by its number; the first begins where the fragment does. */
  readonly edge: "top" | "bottom" | number;
}

/** The edge at a point, of inner fragments first. */
export function edgeAt({ frames }: Scene, { x, y }: Point, reach: number): FrameEdge | undefined {
  for (let frame = frames.length - 1; frame >= 0; frame--) {
    const one = frames[frame];
    if (one === undefined || x < one.x - reach || x > one.x + one.width + reach) continue;
    if (y < one.top - reach || y > one.bottom + reach) continue;
    const part = one.elses.findIndex((part) => Math.abs(part.y - y) <= reach);
    if (part >= 0) return { frame, edge: part };
    if (Math.abs(one.top - y) <= reach) return { frame, edge: "top" };
    if (Math.abs(one.bottom - y) <= reach) return { frame, edge: "bottom" };
  }
  return undefined;
}

/** The items of a fragment: where it opens, where its further parts begin, and where it ends; an end that the flow does not say is after all. */
interface Parts {
  readonly start: number;
  readonly elses: readonly number[];
  readonly end: number;
}

function partsOf({ items }: Diagram, frame: number): Parts | undefined {
  let count = -1;
  let depth = 0;
  let start: number | undefined;
  const elses: number[] = [];
  for (const [i, { type }] of items.entries()) {
    if (type === "fragment") {
      count += 1;
      if (count === frame) start = i;
      if (start !== undefined) depth += 1;
    } else if (start === undefined) continue;
    else if (type === "else" && depth === 1) elses.push(i);
    else if (type === "end" && --depth === 0) return { start, elses, end: i };
  }
  return start === undefined ? undefined : { start, elses, end: items.length };
}

/** The item that draws an edge; past the last one for an end that the flow does not say. */
export function itemOfEdge(diagram: Diagram, { frame, edge }: FrameEdge): number | undefined {
  const parts = partsOf(diagram, frame);
  if (parts === undefined) return undefined;
  return edge === "top" ? parts.start : edge === "bottom" ? parts.end : parts.elses[edge];
}

/** Which fragment an item opens, ends or parts. */
export function edgeOfItem(diagram: Diagram, item: number): FrameEdge | undefined {
  const open: number[] = [];
  const parts: number[] = [];
  let count = 0;
  for (const [i, { type }] of diagram.items.entries()) {
    if (type === "fragment") {
      open.push(count++);
      parts.push(0);
      if (i === item) return { frame: count - 1, edge: "top" };
    }
    const frame = open.at(-1);
    if (frame === undefined) continue;
    if (type === "else") {
      const part = parts.pop() ?? 0;
      if (i === item) return { frame, edge: part };
      parts.push(part + 1);
    }
    if (type !== "end") continue;
    if (i === item) return { frame, edge: "bottom" };
    open.pop();
    parts.pop();
  }
  return undefined;
}

/**
 * The rows below which an edge can be put: each part keeps a step, and no edge crosses that of another fragment. -1 is
 * above all.
 */
export function rowsForEdge(diagram: Diagram, edge: FrameEdge): readonly number[] {
  const { items } = diagram;
  const parts = partsOf(diagram, edge.frame);
  const self = itemOfEdge(diagram, edge);
  if (parts === undefined || self === undefined) return [];
  const bounds = [parts.start, ...parts.elses, parts.end];
  const at = bounds.indexOf(self);
  const found = new Set<number>();
  // Down from the part above, and up from the part below, as far as nothing of another fragment is cut.
  if (edge.edge !== "top") walk(items, (bounds[at - 1] ?? -1) + 1, bounds[at + 1] ?? items.length, self, 1, found);
  if (edge.edge === "top") walk(items, (bounds[1] ?? items.length) - 1, -1, self, -1, found);
  else if (edge.edge !== "bottom") {
    const up = new Set<number>();
    walk(items, (bounds[at + 1] ?? items.length) - 1, bounds[at - 1] ?? -1, self, -1, up);
    for (const row of found) if (!up.has(row)) found.delete(row);
  }
  return [...found].sort((a, b) => a - b);
}

/** Gathers the rows at which an edge may stand on the way from `from` until `until`, without the edge itself. */
function walk(items: readonly Item[], from: number, until: number, self: number, by: 1 | -1, found: Set<number>): void {
  let depth = 0;
  let steps = 0;
  const opens = by === 1 ? "fragment" : "end";
  for (let i = from; i !== until && i >= 0 && i < items.length; i += by) {
    const item = items[i];
    if (item === undefined || i === self) continue;
    if (item.type === opens) depth += 1;
    else if (item.type === "fragment" || item.type === "end") depth -= 1;
    // An edge or the next part of what is around it.
    if (depth < 0 || (item.type === "else" && depth === 0)) return;
    if (item.type === "step") steps += 1;
    const row = by === 1 ? i : previous(i, self);
    if (depth === 0 && steps > 0) found.add(row);
  }
}

/** The row above an item, as if the edge that moves were not there. */
const previous = (item: number, self: number): number => (item - 1 === self ? item - 2 : item - 1);

/** Puts an edge below a row, or as near to it as it can be; undefined where it stands there already. */
export function moveEdge(flow: Flow, diagram: Diagram, edge: FrameEdge, below: number): Edit | undefined {
  const self = itemOfEdge(diagram, edge);
  const row = nearestRow(diagram, edge, below);
  if (self === undefined || row === undefined || row === self || row === self - 1) return undefined;
  const item = diagram.items[self];
  const index = item !== undefined && "mark" in item ? item.mark : undefined;
  const mark = flow.marks?.[index ?? -1];
  if (index !== undefined && mark !== undefined) {
    const edits = repositionedMark(flow, diagram, index, row, self);
    return edits.length === 0 ? undefined : { kind: "group", edits };
  }
  const opened = itemOfEdge(diagram, { ...edge, edge: "top" });
  const start = diagram.items[opened ?? -1];
  const fragment = start !== undefined && "mark" in start ? flow.marks?.[start.mark ?? -1] : undefined;
  if (fragment?.kind !== "fragment") return undefined;
  // Until now it ended where everything does.
  const at = hopAt(diagram, placeBelow(diagram, row).step);
  const end: Mark = { kind: "end", of: fragment.id, ...(at !== undefined && { at }) };
  const insert: SingleEdit = { kind: "insert", list: "marks", index: flow.marks?.length ?? 0, element: end };
  return { kind: "group", edits: [insert] };
}

/** The row nearest to one below which an edge can be. */
export function nearestRow(diagram: Diagram, edge: FrameEdge, below: number): number | undefined {
  let best: number | undefined;
  for (const row of rowsForEdge(diagram, edge))
    if (best === undefined || Math.abs(row - below) < Math.abs(best - below)) best = row;
  return best;
}

/** Puts an edge past one step more or less; undefined where it cannot. */
export function stepEdge(flow: Flow, diagram: Diagram, edge: FrameEdge, by: -1 | 1): Edit | undefined {
  const self = itemOfEdge(diagram, edge);
  if (self === undefined) return undefined;
  const now = placeBelow(diagram, self - 1).step;
  const rows = rowsForEdge(diagram, edge).filter((row) => {
    const { step } = placeBelow(diagram, row);
    return by > 0 ? step > now : step < now;
  });
  const row = by > 0 ? rows[0] : rows.at(-1);
  return row === undefined ? undefined : moveEdge(flow, diagram, edge, row);
}

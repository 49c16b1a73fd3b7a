import type { Diagram, Item } from "../../shared/diagram/diagram.ts";
import { CLOCK_RADIUS } from "../../shared/diagram/marks.ts";
import type { Point, Row, Scene, Shape } from "../../shared/diagram/scene.ts";
import { light } from "../../shared/diagram/theme.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import type { Aside } from "./editing-state.ts";
import { wordsOf } from "./mark-edits.ts";

/** What stands beside the messages, as the picture has it. Pure. */

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What of the document an item is; undefined for a step, and for what the document does not say. */
export function asideOf(item: Item | undefined): Aside | undefined {
  if (item?.type === "note") return item.entry === undefined ? undefined : { list: "notes", index: item.entry };
  return item === undefined || item.type === "end" || !("mark" in item) || item.mark === undefined
    ? undefined
    : { list: "marks", index: item.mark };
}

export const isSame = (a: Aside | undefined, b: Aside | undefined): boolean =>
  a?.list === b?.list && a?.index === b?.index;

/** The item that draws it, and so its row; -1 where the view does not show it. */
export function itemOfAside(diagram: Diagram | undefined, aside: Aside): number {
  return diagram?.items.findIndex((item) => isSame(asideOf(item), aside)) ?? -1;
}

/** The elements of the document that an aside names. */
export const noteOf = (flow: Flow | undefined, aside: Aside) =>
  aside.list === "notes" ? flow?.notes?.[aside.index] : undefined;
export const markOf = (flow: Flow | undefined, aside: Aside) =>
  aside.list === "marks" ? flow?.marks?.[aside.index] : undefined;

/** What is written in it; undefined where nothing can be. */
export function wordsOfAside(flow: Flow | undefined, aside: Aside): string | undefined {
  return aside.list === "notes" ? noteOf(flow, aside)?.text : wordsOf(markOf(flow, aside));
}

const kinds = {
  fragment: "Fragment",
  else: "Part",
  divider: "Divider",
  state: "State",
  timer: "Timer",
  create: "Creation",
  destroy: "End of Lifeline",
} as const;

/** What it is called: “NOTE 1”, “Divider”. */
export function nameOfAside(flow: Flow | undefined, diagram: Diagram | undefined, aside: Aside): string {
  const item = diagram?.items[itemOfAside(diagram, aside)];
  if (item?.type === "note") return item.number === "" ? "Note" : item.number;
  const mark = markOf(flow, aside);
  if (mark?.kind === "activation") return mark.event === "start" ? "Start of Activity" : "End of Activity";
  const kind = mark?.kind;
  return kinds[kind as keyof typeof kinds] ?? "Mark";
}

/** The part of its row that something beside the messages takes; undefined for an arrow, and room without anything. */
export function boxOf(shape: Shape): Box | undefined {
  switch (shape.kind) {
    case "note":
      return shape;
    case "state":
      return shape.step === undefined ? shape : undefined;
    case "divider": {
      // A divider without words has its line.
      const half = Math.max(shape.textWidth / 2 + 10, 24);
      const height = Math.max(1, shape.lines.length) * light.sizes.smallLine + 4;
      return { x: shape.x - half, y: shape.y - height / 2, width: 2 * half, height };
    }
    case "timer": {
      const right = Math.max(shape.x + CLOCK_RADIUS, shape.textX + shape.textWidth);
      const left = Math.min(shape.x - CLOCK_RADIUS, shape.textX);
      return { x: left, y: shape.y - CLOCK_RADIUS, width: right - left, height: 2 * CLOCK_RADIUS };
    }
    default:
      return undefined;
  }
}

/** What of an aside is at a point: the whole, or an end of a note that can be drawn over more lifelines. */
export function asideHit(row: Row, { x, y }: Point, reach: number): "whole" | "left" | "right" | undefined {
  const box = boxOf(row.shape);
  if (box === undefined || x < box.x - reach / 2 || x > box.x + box.width + reach / 2) return undefined;
  if (y < box.y || y > box.y + box.height) return undefined;
  if (row.shape.kind === "note" && x < box.x + reach / 2) return "left";
  return row.shape.kind === "note" && x > box.x + box.width - reach / 2 ? "right" : "whole";
}

/** The last row of which more than half is above a height; -1 before all. */
export function rowAbove({ rows }: Scene, y: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = rows[middle];
    if (row !== undefined && row.top + row.height / 2 <= y) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Height of the lower edge of a row, where something is put that comes after it. */
export function gapBelowRow({ rows, headHeight }: Scene, row: number): number {
  const above = rows[row];
  return rows[row + 1]?.top ?? (above === undefined ? headHeight + 12 : above.top + above.height);
}

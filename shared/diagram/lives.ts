import { type Columns, columnOf } from "./columns.ts";
import type { Item } from "./diagram.ts";
import type { Head, Row } from "./scene.ts";

/** Lifelines that begin or end on the way. */
export interface Lives {
  /** The row whose message creates a lifeline, by column. */
  readonly born: ReadonlyMap<number, number>;
  /** The row whose message ends a lifeline, by column; undefined for one that ends with the picture. */
  readonly ended: ReadonlyMap<number, number | undefined>;
  /** Rows whose message creates a lifeline. */
  readonly creating: ReadonlySet<number>;
}

const NONE: Lives = { born: new Map(), ended: new Map(), creating: new Set() };

/**
 * Finds where lifelines begin and end. One that was used before is there already, and one that is used later does not
 * end: no arrow hangs in the air.
 */
export function findLives(items: readonly Item[], { at }: Columns): Lives {
  if (!items.some((item) => item.type === "life")) return NONE;
  const born = new Map<number, number>();
  const ended = new Map<number, number | undefined>();
  const awaited = new Set<number>();
  const used = new Set<number>();
  items.forEach((item, i) => {
    if (item.type === "life") {
      const column = at.get(item.on);
      if (column === undefined) return;
      if (item.event === "destroy") ended.set(column, undefined);
      else if (!used.has(column)) awaited.add(column);
    }
    if (item.type !== "step") return;
    const to = columnOf(item.to, at);
    for (const column of new Set([columnOf(item.from, at), to])) {
      if (column < 0) continue;
      if (awaited.delete(column) && column === to && item.state !== true) born.set(column, i);
      if (ended.has(column)) {
        if (ended.get(column) === undefined && item.state !== true) ended.set(column, i);
        else ended.delete(column);
      }
      used.add(column);
    }
  });
  return { born, ended, creating: new Set(born.values()) };
}

/** The heads with their places: those of created lifelines stand at their rows. `bottom` is where lifelines end. */
export function placeLives(
  heads: readonly Head[],
  { born, ended }: Lives,
  rows: readonly Row[],
  bottom: number,
): readonly Head[] {
  if (born.size === 0 && ended.size === 0) return heads;
  return heads.map((head, column) => {
    const creating = rows[born.get(column) ?? -1];
    const ending = rows[ended.get(column) ?? -1]?.shape;
    const late = creating === undefined ? undefined : lateHead(head, creating);
    const leaves = ending?.kind === "arrow" && ending.x1 === head.x && ending.bend === undefined;
    const end = ending?.kind !== "arrow" ? bottom : leaves ? ending.y1 : ending.y2;
    return {
      ...head,
      ...(late !== undefined && { late }),
      ...(ended.has(column) && { ends: late === undefined ? end : Math.max(end, late + head.height) }),
    };
  });
}

/** Between the head of a created lifeline and the edges of its row. */
export const HEAD_CLEAR = 4;

/** A message that goes to the head is at the middle of it; any other arrives below. */
function lateHead(head: Head, { top, shape }: Row): number {
  const toHead = shape.kind === "arrow" && shape.endInset === head.width / 2;
  return toHead ? shape.y2 - head.height / 2 : top + HEAD_CLEAR;
}

import type { Diagram } from "../../shared/diagram/diagram.ts";
import type { Frame, Point, Scene } from "../../shared/diagram/scene.ts";

/** The frame to which an item belongs that opens a fragment or starts a part of it. */
export function frameOf(diagram: Diagram | undefined, scene: Scene, item: number): Frame | undefined {
  const open: number[] = [];
  let count = 0;
  for (const [i, one] of (diagram?.items ?? []).entries()) {
    if (one.type === "fragment") open.push(count++);
    if (i === item) return one.type === "fragment" || one.type === "else" ? scene.frames[open.at(-1) ?? -1] : undefined;
    if (one.type === "end") open.pop();
  }
  return undefined;
}

/** The mark whose words are at a point: a guard in its row and frame, or what stands alone in a row. */
export function markAt(diagram: Diagram | undefined, scene: Scene, row: number, { x }: Point): number | undefined {
  const item = diagram?.items[row];
  if (item === undefined || item.type === "end" || !("mark" in item)) return undefined;
  if (item.type !== "fragment" && item.type !== "else") return item.mark;
  const frame = frameOf(diagram, scene, row);
  return frame !== undefined && x >= frame.x && x <= frame.x + frame.width ? item.mark : undefined;
}

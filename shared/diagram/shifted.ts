import type { Shape } from "./scene.ts";

/** The shape `by` px further down: for a row that moves, and for painters that count from a nearby origin. */
export function shifted(shape: Shape, by: number): Shape {
  if (by === 0 || shape.kind === "gap") return shape;
  if (shape.kind !== "arrow") return { ...shape, y: shape.y + by };
  return {
    ...shape,
    y1: shape.y1 + by,
    y2: shape.y2 + by,
    labelY: shape.labelY + by,
    ...(shape.hidden && { hidden: { ...shape.hidden, y: shape.hidden.y + by } }),
    ...(shape.via && { via: shape.via.map(({ x, y }) => ({ x, y: y + by })) }),
  };
}

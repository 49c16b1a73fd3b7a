import { describe, expect, it } from "vitest";
import type { Diagram, Step } from "../../shared/diagram/diagram.ts";
import { layout } from "../../shared/diagram/layout.ts";
import type { Arrow } from "../../shared/diagram/scene.ts";
import { light } from "../../shared/diagram/theme.ts";
import { gapBelow, hitAt, isEdge, nearest, stepAbove } from "./hit.ts";

const ids = ["a", "b", "c"];
const step = (index: number, from: string, to: string): Step => ({
  type: "step",
  index,
  number: String(index + 1),
  from: { kind: "lifeline", id: from },
  to: { kind: "lifeline", id: to },
  label: `message ${index}`,
  name: "",
  sip: "",
  line: "solid",
  hops: [`${from}>${to} m#${index}`],
  through: [],
  origin: "authored",
  sent: index,
  received: index,
  lost: false,
});
const diagram: Diagram = {
  title: "",
  lifelines: ids.map((id) => ({ id, name: id.toUpperCase(), role: "other" })),
  items: [step(0, "a", "b"), step(1, "b", "c"), step(2, "c", "a")],
  paragraphs: [],
};
const scene = layout(diagram, light);
const arrow = (index: number) => scene.rows[scene.stepRows[index] ?? -1]?.shape as Arrow;
const at = (x: number, y: number) => hitAt(scene, { x, y }, 5, light.sizes);

describe("I22: what is at a point of the picture", () => {
  it("is an end of an arrow, its label, its line", () => {
    const { x1, y1, x2, y2, labelX, labelY } = arrow(1);
    expect(at(x1, y1)).toEqual({ kind: "end", step: 1, end: "from" });
    expect(at(x2 - 2, y2 + 2)).toEqual({ kind: "end", step: 1, end: "to" });
    expect(at(labelX, labelY - 4)).toEqual({ kind: "label", step: 1 });
    expect(at(x1 + 18, y1 + 3)).toEqual({ kind: "arrow", step: 1 });
  });

  it("is a lifeline where no arrow is, a head, a row, or nothing", () => {
    const [a, , c] = scene.heads;
    if (a === undefined || c === undefined) throw new Error("three heads");
    expect(at(a.x + 3, scene.bottom - 1)).toEqual({ kind: "lifeline", lifeline: "a" });
    expect(at(a.x, a.y + 5)).toEqual({ kind: "head", lifeline: "a" });
    expect(at(c.x - 40, arrow(0).y1)).toEqual({ kind: "row", step: 0 });
    expect(at(-40, scene.bottom + 200)).toEqual({ kind: "ground" });
    expect(nearest(scene, c.x + 500)?.id).toBe("c");
  });

  it("is a lifeline right below its head, and below the end of all: an empty flow has no other place", () => {
    const empty = layout({ ...diagram, items: [] }, light);
    const [a] = empty.heads;
    if (a === undefined) throw new Error("three heads");
    const find = (x: number, y: number) => hitAt(empty, { x, y }, 5, light.sizes);
    expect(find(a.x, a.y + a.height - 1)).toEqual({ kind: "head", lifeline: "a" });
    expect(find(a.x + 2, a.y + a.height + 2)).toEqual({ kind: "lifeline", lifeline: "a" });
    expect(find(a.x - 2, empty.bottom + 300)).toEqual({ kind: "lifeline", lifeline: "a" });
    expect(find(a.x - 20, a.y + a.height + 2)).toEqual({ kind: "head", lifeline: "a" });
  });

  it("says below which step something is put", () => {
    expect(stepAbove(scene, scene.headHeight)).toBe(-1);
    expect(stepAbove(scene, arrow(1).y1 + 8)).toBe(1);
    expect(stepAbove(scene, scene.bottom + 100)).toBe(2);
    expect(gapBelow(scene, -1)).toBeLessThan(arrow(0).y1);
    expect(gapBelow(scene, 0)).toBeGreaterThan(arrow(0).y1);
    expect(gapBelow(scene, 0)).toBeLessThan(arrow(1).y1);
  });
});

describe("I30: the edge of the picture", () => {
  it("is beside all lifelines, below the heads, and names the step of its row", () => {
    const [first, last] = [scene.heads[0], scene.heads.at(-1)];
    const { y1 } = arrow(1);
    expect(at((first?.x ?? 0) - 40, y1)).toEqual({ kind: "edge", step: 1 });
    expect(at((last?.x ?? 0) + 40, y1)).toEqual({ kind: "edge", step: 1 });
    expect(at((first?.x ?? 0) - 40, 2).kind).not.toBe("edge");
    expect(at(-5, y1).kind).not.toBe("edge");
  });

  it("begins close beside a lifeline and goes on below the picture, also where heads are narrow", () => {
    const [first] = scene.heads;
    const beside = (first?.x ?? 0) - (first?.width ?? 0) * 0.45;
    expect(at((first?.x ?? 0) - 14, scene.bottom + 90)).toEqual({ kind: "edge" });
    expect(at(beside, scene.bottom + 90)).toEqual({ kind: "edge" });
  });

  it("is farther away for what ends there: a message to itself turns within it", () => {
    const last = scene.heads.at(-1)?.x ?? 0;
    expect(isEdge(scene, { x: last + 20, y: 100 })).toBe(false);
    expect(isEdge(scene, { x: last + 34, y: 100 })).toBe(true);
  });
});

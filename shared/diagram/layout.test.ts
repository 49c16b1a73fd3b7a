import { describe, expect, test } from "vitest";
import type { Diagram, Item, Step } from "./diagram.ts";
import { baseline } from "./label.ts";
import { layout } from "./layout.ts";
import type { Arrow, Scene } from "./scene.ts";
import { light } from "./theme.ts";

function arrowOf(scene: Scene, step: number): Arrow {
  const shape = scene.rows[scene.stepRows[step] ?? -1]?.shape;
  if (shape?.kind !== "arrow") throw new Error(`step ${step} is no arrow`);
  return shape;
}

const names = ["CPM Client A", "SIP/IP Core A", "CPM Conversation Server A (participating function)"];

function diagram(items: readonly Item[], count = 3): Diagram {
  const lifelines = Array.from({ length: count }, (_, i) => ({
    id: `p${i}`,
    name: names[i % 3] ?? "",
    role: "other" as const,
  }));
  return { title: "", lifelines, items, paragraphs: [] };
}

function step(index: number, from: number, to: number, more: Partial<Step> = {}): Step {
  return {
    type: "step",
    index,
    number: String(index + 1),
    from: { kind: "lifeline", id: `p${from}` },
    to: { kind: "lifeline", id: `p${to}` },
    label: "CPM Session Invitation",
    name: "CPM Session Invitation",
    sip: "INVITE",
    line: "solid",
    hops: [],
    through: [],
    origin: "computed",
    sent: 2 * index,
    received: 2 * index + 1,
    lost: false,
    ...more,
  };
}

describe("columns", () => {
  test("L9: neighbours stand far enough apart for a label of usual length on one line", () => {
    const arrow = arrowOf(layout(diagram([step(0, 0, 1, { label: "CPM Session Invitation" })]), light), 0);
    expect(arrow.lines).toEqual(["CPM Session Invitation"]);
  });

  test("L9: a longer label wraps instead of driving lifelines apart without bound", () => {
    const label = "CPM Session Invitation cancellation request that goes on and on and on and on and on";
    const scene = layout(diagram([step(0, 0, 1, { label })]), light);
    expect(arrowOf(scene, 0).lines.length).toBeGreaterThan(1);
    expect(arrowOf(scene, 0).lines.join(" ")).toBe(label);
    expect((scene.heads[1]?.x ?? 0) - (scene.heads[0]?.x ?? 0)).toBeLessThanOrEqual(light.sizes.gapMax + 1);
  });

  test("L10: a role in brackets gets lines of its own", () => {
    const head = layout(diagram([]), light).heads[2];
    expect(head?.lines.slice(head.roleLine)).toEqual(["(participating function)"]);
    expect(head?.lines.slice(0, head.roleLine).join(" ")).toBe("CPM Conversation Server A");
  });

  test("L10: a name that does not fit is shortened in the head and whole in the scene", () => {
    const name = "A name of very many words ".repeat(12).trim();
    const head = layout({ ...diagram([]), lifelines: [{ id: "p", name, role: "other" }] }, light).heads[0];
    expect(head?.lines.at(-1)).toMatch(/…$/);
    expect(head?.name).toBe(name);
  });
});

describe("arrows", () => {
  test("L11: a message received later than a later one was sent slants and crosses it", () => {
    const scene = layout(diagram([step(0, 1, 0), step(1, 0, 1, { sentBefore: 0 })]), light);
    const flat = arrowOf(scene, 0);
    const slanted = arrowOf(scene, 1);
    expect(slanted.y1).toBeLessThan(flat.y1);
    expect(slanted.y2).toBeGreaterThan(flat.y2);
    expect(scene.slanted).toEqual([1]);
  });

  test("L11: the label of a row that a slanted arrow passes is beside it or painted over it", () => {
    const scene = layout(
      diagram([step(0, 1, 0, { label: "BYE" }), step(1, 0, 1, { label: "BYE", sentBefore: 0 })]),
      light,
    );
    const { sizes } = light;
    const flat = arrowOf(scene, 0);
    const line = arrowOf(scene, 1);
    const top = flat.labelY - baseline(sizes.line, sizes.text);
    const at = (y: number) => line.x1 + ((y - line.y1) / (line.y2 - line.y1)) * (line.x2 - line.x1);
    expect(flat.masked).toBe(false);
    expect(flat.numberX).toBeGreaterThan(at(top + sizes.line));
  });

  test("L11: a message sent just before its own row slants within it", () => {
    const scene = layout(diagram([step(0, 0, 1, { sentBefore: 0 })]), light);
    expect(arrowOf(scene, 0).y2).toBeGreaterThan(arrowOf(scene, 0).y1);
    expect(scene.slanted).toEqual([]);
  });

  test("L12: a message to itself goes out and comes back lower, its label beside the loop", () => {
    const arrow = arrowOf(layout(diagram([step(0, 1, 1)]), light), 0);
    expect(arrow.bend).toBeGreaterThan(arrow.x1);
    expect(arrow.y2).toBeGreaterThan(arrow.y1);
    expect(arrow.numberX).toBeGreaterThan(arrow.bend ?? 0);
  });

  test("L13: an arrow to a hidden participant is short and carries its name", () => {
    const arrow = arrowOf(
      layout(diagram([step(0, 1, 1, { to: { kind: "hidden", id: "x", name: "SIP/IP Core X" } })]), light),
      0,
    );
    expect(arrow.endName).toBe("SIP/IP Core X");
    expect(arrow.hidden?.lines).toEqual(["SIP/IP Core X"]);
    expect(Math.abs(arrow.x2 - arrow.x1)).toBe(light.sizes.hidden);
  });

  test("L14: participants that passed the message on are marked on the line", () => {
    const arrow = arrowOf(layout(diagram([step(0, 0, 2, { through: ["p1"] })]), light), 0);
    expect(arrow.via).toEqual([{ x: layout(diagram([step(0, 0, 2)]), light).heads[1]?.x, y: arrow.y1 }]);
  });

  test("L15: authored steps are marked among computed ones, and not where all is drawn by hand", () => {
    const authored = step(1, 1, 2, { origin: "authored" });
    expect(arrowOf(layout(diagram([step(0, 0, 1), authored]), light), 1).authored).toBe(true);
    expect(arrowOf(layout(diagram([step(0, 0, 1, { origin: "authored" }), authored]), light), 1).authored).toBe(false);
  });
});

describe("bars and frames", () => {
  test("L16: a bar runs from a receipt to the last message that the same turn sent", () => {
    const items = [
      step(0, 0, 1, { received: 5 }),
      step(1, 1, 2, { sent: 5 }),
      step(2, 1, 0, { sent: 5 }),
      step(3, 1, 0, { sent: 9 }),
    ];
    const scene = layout(diagram(items), light);
    expect(scene.activations).toHaveLength(1);
    const [bar] = scene.activations;
    expect(bar?.lifeline).toBe("p1");
    expect(bar?.top).toBeLessThan(arrowOf(scene, 0).y2);
    expect(bar?.bottom).toBeGreaterThan(arrowOf(scene, 2).y1);
    expect(bar?.bottom).toBeLessThan(arrowOf(scene, 3).y1);
    expect([arrowOf(scene, 0).endInset, arrowOf(scene, 1).startInset]).toEqual([4, 4]);
    expect(arrowOf(scene, 3).startInset).toBe(0);
  });

  test("L17: nested frames lie inside one another and around their rows", () => {
    const items: Item[] = [
      { type: "fragment", operator: "alt", guard: "accepts" },
      step(0, 0, 1),
      { type: "fragment", operator: "opt", guard: "" },
      step(1, 0, 1),
      { type: "end" },
      { type: "else", guard: "declines" },
      step(2, 1, 2),
      { type: "end" },
    ];
    const scene = layout(diagram(items), light);
    const [outer, inner] = scene.frames;
    if (outer === undefined || inner === undefined) throw new Error("two frames expected");
    expect([outer.operator, inner.operator, outer.depth, inner.depth]).toEqual(["alt", "opt", 0, 1]);
    expect(inner.x).toBeGreaterThan(outer.x);
    expect(inner.x + inner.width).toBeLessThan(outer.x + outer.width);
    expect(inner.top).toBeGreaterThan(outer.top);
    expect(inner.bottom).toBeLessThan(outer.bottom);
    expect(inner.bottom).toBeGreaterThan(arrowOf(scene, 1).y1);
    expect(outer.elses.map((part) => part.lines)).toEqual([["[declines]"]]);
  });

  test("L17: a fragment that is never closed ends with the diagram, and a stray end is nothing", () => {
    const scene = layout(
      diagram([
        { type: "end" },
        { type: "else", guard: "x" },
        { type: "fragment", operator: "opt", guard: "" },
        step(0, 0, 1),
      ]),
      light,
    );
    expect(scene.frames).toHaveLength(1);
    expect(scene.rows[0]?.height).toBe(0);
  });
});

test("L7: after one edit all other rows are taken over, or only moved", () => {
  const items = Array.from({ length: 40 }, (_, i) => step(i, i % 3, (i + 1) % 3));
  const before = layout(diagram(items), light);
  const relabelled = items.with(20, step(20, 2, 0, { label: "BYE" }));
  const after = layout(diagram(relabelled), light, before);
  expect(after.rows.filter((row, i) => row !== before.rows[i])).toHaveLength(1);
  const note: Item = { type: "note", over: ["p1"], number: "NOTE", text: "inserted" };
  const inserted = layout(diagram([...items.slice(0, 20), note, ...items.slice(20)]), light, before);
  expect(inserted.rows.slice(0, 20).every((row, i) => row === before.rows[i])).toBe(true);
  expect(inserted.rows.slice(21).map((row) => row.shape.kind === "arrow" && row.shape.lines)).toEqual(
    before.rows.slice(20).map((row) => row.shape.kind === "arrow" && row.shape.lines),
  );
});

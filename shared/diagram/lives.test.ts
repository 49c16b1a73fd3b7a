import { describe, expect, test } from "vitest";
import type { Diagram, Item, Step } from "./diagram.ts";
import { layout } from "./layout.ts";
import { toSvg } from "./svg.ts";
import { light } from "./theme.ts";

const on = (id: string) => ({ kind: "lifeline", id }) as const;

function step(index: number, from: string, to: string): Step {
  const label = `Message ${index}`;
  return {
    ...{ type: "step", index, number: String(index + 1), from: on(from), to: on(to), label, name: label, sip: "" },
    ...{ line: "solid", hops: [], through: [], origin: "computed", sent: index, received: index + 1, lost: false },
  } as Step;
}

const create = (id: string): Item => ({ type: "life", on: id, event: "create" });
const destroy = (id: string): Item => ({ type: "life", on: id, event: "destroy" });

function diagram(...items: Item[]): Diagram {
  const lifelines = ["a", "b", "c"].map((id) => ({ id, name: id.toUpperCase(), role: "other" as const }));
  return { title: "", lifelines, items, paragraphs: [] };
}

const headsOf = (drawn: Diagram) => {
  const scene = layout(drawn, light);
  return { scene, heads: new Map(scene.heads.map((head) => [head.id, head])) };
};

describe("L31: created lifelines", () => {
  test("a head stands at the message to it, whose arrow ends at the head", () => {
    const { scene, heads } = headsOf(diagram(step(0, "a", "b"), create("c"), step(1, "a", "c")));
    const [head, shape] = [heads.get("c"), scene.rows[2]?.shape];
    if (head?.late === undefined || shape?.kind !== "arrow") throw new Error("no late head");
    expect(head.late + head.height / 2).toBe(shape.y2);
    expect(shape.endInset).toBe(head.width / 2);
    expect(heads.get("b")?.late).toBeUndefined();
  });

  test("one that was used before is there already, and so is one that no message creates", () => {
    expect(headsOf(diagram(step(0, "a", "b"), create("b"), step(1, "a", "b"))).heads.get("b")?.late).toBeUndefined();
    expect(headsOf(diagram(step(0, "a", "b"), create("c"))).heads.get("c")?.late).toBeUndefined();
  });

  test("a message to itself arrives below its head", () => {
    const { scene, heads } = headsOf(diagram(create("c"), step(0, "c", "c")));
    const [head, shape] = [heads.get("c"), scene.rows[1]?.shape];
    if (head?.late === undefined || shape?.kind !== "arrow") throw new Error("no late head");
    expect(shape.y1).toBeGreaterThan(head.late + head.height);
  });

  test("an edit above moves head and arrow alike", () => {
    const items = [create("c"), step(0, "a", "c")];
    const before = layout(diagram(...items), light);
    const edited = diagram({ type: "divider", text: "Later" }, ...items);
    expect(layout(edited, light, before)).toEqual(layout(edited, light));
  });
});

describe("L32: destroyed lifelines", () => {
  test("a lifeline ends in a cross at the next message from or to it", () => {
    const { scene, heads } = headsOf(diagram(destroy("b"), step(0, "a", "b"), step(1, "a", "c")));
    const shape = scene.rows[1]?.shape;
    expect(heads.get("b")?.ends).toBe(shape?.kind === "arrow" ? shape.y2 : Number.NaN);
    expect(toSvg(scene, light)).toContain(`V${heads.get("b")?.ends}`);
  });

  test("without a message it ends with the picture", () => {
    const { scene, heads } = headsOf(diagram(step(0, "a", "b"), destroy("b")));
    expect(heads.get("b")?.ends).toBe(scene.bottom);
  });

  test("one that is used later does not end", () => {
    expect(headsOf(diagram(destroy("b"), step(0, "a", "b"), step(1, "b", "a"))).heads.get("b")?.ends).toBeUndefined();
  });
});

describe("L33: boxes around participants", () => {
  const boxed = (...lifelines: string[]): Diagram => ({
    ...diagram(step(0, "a", "b")),
    boxes: [{ name: "Network A", lifelines }],
  });

  test("a box encloses its heads, and its name stands over them", () => {
    const { scene, heads } = headsOf(boxed("a", "b"));
    const [box] = scene.boxes;
    const [a, b] = [heads.get("a"), heads.get("b")];
    if (box === undefined || a === undefined || b === undefined) throw new Error("no box");
    expect(box.x).toBeLessThan(a.x - a.width / 2);
    expect(box.x + box.width).toBeGreaterThan(b.x + b.width / 2);
    expect(box.y + box.band).toBeLessThanOrEqual(a.y);
    expect(box.bottom).toBeGreaterThan(scene.bottom);
  });

  test("participants apart have a box each", () => {
    expect(headsOf(boxed("a", "c")).scene.boxes).toHaveLength(2);
  });

  test("a lifeline in two boxes is in the first", () => {
    const twice = {
      ...boxed("a", "b"),
      boxes: [
        { name: "One", lifelines: ["a"] },
        { name: "Two", lifelines: ["a", "b"] },
      ],
    };
    expect(headsOf(twice).scene.boxes.map(({ name }) => name)).toEqual(["One", "Two"]);
  });
});

describe("author's bars (L16)", () => {
  test("a bar runs from where it starts to where it ends, and one inside another stands beside it", () => {
    const bar = (event: "start" | "end"): Item => ({ type: "activation", on: "b", event });
    const items = [
      step(0, "a", "b"),
      bar("start"),
      step(1, "a", "b"),
      bar("start"),
      step(2, "b", "a"),
      bar("end"),
      bar("end"),
    ];
    const { scene } = headsOf(diagram(...items));
    const [outer, inner] = scene.activations;
    if (outer === undefined || inner === undefined) throw new Error("two bars");
    expect([outer.depth, inner.depth]).toEqual([0, 1]);
    expect(inner.x).toBeGreaterThan(outer.x);
    expect(inner.top).toBeGreaterThan(outer.top);
    expect(inner.bottom).toBeLessThanOrEqual(outer.bottom);
  });

  test("one that does not end goes on to the last row", () => {
    const { scene } = headsOf(diagram({ type: "activation", on: "a", event: "start" }, step(0, "a", "b")));
    const last = scene.rows[1]?.shape;
    expect(scene.activations[0]?.bottom).toBeGreaterThanOrEqual(last?.kind === "arrow" ? last.y1 : Number.NaN);
  });
});

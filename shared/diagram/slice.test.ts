import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryDiagram } from "../../test/arbitrary-diagram.ts";
import type { Diagram, Item, Step } from "./diagram.ts";
import { layout } from "./layout.ts";
import { pagesOf } from "./pages.ts";
import type { Arrow, DividerLine } from "./scene.ts";
import { rowsOfSteps, sliceOf } from "./slice.ts";
import { stepNumbered, stepRange } from "./step-range.ts";
import { toSvg } from "./svg.ts";
import { print } from "./theme.ts";

const { sizes } = print;

const step = (index: number, more: Partial<Step> = {}): Step => ({
  type: "step",
  index,
  number: String(index + 1),
  from: { kind: "lifeline", id: index % 2 === 0 ? "a" : "b" },
  to: { kind: "lifeline", id: index % 2 === 0 ? "b" : "a" },
  label: `message ${index + 1}`,
  name: "",
  sip: "",
  line: "solid",
  hops: [],
  through: [],
  origin: "authored",
  sent: 0,
  received: 0,
  lost: false,
  ...more,
});

const diagram = (items: readonly Item[]): Diagram => ({
  title: "T",
  lifelines: ["a", "b", "c"].map((id) => ({ id, name: id.toUpperCase(), role: "other" })),
  items,
  paragraphs: [],
});

const many = (count: number) => diagram(Array.from({ length: count }, (_, i) => step(i)));
const sceneOf = (of: Diagram) => layout(of, print);
const numbers = (scene: ReturnType<typeof sceneOf>) =>
  scene.rows.flatMap(({ shape }) => (shape.kind === "arrow" && shape.number !== "" ? [shape.number] : []));

describe("EX14: a range of steps", () => {
  it("is named by printed numbers", () => {
    const flow = many(12);
    for (const words of ["3 – 9", "3-9", "3..9", "steps 3 to 9", " 3 — 9. "]) {
      expect(stepRange(flow, words)).toEqual({ ok: true, value: { first: 2, last: 8 } });
    }
    expect(stepRange(flow, "12")).toEqual({ ok: true, value: { first: 11, last: 11 } });
    expect(stepNumbered(flow, "2")).toEqual({ ok: true, value: 1 });
    const dashed = diagram([step(0, { number: "1-1" }), step(1, { number: "1-2" })]);
    expect(stepRange(dashed, "1-2")).toEqual({ ok: true, value: { first: 1, last: 1 } });
    expect(stepRange(dashed, "1-1 – 1-2")).toEqual({ ok: true, value: { first: 0, last: 1 } });
  });

  it.each([
    ["9 – 3", "Step 3 comes before step 9."],
    ["0 – 3", "“0 – 3” are no steps of this flow; its steps are 1 – 12."],
    ["x", "“x” are no steps of this flow; its steps are 1 – 12."],
  ])("%s is refused with a sentence", (words, sentence) => {
    const read = stepRange(many(12), words);
    expect(!read.ok && read.failure.message).toBe(sentence);
  });

  it("takes along what belongs to its steps", () => {
    const note: Item = { type: "note", over: ["a"], number: "", text: "about 2" };
    const scene = sceneOf(
      diagram([
        step(0),
        { type: "divider", text: "before 2" },
        step(1),
        note,
        { type: "divider", text: "before 3" },
        step(2),
      ]),
    );
    expect(rowsOfSteps(scene, 1, 1)).toEqual({ first: 1, last: 3 });
    expect(rowsOfSteps(scene, 0, 2)).toEqual({ first: 0, last: 5 });
  });

  it("keeps every row where it was from left to right, in order under the heads", () => {
    fc.assert(
      fc.property(arbitraryDiagram, fc.nat(), fc.nat(), (of, a, b) => {
        const scene = sceneOf(of);
        const count = scene.rows.length;
        fc.pre(count > 0);
        const [first = 0, last = 0] = [a % count, b % count].sort((x, y) => x - y);
        const part = sliceOf(scene, sizes, { first, last });
        let y = scene.headHeight;
        for (const row of part.rows.filter(({ height }) => height > 0)) {
          expect(row.top).toBe(y);
          y += row.height;
        }
        expect(part.bottom).toBe(y + sizes.tail);
        for (const [index, row] of scene.stepRows.entries()) {
          const there = row >= first && row <= last;
          expect(part.stepRows[index]! >= 0).toBe(there);
          const shape = part.rows[part.stepRows[index] ?? -1]?.shape;
          if (there && shape?.kind === "arrow") expect(shape.labelX).toBe((scene.rows[row]!.shape as Arrow).labelX);
        }
        for (const { top, bottom } of [...part.activations, ...part.frames]) {
          expect(top).toBeGreaterThanOrEqual(scene.headHeight);
          expect(bottom).toBeLessThanOrEqual(part.bottom);
          expect(bottom).toBeGreaterThan(top);
        }
        expect(toSvg(part, print)).not.toContain("NaN");
      }),
      { numRuns: 60 },
    );
  });

  it("shows no bar where it shows nothing", () => {
    const scene = sceneOf(diagram([step(0), { type: "end" }, step(1)]));
    const gap = scene.rows.findIndex(({ height }) => height === 0);
    expect(
      scene.activations.some(({ top, bottom }) => top < scene.rows[gap]!.top && bottom > scene.rows[gap]!.top),
    ).toBe(true);
    expect(sliceOf(scene, sizes, { first: gap, last: gap }).activations).toEqual([]);
  });

  it("cuts a slanted arrow at the edges, on one line", () => {
    const scene = sceneOf(diagram([step(0), step(1), step(2), step(3, { sentBefore: 1 })]));
    const whole = scene.rows[3]!.shape as Arrow;
    const end = sliceOf(scene, sizes, { first: 2, last: 3 }).rows[1]!.shape as Arrow;
    const start = sliceOf(scene, sizes, { first: 0, last: 2 });
    const begun = start.rows.at(-1)!.shape as Arrow;
    expect(end.y1).toBe(scene.headHeight);
    expect([begun.x1, begun.y1, begun.number, begun.look?.head]).toEqual([whole.x1, whole.y1, "", "none"]);
    const slope = (arrow: Arrow) => (arrow.y2 - arrow.y1) / (arrow.x2 - arrow.x1);
    expect(slope(end)).toBeCloseTo(slope(whole), 1);
    expect(slope(begun)).toBeCloseTo(slope(whole), 1);
  });

  it("names the operator and guard of a fragment that goes on again", () => {
    const scene = sceneOf(
      diagram([
        { type: "fragment", operator: "alt", guard: "one" },
        step(0),
        { type: "else", guard: "two" },
        step(1),
        step(2),
        { type: "end" },
      ]),
    );
    const part = sliceOf(scene, sizes, rowsOfSteps(scene, 2, 2));
    expect(part.frames).toHaveLength(1);
    expect(part.frames[0]).toMatchObject({ operator: "alt (continued)", lines: ["[two]"], elses: [] });
  });

  it("shows a lifeline only while it is there", () => {
    const scene = sceneOf(
      diagram([
        step(0),
        { type: "life", on: "c", event: "create" },
        step(1, { from: { kind: "lifeline", id: "a" }, to: { kind: "lifeline", id: "c" } }),
        step(2),
      ]),
    );
    const heads = (first: number, last: number) =>
      sliceOf(scene, sizes, rowsOfSteps(scene, first, last)).heads.map(({ id, late }) => [id, late !== undefined]);
    expect(heads(0, 0).map(([id]) => id)).toEqual(["a", "b"]);
    expect(heads(1, 1)).toContainEqual(["c", true]);
    expect(heads(2, 2)).toContainEqual(["c", false]);
  });
});

describe("EX15: pages", () => {
  const room = { width: 600, height: 500 };

  it("hold every step once, with heads on each and a line that says how it goes on", () => {
    const scene = sceneOf(many(60));
    const pages = pagesOf(scene, sizes, room);
    expect(pages.length).toBeGreaterThan(3);
    expect(pages.flatMap((page) => numbers(page.scene))).toEqual(numbers(scene));
    const marks = pages.map((page) =>
      page.scene.rows.flatMap(({ shape }) => (shape.kind === "divider" ? (shape as DividerLine).lines : [])),
    );
    expect(marks[0]).toEqual(["Continued on page 2"]);
    expect(marks[1]).toEqual(["Continued from page 1", "Continued on page 3"]);
    expect(marks.at(-1)).toEqual([`Continued from page ${pages.length - 1}`]);
    for (const page of pages) {
      expect(page.scene.heads).toHaveLength(3);
      expect(page.scene.height * page.scale).toBeLessThanOrEqual(room.height + 0.01);
      expect(page.scene.width * page.scale).toBeLessThanOrEqual(room.width + 0.01);
    }
  });

  it("are one where the figure is only a little too high", () => {
    const scene = sceneOf(many(5));
    const pages = pagesOf(scene, sizes, { width: 2000, height: scene.height * 0.9 });
    expect(pages).toHaveLength(1);
    expect(pages[0]!.scale).toBeCloseTo(0.9);
  });

  it("do not part a step from its note, or the beginning of a fragment from its first step", () => {
    const items = Array.from({ length: 12 }, (_, i): Item[] => [
      { type: "fragment", operator: "opt", guard: "" },
      step(i),
      { type: "note", over: ["a"], number: "", text: "a note" },
      { type: "end" },
    ]).flat();
    const pages = pagesOf(sceneOf(diagram(items)), sizes, { width: 600, height: 330 });
    expect(pages.length).toBeGreaterThan(2);
    for (const { scene } of pages) {
      expect(scene.frames.every(({ operator }) => operator === "opt")).toBe(true);
      const kinds = scene.rows.map(({ shape }) => shape.kind);
      expect(kinds.filter((kind) => kind === "arrow").length).toBe(kinds.filter((kind) => kind === "note").length);
    }
  });

  it("begin with a lower one where something stands above it", () => {
    const scene = sceneOf(many(40));
    const first = pagesOf(scene, sizes, { ...room, first: 250 });
    expect(first[0]!.scene.height * first[0]!.scale).toBeLessThanOrEqual(250.01);
    expect(numbers(first[0]!.scene).length).toBeLessThan(numbers(pagesOf(scene, sizes, room)[0]!.scene).length);
    expect(first[1]!.scene.height * first[1]!.scale).toBeGreaterThan(250);
    expect(first.flatMap((page) => numbers(page.scene))).toEqual(numbers(scene));
  });

  it("exist for any diagram and any paper", () => {
    fc.assert(
      fc.property(arbitraryDiagram, fc.integer({ min: 50, max: 900 }), (of, height) => {
        const scene = sceneOf(of);
        const pages = pagesOf(scene, sizes, { width: 500, height });
        expect(pages.flatMap((page) => numbers(page.scene))).toEqual(numbers(scene));
        for (const page of pages) expect(page.scene.height * page.scale).toBeLessThanOrEqual(height + 0.01);
      }),
      { numRuns: 40 },
    );
  });
});

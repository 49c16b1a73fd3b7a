import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { layout } from "../../shared/diagram/layout.ts";
import type { Scene } from "../../shared/diagram/scene.ts";
import { light } from "../../shared/diagram/theme.ts";
import { diagramOf } from "../store/sample.ts";
import { level } from "./spread.ts";

const step = fc.record({
  label: fc.constantFrom("INVITE", "a longer label\nof two lines"),
  note: fc.constantFrom("A note", undefined),
});
const steps = fc.array(step, { minLength: 1, maxLength: 12 });
const sceneOf = (list: readonly { label: string; note: string | undefined }[]): Scene =>
  layout(diagramOf(list.map(({ label, note }) => ({ label, ...(note !== undefined && { note }) }))), light);

const topOf = (scene: Scene, at: number) => scene.rows[scene.stepRows[at] ?? -1]?.top;

describe("B44 lifelines beside one another", () => {
  test("stand at the same places, whatever either needs", () => {
    fc.assert(
      fc.property(steps, steps, (one, two) => {
        const [a, b] = [one, two].map((list) =>
          diagramOf(list.map(({ label, note }) => ({ label, ...(note !== undefined && { note }) }))),
        );
        if (a === undefined || b === undefined) return;
        const xs = (scene: Scene) => scene.heads.map(({ x }) => x);
        expect(xs(layout(a, light, undefined, b.items))).toEqual(xs(layout(b, light, undefined, a.items)));
      }),
    );
  });
});

describe("B44 two scenes on one scale", () => {
  test("what stands for one another stands at one height, both have one size, and rows never overlap", () => {
    fc.assert(
      fc.property(steps, steps, fc.array(fc.boolean()), (one, two, taken) => {
        const levels = taken.flatMap((is, i) => (is && i < one.length && i < two.length ? [{ a: i, b: i }] : []));
        const { a, b } = level(sceneOf(one), sceneOf(two), levels);
        for (const pair of levels) expect(topOf(a.scene, pair.a)).toBeCloseTo(topOf(b.scene, pair.b) ?? -1);
        expect([a.scene.width, a.scene.height, a.scene.headHeight]).toEqual([
          b.scene.width,
          b.scene.height,
          b.scene.headHeight,
        ]);
        for (const { rows, bottom } of [a.scene, b.scene]) {
          let end = 0;
          for (const row of rows) {
            expect(row.top).toBeGreaterThanOrEqual(end - 1e-6);
            end = row.top + row.height;
          }
          expect(end).toBeLessThanOrEqual(bottom + 1e-6);
        }
      }),
    );
  });

  test("room that was made is told, and an arrow stays in its row", () => {
    const plain = (count: number) =>
      sceneOf(Array.from({ length: count }, () => ({ label: "INVITE", note: undefined })));
    const { a, b } = level(plain(2), plain(4), [
      { a: 0, b: 0 },
      { a: 1, b: 3 },
    ]);
    expect([a.blanks.length, b.blanks.length]).toEqual([1, 0]);
    for (const row of a.scene.rows) {
      const { shape } = row;
      if (shape.kind !== "arrow") continue;
      expect(shape.y1).toBeGreaterThanOrEqual(row.top);
      expect(shape.y2).toBeLessThanOrEqual(row.top + row.height);
    }
  });
});

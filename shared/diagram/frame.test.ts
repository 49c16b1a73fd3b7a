import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitraryDiagram } from "../../test/arbitrary-diagram.ts";
import {
  alongArrow,
  clampPlayhead,
  currentStep,
  durationOf,
  frameAt,
  phaseOf,
  positionOf,
  rowAt,
  rowsBetween,
  slantsAcross,
} from "./frame.ts";
import { layout } from "./layout.ts";
import type { Scene } from "./scene.ts";
import { light } from "./theme.ts";

const scenes = arbitraryDiagram.map((diagram) => layout(diagram, light));
const playhead = fc.double({ min: -1, max: 30, noNaN: true });

describe("L20: what a playhead shows", () => {
  test("whole numbers are steps complete, the rest is the step under way", () => {
    fc.assert(
      fc.property(scenes, playhead, (scene, at) => {
        const moment = frameAt(scene, at);
        const steps = scene.stepRows.length;
        const inside = Math.min(Math.max(at, 0), steps);
        expect(moment.past).toBe(Math.floor(inside));
        expect(moment.moving?.step).toBe(Number.isInteger(inside) ? undefined : moment.past);
        for (let step = 0; step < steps; step++) {
          const phase = step < moment.past ? "past" : step + 1 > inside && step < inside ? "moving" : "future";
          expect(phaseOf(moment, step)).toBe(phase);
        }
      }),
    );
  });

  test("the message is on its row, within the picture", () => {
    fc.assert(
      fc.property(scenes, playhead, (scene, at) => {
        const { moving } = frameAt(scene, at);
        if (moving === undefined) return;
        expect(moving.x).toBeGreaterThanOrEqual(0);
        expect(moving.x).toBeLessThanOrEqual(scene.width);
        const row = scene.rows[scene.stepRows[moving.step] ?? -1];
        if (row === undefined) throw new Error("a moving step has a row");
        expect(moving.y).toBeLessThanOrEqual(row.top + row.height);
        if (!scene.slanted.includes(scene.stepRows[moving.step] ?? -1))
          expect(moving.y).toBeGreaterThanOrEqual(row.top);
      }),
    );
  });

  test("what is not a number is the start; beyond the end is the end", () => {
    const scene = { stepRows: [0, 1], rows: [] } as unknown as Scene;
    expect(clampPlayhead(scene, Number.NaN)).toBe(0);
    expect(clampPlayhead(scene, -3)).toBe(0);
    expect(clampPlayhead(scene, Number.POSITIVE_INFINITY)).toBe(2);
    expect([0, 0.2, 1, 1.5, 2].map((at) => currentStep(scene, at))).toEqual([undefined, 0, 0, 1, 1]);
    expect(currentStep(scene, positionOf(1))).toBe(1);
  });
});

describe("L21: how a message moves", () => {
  const step = { kind: "arrow", step: 0, x1: 10, y1: 5, x2: 110, y2: 5 } as unknown as Parameters<typeof alongArrow>[0];

  test("evenly from the start of its arrow to the end", () => {
    expect(alongArrow(step, 0)).toEqual({ x: 10, y: 5 });
    expect(alongArrow(step, 0.5)).toEqual({ x: 60, y: 5 });
    expect(alongArrow({ ...step, y2: 105 }, 1)).toEqual({ x: 110, y: 105 });
  });

  test("out, down and back for a message to itself", () => {
    const self = { ...step, x2: 10, y2: 25, bend: 40 };
    expect(alongArrow(self, 0)).toEqual({ x: 10, y: 5 });
    expect(alongArrow(self, 0.5)).toEqual({ x: 40, y: 15 });
    expect(alongArrow(self, 1)).toEqual({ x: 10, y: 25 });
  });

  test("a step takes a bounded time, however long its arrow", () => {
    fc.assert(
      fc.property(scenes, (scene) => {
        for (let i = -1; i <= scene.stepRows.length; i++) {
          expect(durationOf(scene, i)).toBeGreaterThanOrEqual(600);
          expect(durationOf(scene, i)).toBeLessThanOrEqual(1000);
        }
      }),
    );
  });
});

describe("L22: rows in sight", () => {
  test("are those that touch the heights asked for, and no others", () => {
    fc.assert(
      fc.property(
        scenes,
        fc.integer({ min: -50, max: 900 }),
        fc.integer({ min: 1, max: 300 }),
        (scene, top, height) => {
          const [from, to] = rowsBetween(scene, top, top + height);
          for (const [i, row] of scene.rows.entries()) {
            const touches = row.height > 0 && row.top < top + height && row.top + row.height > top;
            if (touches) expect(i >= from && i < to).toBe(true);
            if (i >= from && i < to && row.height > 0) expect(touches).toBe(true);
          }
          const seen = slantsAcross(scene, to, top + height);
          for (const i of scene.slanted) {
            const shape = scene.rows[i]?.shape;
            expect(seen.includes(i)).toBe(i >= to && shape?.kind === "arrow" && shape.y1 < top + height);
          }
        },
      ),
    );
  });

  test("a row that only begins where the range ends, or ends where it begins, is not in it", () => {
    fc.assert(
      fc.property(scenes, (scene) => {
        for (const [i, row] of scene.rows.entries()) {
          if (row.height > 0) expect(rowsBetween(scene, row.top, row.top + row.height)).toEqual([i, i + 1]);
        }
      }),
    );
  });

  test("the row at a height is found, and none above or below all", () => {
    fc.assert(
      fc.property(scenes, (scene) => {
        expect(rowAt(scene, -1)).toBe(-1);
        expect(rowAt(scene, scene.height + 1)).toBe(-1);
        for (const [i, row] of scene.rows.entries()) {
          if (row.height > 0) expect(rowAt(scene, row.top + row.height / 2)).toBe(i);
        }
      }),
    );
  });
});

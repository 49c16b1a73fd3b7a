import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryDiagram } from "../../test/arbitrary-diagram.ts";
import { filmOf } from "./film.ts";
import { windowsOf } from "./film-windows.ts";
import { layout } from "./layout.ts";
import { stepsOf } from "./steps-of.ts";
import { print } from "./theme.ts";
import { wayAfter } from "./timing.ts";

const usual = { width: 854, height: 480, fps: 10, speed: 1, captions: true, title: "A film" };

describe("EX80: a film", () => {
  it("shows every step, in order, and has the frames of its shots", () => {
    fc.assert(
      fc.property(arbitraryDiagram, fc.constantFrom(5, 12, 30), fc.boolean(), (diagram, fps, captions) => {
        const film = filmOf(diagram, print, { ...usual, fps, captions });
        const shown = [...new Set(film.shots.map(({ step }) => step))];
        const steps = stepsOf(diagram).map(({ index }) => index);
        expect(shown).toEqual([-1, ...steps, ...(steps.length > 0 ? [steps.length] : [])]);
        expect(film.frames).toBe(film.shots.reduce((sum, { tokens }) => sum + tokens.length, 0));
      }),
      { numRuns: 40 },
    );
  });

  it("keeps every message within the picture", () => {
    fc.assert(
      fc.property(arbitraryDiagram, (diagram) => {
        for (const { tokens } of filmOf(diagram, print, usual).shots) {
          for (const token of tokens) {
            if (token === undefined) continue;
            expect(token.x).toBeGreaterThanOrEqual(0);
            expect(token.x).toBeLessThanOrEqual(854);
            expect(token.y).toBeGreaterThanOrEqual(0);
            expect(token.y).toBeLessThanOrEqual(480);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it("plays a range of steps alone, and faster when asked", () => {
    const diagram = fc.sample(arbitraryDiagram, { seed: 1, numRuns: 50 }).find((each) => stepsOf(each).length > 3);
    if (diagram === undefined) throw new Error("no diagram of four steps");
    const part = filmOf(diagram, print, { ...usual, steps: { first: 1, last: 2 } });
    expect([...new Set(part.shots.map(({ step }) => step))]).toEqual([0, 1, 2, 3]);
    const slow = filmOf(diagram, print, usual).frames;
    expect(filmOf(diagram, print, { ...usual, speed: 2 }).frames).toBeLessThan(slow);
  });
});

describe("EX82: the windows of a film", () => {
  it("show every row, each window some row that none before it shows", () => {
    fc.assert(
      fc.property(arbitraryDiagram, fc.integer({ min: 150, max: 900 }), (diagram, height) => {
        const scene = layout(diagram, print);
        const windows = windowsOf(scene, print.sizes, { first: 0, last: scene.rows.length - 1 }, height);
        let shown = -1;
        for (const { first, last } of windows) {
          expect(first).toBeLessThanOrEqual(shown + 1);
          expect(last >= shown + 1 || scene.rows.length === 0).toBe(true);
          shown = last;
        }
        expect(scene.rows.length === 0 || shown === scene.rows.length - 1).toBe(true);
      }),
    );
  });
});

it("V5: a message is nowhere at first, arrived at last, and never goes back", () => {
  const ways = Array.from({ length: 101 }, (_, i) => wayAfter(i / 100));
  expect(ways[0]).toBe(0);
  expect(ways[100]).toBeCloseTo(1, 6);
  expect(ways.every((way, i) => i === 0 || way > (ways[i - 1] ?? 0))).toBe(true);
});

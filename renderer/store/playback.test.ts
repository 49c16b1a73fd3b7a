import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { layout } from "../../shared/diagram/layout.ts";
import { light } from "../../shared/diagram/theme.ts";
import { type Timing, timingOf } from "../../shared/diagram/timing.ts";
import {
  atStart,
  clampSpeed,
  next,
  pause,
  play,
  previous,
  SPEEDS,
  seek,
  speedBeside,
  startStep,
  stepAt,
  tick,
} from "./playback.ts";
import { diagramOf } from "./sample.ts";
import type { Playback } from "./state.ts";

const timing: Timing = { travel: () => 800, rest: () => 500 };
const COUNT = 19;

/** Lets the clock run in frames of 16 ms until it stops; gives every state on the way. */
function run(from: Playback, motion = true, frames = 10_000): Playback[] {
  const states = [from];
  for (let i = 0; i < frames && states.at(-1)?.running; i++) {
    states.push(tick(states.at(-1) as Playback, 16, timing, motion));
  }
  return states;
}

describe("position", () => {
  test("V2 the current step is the one under way, else the last complete one", () => {
    expect([0, 0.01, 1, 1.5, 2].map(stepAt)).toEqual([-1, 0, 0, 1, 1]);
  });

  test("V3 next completes what is under way and starts the one after", () => {
    const moving = tick(startStep(atStart, 4, COUNT), 200, timing, true);
    expect(stepAt(moving.position)).toBe(4);
    const after = next(moving, COUNT);
    expect(stepAt(after.position)).toBe(5);
    expect(run(after).at(-1)).toMatchObject({ position: 6, running: false, playing: false });
  });

  test("V3 next while playing goes on playing", () => {
    const after = next(tick(play(atStart, COUNT), 300, timing, true), COUNT);
    expect(after).toMatchObject({ playing: true, until: COUNT });
    expect(stepAt(after.position)).toBe(1);
  });

  test("V3 next at the end changes nothing that is seen", () => {
    const end = seek(atStart, COUNT, COUNT);
    expect(next(end, COUNT)).toEqual(end);
  });

  test("V4 previous goes to where the step before was just complete", () => {
    expect(previous(seek(atStart, 5, COUNT), COUNT).position).toBe(4);
    expect(previous(seek(atStart, 4.4, COUNT), COUNT).position).toBe(4);
    expect(previous(seek(atStart, 0, COUNT), COUNT).position).toBe(0);
    expect(previous(play(seek(atStart, 5, COUNT), COUNT), COUNT)).toMatchObject({ position: 5, playing: true });
  });

  test("V7 play runs to the end, stops, and starts again from there", () => {
    const states = run(play(atStart, COUNT));
    expect(states.at(-1)).toMatchObject({ position: COUNT, running: false, playing: false });
    expect(stepAt(play(states.at(-1) as Playback, COUNT).position)).toBe(0);
  });

  test("pause keeps a message where it is", () => {
    const moving = tick(startStep(atStart, 4, COUNT), 200, timing, true);
    expect(pause(moving)).toMatchObject({ position: moving.position, running: false });
  });

  test("a flow without steps stands still", () => {
    for (const played of [play(atStart, 0), next(atStart, 0), startStep(atStart, 3, 0)]) {
      expect(played).toMatchObject({ position: 0, running: false });
    }
  });
});

describe("time", () => {
  test("V6 a tick completes one step at most and never goes back", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: COUNT - 1e-3, noNaN: true }),
        fc.double({ min: -50, max: 1e7, noNaN: true }),
        fc.constantFrom(...SPEEDS),
        fc.boolean(),
        (position, ms, speed, motion) => {
          const before = { ...play({ ...atStart, speed }, COUNT), position };
          const after = tick(before, ms, timing, motion);
          expect(after.position).toBeGreaterThanOrEqual(position);
          expect(after.position).toBeLessThanOrEqual(Math.floor(position) + 1);
        },
      ),
    );
  });

  test("a message takes its time on average, and rests are kept", () => {
    const states = run(startStep(atStart, 0, COUNT));
    expect((states.length - 1) * 16).toBeGreaterThan(720);
    expect((states.length - 1) * 16).toBeLessThan(880);
    const played = run(play(atStart, 2));
    expect((played.length - 1) * 16).toBeGreaterThan(2 * 720 + 480);
  });

  test("V9 without motion no position lies between two steps", () => {
    for (const { position } of run(tick(play(atStart, COUNT), 0, timing, false), false)) {
      expect(position % 1).toBe(0);
    }
  });

  test("V8 speeds stay between 0.25 and 4", () => {
    expect([Number.NaN, -1, 0.1, 1, 99].map(clampSpeed)).toEqual([1, 0.25, 0.25, 1, 4]);
    expect(speedBeside(4, 1)).toBe(4);
    expect(speedBeside(1, 1)).toBe(1.5);
    expect(speedBeside(0.25, -1)).toBe(0.25);
  });

  test("V5 a long label and a note give time to read, up to a bound", () => {
    const diagram = diagramOf([
      { label: "short" },
      { label: "a label that is so long that one has to read it at leisure" },
      { label: "short", note: "A note." },
      { label: "short", note: "A note that goes on. ".repeat(100) },
    ]);
    const { rest } = timingOf(diagram, layout(diagram, light));
    expect(rest(1)).toBeGreaterThan(rest(0));
    expect(rest(2)).toBeGreaterThan(rest(0));
    expect(rest(3)).toBe(2400);
  });
});

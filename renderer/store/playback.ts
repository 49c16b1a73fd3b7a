import type { Diagram } from "../../shared/diagram/diagram.ts";
import { durationOf } from "../../shared/diagram/frame.ts";
import type { Scene } from "../../shared/diagram/scene.ts";
import type { Playback } from "./state.ts";

/**
 * Pure playback: every function takes a playback and gives the next one. `count` is the number of steps. What is shown
 * follows from `position` alone (`shared/diagram/frame.ts`); here is only how time moves it.
 */

export const SPEEDS = [0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4] as const;
const SLOWEST = 0.25;
const FASTEST = 4;

/** Time to read before the next step, at speed 1, in ms: more for long labels and notes, up to a bound (rule V5). */
const REST_MS = 450;
const MS_PER_CHARACTER = 9;
const LONGEST_REST_MS = 2400;
/** Characters that are read while the message travels. */
const READ_ON_THE_WAY = 24;

export const atStart: Playback = { position: 0, rest: 0, running: false, playing: false, until: 0, speed: 1 };

/** How long each step's message travels and how long one rests after it, in ms at speed 1. */
export interface Timing {
  readonly travel: (step: number) => number;
  readonly rest: (step: number) => number;
}

export function timingOf(diagram: Diagram, scene: Scene): Timing {
  const rests: number[] = [];
  const add = (text: string) => {
    if (rests.length > 0) rests.push((rests.pop() ?? REST_MS) + text.length * MS_PER_CHARACTER);
  };
  for (const item of diagram.items) {
    if (item.type === "step") {
      rests.push(REST_MS);
      add(item.label.slice(READ_ON_THE_WAY));
    } else if (item.type === "note" || item.type === "divider" || item.type === "state") add(item.text);
  }
  return {
    travel: (step) => durationOf(scene, step),
    rest: (step) => Math.min(LONGEST_REST_MS, rests[step] ?? REST_MS),
  };
}

/** The current step at a position: the one under way, or the last that is complete; -1 before the first. */
export function stepAt(position: number): number {
  return Math.ceil(position) - 1;
}

export function clampSpeed(speed: number): number {
  return Number.isFinite(speed) ? Math.min(FASTEST, Math.max(SLOWEST, speed)) : 1;
}

/** The next speed of the list, faster (1) or slower (-1). */
export function speedBeside(speed: number, by: 1 | -1): number {
  const beside = by > 0 ? SPEEDS.find((each) => each > speed) : SPEEDS.findLast((each) => each < speed);
  return beside ?? clampSpeed(speed);
}

function clampPosition(position: number, count: number): number {
  return Number.isFinite(position) ? Math.min(count, Math.max(0, position)) : 0;
}

/** Stands still at a position. */
export function seek(playback: Playback, position: number, count: number): Playback {
  const at = clampPosition(position, count);
  return { ...playback, position: at, rest: 0, until: at, running: false, playing: false };
}

/** A message that has just set out: not yet anywhere else, but its step is the current one. */
const SETTING_OUT = 1e-6;

/** Runs to the end; from the end it starts again at the beginning. */
export function play(playback: Playback, count: number): Playback {
  if (count === 0) return playback;
  const from = playback.position >= count ? 0 : playback.position;
  const position = Number.isInteger(from) ? from + SETTING_OUT : from;
  return { ...playback, position, rest: 0, until: count, running: true, playing: true };
}

/** A step under way stays where it is. */
export function pause(playback: Playback): Playback {
  return { ...playback, rest: 0, running: false, playing: false, until: playback.position };
}

/** Lets step `index` happen: its message sets out, and the clock stops when it has arrived, or goes on when playing. */
export function startStep(playback: Playback, index: number, count: number): Playback {
  if (count === 0) return playback;
  const step = Math.min(count - 1, Math.max(0, Math.trunc(index)));
  const until = playback.playing ? count : step + 1;
  return { ...playback, position: step + SETTING_OUT, rest: 0, until, running: true };
}

/** The next step; one that is under way is complete at once. At the end nothing happens. */
export function next(playback: Playback, count: number): Playback {
  const complete = Math.ceil(playback.position);
  return complete >= count ? seek(playback, count, count) : startStep(playback, complete, count);
}

/** Back to where the step before was just complete. Play goes on from there. */
export function previous(playback: Playback, count: number): Playback {
  const position = Math.max(0, Math.ceil(playback.position) - 1);
  return playback.playing ? { ...playback, position, rest: REST_MS } : seek(playback, position, count);
}

/** A message starts and arrives gently: its pace at a fraction of its way, 1 on average over time. */
const GENTLE = 0.45;
const BRISK = 3.2;
const shape = (fraction: number) => GENTLE + BRISK * fraction * (1 - fraction);
/** Time that the way takes when its pace is `shape`; the midpoint rule is exact enough for an animation. */
const WHOLE =
  Array.from({ length: 256 }, (_, i) => 1 / shape((i + 0.5) / 256)).reduce((sum, part) => sum + part, 0) / 256;

/**
 * `ms` of real time later. A tick never skips a step, however late it comes. Without motion a step is complete at once,
 * and its time is spent resting.
 */
export function tick(playback: Playback, ms: number, timing: Timing, motion: boolean): Playback {
  if (!playback.running) return playback;
  const time = Math.max(0, ms) * playback.speed;
  if (playback.rest > 0) return { ...playback, rest: Math.max(0, playback.rest - time) };
  const step = Math.floor(playback.position);
  const travel = timing.travel(step);
  const fraction = playback.position - step;
  const share = (time / travel) * shape(fraction) * WHOLE;
  if (motion && fraction + share < 1) return { ...playback, position: step + fraction + share };
  const position = step + 1;
  if (position >= playback.until) return { ...playback, position, rest: 0, running: false, playing: false };
  return { ...playback, position, rest: timing.rest(step) + (motion ? 0 : travel) };
}

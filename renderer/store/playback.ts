import { paceAt, REST_MS, type Timing } from "../../shared/diagram/timing.ts";
import type { Playback } from "./state.ts";

/**
 * Pure playback: every function takes a playback and gives the next one. `count` is the number of steps. What is shown
 * follows from `position` alone (`shared/diagram/frame.ts`); here is only how time moves it.
 */

export const SPEEDS = [0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4] as const;
const SLOWEST = 0.25;
const FASTEST = 4;

export const atStart: Playback = { position: 0, rest: 0, running: false, playing: false, until: 0, speed: 1 };

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
  const share = (time / travel) * paceAt(fraction);
  if (motion && fraction + share < 1) return { ...playback, position: step + fraction + share };
  const position = step + 1;
  if (position >= playback.until) return { ...playback, position, rest: 0, running: false, playing: false };
  return { ...playback, position, rest: timing.rest(step) + (motion ? 0 : travel) };
}

import type { Diagram } from "../../shared/diagram/diagram.ts";
import type { Playback } from "./state.ts";

/** Pure playback: every function takes a playback and gives the next one. `count` is the number of steps. */

export const SPEEDS = [0.25, 0.5, 1, 1.5, 2, 4] as const;
const SLOWEST = 0.25;
const FASTEST = 4;

/** Nominal time of a step at speed 1, in ms: travel and a moment to read. Long labels and notes get more, up to a bound. */
const STEP_MS = 1100;
const MS_PER_CHARACTER = 9;
const LONGEST_STEP_MS = 3200;

export const atStart: Playback = { position: 0, running: false, playing: false, until: 0, speed: 1 };

/** The current step at a position: the one under way, or the last that was done; -1 before the first. */
export function stepAt(position: number): number {
  return Math.ceil(position) - 1;
}

/** How long each step lasts at speed 1. Bounded below and above, whatever the length of its arrow (rule V4). */
export function stepDurations(diagram: Diagram): readonly number[] {
  const durations: number[] = [];
  for (const item of diagram.items) {
    if (item.type === "step") durations.push(STEP_MS + Math.max(0, item.label.length - 24) * MS_PER_CHARACTER);
    else if (item.type === "note" && durations.length > 0) {
      durations[durations.length - 1] = (durations.at(-1) ?? STEP_MS) + item.text.length * MS_PER_CHARACTER;
    }
  }
  return durations.map((duration) => Math.min(duration, LONGEST_STEP_MS));
}

export function clampSpeed(speed: number): number {
  return Number.isFinite(speed) ? Math.min(FASTEST, Math.max(SLOWEST, speed)) : 1;
}

function clampPosition(position: number, count: number): number {
  return Number.isFinite(position) ? Math.min(count, Math.max(0, position)) : 0;
}

/** Stands still at a position. */
export function seek(playback: Playback, position: number, count: number): Playback {
  const at = clampPosition(position, count);
  return { ...playback, position: at, until: at, running: false, playing: false };
}

/** Runs to the end; from the end it starts again at the beginning. */
export function play(playback: Playback, count: number): Playback {
  if (count === 0) return playback;
  const position = playback.position >= count ? 0 : playback.position;
  return { ...playback, position, until: count, running: true, playing: true };
}

/** A step under way stays where it is. */
export function pause(playback: Playback): Playback {
  return { ...playback, running: false, playing: false, until: playback.position };
}

/**
 * Lets step `index` happen: its message starts and the clock stops when it is done, or goes on when playing.
 * Without motion the step is done at once.
 */
export function startStep(playback: Playback, index: number, count: number, motion: boolean): Playback {
  if (count === 0) return playback;
  const step = Math.min(count - 1, Math.max(0, Math.trunc(index)));
  if (!motion) {
    const going = playback.playing && step + 1 < count;
    return { ...playback, position: step + 1, until: going ? count : step + 1, running: going, playing: going };
  }
  return { ...playback, position: step, until: playback.playing ? count : step + 1, running: true };
}

/** The next step; one that is under way is done at once. At the end nothing happens. */
export function next(playback: Playback, count: number, motion: boolean): Playback {
  const done = Math.ceil(playback.position);
  if (done >= count) return seek(playback, count, count);
  return startStep(playback, done, count, motion);
}

/** Back to where the step before was just done. Play goes on from there. */
export function previous(playback: Playback, count: number): Playback {
  const position = Math.max(0, Math.ceil(playback.position) - 1);
  return playback.playing ? { ...playback, position } : seek(playback, position, count);
}

/** `ms` of real time later. A tick never skips a step, however late it comes. */
export function tick(playback: Playback, ms: number, durations: readonly number[]): Playback {
  if (!playback.running) return playback;
  const step = Math.floor(playback.position);
  const duration = durations[step] ?? STEP_MS;
  const position = Math.min(step + 1, playback.position + (Math.max(0, ms) * playback.speed) / duration);
  if (position < playback.until) return { ...playback, position };
  return { ...playback, position: playback.until, running: false, playing: false };
}

import { type Timing, timingOf } from "../../shared/diagram/timing.ts";
import type { Get, Put } from "./app-store.ts";
import { clampSpeed, next, pause, play, previous, seek, speedBeside, startStep, stepAt, tick } from "./playback.ts";
import type { Ports } from "./ports.ts";
import type { Actions, Playback } from "./state.ts";

type PlaybackActions = Pick<
  Actions,
  | "play"
  | "pause"
  | "toggle"
  | "next"
  | "previous"
  | "first"
  | "last"
  | "nextMark"
  | "previousMark"
  | "goToStep"
  | "seek"
  | "setSpeed"
  | "faster"
  | "slower"
  | "tick"
>;

const noTiming: Timing = { travel: () => 1, rest: () => 1 };

/** The actions that move along the steps. They change `playback`, `step` and `navigations`, nothing else. */
export function playbackActions(ports: Ports, set: Put, get: Get): PlaybackActions {
  const count = () => get().scene?.stepRows.length ?? 0;
  const put = (playback: Playback, more: { navigations?: number } = {}) => {
    const step = stepAt(playback.position);
    set(step === get().step ? { playback, ...more } : { playback, step, ...more });
  };
  /** A person asked for it: the canvas follows again. */
  const go = (playback: Playback) => put(playback, { navigations: get().navigations + 1 });
  /** Sets out; without motion it is there at once. */
  const setOut = (playback: Playback) => go(get().reducedMotion ? tick(playback, 0, timing(), false) : playback);
  let timed: { scene: unknown; timing: Timing } | undefined;
  const timing = () => {
    const { diagram, scene } = get();
    if (diagram === undefined || scene === undefined) return noTiming;
    if (timed?.scene !== scene) timed = { scene, timing: timingOf(diagram, scene) };
    return timed.timing;
  };
  const goToStep = (index: number) => setOut(startStep(get().playback, index, count()));
  const setSpeed = (speed: number) => {
    const clamped = clampSpeed(speed);
    set({ playback: { ...get().playback, speed: clamped } });
    ports.remember({ speed: clamped });
  };
  return {
    play: () => setOut(play(get().playback, count())),
    pause: () => put(pause(get().playback)),
    toggle: () => (get().playback.playing ? put(pause(get().playback)) : setOut(play(get().playback, count()))),
    next: () => setOut(next(get().playback, count())),
    previous: () => go(previous(get().playback, count())),
    first: () => go(seek(get().playback, 0, count())),
    last: () => go(seek(get().playback, count(), count())),
    nextMark() {
      const mark = get().marks.find((candidate) => candidate > get().step);
      if (mark !== undefined) goToStep(mark);
    },
    previousMark() {
      const mark = get().marks.findLast((candidate) => candidate < get().step);
      if (mark !== undefined) goToStep(mark);
    },
    goToStep,
    seek: (position) => go(seek(get().playback, position, count())),
    setSpeed,
    faster: () => setSpeed(speedBeside(get().playback.speed, 1)),
    slower: () => setSpeed(speedBeside(get().playback.speed, -1)),
    tick: (ms) => put(tick(get().playback, ms, timing(), !get().reducedMotion)),
  };
}

import type { Get, Put } from "./app-store.ts";
import { clampSpeed, next, pause, play, previous, seek, startStep, stepAt, stepDurations, tick } from "./playback.ts";
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
  | "tick"
>;

/** The actions that move along the steps. They change `playback`, `step` and nothing else. */
export function playbackActions(ports: Ports, set: Put, get: Get): PlaybackActions {
  const count = () => get().scene?.stepRows.length ?? 0;
  const motion = () => !get().reducedMotion;
  const put = (playback: Playback) => {
    const step = stepAt(playback.position);
    set(step === get().step ? { playback } : { playback, step });
  };
  /** A person asked for it: the canvas follows again. */
  const go = (playback: Playback) => {
    put(playback);
    set({ navigations: get().navigations + 1 });
  };
  let timed: { diagram: unknown; durations: readonly number[] } | undefined;
  const durations = () => {
    const { diagram } = get();
    if (diagram === undefined) return [];
    if (timed?.diagram !== diagram) timed = { diagram, durations: stepDurations(diagram) };
    return timed.durations;
  };
  const goToStep = (index: number) => go(startStep(get().playback, index, count(), motion()));
  return {
    play: () => go(play(get().playback, count())),
    pause: () => put(pause(get().playback)),
    toggle: () => (get().playback.playing ? put(pause(get().playback)) : go(play(get().playback, count()))),
    next: () => go(next(get().playback, count(), motion())),
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
    setSpeed(speed) {
      const clamped = clampSpeed(speed);
      set({ playback: { ...get().playback, speed: clamped } });
      ports.remember({ speed: clamped });
    },
    tick: (ms) => put(tick(get().playback, ms, durations())),
  };
}

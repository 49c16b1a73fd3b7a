import type { AppStore } from "../store/app-store.ts";

/** A pause of the page (hidden window, sleep) is not caught up with. */
const LONGEST_TICK_MS = 250;

/** Lets time go by for the player while it runs; nothing is scheduled while it stands still. Gives back what stops it. */
export function startClock(store: AppStore): () => void {
  let frame = 0;
  let before = 0;
  const tick = (now: number) => {
    const { actions } = store.getState();
    // `frame` is kept until afterwards: the change that a tick makes must not start a second clock.
    actions.tick(Math.min(LONGEST_TICK_MS, Math.max(0, now - before)));
    before = now;
    frame = store.getState().playback.running ? requestAnimationFrame(tick) : 0;
  };
  const stop = store.subscribe((state) => {
    if (!state.playback.running || frame !== 0) return;
    before = performance.now();
    frame = requestAnimationFrame(tick);
  });
  return () => {
    stop();
    cancelAnimationFrame(frame);
  };
}

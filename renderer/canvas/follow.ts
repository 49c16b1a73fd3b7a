import type { AppStore } from "../store/app-store.ts";
import type { CanvasStore } from "./canvas-store.ts";

/** Time in which two thirds of the way to the target are gone, in ms. */
const PACE = 110;

/**
 * Keeps the current step in sight: after a person went somewhere, while playing, and when the window changes its size,
 * unless the person scrolls by hand.
 * The way there is smooth unless motion is reduced.
 */
export function followCurrentStep(canvas: CanvasStore, app: AppStore): () => void {
  let frame = 0;
  let before = 0;

  const approach = (now: number) => {
    frame = 0;
    const { following, camera } = canvas.getState();
    const { step, reducedMotion } = app.getState();
    const target = following ? canvas.actions.cameraFor(step) : undefined;
    if (target === undefined) return;
    const dx = target.x - camera.x;
    const dy = target.y - camera.y;
    const near = Math.hypot(dx, dy) * camera.zoom < 0.5;
    if (near || reducedMotion) {
      if (!near) canvas.actions.look(target);
      return;
    }
    const share = 1 - Math.exp(-Math.min(64, Math.max(1, now - before)) / PACE);
    before = now;
    canvas.actions.look({ x: camera.x + dx * share, y: camera.y + dy * share, zoom: camera.zoom });
    frame = requestAnimationFrame(approach);
  };

  const start = () => {
    if (frame !== 0) return;
    before = performance.now();
    frame = requestAnimationFrame(approach);
  };

  const stopApp = app.subscribe((state, old) => {
    if (state.navigations !== old.navigations) {
      canvas.actions.follow(true);
      // Before the first step the start of the flow is what to look at.
      if (state.step < 0) canvas.actions.look({ ...canvas.getState().camera, y: 0 });
      else start();
    } else if (state.step !== old.step && canvas.getState().following) start();
  });
  const stopCanvas = canvas.subscribe((state, old) => {
    if (state.viewport !== old.viewport && state.following && app.getState().step >= 0) start();
  });
  return () => {
    stopApp();
    stopCanvas();
    cancelAnimationFrame(frame);
  };
}

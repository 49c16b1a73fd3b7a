import type { Actions } from "../store/state.ts";
import type { CameraElements } from "./attach.ts";
import type { CanvasStore } from "./canvas-store.ts";

/** A pointer that moved less than this was a click. */
const CLICK_REACH = 4;
/** One notch of a mouse wheel zooms by about a fifth. */
const ZOOM_PER_PX = 0.0022;
const LARGEST_NOTCH = 120;

interface Drag {
  readonly pointer: number;
  readonly startX: number;
  readonly startY: number;
  x: number;
  y: number;
  moved: boolean;
}

function stepUnder(target: EventTarget | null): number | undefined {
  const row = target instanceof Element ? target.closest<SVGElement>("[data-step]") : null;
  return row?.dataset.step === undefined ? undefined : Number(row.dataset.step);
}

/** Pointer and wheel on the canvas: drag to pan, click a step, Ctrl+wheel and pinch to zoom, hover. Plain wheels scroll natively. */
export function listenToGestures(
  elements: Pick<CameraElements, "scroller" | "view">,
  canvas: CanvasStore,
  actions: Pick<Actions, "hover" | "goToStep">,
): () => void {
  const { scroller, view } = elements;
  const touches = new Map<number, { x: number; y: number }>();
  let drag: Drag | undefined;
  let pinch: { distance: number; zoom: number } | undefined;

  const place = (event: { clientX: number; clientY: number }) => {
    const box = view.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  const spread = () => {
    const [a, b] = [...touches.values()];
    return a === undefined || b === undefined ? undefined : { a, b, distance: Math.hypot(a.x - b.x, a.y - b.y) };
  };

  const wheel = (event: WheelEvent) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const px = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * 40 : event.deltaY;
    // Pinching on a trackpad comes as many small notches.
    const fine = Math.abs(px) < 40 ? 4 : 1;
    const notch = Math.max(-LARGEST_NOTCH, Math.min(LARGEST_NOTCH, px * fine));
    const { zoom } = canvas.getState().camera;
    canvas.actions.zoomTo(zoom * Math.exp(-notch * ZOOM_PER_PX), place(event));
  };

  const down = (event: PointerEvent) => {
    if (event.pointerType === "touch") {
      touches.set(event.pointerId, place(event));
      const two = spread();
      pinch = two === undefined ? undefined : { distance: two.distance, zoom: canvas.getState().camera.zoom };
    }
    if (event.button !== 0 && event.button !== 1) return;
    if (event.button === 1) event.preventDefault();
    const { clientX: x, clientY: y } = event;
    drag = { pointer: event.pointerId, startX: x, startY: y, x, y, moved: false };
  };

  const move = (event: PointerEvent) => {
    if (touches.has(event.pointerId)) touches.set(event.pointerId, place(event));
    const two = spread();
    if (pinch !== undefined && two !== undefined) {
      const at = { x: (two.a.x + two.b.x) / 2, y: (two.a.y + two.b.y) / 2 };
      canvas.actions.zoomTo((pinch.zoom * two.distance) / pinch.distance, at);
      return;
    }
    if (drag === undefined || drag.pointer !== event.pointerId) {
      actions.hover(stepUnder(event.target));
      return;
    }
    const { clientX: x, clientY: y } = event;
    if (!drag.moved) {
      if (Math.hypot(x - drag.startX, y - drag.startY) < CLICK_REACH) return;
      drag.moved = true;
      // Touch screens pan natively.
      if (event.pointerType !== "touch") view.setPointerCapture(event.pointerId);
      view.classList.add("is-dragged");
      actions.hover(undefined);
    }
    if (event.pointerType !== "touch") canvas.actions.pan(drag.x - x, drag.y - y);
    drag.x = x;
    drag.y = y;
  };

  const up = (event: PointerEvent) => {
    touches.delete(event.pointerId);
    if (touches.size < 2) pinch = undefined;
    const ended = drag;
    drag = undefined;
    view.classList.remove("is-dragged");
    if (ended === undefined || ended.moved || event.type === "pointercancel" || event.button !== 0) return;
    const step = stepUnder(event.target);
    if (step !== undefined) actions.goToStep(step);
  };

  const leave = () => actions.hover(undefined);
  const twice = (event: MouseEvent) => {
    if (stepUnder(event.target) === undefined)
      canvas.actions.fitTo(canvas.getState().fit === "width" ? "page" : "width");
  };

  const undo: (() => void)[] = [];
  const on = <K extends keyof HTMLElementEventMap>(
    element: HTMLElement,
    type: K,
    listener: (event: HTMLElementEventMap[K]) => void,
  ) => {
    element.addEventListener(type, listener, { passive: type !== "wheel" && type !== "pointerdown" });
    undo.push(() => element.removeEventListener(type, listener));
  };
  on(scroller, "wheel", wheel);
  on(view, "pointerdown", down);
  on(view, "pointermove", move);
  on(view, "pointerup", up);
  on(view, "pointercancel", up);
  on(view, "pointerleave", leave);
  on(view, "dblclick", twice);
  return () => {
    for (const step of undo) step();
  };
}

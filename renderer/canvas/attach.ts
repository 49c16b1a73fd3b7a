import type { AppStore } from "../store/app-store.ts";
import { headBand, scrollSize } from "./camera.ts";
import type { CanvasStore } from "./canvas-store.ts";
import { followCurrentStep } from "./follow.ts";
import { listenToGestures } from "./gestures.ts";
import { paintToken, type TokenElements } from "./token.ts";

/** The elements of one canvas that its camera moves, outside of React. */
export interface CameraElements {
  /** Scrolls natively; `sizer` gives it the length, `view` stays in sight. */
  readonly scroller: HTMLElement;
  readonly sizer: HTMLElement;
  readonly view: HTMLElement;
  readonly world: SVGGElement;
  readonly heads: SVGGElement;
}

/** With those of the message under way, which change with every frame too. */
export interface CanvasElements extends CameraElements {
  readonly token: TokenElements;
}

/** Joins the canvas's elements to its camera, to the pointer and to the player. Gives back what undoes it. */
export function attachCanvas(elements: CanvasElements, canvas: CanvasStore, app: AppStore): () => void {
  const token = () => paintToken(elements, app.getState(), canvas.getState());
  const undo = [
    attachCamera(elements, canvas),
    canvas.subscribe((state, before) => {
      if (state.span !== before.span || state.scene !== before.scene) token();
    }),
    app.subscribe((state, before) => {
      if (state.playback !== before.playback || state.reducedMotion !== before.reducedMotion) token();
    }),
    listenToGestures(elements, canvas, app.getState().actions),
    followCurrentStep(canvas, app),
  ];
  token();
  return () => {
    for (const step of undo) step();
  };
}

/** Paints the camera's place, and turns scrolling into its movements. Gives back what undoes it. */
export function attachCamera(elements: CameraElements, canvas: CanvasStore): () => void {
  const { scroller, sizer, view, world, heads } = elements;
  // What the scrollbars were last known to say, so that our own writing is not taken for a person's scrolling.
  const mirrored = { left: 0, top: 0 };
  // The page lays itself out again for whatever it is told, also when it is told nothing new.
  let sized = { width: 0, height: 0 };
  let banded = -1;

  const mirror = (left: number, top: number) => {
    if (Math.abs(left - mirrored.left) < 1 && Math.abs(top - mirrored.top) < 1) return;
    scroller.scrollTo({ left, top, behavior: "instant" });
    mirrored.left = scroller.scrollLeft;
    mirrored.top = scroller.scrollTop;
  };

  const paint = () => {
    const { camera, content, viewport, span } = canvas.getState();
    const { zoom } = camera;
    const size = scrollSize(content, viewport, zoom);
    if (size.width !== sized.width || size.height !== sized.height) {
      sized = size;
      sizer.style.width = `${size.width}px`;
      sizer.style.height = `${size.height}px`;
    }
    mirror(Math.max(0, camera.x * zoom), (camera.y * zoom) / size.ratio);
    const band = headBand(content, zoom);
    const left = -camera.x * zoom;
    const top = band + (span.origin - content.headHeight - camera.y) * zoom;
    world.setAttribute("transform", `translate(${left} ${top}) scale(${zoom})`);
    heads.setAttribute("transform", `translate(${left} 0)`);
    if (band !== banded) view.style.setProperty("--head-band", `${band}px`);
    banded = band;
  };

  const scrolled = () => {
    const { scrollLeft, scrollTop } = scroller;
    if (scrollLeft === mirrored.left && scrollTop === mirrored.top) return;
    const { camera, content, viewport } = canvas.getState();
    const { ratio } = scrollSize(content, viewport, camera.zoom);
    const x = scrollLeft === mirrored.left ? camera.x : scrollLeft / camera.zoom;
    const y = scrollTop === mirrored.top ? camera.y : (scrollTop * ratio) / camera.zoom;
    mirrored.left = scrollLeft;
    mirrored.top = scrollTop;
    canvas.actions.look({ x, y, zoom: camera.zoom }, true);
  };

  const measure = new ResizeObserver(() => {
    const { clientWidth: width, clientHeight: height } = scroller;
    if (width === 0 || height === 0) return;
    view.style.width = `${width}px`;
    view.style.height = `${height}px`;
    canvas.actions.setViewport({ width, height });
  });
  measure.observe(scroller);
  scroller.addEventListener("scroll", scrolled, { passive: true });
  const undo = [
    canvas.subscribe((state, before) => {
      if (state.camera !== before.camera || state.content !== before.content || state.viewport !== before.viewport)
        paint();
      else if (state.span !== before.span) paint();
    }),
    () => measure.disconnect(),
    () => scroller.removeEventListener("scroll", scrolled),
  ];
  paint();
  return () => {
    for (const step of undo) step();
  };
}

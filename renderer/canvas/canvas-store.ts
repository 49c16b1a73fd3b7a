import { createContext, useContext } from "react";
import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Scene } from "../../shared/diagram/scene.ts";
import {
  bodyHeight,
  type Camera,
  type Content,
  clampCamera,
  type Fit,
  fitted,
  panBy,
  reveal,
  type Viewport,
  zoomAt,
} from "./camera.ts";
import { type Span, spanAt } from "./visible.ts";

/** Free space under the last row, in scene px. */
const TAIL = 24;
/** Below this zoom letters cannot be read and are left out; finer screens show them longer. */
const FAR = 0.33;
const isFar = (zoom: number) => zoom * (globalThis.devicePixelRatio ?? 1) < FAR;
const ZOOM_STEP = 1.2;

export interface CanvasState {
  readonly scene?: Scene;
  readonly content: Content;
  readonly viewport: Viewport;
  readonly camera: Camera;
  readonly span: Span;
  readonly far: boolean;
  /** How the picture is kept fitted while the window changes its size; "none" once a person has zoomed. */
  readonly fit: Fit;
  /** The canvas moves with the current step; a person who scrolls by hand switches it off. */
  readonly following: boolean;
}

export interface CanvasActions {
  readonly setScene: (scene: Scene | undefined, fresh: boolean) => void;
  readonly setViewport: (viewport: Viewport) => void;
  /** Looks somewhere else; `byHand` stops following. */
  readonly look: (camera: Camera, byHand?: boolean) => void;
  readonly zoomTo: (zoom: number, at?: { x: number; y: number }) => void;
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  readonly fitTo: (fit: Fit) => void;
  readonly pan: (dx: number, dy: number) => void;
  readonly follow: (following: boolean) => void;
  /** The camera that shows a step, or none when there is no such step. */
  readonly cameraFor: (step: number) => Camera | undefined;
}

export type CanvasStore = StoreApi<CanvasState> & { readonly actions: CanvasActions };

const noContent: Content = { width: 1, height: 1, headHeight: 0 };

function contentOf(scene: Scene | undefined): Content {
  if (scene === undefined) return noContent;
  return { width: scene.width, height: scene.height - scene.headHeight + TAIL, headHeight: scene.headHeight };
}

/** The camera of one canvas. Not part of the app's state: it changes with every frame and means nothing to the flow. */
export function createCanvasStore(): CanvasStore {
  const store = createStore<CanvasState>()(() => ({
    content: noContent,
    viewport: { width: 800, height: 600 },
    camera: { x: 0, y: 0, zoom: 1 },
    span: { first: 0, last: -1, origin: 0 },
    far: false,
    fit: "first",
    following: true,
  }));
  const put = (patch: Partial<CanvasState>) => {
    const state = { ...store.getState(), ...patch };
    const { scene, camera, content, viewport, span } = state;
    const top = camera.y + content.headHeight;
    const height = bodyHeight(content, viewport, camera.zoom) / camera.zoom;
    const rows = scene === undefined ? { first: 0, last: -1, origin: 0 } : spanAt(scene, top, top + height, span);
    store.setState({ ...patch, span: rows, far: isFar(camera.zoom) });
  };
  const middle = () => {
    const { viewport } = store.getState();
    return { x: viewport.width / 2, y: viewport.height / 2 };
  };
  const zoomTo = (zoom: number, at = middle()) => {
    const { camera, content, viewport } = store.getState();
    put({ camera: zoomAt(camera, zoom, at, content, viewport), fit: "none" });
  };
  const actions: CanvasActions = {
    setScene(scene, fresh) {
      const { camera, viewport, fit } = store.getState();
      const content = contentOf(scene);
      const start = fresh ? { x: 0, y: 0, zoom: camera.zoom } : camera;
      const kept = fresh ? "first" : fit;
      put({
        scene,
        content,
        fit: kept,
        camera: fitted(kept, start, content, viewport),
        span: { first: 0, last: -1, origin: -1 },
      });
    },
    setViewport(viewport) {
      const { camera, content, fit } = store.getState();
      put({ viewport, camera: fitted(fit, camera, content, viewport) });
    },
    look(camera, byHand = false) {
      const { content, viewport, following } = store.getState();
      put({ camera: clampCamera(camera, content, viewport), following: following && !byHand });
    },
    zoomTo,
    zoomIn: () => zoomTo(store.getState().camera.zoom * ZOOM_STEP),
    zoomOut: () => zoomTo(store.getState().camera.zoom / ZOOM_STEP),
    fitTo(fit) {
      const { camera, content, viewport } = store.getState();
      put({ fit, camera: fitted(fit, camera, content, viewport) });
    },
    pan(dx, dy) {
      const { camera, content, viewport } = store.getState();
      put({ camera: panBy(camera, dx, dy, content, viewport), following: false });
    },
    follow: (following) => store.setState({ following }),
    cameraFor(step) {
      const { scene, camera, content, viewport } = store.getState();
      const row = scene?.rows[scene.stepRows[step] ?? -1];
      if (scene === undefined || row === undefined) return undefined;
      const { shape } = row;
      const [left, right] =
        shape.kind === "arrow" ? [Math.min(shape.x1, shape.x2), Math.max(shape.x1, shape.x2)] : [0, 0];
      const top = row.top - scene.headHeight;
      const box = { top, bottom: top + row.height, left, right: Math.max(right, left) };
      return reveal(
        camera,
        shape.kind === "arrow" ? box : { ...box, left: camera.x, right: camera.x },
        content,
        viewport,
      );
    },
  };
  return Object.assign(store, { actions });
}

export const CanvasStoreContext = createContext<CanvasStore | undefined>(undefined);

export function useCanvasStore(): CanvasStore {
  const store = useContext(CanvasStoreContext);
  if (store === undefined) throw new Error("A part of the canvas stands outside of CanvasStoreContext.");
  return store;
}

export function useCanvas<T>(selector: (state: CanvasState) => T): T {
  return useStore(useCanvasStore(), selector);
}

import type { Diagram } from "../../shared/diagram/diagram.ts";
import { rowAt } from "../../shared/diagram/frame.ts";
import type { Point, Scene } from "../../shared/diagram/scene.ts";
import { stepsOf } from "../../shared/diagram/steps-of.ts";
import { light } from "../../shared/diagram/theme.ts";
import { headBand } from "../canvas/camera.ts";
import type { CanvasStore } from "../canvas/canvas-store.ts";
import type { AppStore } from "../store/app-store.ts";
import { asideOf, isSame } from "./asides.ts";
import { drop, type Grip, type Pointing, previewOf } from "./dragging.ts";
import type { Aside } from "./editing-state.ts";
import { type FrameEdge, itemOfEdge } from "./fragment-edges.ts";
import { markAt } from "./frames.ts";
import { type Hit, hitAt } from "./hit.ts";

/** A pointer that moved less than this was a click. */
const CLICK_REACH = 4;
/** So many px of the screen from a line is on it. */
const REACH = 7;

interface Press extends Grip {
  readonly pointer: number;
  moved: boolean;
}

/**
 * Pointer on the picture while it is worked on: from lifeline to lifeline draws a message, an arrow is dragged to another
 * place, its ends to other lifelines, heads to another order. What is no work on the picture is left to the canvas.
 */
export function listenToPointing(
  view: HTMLElement,
  canvas: CanvasStore,
  app: AppStore,
  show: (pointing: Pointing | undefined) => void,
): () => void {
  let press: Press | undefined;
  let beside:
    | { readonly hit: Hit; readonly aside: Aside | undefined; readonly x: number; readonly y: number }
    | undefined;

  const pointOf = (event: PointerEvent | MouseEvent): Point => {
    const box = view.getBoundingClientRect();
    const { camera, content } = canvas.getState();
    const band = headBand(content, camera.zoom);
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    // The heads stay in sight whatever is scrolled.
    if (y < band) return { x: camera.x + x / camera.zoom, y: (y / band) * content.headHeight };
    return { x: camera.x + x / camera.zoom, y: camera.y + content.headHeight + (y - band) / camera.zoom };
  };
  const sceneNow = (): Scene | undefined => canvas.getState().scene;
  const hitOf = (point: Point): Hit => {
    const scene = sceneNow();
    const { zoom } = canvas.getState().camera;
    return scene === undefined ? { kind: "ground" } : hitAt(scene, point, REACH / zoom, light.sizes);
  };

  /** The note or mark at a place; the words of a fragment are where no line is. */
  const asideAt = (event: PointerEvent | MouseEvent, hit: Hit): Aside | undefined => {
    const scene = sceneNow();
    const { diagram } = app.getState();
    if ("row" in hit) return asideOf(diagram?.items[hit.row]);
    if (hit.kind === "frame") return fragmentOf(diagram, hit);
    if (scene === undefined || hit.kind === "head" || ("step" in hit && hit.step !== undefined)) return undefined;
    const point = pointOf(event);
    const mark = markAt(diagram, scene, rowAt(scene, point.y), point);
    return mark === undefined ? undefined : { list: "marks", index: mark };
  };

  const select = (
    index: number,
    event: { readonly ctrlKey: boolean; readonly metaKey: boolean; readonly shiftKey: boolean },
  ) => {
    const { diagram, selected, actions } = app.getState();
    const steps = stepsOf(diagram);
    const hop = steps[index]?.hops[0];
    if (hop === undefined) return actions.select([]);
    if (event.ctrlKey || event.metaKey)
      return actions.select(selected.includes(hop) ? selected.filter((one) => one !== hop) : [...selected, hop]);
    const anchor = steps.findIndex((step) => step.hops[0] === selected[0]);
    if (event.shiftKey && anchor >= 0) {
      const range = steps
        .slice(Math.min(anchor, index), Math.max(anchor, index) + 1)
        .flatMap((step) => step.hops[0] ?? []);
      // The first stays the one from which a range is counted.
      return actions.select(anchor <= index ? range : range.toReversed());
    }
    actions.select([hop]);
  };

  const down = (event: PointerEvent) => {
    if (event.button !== 0 || event.pointerType === "touch") return;
    if (isWriting(event)) return;
    const point = pointOf(event);
    const hit = hitOf(point);
    // Beside the lines the canvas is dragged; a click there still chooses.
    if (hit.kind === "ground" || hit.kind === "row") {
      beside = { hit, aside: asideAt(event, hit), x: event.clientX, y: event.clientY };
      return;
    }
    event.stopPropagation();
    event.preventDefault();
    view.setPointerCapture(event.pointerId);
    press = { pointer: event.pointerId, hit, ...point, moved: false };
    canvasFocus(view);
  };

  const move = (event: PointerEvent) => {
    const point = pointOf(event);
    if (press === undefined || press.pointer !== event.pointerId) {
      const hit = hitOf(point);
      view.dataset.hit = hit.kind;
      const x = hit.kind === "lifeline" ? sceneNow()?.heads.find(({ id }) => id === hit.lifeline)?.x : undefined;
      show(x === undefined ? undefined : { kind: "lifeline", x, y: point.y });
      return;
    }
    event.stopPropagation();
    const { zoom } = canvas.getState().camera;
    press.moved ||= Math.hypot(point.x - press.x, point.y - press.y) * zoom >= CLICK_REACH;
    const scene = sceneNow();
    if (press.moved && scene !== undefined) show(previewOf(scene, app.getState().diagram, press, point));
  };

  const up = (event: PointerEvent) => {
    const clicked = beside;
    beside = undefined;
    if (clicked !== undefined && Math.hypot(event.clientX - clicked.x, event.clientY - clicked.y) < CLICK_REACH)
      if (clicked.aside !== undefined) app.getState().actions.choose(clicked.aside);
      else select("step" in clicked.hit ? (clicked.hit.step ?? -1) : -1, event);
    if (press === undefined || press.pointer !== event.pointerId) return;
    event.stopPropagation();
    const { hit, moved } = press;
    if (event.type !== "pointercancel") {
      const scene = sceneNow();
      if (moved && scene !== undefined) drop(app.getState(), scene, press, pointOf(event));
      else if (hit.kind === "frame") app.getState().actions.choose(fragmentOf(app.getState().diagram, hit));
      else if ("row" in hit) app.getState().actions.choose(asideOf(app.getState().diagram?.items[hit.row]));
      else if ("step" in hit && hit.step !== undefined) {
        select(hit.step, event);
        app.getState().actions.goToStep(hit.step);
      } else app.getState().actions.select([]);
    }
    press = undefined;
    show(undefined);
  };

  const twice = (event: MouseEvent) => {
    if (isWriting(event)) return;
    const hit = hitOf(pointOf(event));
    const { diagram, actions } = app.getState();
    if (hit.kind === "head") actions.setDraft({ kind: "name", participant: hit.lifeline });
    else if ("step" in hit && hit.step !== undefined) {
      const [hop] = stepsOf(diagram)[hit.step]?.hops ?? [];
      if (hop !== undefined) actions.setDraft({ kind: "label", hop });
    } else {
      const aside = asideAt(event, hit);
      if (aside === undefined) return;
      actions.setDraft({ kind: "words", of: aside });
    }
    event.stopPropagation();
  };

  // The menu is that of what is chosen.
  const menu = (event: MouseEvent) => {
    const aside = asideAt(event, hitOf(pointOf(event)));
    if (!isSame(aside, app.getState().aside)) app.getState().actions.choose(aside);
  };

  /** Escape gives up what is being dragged. */
  const giveUp = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || press === undefined) return;
    event.stopPropagation();
    view.releasePointerCapture(press.pointer);
    press = undefined;
    show(undefined);
  };

  const leave = () => {
    if (press === undefined) show(undefined);
  };

  // Before the canvas, which pans and clicks.
  const capture = { capture: true };
  view.addEventListener("pointerdown", down, capture);
  view.addEventListener("pointermove", move, capture);
  view.addEventListener("pointerup", up, capture);
  view.addEventListener("pointercancel", up, capture);
  view.addEventListener("pointerleave", leave);
  view.addEventListener("dblclick", twice, capture);
  view.addEventListener("contextmenu", menu, capture);
  window.addEventListener("keydown", giveUp, capture);
  return () => {
    window.removeEventListener("keydown", giveUp, capture);
    delete view.dataset.hit;
    view.removeEventListener("pointerdown", down, capture);
    view.removeEventListener("pointermove", move, capture);
    view.removeEventListener("pointerup", up, capture);
    view.removeEventListener("pointercancel", up, capture);
    view.removeEventListener("pointerleave", leave);
    view.removeEventListener("dblclick", twice, capture);
    view.removeEventListener("contextmenu", menu, capture);
  };
}

/** The fragment of an edge, or the part of it that begins there. */
function fragmentOf(diagram: Diagram | undefined, edge: FrameEdge): Aside | undefined {
  if (diagram === undefined) return undefined;
  const item = itemOfEdge(diagram, edge.edge === "bottom" ? { ...edge, edge: "top" } : edge);
  return asideOf(diagram.items[item ?? -1]);
}

/** What is done in a field of the picture, or to the mark of what was taken out, is theirs. */
function isWriting({ target }: Event): boolean {
  return target instanceof Element && target.closest(".editor-field, .editor-withheld") !== null;
}

/** Keys that follow are meant for the picture. */
function canvasFocus(view: HTMLElement): void {
  view.closest<HTMLElement>(".canvas")?.focus({ preventScroll: true });
}

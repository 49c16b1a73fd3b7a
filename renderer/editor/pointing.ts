import { rowAt } from "../../shared/diagram/frame.ts";
import type { Point, Scene } from "../../shared/diagram/scene.ts";
import { stepsOf } from "../../shared/diagram/steps-of.ts";
import { light } from "../../shared/diagram/theme.ts";
import { moveParticipant } from "../../shared/flow/participant-edits.ts";
import { headBand } from "../canvas/camera.ts";
import type { CanvasStore } from "../canvas/canvas-store.ts";
import type { AppStore } from "../store/app-store.ts";
import { markAt } from "./frames.ts";
import { gapBelow, type Hit, hitAt, isEdge, nearest, stepAbove } from "./hit.ts";
import { hopBelow } from "./steps.ts";

/** What the pointer is about to do, for the picture to show. Places in scene px. */
export type Pointing =
  | { readonly kind: "lifeline"; readonly x: number; readonly y: number }
  | { readonly kind: "draw"; readonly x1: number; readonly x2: number; readonly y: number }
  | { readonly kind: "reroute"; readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number }
  | { readonly kind: "move"; readonly y: number }
  | { readonly kind: "head"; readonly x: number };

/** A pointer that moved less than this was a click. */
const CLICK_REACH = 4;
/** So many px of the screen from a line is on it. */
const REACH = 7;

interface Press {
  readonly pointer: number;
  readonly hit: Hit;
  readonly x: number;
  readonly y: number;
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
  let beside: { readonly hit: Hit; readonly x: number; readonly y: number } | undefined;

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

  const preview = (point: Point): Pointing | undefined => {
    const scene = sceneNow();
    if (press === undefined || scene === undefined) return undefined;
    const { hit } = press;
    const target = nearest(scene, point.x);
    switch (hit.kind) {
      case "lifeline": {
        const from = scene.heads.find(({ id }) => id === hit.lifeline);
        if (from === undefined || target === undefined) return undefined;
        const x2 = isEdge(scene, point) ? point.x : target.x;
        return { kind: "draw", x1: from.x, x2, y: gapBelow(scene, stepAbove(scene, press.y)) };
      }
      case "edge": {
        if (target === undefined || isEdge(scene, point)) return undefined;
        return { kind: "draw", x1: press.x, x2: target.x, y: gapBelow(scene, stepAbove(scene, press.y)) };
      }
      case "end": {
        const shape = scene.rows[scene.stepRows[hit.step] ?? -1]?.shape;
        if (shape?.kind !== "arrow") return undefined;
        const [x, y] = hit.end === "to" ? [shape.x1, shape.y1] : [shape.x2, shape.y2];
        const isLost = hit.end === "to" && isEdge(scene, point);
        const later = hit.end === "to" ? laterStep(scene, hit.step, point) : undefined;
        const y0 = hit.end === "to" ? shape.y2 : shape.y1;
        const other = {
          x: isLost ? point.x : (target?.x ?? point.x),
          y: later === undefined ? y0 : gapBelow(scene, later),
        };
        return hit.end === "to"
          ? { kind: "reroute", x1: x, y1: y, x2: other.x, y2: other.y }
          : { kind: "reroute", x1: other.x, y1: other.y, x2: x, y2: y };
      }
      case "arrow":
      case "label":
        return { kind: "move", y: gapBelow(scene, stepAbove(scene, point.y)) };
      case "head":
        return { kind: "head", x: point.x };
      default:
        return undefined;
    }
  };

  const drop = (point: Point) => {
    const scene = sceneNow();
    const { diagram, open, actions } = app.getState();
    if (press === undefined || scene === undefined || open === undefined) return;
    const { hit } = press;
    const steps = stepsOf(diagram);
    const target = nearest(scene, point.x)?.id;
    if (target === undefined) return;
    switch (hit.kind) {
      case "lifeline": {
        const after = hopBelow(steps, stepAbove(scene, press.y));
        const ends = isEdge(scene, point) ? ({ to: hit.lifeline, ends: "lost" } as const) : { to: target };
        actions.setDraft({ kind: "message", from: hit.lifeline, ...ends, after });
        return;
      }
      case "edge": {
        const after = hopBelow(steps, stepAbove(scene, press.y));
        if (!isEdge(scene, point))
          actions.setDraft({ kind: "message", from: target, to: target, ends: "found", after });
        return;
      }
      case "end": {
        const step = steps[hit.step];
        // An arrow of several hops ends where the last one does.
        const name = hit.end === "to" ? step?.hops.at(-1) : step?.hops[0];
        const hop = app.getState().run?.hops.find((one) => one.name === name);
        if (step === undefined || hop === undefined) return;
        if (hit.end === "to" && isEdge(scene, point)) {
          void actions.gesture({ kind: "lose", hop: hop.name });
          return;
        }
        const own = hit.end === "to" ? step.to : step.from;
        const later = hit.end === "to" ? laterStep(scene, hit.step, point) : undefined;
        if (own.kind === "lifeline" && own.id === target) {
          const after = later === undefined ? null : hopBelow(steps, later);
          if (after !== null && after !== hop.name) void actions.gesture({ kind: "delay", hop: hop.name, after });
          return;
        }
        const next = hit.end === "to" ? { from: hop.from, to: target } : { from: target, to: hop.to };
        void actions.gesture({ kind: "reroute", hop: hop.name, ...next });
        return;
      }
      case "arrow":
      case "label": {
        const [hop] = steps[hit.step]?.hops ?? [];
        const above = stepAbove(scene, point.y);
        if (hop === undefined || above === hit.step || above === hit.step - 1) return;
        void actions.gesture({ kind: "move", hop, after: hopBelow(steps, above) });
        return;
      }
      case "head": {
        const left = scene.heads.filter((head) => head.x < point.x && head.id !== hit.lifeline).at(-1);
        const edit = moveParticipant(open.flow, hit.lifeline, left?.id ?? null);
        if (edit !== undefined) void actions.edit("Move Lifeline", edit);
        return;
      }
      default:
    }
  };

  const down = (event: PointerEvent) => {
    if (event.button !== 0 || event.pointerType === "touch") return;
    if (event.target instanceof Element && event.target.closest(".editor-field, .editor-withheld") !== null) return;
    const point = pointOf(event);
    const hit = hitOf(point);
    // Beside the lines the canvas is dragged; a click there still chooses.
    if (hit.kind === "ground" || hit.kind === "row") {
      beside = { hit, x: event.clientX, y: event.clientY };
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
    if (press.moved) show(preview(point));
  };

  const up = (event: PointerEvent) => {
    const clicked = beside;
    beside = undefined;
    if (clicked !== undefined && Math.hypot(event.clientX - clicked.x, event.clientY - clicked.y) < CLICK_REACH)
      select("step" in clicked.hit ? (clicked.hit.step ?? -1) : -1, event);
    if (press === undefined || press.pointer !== event.pointerId) return;
    event.stopPropagation();
    const { hit, moved } = press;
    if (event.type !== "pointercancel") {
      if (moved) drop(pointOf(event));
      else if ("step" in hit && hit.step !== undefined) {
        select(hit.step, event);
        app.getState().actions.goToStep(hit.step);
      } else app.getState().actions.select([]);
    }
    press = undefined;
    show(undefined);
  };

  const twice = (event: MouseEvent) => {
    const hit = hitOf(pointOf(event));
    const { diagram, actions } = app.getState();
    if (hit.kind === "head") actions.setDraft({ kind: "name", participant: hit.lifeline });
    else if ("step" in hit && hit.step !== undefined) {
      const [hop] = stepsOf(diagram)[hit.step]?.hops ?? [];
      if (hop !== undefined) actions.setDraft({ kind: "label", hop });
    } else {
      const scene = sceneNow();
      const point = pointOf(event);
      const mark = scene === undefined ? undefined : markAt(diagram, scene, rowAt(scene, point.y), point);
      if (mark === undefined) return;
      actions.setDraft({ kind: "words", mark });
    }
    event.stopPropagation();
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
  return () => {
    delete view.dataset.hit;
    view.removeEventListener("pointerdown", down, capture);
    view.removeEventListener("pointermove", move, capture);
    view.removeEventListener("pointerup", up, capture);
    view.removeEventListener("pointercancel", up, capture);
    view.removeEventListener("pointerleave", leave);
    view.removeEventListener("dblclick", twice, capture);
  };
}

/** The step below which a point is, where an arrow's end dragged there would arrive later than now. */
function laterStep(scene: Scene, step: number, point: Point): number | undefined {
  const above = stepAbove(scene, point.y);
  return above > step ? above : undefined;
}

/** Keys that follow are meant for the picture. */
function canvasFocus(view: HTMLElement): void {
  view.closest<HTMLElement>(".canvas")?.focus({ preventScroll: true });
}

import type { Diagram } from "../../shared/diagram/diagram.ts";
import type { Point, Scene } from "../../shared/diagram/scene.ts";
import { stepsOf } from "../../shared/diagram/steps-of.ts";
import { moveParticipant } from "../../shared/flow/participant-edits.ts";
import type { ParticipantId } from "../../shared/run/choice.ts";
import type { AppState } from "../store/state.ts";
import { moveAside, movedTo, shiftedOver, stretchedOver } from "./aside-edits.ts";
import { asideOf, type Box, boxOf, gapBelowRow, rowAbove } from "./asides.ts";
import { moveEdge, nearestRow } from "./fragment-edges.ts";
import { gapBelow, type Hit, isEdge, nearest, startsAtEdge, stepAbove } from "./hit.ts";
import { moveBelow, passMarks, standingBelow } from "./standing.ts";
import { hopBelow } from "./steps.ts";

/** What the pointer is about to do, for the picture to show. Places in scene px. */
export type Pointing =
  | { readonly kind: "lifeline"; readonly x: number; readonly y: number }
  | { readonly kind: "draw"; readonly x1: number; readonly x2: number; readonly y: number }
  | { readonly kind: "reroute"; readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number }
  | { readonly kind: "move"; readonly y: number }
  /** What stands beside the messages, as it follows the pointer; `y` is where it will stand. */
  | { readonly kind: "aside"; readonly box: Box; readonly y?: number }
  /** A fragment, as far as it will reach; only where its parts meet when it has no height. */
  | { readonly kind: "frame"; readonly box: Box }
  | { readonly kind: "head"; readonly x: number };

/** Where the button was pressed, and on what. */
export interface Grip extends Point {
  readonly hit: Hit;
}

/** What is shown while something is dragged from `grip` to a point. */
export function previewOf(
  scene: Scene,
  diagram: Diagram | undefined,
  { hit, ...press }: Grip,
  point: Point,
): Pointing | undefined {
  const target = nearest(scene, point.x);
  switch (hit.kind) {
    case "lifeline": {
      const from = scene.heads.find(({ id }) => id === hit.lifeline);
      if (from === undefined || target === undefined) return undefined;
      const x2 = isEdge(scene, point) ? point.x : target.x;
      return { kind: "draw", x1: from.x, x2, y: gapBelowRow(scene, rowAbove(scene, press.y)) };
    }
    case "edge": {
      if (target === undefined || startsAtEdge(scene, point)) return undefined;
      return { kind: "draw", x1: press.x, x2: target.x, y: gapBelowRow(scene, rowAbove(scene, press.y)) };
    }
    case "end":
      return reroutePreview(scene, hit, point);
    case "arrow":
    case "label":
      return { kind: "move", y: gapBelowRow(scene, rowAbove(scene, point.y)) };
    case "head":
      return { kind: "head", x: point.x };
    case "frame":
      return framePreview(scene, diagram, hit, point);
    case "aside":
    case "asideEnd":
      return asidePreview(scene, diagram, hit, press, point);
    default:
      return undefined;
  }
}

function reroutePreview(scene: Scene, hit: Hit & { kind: "end" }, point: Point): Pointing | undefined {
  const shape = scene.rows[scene.stepRows[hit.step] ?? -1]?.shape;
  if (shape?.kind !== "arrow") return undefined;
  const target = nearest(scene, point.x)?.x ?? point.x;
  if (hit.end === "from") return { kind: "reroute", x1: target, y1: shape.y1, x2: shape.x2, y2: shape.y2 };
  const later = laterStep(scene, hit.step, point);
  return {
    kind: "reroute",
    x1: shape.x1,
    y1: shape.y1,
    x2: isEdge(scene, point) ? point.x : target,
    y2: later === undefined ? shape.y2 : gapBelow(scene, later),
  };
}

function framePreview(
  scene: Scene,
  diagram: Diagram | undefined,
  hit: Hit & { kind: "frame" },
  point: Point,
): Pointing | undefined {
  const frame = scene.frames[hit.frame];
  const row = diagram === undefined ? undefined : nearestRow(diagram, hit, rowAbove(scene, point.y));
  if (frame === undefined || row === undefined) return undefined;
  const y = gapBelowRow(scene, row);
  const top = hit.edge === "bottom" ? frame.top : y;
  const bottom = hit.edge === "top" ? frame.bottom : y;
  return { kind: "frame", box: { x: frame.x, width: frame.width, y: top, height: Math.max(0, bottom - top) } };
}

function asidePreview(
  scene: Scene,
  diagram: Diagram | undefined,
  hit: Hit & { kind: "aside" | "asideEnd" },
  press: Point,
  point: Point,
): Pointing | undefined {
  const row = scene.rows[hit.row];
  const box = row === undefined ? undefined : boxOf(row.shape);
  if (box === undefined) return undefined;
  const over = overOf(scene, diagram, hit, press, point) ?? [];
  const xs = scene.heads.filter(({ id }) => over.includes(id)).map(({ x }) => x);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  if (hit.kind === "asideEnd" && xs.length > 0)
    return { kind: "aside", box: { ...box, x: left - 24, width: right - left + 48 } };
  const y = gapBelowRow(scene, rowAbove(scene, point.y));
  const x = xs.length > 0 ? (left + right - box.width) / 2 : box.x;
  return { kind: "aside", box: { ...box, x, y: box.y + point.y - press.y }, y };
}

/** The lifelines of a note that is dragged to a point; undefined for what has none. */
function overOf(
  scene: Scene,
  diagram: Diagram | undefined,
  hit: Hit & { kind: "aside" | "asideEnd" },
  press: Point,
  point: Point,
): readonly ParticipantId[] | undefined {
  const item = diagram?.items[hit.row];
  if (diagram === undefined || item?.type !== "note") return undefined;
  const to = nearest(scene, point.x)?.id;
  if (hit.kind === "asideEnd") return to === undefined ? undefined : stretchedOver(diagram, item, hit.end, to);
  const indexAt = (x: number) => scene.heads.findIndex(({ id }) => id === nearest(scene, x)?.id);
  return shiftedOver(diagram, item, indexAt(point.x) - indexAt(press.x));
}

/** Does what was dragged from `grip` to a point comes to. */
export function drop(state: AppState, scene: Scene, { hit, ...press }: Grip, point: Point): void {
  const { diagram, open, actions } = state;
  const target = nearest(scene, point.x)?.id;
  if (target === undefined || open === undefined || diagram === undefined) return;
  switch (hit.kind) {
    case "lifeline": {
      const { after, carries } = standingBelow(diagram, rowAbove(scene, press.y));
      const ends = isEdge(scene, point) ? ({ to: hit.lifeline, ends: "lost" } as const) : { to: target };
      actions.setDraft({ kind: "message", from: hit.lifeline, ...ends, after, carries });
      return;
    }
    case "edge": {
      const { after, carries } = standingBelow(diagram, rowAbove(scene, press.y));
      if (!startsAtEdge(scene, point))
        actions.setDraft({ kind: "message", from: target, to: target, ends: "found", after, carries });
      return;
    }
    case "end":
      dropEnd(state, scene, hit, point, target);
      return;
    case "arrow":
    case "label": {
      dropStep(state, hit.step, rowAbove(scene, point.y));
      return;
    }
    case "head": {
      const left = scene.heads.filter((head) => head.x < point.x && head.id !== hit.lifeline).at(-1);
      const edit = moveParticipant(open.flow, hit.lifeline, left?.id ?? null);
      if (edit !== undefined) void actions.edit("Move Lifeline", edit);
      return;
    }
    case "frame": {
      const edit = moveEdge(open.flow, diagram, hit, rowAbove(scene, point.y));
      if (edit === undefined) return;
      // Edges are marks, which may have other places in their list now.
      actions.choose(undefined);
      void actions.edit(hit.edge === "top" || hit.edge === "bottom" ? "Resize Fragment" : "Move Part", edit);
      return;
    }
    case "aside":
    case "asideEnd": {
      const aside = asideOf(diagram.items[hit.row]);
      if (aside === undefined) return;
      const row = hit.kind === "aside" ? rowAbove(scene, point.y) : hit.row;
      const edit = moveAside(open.flow, diagram, aside, row, overOf(scene, diagram, hit, press, point));
      if (edit === undefined) return;
      void actions.edit(aside.list === "notes" ? "Move Note" : "Move", edit);
      actions.choose(movedTo(aside, edit));
    }
  }
}

/** A step is put below a row: past other steps, or in or out of a fragment. */
function dropStep({ diagram, open, actions }: AppState, index: number, row: number): void {
  const step = stepsOf(diagram)[index];
  const [hop] = step?.hops ?? [];
  if (diagram === undefined || open === undefined || step === undefined || hop === undefined) return;
  const { step: above } = standingBelow(diagram, row);
  if (above !== index && above !== index - 1) {
    void actions.gesture(moveBelow(diagram, hop, row));
    return;
  }
  const edit = passMarks(open.flow, diagram, index, row);
  if (edit !== undefined) void actions.edit(`Move “${step.label}”`, edit);
}

function dropEnd(
  { diagram, run, actions }: AppState,
  scene: Scene,
  hit: Hit & { kind: "end" },
  point: Point,
  target: ParticipantId,
): void {
  const steps = stepsOf(diagram);
  const step = steps[hit.step];
  // An arrow of several hops ends where the last one does.
  const name = hit.end === "to" ? step?.hops.at(-1) : step?.hops[0];
  const hop = run?.hops.find((one) => one.name === name);
  if (step === undefined || hop === undefined) return;
  if (hit.end === "to" && isEdge(scene, point)) {
    void actions.gesture({ kind: "lose", hop: hop.name });
    return;
  }
  const own = hit.end === "to" ? step.to : step.from;
  if (own.kind === "lifeline" && own.id === target) {
    const later = hit.end === "to" ? laterStep(scene, hit.step, point) : undefined;
    const after = later === undefined ? null : hopBelow(steps, later);
    if (after !== null && after !== hop.name) void actions.gesture({ kind: "delay", hop: hop.name, after });
    return;
  }
  const next = hit.end === "to" ? { from: hop.from, to: target } : { from: target, to: hop.to };
  void actions.gesture({ kind: "reroute", hop: hop.name, ...next });
}

/** The step below which a point is, where an arrow's end dragged there would arrive later than now. */
function laterStep(scene: Scene, step: number, point: Point): number | undefined {
  const above = stepAbove(scene, point.y);
  return above > step ? above : undefined;
}

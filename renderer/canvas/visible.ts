import { rowsBetween, slantsAcross } from "../../shared/diagram/frame.ts";
import type { Activation, Frame, Scene } from "../../shared/diagram/scene.ts";

/** Which part of a scene is in the page. Pure; the rest of the scene costs nothing. */

/** Rows `first` … `last` (both included), and `origin`: the height from which their places are counted. */
export interface Span {
  readonly first: number;
  readonly last: number;
  readonly origin: number;
}

/** Rows are added and taken away in blocks, so that most scrolling changes none. */
const BLOCK = 8;
/**
 * Graphics are computed with 24 bits. Places are counted from a multiple of this, so that also far down a long flow at
 * 400 % nothing trembles.
 */
const ORIGIN = 8192;

/** The rows between two heights with a block around them; the span given when nothing changes. */
export function spanAt(scene: Scene, top: number, bottom: number, before: Span): Span {
  const end = scene.rows.length - 1;
  const [from, to] = rowsBetween(scene, top, bottom);
  const first = Math.max(0, (Math.floor(from / BLOCK) - 1) * BLOCK);
  const last = Math.min(end, (Math.floor(to / BLOCK) + 2) * BLOCK - 1);
  const origin = Math.floor((scene.rows[first]?.top ?? 0) / ORIGIN) * ORIGIN;
  if (before.first === first && before.last === last && before.origin === origin) return before;
  return { first, last, origin };
}

export function edges(scene: Scene, span: Span): { top: number; bottom: number } {
  const top = span.first === 0 ? 0 : (scene.rows[span.first]?.top ?? 0);
  const last = scene.rows[span.last];
  const bottom = span.last >= scene.rows.length - 1 || last === undefined ? scene.height : last.top + last.height;
  return { top, bottom };
}

export function activationsIn(scene: Scene, span: Span): readonly Activation[] {
  const { top, bottom } = edges(scene, span);
  return scene.activations.filter((bar) => bar.bottom > top && bar.top < bottom);
}

export function framesIn(scene: Scene, span: Span): readonly Frame[] {
  const { top, bottom } = edges(scene, span);
  return scene.frames.filter((frame) => frame.bottom > top && frame.top < bottom);
}

/** Rows outside of the span whose slanted arrow reaches into it. */
export function slantedInto(scene: Scene, span: Span): readonly number[] {
  return slantsAcross(scene, span.last + 1, edges(scene, span).bottom);
}

import { frameAt } from "../../shared/diagram/frame.ts";
import { arrowLine } from "../../shared/diagram/marks.ts";
import type { Arrow } from "../../shared/diagram/scene.ts";
import { shifted } from "../../shared/diagram/shifted.ts";
import type { AppState } from "../store/state.ts";
import type { CanvasElements } from "./attach.ts";
import type { CanvasState } from "./canvas-store.ts";
import { sizes } from "./text.tsx";

/** The message that travels: its way so far, a trail, itself, and a ring where it arrives. */
export interface TokenElements {
  readonly group: SVGGElement;
  /** The part of the arrow that the message has gone. */
  readonly way: SVGPathElement;
  /** From the longest and palest to the shortest and strongest. */
  readonly trails: readonly SVGPathElement[];
  readonly dot: SVGGElement;
  readonly ring: SVGCircleElement;
}

/** Lengths of the trails, in scene px, in the order of the elements. */
const TRAILS = [88, 52, 24];

let measured: { readonly arrow: Arrow; readonly origin: number; readonly length: number } | undefined;

/** Puts the arrow's path into the elements; only when another step starts to move. */
function prepare(token: TokenElements, arrow: Arrow, origin: number): number {
  if (measured?.arrow === arrow && measured.origin === origin && token.way.hasAttribute("d")) return measured.length;
  const path = arrowLine(shifted(arrow, -origin) as Arrow, sizes);
  for (const line of [token.way, ...token.trails]) line.setAttribute("d", path);
  token.ring.setAttribute("cx", String(arrow.x2));
  token.ring.setAttribute("cy", String(arrow.y2 - origin));
  measured = { arrow, origin, length: token.way.getTotalLength() };
  return measured.length;
}

/** Shows a stretch of a path, from `start` to `end` along it. */
function stretch(line: SVGPathElement, start: number, end: number, length: number): void {
  line.style.strokeDasharray = `0 ${start} ${Math.max(0, end - start)} ${length + 1}`;
}

/** A ring that opens where a message arrives. */
function pulse(ring: SVGCircleElement): void {
  ring.animate(
    [
      { r: "4px", opacity: 0.9 },
      { r: "22px", opacity: 0 },
    ],
    { duration: 420, easing: "ease-out" },
  );
}

/**
 * Paints the message under way for the player's position; a pure function of it, so that scrubbing and playing show the
 * same. Only the ring at the arrival is an event: it opens when the clock completes the step. Touches these few elements.
 */
export function paintToken({ token, world }: CanvasElements, app: AppState, canvas: CanvasState): void {
  const { scene, span } = canvas;
  const moving = scene === undefined ? undefined : frameAt(scene, app.playback.position).moving;
  const shape = scene?.rows[scene.stepRows[moving?.step ?? -1] ?? -1]?.shape;
  const before = world.dataset.moving;
  if (moving === undefined || shape?.kind !== "arrow") {
    token.group.dataset.shown = "false";
    world.dataset.moving = "false";
    const arrived = before === String(app.playback.position - 1) && measured !== undefined && !measured.arrow.lost;
    if (arrived && app.playback.rest + Number(app.playback.until === app.playback.position) > 0) pulse(token.ring);
    return;
  }
  if (before !== String(moving.step)) world.dataset.moving = String(moving.step);
  token.group.dataset.shown = "true";
  const { origin } = span;
  const length = prepare(token, shape, origin);
  const gone = length * moving.fraction;
  stretch(token.way, 0, gone, length);
  token.trails.forEach((trail, index) => {
    stretch(trail, Math.max(0, gone - (TRAILS[index] ?? 0)), gone, length);
  });
  const at = token.way.getPointAtLength(gone);
  token.dot.setAttribute("transform", `translate(${at.x} ${at.y})`);
}

import { arrowLength, frameAt } from "../../shared/diagram/frame.ts";
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

let prepared: { readonly arrow: Arrow; readonly origin: number } | undefined;

/** The step whose message was under way when the token was painted last. */
let under: number | undefined;

/**
 * Puts the arrow's path into the elements; only when another step starts to move. The lengths along it are told, not asked
 * of the page, which would have to lay itself out to answer.
 */
function prepare(token: TokenElements, arrow: Arrow, origin: number, length: number): void {
  if (prepared?.arrow === arrow && prepared.origin === origin && token.way.hasAttribute("d")) return;
  const path = arrowLine(shifted(arrow, -origin) as Arrow, sizes);
  for (const line of [token.way, ...token.trails]) {
    line.setAttribute("d", path);
    line.setAttribute("pathLength", String(length));
  }
  token.ring.setAttribute("cx", String(arrow.x2));
  token.ring.setAttribute("cy", String(arrow.y2 - origin));
  prepared = { arrow, origin };
}

/** Shows a stretch of a path, from `start` to `end` along it. */
function stretch(line: SVGPathElement, start: number, end: number, length: number): void {
  line.style.strokeDasharray = `0 ${start} ${Math.max(0, end - start)} ${length + 1}`;
}

/** The row whose message is under way carries a mark: on the world it would have every row's style computed anew. */
function markRow(world: SVGGElement, step: number | undefined): void {
  const before = world.querySelector("[data-moving]");
  if (step !== undefined && before?.getAttribute("data-step") === String(step)) return;
  before?.removeAttribute("data-moving");
  if (step !== undefined) world.querySelector(`.row[data-step="${step}"]`)?.setAttribute("data-moving", "");
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
 * same. Only the ring at the arrival is an event: it opens when the clock completes the step, and under no field. Touches
 * these few elements.
 */
export function paintToken({ token, world }: CanvasElements, app: AppState, canvas: CanvasState): void {
  const { scene, span } = canvas;
  const moving = scene === undefined ? undefined : frameAt(scene, app.playback.position).moving;
  const shape = scene?.rows[scene.stepRows[moving?.step ?? -1] ?? -1]?.shape;
  const before = under;
  under = shape?.kind === "arrow" ? moving?.step : undefined;
  markRow(world, under);
  if (moving === undefined || shape?.kind !== "arrow") {
    token.group.dataset.shown = "false";
    const arrived = before === app.playback.position - 1 && prepared !== undefined && !prepared.arrow.lost;
    const resting = app.playback.rest > 0 || app.playback.until === app.playback.position;
    if (arrived && resting && app.draft === undefined) pulse(token.ring);
    return;
  }
  token.group.dataset.shown = "true";
  const { origin } = span;
  const length = arrowLength(shape);
  prepare(token, shape, origin, length);
  const gone = length * moving.fraction;
  stretch(token.way, 0, gone, length);
  token.trails.forEach((trail, index) => {
    stretch(trail, Math.max(0, gone - (TRAILS[index] ?? 0)), gone, length);
  });
  token.dot.setAttribute("transform", `translate(${moving.x} ${moving.y - origin})`);
}

import { arrowLine } from "../../shared/diagram/marks.ts";
import type { Arrow } from "../../shared/diagram/scene.ts";
import { travelAt } from "../player/travel.ts";
import type { AppState } from "../store/state.ts";
import type { CanvasElements } from "./attach.ts";
import type { CanvasState } from "./canvas-store.ts";
import { shifted } from "./shifted.ts";
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
  measured = { arrow, origin, length: token.way.getTotalLength() };
  return measured.length;
}

/** Shows a stretch of a path, from `start` to `end` along it. */
function stretch(line: SVGPathElement, start: number, end: number, length: number): void {
  line.style.strokeDasharray = `0 ${start} ${Math.max(0, end - start)} ${length + 1}`;
}

/** Paints the message under way for the player's position; a pure function of it. Touches only these few elements. */
export function paintToken({ token, world }: CanvasElements, app: AppState, canvas: CanvasState): void {
  const travel = app.reducedMotion ? undefined : travelAt(app.playback.position);
  const { scene } = canvas;
  const shape = travel === undefined ? undefined : scene?.rows[scene.stepRows[travel.step] ?? -1]?.shape;
  const moving = travel !== undefined && shape?.kind === "arrow";
  token.group.style.display = moving ? "" : "none";
  world.dataset.moving = String(moving && travel.progress < 1);
  if (!moving) return;
  const { origin } = canvas.span;
  const length = prepare(token, shape, origin);
  const gone = length * travel.progress;
  stretch(token.way, 0, gone, length);
  const fading = String(1 - travel.arrival);
  token.trails.forEach((trail, index) => {
    // At the end the trail runs into the head of the arrow.
    const reach = (TRAILS[index] ?? 0) * (1 - travel.arrival);
    stretch(trail, Math.max(0, gone - reach), gone, length);
    trail.style.opacity = fading;
  });
  const at = token.way.getPointAtLength(gone);
  token.dot.setAttribute("transform", `translate(${at.x} ${at.y})`);
  token.dot.style.opacity = fading;
  const arrived = travel.progress >= 1 && !shape.lost;
  token.ring.style.display = arrived ? "" : "none";
  if (!arrived) return;
  token.ring.setAttribute("cx", String(shape.x2));
  token.ring.setAttribute("cy", String(shape.y2 - origin));
  token.ring.setAttribute("r", String(5 + 17 * Math.sqrt(travel.arrival)));
  token.ring.style.opacity = String(0.8 * (1 - travel.arrival));
}

import type { Arrow, TimerMark } from "./scene.ts";
import type { Sizes } from "./theme.ts";

/**
 * The small shapes that painters share, as SVG path data and point lists, in the plane of the scene or, with `top`, relative
 * to that height. Arrowheads are polygons: some readers of SVG turn markers the wrong way.
 */

const short = (value: number): number => Math.round(value * 10) / 10;

/** A polygon's points: an arrowhead with its tip at (x, y) for a line that comes from (fromX, fromY). */
function arrowHead(x: number, y: number, fromX: number, fromY: number, size: number): string {
  const half = Math.round(size * 0.42);
  if (fromY === y) {
    const back = fromX < x ? x - size : x + size;
    return `${x},${y} ${back},${y - half} ${back},${y + half}`;
  }
  const length = Math.hypot(x - fromX, y - fromY) || 1;
  const dx = (x - fromX) / length;
  const dy = (y - fromY) / length;
  const backX = x - dx * size;
  const backY = y - dy * size;
  return `${x},${y} ${short(backX + dy * half)},${short(backY - dx * half)} ${short(backX - dy * half)},${short(backY + dx * half)}`;
}

/** A polygon's points: the head of an arrow of the scene. */
export function tip(arrow: Arrow, sizes: Sizes, top = 0): string {
  const fromX = arrow.bend ?? arrow.x1;
  const fromY = arrow.bend === undefined ? arrow.y1 : arrow.y2;
  const x = fromX < arrow.x2 ? arrow.x2 - arrow.endInset : arrow.x2 + arrow.endInset;
  return arrowHead(x, arrow.y2 - top, fromX, fromY - top, sizes.arrowHead);
}

/** Path data of an arrow's line, which ends inside its head. */
export function arrowLine(arrow: Arrow, sizes: Sizes, top = 0): string {
  const { bend } = arrow;
  const y1 = arrow.y1 - top;
  const y2 = arrow.y2 - top;
  const rightward = (bend ?? arrow.x2) > arrow.x1;
  const x1 = rightward ? arrow.x1 + arrow.startInset : arrow.x1 - arrow.startInset;
  const x2 = rightward && bend === undefined ? arrow.x2 - arrow.endInset : arrow.x2 + arrow.endInset;
  const cut = arrow.lost ? 0 : sizes.arrowHead - 2;
  if (bend !== undefined) {
    const round = Math.min(5, (y2 - y1) / 2);
    return `M${x1} ${y1}H${bend - round}q${round} 0 ${round} ${round}V${y2 - round}q0 ${round} ${-round} ${round}H${x2 + cut}`;
  }
  if (y1 === y2) return `M${x1} ${y1}H${x1 < x2 ? x2 - cut : x2 + cut}`;
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  return `M${x1} ${y1}L${short(x2 - ((x2 - x1) / length) * cut)} ${short(y2 - ((y2 - y1) / length) * cut)}`;
}

/** Path data of a cross at a point: where a message was lost. */
export function cross(x: number, y: number, reach = 5): string {
  return `M${x - reach} ${y - reach}l${2 * reach} ${2 * reach}m0 ${-2 * reach}l${-2 * reach} ${2 * reach}`;
}

const AUTHORED_AT = 12;

/** A polygon's points: the small diamond on an authored arrow's line, near its tail. */
export function authoredMark(arrow: Arrow, top = 0): string {
  const from = arrow.bend === undefined ? { x: arrow.x2, y: arrow.y2 } : { x: arrow.bend, y: arrow.y1 };
  const length = Math.hypot(from.x - arrow.x1, from.y - arrow.y1) || 1;
  const x = short(arrow.x1 + ((from.x - arrow.x1) / length) * AUTHORED_AT);
  const y = short(arrow.y1 - top + ((from.y - arrow.y1) / length) * AUTHORED_AT);
  return `${x - 4},${y} ${x},${y - 4} ${x + 4},${y} ${x},${y + 4}`;
}

/** Radius of a timer's clock. */
export const CLOCK_RADIUS = 7;

/** Path data inside a timer's clock: hands, or for a stopped timer a cross. */
export function clockHands(mark: TimerMark, top = 0): string {
  const y = mark.y - top;
  if (mark.event === "stop") return cross(mark.x, y, 3);
  return `M${mark.x} ${y - 4}V${y}H${mark.x + 3}`;
}

/** Path data of the tab in a frame's upper left corner, with its cut corner. */
export function frameTab(x: number, y: number, width: number, height: number): string {
  return `M${x} ${y}H${x + width}V${y + height - 6}L${x + width - 6} ${y + height}H${x}Z`;
}

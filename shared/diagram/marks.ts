import type { ArrowEnd, ParticipantShape } from "../flow/drawn.ts";
import type { Arrow, Point, TimerMark } from "./scene.ts";
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

/** Path data of one end of an arrow, and whether it is filled or a stroke. */
export interface EndMark {
  readonly path: string;
  readonly filled: boolean;
}

/** Radius of a dot on a lifeline where an arrow starts or ends. */
export const DOT_RADIUS = 4;

/** The ends of an arrow that is drawn in its own way; a lost one has its cross instead of a head. */
export function endMarks(arrow: Arrow, sizes: Sizes, top = 0): readonly EndMark[] {
  const { look, bend } = arrow;
  if (look === undefined) return [];
  const [start, end] = lineEnds(arrow, top);
  const back = bend === undefined ? undefined : { x: bend, y: start.y };
  const last = bend === undefined ? undefined : { x: bend, y: end.y };
  return [
    endMark(look.tail, start, back ?? end, sizes.arrowHead),
    arrow.lost ? undefined : endMark(look.head, end, last ?? start, sizes.arrowHead),
  ].filter((mark) => mark !== undefined);
}

/** The centres of the dots on the lifelines. */
export function endDots(arrow: Arrow, top = 0): readonly Point[] {
  const { look, x1, x2 } = arrow;
  if (look?.dots === undefined) return [];
  return [
    ...(look.dots === "to" ? [] : [{ x: x1, y: arrow.y1 - top }]),
    ...(look.dots === "from" ? [] : [{ x: x2, y: arrow.y2 - top }]),
  ];
}

/** Where the line starts and ends: at the edges of bars and dots. */
function lineEnds(arrow: Arrow, top: number): readonly [Point, Point] {
  const { look, bend } = arrow;
  const rightward = (bend ?? arrow.x2) > arrow.x1;
  const first = arrow.startInset + (look?.dots === "from" || look?.dots === "both" ? DOT_RADIUS : 0);
  const second = arrow.endInset + (look?.dots === "to" || look?.dots === "both" ? DOT_RADIUS : 0);
  return [
    { x: rightward ? arrow.x1 + first : arrow.x1 - first, y: arrow.y1 - top },
    { x: rightward && bend === undefined ? arrow.x2 - second : arrow.x2 + second, y: arrow.y2 - top },
  ];
}

function endMark(kind: ArrowEnd, tip: Point, from: Point, size: number): EndMark | undefined {
  if (kind === "none") return undefined;
  const length = Math.hypot(tip.x - from.x, tip.y - from.y) || 1;
  const dx = (tip.x - from.x) / length;
  const dy = (tip.y - from.y) / length;
  if (kind === "cross") return { path: cross(short(tip.x - 7 * dx), short(tip.y - 7 * dy)), filled: false };
  const half = Math.round(size * 0.42);
  // Over the line, whichever way it runs.
  const side = dx < 0 ? -1 : 1;
  const at = (sideways: number) =>
    `${short(tip.x - dx * size + dy * sideways)} ${short(tip.y - dy * size - dx * sideways)}`;
  const upper = at(side * half);
  const lower = at(-side * half);
  const start = `M${tip.x} ${tip.y}L`;
  switch (kind) {
    case "filled":
      return { path: `${start}${upper}L${lower}Z`, filled: true };
    case "open":
      return { path: `M${upper}L${tip.x} ${tip.y}L${lower}`, filled: false };
    case "halfTop":
      return { path: `${start}${upper}L${at(0)}Z`, filled: true };
    case "halfBottom":
      return { path: `${start}${lower}L${at(0)}Z`, filled: true };
    case "stickTop":
      return { path: `${start}${upper}`, filled: false };
    case "stickBottom":
      return { path: `${start}${lower}`, filled: false };
  }
}

/** How far before its end a line stops, so that it does not show beside a filled head. */
const cutFor = (kind: ArrowEnd, sizes: Sizes): number =>
  kind === "filled" || kind === "halfTop" || kind === "halfBottom" ? sizes.arrowHead - 2 : 0;

/** Path data of an arrow's line, which ends inside its head. */
export function arrowLine(arrow: Arrow, sizes: Sizes, top = 0): string {
  const { bend } = arrow;
  const [start, { x: x2, y: y2 }] = lineEnds(arrow, top);
  const y1 = start.y;
  const cut = arrow.lost ? 0 : cutFor(arrow.look?.head ?? "filled", sizes);
  const back = arrow.look === undefined ? 0 : cutFor(arrow.look.tail, sizes);
  const slope = back === 0 || bend !== undefined ? 0 : (y2 - y1) / (x2 - start.x || 1);
  const x1 = start.x < (bend ?? x2) ? start.x + back : start.x - back;
  if (bend !== undefined) {
    const round = Math.min(5, (y2 - y1) / 2);
    return `M${x1} ${y1}H${bend - round}q${round} 0 ${round} ${round}V${y2 - round}q0 ${round} ${-round} ${round}H${x2 + cut}`;
  }
  if (y1 === y2) return `M${x1} ${y1}H${x1 < x2 ? x2 - cut : x2 + cut}`;
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  return `M${x1} ${short(y1 + slope * (x1 - start.x))}L${short(x2 - ((x2 - x1) / length) * cut)} ${short(y2 - ((y2 - y1) / length) * cut)}`;
}

/** Path data of a cross at a point: where a message was lost. */
export function cross(x: number, y: number, reach = 5): string {
  return `M${x - reach} ${y - reach}l${2 * reach} ${2 * reach}m0 ${-2 * reach}l${-2 * reach} ${2 * reach}`;
}

/** Reach of the cross where a lifeline ends. */
export const DESTROYED_REACH = 8;

const AUTHORED_AT = 12;

/** A polygon's points: the small diamond on an authored arrow's line, near its tail. */
export function authoredMark(arrow: Arrow, top = 0): string {
  const from = arrow.bend === undefined ? { x: arrow.x2, y: arrow.y2 } : { x: arrow.bend, y: arrow.y1 };
  const length = Math.hypot(from.x - arrow.x1, from.y - arrow.y1) || 1;
  const x = short(arrow.x1 + ((from.x - arrow.x1) / length) * AUTHORED_AT);
  const y = short(arrow.y1 - top + ((from.y - arrow.y1) / length) * AUTHORED_AT);
  return `${x - 4},${y} ${x},${y - 4} ${x + 4},${y} ${x},${y + 4}`;
}

/** Height of the sign over the name of a participant that has a shape. */
export const SIGN_HEIGHT = 24;

/** Path data of a participant's sign, its upper edge's middle at (x, y), 20 px high. */
export function sign(shape: ParticipantShape, x: number, y: number): string {
  const circle = (cy: number, r: number, cx = x) =>
    `M${cx - r} ${cy}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
  switch (shape) {
    case "actor":
      return `${circle(y + 4, 4)}M${x} ${y + 8}v6M${x - 8} ${y + 10}h16M${x - 7} ${y + 20}l7 -6l7 6`;
    case "boundary":
      return `${circle(y + 10, 8, x + 3)}M${x - 5} ${y + 10}h-6m0 -7v14`;
    case "control":
      return `${circle(y + 11, 8)}M${x + 4} ${y}l-4 3l4 3`;
    case "entity":
      return `${circle(y + 9, 8)}M${x - 9} ${y + 19}h18`;
    case "database":
      return `M${x - 9} ${y + 4}a9 3 0 0 1 18 0v12a9 3 0 0 1 -18 0zM${x - 9} ${y + 4}a9 3 0 0 0 18 0`;
    case "collections":
      return `M${x - 6} ${y + 5}v-4h16v12h-4M${x - 10} ${y + 5}h16v13h-16z`;
    case "queue":
      return `M${x - 8} ${y + 3}h16a3 7 0 0 1 0 14h-16a3 7 0 0 1 0 -14zM${x + 8} ${y + 3}a3 7 0 0 0 0 14`;
  }
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

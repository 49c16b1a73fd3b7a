/** The line between two boxes: straight, or bent once where something is in its way. Pure geometry. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** A quadratic curve; straight when `bend` is on the line from `start` to `end`. */
export interface Curve {
  readonly start: Point;
  readonly bend: Point;
  readonly end: Point;
}

/** Free around a box that a line ends at or goes by. */
const CLEAR = 6;
/** How far a line may be bent out of the way, tried in turn. */
const BENDS = [0, 60, -60, 120, -120, 190, -190, 270, -270, 360, -360];
const SAMPLES = 24;

function centre({ x, y, width, height }: Box): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

/** The point `t` (0 … 1) along a curve. */
export function pointAt({ start, bend, end }: Curve, t: number): Point {
  const u = 1 - t;
  return {
    x: u * u * start.x + 2 * u * t * bend.x + t * t * end.x,
    y: u * u * start.y + 2 * u * t * bend.y + t * t * end.y,
  };
}

/** Where the line from the centre of a box towards a point leaves the box and its clearance. */
function leave(box: Box, towards: Point): Point {
  const from = centre(box);
  const dx = towards.x - from.x;
  const dy = towards.y - from.y;
  if (dx === 0 && dy === 0) return from;
  const across = dx === 0 ? Number.POSITIVE_INFINITY : (box.width / 2 + CLEAR) / Math.abs(dx);
  const down = dy === 0 ? Number.POSITIVE_INFINITY : (box.height / 2 + CLEAR) / Math.abs(dy);
  const share = Math.min(across, down);
  return { x: from.x + dx * share, y: from.y + dy * share };
}

function curve(a: Box, b: Box, by: number): Curve {
  const from = centre(a);
  const to = centre(b);
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  const aim = { x: middle.x - ((to.y - from.y) / length) * by, y: middle.y + ((to.x - from.x) / length) * by };
  const start = leave(a, aim);
  const end = leave(b, aim);
  return by === 0
    ? { start, bend: { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 }, end }
    : { start, bend: aim, end };
}

function hits(line: Curve, { x, y, width, height }: Box): boolean {
  for (let i = 0; i <= SAMPLES; i++) {
    const at = pointAt(line, i / SAMPLES);
    if (at.x > x - CLEAR && at.x < x + width + CLEAR && at.y > y - CLEAR && at.y < y + height + CLEAR) return true;
  }
  return false;
}

/** The line from box `a` to box `b` that is bent least and passes the fewest of the others. The same whichever way it goes. */
export function connect(a: Box, b: Box, others: readonly Box[]): Curve {
  let best = curve(a, b, 0);
  let fewest = Number.POSITIVE_INFINITY;
  for (const by of BENDS) {
    const candidate = curve(a, b, by);
    const passed = others.filter((box) => hits(candidate, box)).length;
    if (passed < fewest) {
      best = candidate;
      fewest = passed;
    }
    if (fewest === 0) break;
  }
  return best;
}

export function reversed({ start, bend, end }: Curve): Curve {
  return { start: end, bend, end: start };
}

export function svgPath({ start, bend, end }: Curve): string {
  const at = ({ x, y }: Point) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  return `M${at(start)}Q${at(bend)} ${at(end)}`;
}

/** The length of a curve, near enough to move evenly along several. */
export function lengthOf(line: Curve): number {
  let length = 0;
  for (let i = 1; i <= SAMPLES; i++) {
    const from = pointAt(line, (i - 1) / SAMPLES);
    const to = pointAt(line, i / SAMPLES);
    length += Math.hypot(to.x - from.x, to.y - from.y);
  }
  return length;
}

/** The point at a share (0 … 1) of the way over several curves, one after the other; nothing for none. */
export function pointOver(curves: readonly Curve[], share: number): Point | undefined {
  const lengths = curves.map(lengthOf);
  let left = Math.min(1, Math.max(0, share)) * lengths.reduce((sum, length) => sum + length, 0);
  for (const [index, line] of curves.entries()) {
    const length = lengths[index] ?? 0;
    if (left <= length || index === curves.length - 1)
      return pointAt(line, length === 0 ? 1 : Math.min(1, left / length));
    left -= length;
  }
  return undefined;
}

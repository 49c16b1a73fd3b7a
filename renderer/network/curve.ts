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

/** Free around a box that a line ends at, and around one that it goes by. */
const CLEAR = 5;
const PASS = 3;
/** How far a line may be bent out of the way, tried in turn. */
const BENDS = [60, -60, 120, -120, 190, -190, 270, -270, 360, -360];
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

function straight(a: Box, b: Box): Curve {
  const start = leave(a, centre(b));
  const end = leave(b, centre(a));
  return { start, bend: { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 }, end };
}

function via(a: Box, b: Box, bend: Point): Curve {
  return { start: leave(a, bend), bend, end: leave(b, bend) };
}

/** Lines to try, from the plainest on: straight, upright at one of the ends, bent aside. */
function* candidates(a: Box, b: Box): Generator<Curve> {
  yield straight(a, b);
  const from = centre(a);
  const to = centre(b);
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  for (const share of [0.5, 0.35]) {
    yield via(a, b, { x: to.x, y: from.y + dy * share });
    yield via(a, b, { x: from.x, y: to.y - dy * share });
  }
  const length = Math.hypot(dx, dy) || 1;
  for (const by of BENDS)
    yield via(a, b, { x: (from.x + to.x) / 2 - (dy / length) * by, y: (from.y + to.y) / 2 + (dx / length) * by });
}

function hits(line: Curve, { x, y, width, height }: Box): boolean {
  for (let i = 0; i <= SAMPLES; i++) {
    const at = pointAt(line, i / SAMPLES);
    if (at.x > x - PASS && at.x < x + width + PASS && at.y > y - PASS && at.y < y + height + PASS) return true;
  }
  return false;
}

/** The line from box `a` to box `b` that passes the fewest of the others, and of those the plainest. */
export function connect(a: Box, b: Box, others: readonly Box[]): Curve {
  let best = straight(a, b);
  let fewest = Number.POSITIVE_INFINITY;
  for (const candidate of candidates(a, b)) {
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

/** Marks along the scrubber. Pure. */

/** Closest that two ticks stand, in px. */
const CLOSEST = 5;
/** Steps between ticks when they are thinned. */
const EVERY = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000];

/** Which positions get a tick on a track of `width` px: one for each step, or every 2nd, 5th, 10th … where they are many. */
export function ticksOf(count: number, width: number): readonly number[] {
  if (count <= 0 || width <= 0) return [];
  const every = EVERY.find((candidate) => (width / count) * candidate >= CLOSEST) ?? count;
  return Array.from({ length: Math.floor(count / every) }, (_, index) => (index + 1) * every);
}

/** The position for a point of the track, from 0 to 1: between two steps only where a person can aim there. */
export function positionAt(share: number, count: number, width: number): number {
  const position = Math.min(1, Math.max(0, share)) * count;
  return width / Math.max(1, count) < 14 ? Math.round(position) : position;
}

/** How a message is on its way at a position of the player. Pure: scrubbing and playing show the same. */
export interface Travel {
  /** The step under way. */
  readonly step: number;
  /** How much of the arrow its message has gone, 0 … 1. */
  readonly progress: number;
  /** How far the moment after the arrival has gone, 0 … 1. */
  readonly arrival: number;
}

/** Share of a step's time in which its message travels; the rest is there to read. */
const TRAVEL = 0.62;

/** Starts and ends gently. */
function eased(t: number): number {
  return t < 0.5 ? 4 * t ** 3 : 1 - (2 - 2 * t) ** 3 / 2;
}

/** What is under way at a position, or nothing when all stands still there. */
export function travelAt(position: number): Travel | undefined {
  const step = Math.floor(position);
  const time = position - step;
  if (time === 0) return undefined;
  return { step, progress: eased(Math.min(1, time / TRAVEL)), arrival: Math.max(0, (time - TRAVEL) / (1 - TRAVEL)) };
}

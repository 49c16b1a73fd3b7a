import type { HopName } from "../run/choice.ts";
import type { Run } from "../run/run.ts";
import { lowerBound } from "./bisect.ts";
import type { DrawnStep } from "./steps.ts";

/** The step after which something stands; -1 before the first, undefined for a hop that the run has not. */
export type PlaceOf = (hop: HopName | undefined) => number | undefined;

/**
 * Finds places among the drawn steps: after the step that carries a hop; where the view does not show that hop, after the
 * last step before it.
 */
export function placesAmong(run: Run, steps: readonly DrawnStep[], stepOf: ReadonlyMap<HopName, number>): PlaceOf {
  // Only made when a hop is not shown, which most views never need.
  let indexOf: ReadonlyMap<HopName, number> | undefined;
  let lastUpTo: ((place: number) => number) | undefined;
  return (hop) => {
    if (hop === undefined) return -1;
    const step = stepOf.get(hop);
    if (step !== undefined) return step;
    indexOf ??= new Map(run.hops.map(({ name }, i) => [name, i]));
    const index = indexOf.get(hop);
    if (index === undefined) return undefined;
    lastUpTo ??= byPlace(steps);
    return lastUpTo(index);
  };
}

/** Finds the index of the last step at or before a place among the hops, -1 before the first. */
function byPlace(steps: readonly DrawnStep[]): (place: number) => number {
  // A state stands after the arrow above it.
  let last = -1;
  const places = steps.map(({ place }) => (last = place ?? last));
  return (place) => lowerBound(places.length, (i) => (places[i] ?? 0) > place) - 1;
}

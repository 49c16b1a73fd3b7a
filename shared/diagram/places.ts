import type { HopName } from "../run/choice.ts";
import { lowerBound } from "./bisect.ts";
import type { Origins } from "./steps.ts";

/** The step after which something stands; -1 before the first, undefined for a hop that the run has not. */
export type PlaceOf = (hop: HopName | undefined) => number | undefined;

/**
 * Finds places among the drawn steps: after the step that carries a hop; where the view does not show that hop, after the
 * last step before it.
 */
export function placesAmong({ hops, places }: Origins, stepOf: ReadonlyMap<HopName, number>): PlaceOf {
  // Only made when a hop is not shown, which most views never need.
  let indexOf: ReadonlyMap<HopName, number> | undefined;
  let lastUpTo: ((place: number) => number) | undefined;
  return (hop) => {
    if (hop === undefined) return -1;
    const step = stepOf.get(hop);
    if (step !== undefined) return step;
    indexOf ??= new Map(hops.map(({ name }, i) => [name, i]));
    const index = indexOf.get(hop);
    if (index === undefined) return undefined;
    lastUpTo ??= byPlace(places);
    return lastUpTo(index);
  };
}

/** Finds the index of the last step at or before a place among the hops, -1 before the first. */
function byPlace(places: readonly number[]): (place: number) => number {
  // A state stands after the arrow above it.
  let last = -1;
  const upTo = places.map((place) => (last = place < 0 ? last : place));
  return (place) => lowerBound(upTo.length, (i) => (upTo[i] ?? 0) > place) - 1;
}

import type { Divergence, Hop, Run } from "./run.ts";

/**
 * What an edit changed of a run. Most edits leave its beginning as it was, and most of its end; whoever holds the run
 * before needs only what is between. Plain JSON.
 */
export interface RunChange {
  /** So many turns and hops of the run before are kept, from the first. */
  readonly keptTurns: number;
  readonly keptHops: number;
  readonly turns: Run["turns"];
  readonly hops: Run["hops"];
  /** So many are kept at the end; of the hops there, the turns are as far later as the run has become longer. */
  readonly lastTurns: number;
  readonly lastHops: number;
  /** All of them: they are few. */
  readonly withheld?: Run["withheld"];
  readonly end: Run["end"];
  readonly divergence?: Divergence;
}

const nothing: Pick<Run, "turns" | "hops"> = { turns: [], hops: [] };

/** What makes `after` of `before`; without a run before, all of it. */
export function runChange(before: Run | undefined, after: Run): RunChange {
  const { turns, hops } = before ?? nothing;
  const later = after.turns.length - turns.length;
  const [keptTurns, lastTurns] = shared(turns, after.turns, equal);
  const atEnd = later === 0 ? equal : (a: Hop, b: Hop) => equal(moved(a, later), b);
  const [keptHops, lastHops] = shared(hops, after.hops, equal, atEnd);
  return {
    keptTurns,
    keptHops,
    turns: after.turns.slice(keptTurns, after.turns.length - lastTurns),
    hops: after.hops.slice(keptHops, after.hops.length - lastHops),
    lastTurns,
    lastHops,
    end: after.end,
    ...(after.withheld === undefined ? undefined : { withheld: after.withheld }),
    ...(after.divergence === undefined ? undefined : { divergence: after.divergence }),
  };
}

/** The run after the change. The same one again when nothing changed; what is kept is shared with the one before. */
export function changedRun(before: Run | undefined, change: RunChange): Run {
  const { keptTurns, keptHops, turns, hops, lastTurns, lastHops, withheld, end, divergence } = change;
  if (before !== undefined && isSame(before, change)) return before;
  const old = before ?? nothing;
  const later = keptTurns + turns.length + lastTurns - old.turns.length;
  const lastOnes = old.hops.slice(old.hops.length - lastHops);
  return {
    turns: old.turns.slice(0, keptTurns).concat(turns, old.turns.slice(old.turns.length - lastTurns)),
    hops: old.hops.slice(0, keptHops).concat(hops, later === 0 ? lastOnes : lastOnes.map((hop) => moved(hop, later))),
    end,
    ...(withheld === undefined ? undefined : { withheld }),
    ...(divergence === undefined ? undefined : { divergence }),
  };
}

/** A hop whose turns are so much later. */
function moved(hop: Hop, later: number): Hop {
  const { sent, received, lost } = hop;
  return {
    ...hop,
    sent: sent + later,
    ...(received === undefined ? undefined : { received: received + later }),
    ...(lost === undefined ? undefined : { lost: lost + later }),
  };
}

function isSame(before: Run, { keptTurns, keptHops, turns, hops, withheld, end, divergence }: RunChange): boolean {
  if (turns.length > 0 || hops.length > 0 || end !== before.end) return false;
  if (keptTurns !== before.turns.length || keptHops !== before.hops.length) return false;
  if (!equal(withheld, before.withheld)) return false;
  return divergence === undefined && before.divergence === undefined;
}

/** How many elements are the same from the first, and how many of the others from the last. */
function shared<T>(
  a: readonly T[],
  b: readonly T[],
  isSameAtStart: (a: T, b: T) => boolean,
  isSameAtEnd = isSameAtStart,
): readonly [number, number] {
  const most = Math.min(a.length, b.length);
  let first = 0;
  while (first < most && isSameAtStart(a[first] as T, b[first] as T)) first++;
  let last = 0;
  while (last < most - first && isSameAtEnd(a[a.length - 1 - last] as T, b[b.length - 1 - last] as T)) last++;
  return [first, last];
}

/** Whether two plain values are equal; a field that is undefined counts as absent. */
function equal(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((value, i) => equal(value, b[i]));
  }
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  for (const key in left) if (!equal(left[key], right[key])) return false;
  for (const key in right) if (right[key] !== undefined && left[key] === undefined) return false;
  return true;
}

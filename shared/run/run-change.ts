import type { Divergence, Run } from "./run.ts";

/**
 * What an edit changed of a run. Most edits leave its beginning as it was, and whoever holds the run before needs only the
 * rest. Plain JSON.
 */
export interface RunChange {
  /** So many turns and hops of the run before are kept, from the first. */
  readonly keptTurns: number;
  readonly keptHops: number;
  readonly turns: Run["turns"];
  readonly hops: Run["hops"];
  /** All of them: they are few. */
  readonly withheld?: Run["withheld"];
  readonly end: Run["end"];
  readonly divergence?: Divergence;
}

/** What makes `after` of `before`; without a run before, all of it. */
export function runChange(before: Run | undefined, after: Run): RunChange {
  const keptTurns = before === undefined ? 0 : shared(before.turns, after.turns);
  const keptHops = before === undefined ? 0 : shared(before.hops, after.hops);
  return {
    keptTurns,
    keptHops,
    turns: after.turns.slice(keptTurns),
    hops: after.hops.slice(keptHops),
    end: after.end,
    ...(after.withheld === undefined ? undefined : { withheld: after.withheld }),
    ...(after.divergence === undefined ? undefined : { divergence: after.divergence }),
  };
}

/** The run after the change. The same one again when nothing changed; what is kept is shared with the one before. */
export function changedRun(before: Run | undefined, change: RunChange): Run {
  const { keptTurns, keptHops, turns, hops, withheld, end, divergence } = change;
  if (before !== undefined && isSame(before, change)) return before;
  return {
    turns: [...(before?.turns.slice(0, keptTurns) ?? []), ...turns],
    hops: [...(before?.hops.slice(0, keptHops) ?? []), ...hops],
    end,
    ...(withheld === undefined ? undefined : { withheld }),
    ...(divergence === undefined ? undefined : { divergence }),
  };
}

function isSame(before: Run, { keptTurns, keptHops, turns, hops, withheld, end, divergence }: RunChange): boolean {
  if (turns.length > 0 || hops.length > 0 || end !== before.end) return false;
  if (keptTurns !== before.turns.length || keptHops !== before.hops.length) return false;
  if (!equal(withheld, before.withheld)) return false;
  return divergence === undefined && before.divergence === undefined;
}

/** How many elements from the first are equal. */
function shared(a: readonly unknown[], b: readonly unknown[]): number {
  let i = 0;
  while (i < a.length && i < b.length && equal(a[i], b[i])) i++;
  return i;
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

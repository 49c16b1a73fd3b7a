import type { PlacedMark } from "../diagram/placed-marks.ts";
import { type Choosing, fragmentsIn, type Part, type Stretch, type Through, variantOf, waysThrough } from "./parts.ts";

/** A fragment with what stands around it. */
interface Within {
  readonly fragment: Choosing;
  /** The fragments around it, from without, and which part of each it is in. */
  readonly around: readonly { readonly fragment: Choosing; readonly part: Part }[];
}

/** The ways that come of taking one fragment apart, each from the same place on to the end. */
export interface OneApart {
  /** After which message they begin, and with which of the placed marks. */
  readonly from: number;
  readonly first: number;
  readonly ways: readonly Through[];
}

/**
 * The ways through the fragment whose mark stands at `start` of the placed ones, at most `most` + 1 of them; `alone` leaves
 * the fragments within it as they are. The first way keeps the fragments around it. Each other is one of their ways already:
 * it goes through the parts in which the fragment stands, and their other parts are the first one's. Undefined where no such
 * fragment is.
 */
export function oneApart(
  placed: readonly PlacedMark[],
  start: number,
  { most, alone }: { readonly most: number; readonly alone: boolean },
): OneApart | undefined {
  const found = find(fragmentsIn(placed), start);
  if (found === undefined) return undefined;
  const { fragment, around } = found;
  const { from, first } = around[0]?.fragment.whole ?? fragment.whole;
  const parts = alone ? fragment.parts.map((part) => ({ ...part, inner: [] })) : fragment.parts;
  const ways = waysThrough({ ...fragment, parts }, { most }).map((way, i) => {
    if (around.length === 0) return { ...way, stretches: joined([...way.stretches, restOf(fragment, placed)]) };
    return i === 0 ? inside(found, way, placed) : outside(found, way, placed);
  });
  return { from, first, ways };
}

function find(fragments: readonly Choosing[], start: number): Within | undefined {
  for (const fragment of fragments) {
    if (fragment.whole.first === start) return { fragment, around: [] };
    for (const part of fragment.parts) {
      const found = find(part.inner, start);
      if (found !== undefined) return { ...found, around: [{ fragment, part }, ...found.around] };
    }
  }
  return undefined;
}

const restOf = ({ whole }: Choosing, placed: readonly PlacedMark[]): Stretch => ({
  from: whole.to,
  to: Number.MAX_SAFE_INTEGER,
  first: whole.last,
  last: placed.length,
});

/** A way with the fragments around it, the nearest part of which may now be the way of one variant alone. */
function inside({ fragment, around }: Within, way: Through, placed: readonly PlacedMark[]): Through {
  const { whole } = fragment;
  const outermost = around[0]?.fragment.whole ?? whole;
  const before = { from: outermost.from, to: whole.from, first: outermost.first, last: whole.first };
  const { variant, ...rest } = way;
  const nearest = around.at(-1);
  const isNamed =
    variant !== undefined &&
    nearest?.fragment.operator !== "par" &&
    nearest?.part.inner.length === 1 &&
    variantOf(nearest.part) === undefined;
  return {
    ...rest,
    guards: [],
    stretches: [before, ...way.stretches, restOf(fragment, placed)],
    ...(isNamed && { named: { at: nearest.part.place, variant } }),
  };
}

/** A way through the parts in which its fragment stands; of a par, which is gone through as a whole, through all. */
function outside({ fragment, around }: Within, way: Through, placed: readonly PlacedMark[]): Through {
  const before: Stretch[] = [];
  const after: Stretch[] = [restOf(around[0]?.fragment ?? fragment, placed)];
  for (const [i, { fragment: one, part }] of around.entries()) {
    const next = (around[i + 1]?.fragment ?? fragment).whole;
    const { from, to, first, last } = one.operator === "par" ? one.whole : part.stretch;
    before.push({ from, to: next.from, first, last: next.first });
    after.unshift({ from: next.to, to, first: next.last, last });
  }
  return { ...way, stretches: joined([...before, ...way.stretches, ...after]) };
}

/** Without those in which nothing stands. */
const joined = (stretches: readonly Stretch[]): readonly Stretch[] =>
  stretches.filter(({ from, to, first, last }, i) => i === stretches.length - 1 || to > from || last > first);

import type { PlacedMark } from "../diagram/placed-marks.ts";
import type { Mark } from "../flow/drawn.ts";

/** Fragments that hold ways to choose from, or an order that does not matter, read as ways through them. */

/** What stands between two places of a run: the messages after `from` up to `to`, and the marks from `first` to before `last`. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly first: number;
  readonly last: number;
}

export type VariantName = NonNullable<Extract<Mark, { kind: "end" }>["variant"]>;

/** A way through a fragment: what is gone through, in order. */
export interface Through {
  readonly stretches: readonly Stretch[];
  readonly variant?: VariantName;
  /** The guards of the parts that it goes through. */
  readonly guards: readonly string[];
  /** The placed mark whose part holds nothing but this way now, and the variant that it is the way of. */
  readonly named?: { readonly at: number; readonly variant: VariantName };
}

export interface Part {
  readonly mark: Mark;
  /** Where its mark stands among the placed ones. */
  readonly place: number;
  readonly stretch: Stretch;
  /** Fragments within it that hold ways to choose from themselves. */
  readonly inner: readonly Choosing[];
}

export interface Choosing {
  readonly operator: "alt" | "opt" | "par";
  readonly parts: readonly Part[];
  readonly end: Mark;
  /** With its own marks, those that open and end it. */
  readonly whole: Stretch;
}

/** Whether a fragment holds ways to choose from: any other has its messages in one order only. */
export function holdsWays(mark: Mark | undefined): boolean {
  return mark?.kind === "fragment" && (mark.operator === "alt" || mark.operator === "opt" || mark.operator === "par");
}

/** The fragment whose mark stands at `start` of the placed ones. */
function readFragment(placed: readonly PlacedMark[], start: number): Choosing {
  const opening = placed[start];
  const operator = opening?.mark.kind === "fragment" ? opening.mark.operator : "alt";
  const parts: Part[] = [];
  let inner: Choosing[] = [];
  let begun = { mark: opening?.mark as Mark, place: start, from: opening?.at ?? -1, first: start + 1 };
  const close = (at: number, last: number) => {
    const { mark, place, from, first } = begun;
    parts.push({ mark, place, stretch: { from, to: at, first, last }, inner });
    inner = [];
  };
  let depth = 0;
  let i = start + 1;
  for (; i < placed.length; i++) {
    const { mark, at } = placed[i] as PlacedMark;
    if (depth === 0 && mark.kind === "end") break;
    if (depth === 0 && mark.kind === "else") {
      close(at, i);
      begun = { mark, place: i, from: at, first: i + 1 };
    } else if (holdsWays(mark)) {
      const one = readFragment(placed, i);
      inner.push(one);
      i = one.whole.last - 1;
    } else if (mark.kind === "fragment") depth++;
    else if (mark.kind === "end") depth--;
  }
  const ending = placed[i];
  const end = ending?.at ?? Number.MAX_SAFE_INTEGER;
  close(end, i);
  const whole = { from: opening?.at ?? -1, to: end, first: start, last: i + 1 };
  const kind = operator === "opt" || operator === "par" ? operator : "alt";
  return { operator: kind, parts, end: ending?.mark ?? { kind: "end", of: "" }, whole };
}

/**
 * The ways through all that is placed, at most `most` + 1 of them: one part of each alt, an opt or past it. Parts of a par
 * stand as they are drawn, and in such other orders as are those of a variant.
 */
export function waysThroughAll(placed: readonly PlacedMark[], most: number): readonly Through[] {
  const inner = fragmentsIn(placed);
  const whole = { from: -1, to: Number.MAX_SAFE_INTEGER, first: 0, last: placed.length };
  const all = { mark: { kind: "divider", text: "" } as const, place: -1, stretch: whole, inner };
  return throughPart(all, { most, onlyNamed: true });
}

/** The fragments that hold ways to choose from, without those within them. */
export function fragmentsIn(placed: readonly PlacedMark[]): readonly Choosing[] {
  const found: Choosing[] = [];
  for (let i = 0; i < placed.length; i++) {
    if (!holdsWays(placed[i]?.mark)) continue;
    const one = readFragment(placed, i);
    found.push(one);
    i = one.whole.last - 1;
  }
  return found;
}

interface Wanted {
  readonly most: number;
  /** Leaves out the orders of a par that no variant has, but for the first. */
  readonly onlyNamed?: boolean;
}

/** The ways through a fragment and those within it, at most `most` + 1 of them. */
export function waysThrough(fragment: Choosing, wanted: Wanted): readonly Through[] {
  const { operator, parts, end } = fragment;
  const { most } = wanted;
  if (operator === "par") return ordersOf(fragment, wanted);
  const ways = parts.flatMap((part) => throughPart(part, wanted));
  // With a single part, the other way is past it.
  const past = "variant" in end ? end.variant : undefined;
  if (operator === "opt" || parts.length === 1)
    ways.push({ stretches: [], guards: [], ...(past !== undefined && { variant: past }) });
  return ways.slice(0, most + 1);
}

/** Each part first once, the others after it in their order. */
function ordersOf({ parts }: Choosing, wanted: Wanted): readonly Through[] {
  const { most, onlyNamed = false } = wanted;
  return parts
    .flatMap((part, i) => {
      if (onlyNamed && i > 0 && variantOf(part) === undefined) return [];
      const order = [...parts.slice(i, i + 1), ...parts.slice(0, i), ...parts.slice(i + 1)];
      const ways = product(
        order.map((one) => throughPart(one, wanted)),
        most,
      );
      const variant = variantOf(part);
      return variant === undefined ? ways : ways.map((way, n) => (n === 0 ? { ...way, variant } : way));
    })
    .slice(0, most + 1);
}

/** The variant whose way a part is. */
export const variantOf = (part: Part | undefined): VariantName | undefined =>
  part !== undefined && "variant" in part.mark ? part.mark.variant : undefined;

function throughPart(part: Part, wanted: Wanted): Through[] {
  const { mark, stretch, inner } = part;
  const pieces: (readonly Through[])[] = [];
  let { from, first } = stretch;
  const plain = (to: number, last: number) =>
    pieces.push([{ stretches: to > from || last > first ? [{ from, to, first, last }] : [], guards: [] }]);
  for (const fragment of inner) {
    plain(fragment.whole.from, fragment.whole.first);
    pieces.push(waysThrough(fragment, wanted));
    from = fragment.whole.to;
    first = fragment.whole.last;
  }
  plain(stretch.to, stretch.last);
  const guard = "guard" in mark && mark.guard !== undefined ? [mark.guard] : [];
  const variant = variantOf(part);
  return product(pieces, wanted.most).map((way) => ({
    ...way,
    guards: [...guard, ...way.guards],
    ...(way.variant === undefined && variant !== undefined && { variant }),
  }));
}

/** One of each, one after the other, in every combination. */
function product(pieces: readonly (readonly Through[])[], most: number): Through[] {
  let ways: Through[] = [{ stretches: [], guards: [] }];
  for (const piece of pieces)
    ways = ways.flatMap((before) => piece.map((after) => joined(before, after))).slice(0, most + 1);
  return ways;
}

function joined(a: Through, b: Through): Through {
  const variant = a.variant ?? b.variant;
  return {
    stretches: [...a.stretches, ...b.stretches],
    guards: [...a.guards, ...b.guards],
    ...(variant !== undefined && { variant }),
  };
}

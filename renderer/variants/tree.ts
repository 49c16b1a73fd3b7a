import type { Variant } from "../../shared/flow/flow.ts";

/** The variants as a tree, and where it is drawn. Pure. */

/** A variant in the order of the tree: each parent before those that leave it. */
export interface Branch {
  readonly variant: Variant;
  readonly depth: number;
  /** The variant it leaves; absent for those that begin at the start. */
  readonly parent?: string;
}

/** All variants, depth first, siblings in the order of the document. One whose parent is not there stands as a root. */
export function treeOf(variants: readonly Variant[]): readonly Branch[] {
  const ids = new Set(variants.map(({ id }) => id));
  const below = new Map<string | undefined, Variant[]>();
  for (const variant of variants) {
    const from = variant.branch !== undefined && ids.has(variant.branch.from) ? variant.branch.from : undefined;
    below.set(from, [...(below.get(from) ?? []), variant]);
  }
  const found: Branch[] = [];
  const seen = new Set<Variant>();
  // A stack of our own: a chain of variants may be as long as the document allows.
  const walk = (roots: readonly Variant[]) => {
    const stack = roots.toReversed().map((variant): Branch => ({ variant, depth: 0 }));
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const { variant, depth } = next;
      if (seen.has(variant)) continue;
      seen.add(variant);
      found.push(next);
      for (const child of (below.get(variant.id) ?? []).toReversed())
        stack.push({ variant: child, depth: depth + 1, parent: variant.id });
    }
  };
  walk(below.get(undefined) ?? []);
  // Those that descend from themselves hang on nothing.
  for (const variant of variants) if (!seen.has(variant)) walk([variant]);
  return found;
}

export const CARD = { width: 268, height: 76 } as const;
const INDENT = 30;
const PITCH = CARD.height + 16;
/** Deeper variants stand no further right. */
const DEEPEST = 24;

/** Where a variant stands: a row each, further right the deeper. */
export function placeOf(row: number, depth: number): { readonly x: number; readonly y: number } {
  return { x: Math.min(depth, DEEPEST) * INDENT, y: row * PITCH };
}

/** The line from a parent's foot to its child's side. */
export function forkLine(parent: { x: number; y: number }, child: { x: number; y: number }): string {
  const x = parent.x + INDENT / 2;
  const y = child.y + CARD.height / 2;
  // Where both stand at the deepest column, the line goes down on the left.
  if (child.x <= x) return `M${x} ${parent.y + CARD.height}V${y}H${child.x}`;
  const r = Math.min(8, child.x - x);
  return `M${x} ${parent.y + CARD.height}V${y - r}Q${x} ${y} ${x + r} ${y}H${child.x}`;
}

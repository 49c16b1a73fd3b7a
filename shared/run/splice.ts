import type { Edit } from "../flow/edit.ts";
import type { Flow, Variant } from "../flow/flow.ts";
import { fail, ok, type Result } from "../flow/result.ts";
import type { Choice } from "./choice.ts";

/** A change of a variant's whole script: `remove` choices from `at` on give way to `insert`. */
export interface Splice {
  readonly at: number;
  readonly remove: number;
  readonly insert: readonly Choice[];
}

type SingleEdit = Exclude<Edit, { kind: "group" }>;

/** Whether a change is above the place where a variant and the one that is changed part. */
export type IsAbove = (variant: string) => boolean;

/**
 * The edits of the document that make `splices` of a variant's whole script, which must not overlap and count from the
 * script as it is. What stands in the part kept from a parent changes there, and so in every variant that shares it;
 * variants that leave the script further down leave it at the same choice as before. Fails with a sentence when the
 * variant or an ancestor is missing, or a position is outside of the script.
 *
 * What is put right where variants leave the script may come before they part or after: a run goes on by itself between
 * two choices. `isAbove` says so; without it, what is put there is this variant's alone.
 */
export function spliceScript(
  flow: Flow,
  variant: string,
  splices: readonly Splice[],
  isAbove: IsAbove = () => false,
): Result<readonly SingleEdit[]> {
  const edits: SingleEdit[] = [];
  let variants = new Map(flow.variants.map((one) => [one.id, one]));
  // From the end, so that the positions before stay what they are.
  for (const splice of splices.toSorted((a, b) => b.at - a.at)) {
    for (const part of parts(variants, variant, splice, isAbove)) {
      if (part === undefined) return fail(`The script of the variant “${variant}” has no place ${splice.at}.`);
      const changed = changeOne(variants, part, isAbove);
      edits.push(...changed.edits);
      variants = changed.variants;
    }
  }
  const order = new Map(flow.variants.map(({ id }, index) => [id, index]));
  for (const [id, index] of order) {
    const [before, after] = [flow.variants[index], variants.get(id)];
    if (after !== undefined && before?.branch?.keep !== after.branch?.keep)
      edits.push({ kind: "replace", list: "variants", index, element: after });
  }
  return ok(edits);
}

/** A splice within the choices that one variant has of its own. */
interface Part {
  readonly owner: string;
  /** Position in the owner's whole script. */
  readonly at: number;
  readonly remove: number;
  readonly insert: readonly Choice[];
}

/** The splice by owners, last part first; undefined for a place outside of the script. */
function parts(
  variants: ReadonlyMap<string, Variant>,
  id: string,
  splice: Splice,
  isAbove: IsAbove,
): readonly (Part | undefined)[] {
  const found: Part[] = [];
  let end = splice.at + splice.remove;
  let owner = variants.get(id);
  if (owner === undefined || splice.at < 0 || end > (owner.branch?.keep ?? 0) + owner.script.length) return [undefined];
  while (owner !== undefined) {
    const start = owner.branch?.keep ?? 0;
    const isFork = splice.at === start && splice.remove === 0 && owner.branch !== undefined;
    if (owner.branch === undefined || (splice.at >= start && !(isFork && isAbove(owner.branch.from))))
      return [...found, { owner: owner.id, at: splice.at, remove: end - splice.at, insert: splice.insert }];
    if (end > start) found.push({ owner: owner.id, at: start, remove: end - start, insert: [] });
    end = Math.min(end, start);
    owner = variants.get(owner.branch.from);
  }
  return [undefined];
}

interface Changed {
  readonly edits: readonly SingleEdit[];
  readonly variants: Map<string, Variant>;
}

function changeOne(
  variants: ReadonlyMap<string, Variant>,
  { owner, at, remove, insert }: Part,
  isAbove: IsAbove,
): Changed {
  const variant = variants.get(owner);
  if (variant === undefined) throw new Error("the owner was found among the variants");
  const own = at - (variant.branch?.keep ?? 0);
  const edits: SingleEdit[] = [];
  const where = { list: "script", variant: owner } as const;
  const replaced = Math.min(remove, insert.length);
  for (const [i, element] of insert.slice(0, replaced).entries())
    edits.push({ kind: "replace", ...where, index: own + i, element });
  for (const [i, element] of insert.slice(replaced).entries())
    edits.push({ kind: "insert", ...where, index: own + replaced + i, element });
  for (let left = remove - replaced; left > 0; left--) edits.push({ kind: "remove", ...where, index: own + replaced });
  const next = new Map(variants);
  next.set(owner, { ...variant, script: variant.script.toSpliced(own, remove, ...insert) });
  const reached = remove === 0 ? reachedAt(variants, owner, at, isAbove) : new Map<string, Reached>();
  for (const [id, other] of variants) {
    const shared = sharedWith(variants, other, owner);
    const how = reached.get(id);
    if (other.branch !== undefined && how === "own") {
      for (const [i, element] of insert.entries())
        edits.push({ kind: "insert", list: "script", variant: id, index: i, element });
      next.set(id, { ...other, script: [...insert, ...other.script] });
      continue;
    }
    if (other.branch === undefined || (shared <= at && how !== "parent")) continue;
    // A variant that left within what is gone now leaves where that was.
    const lost = Math.min(shared, at + remove) - at;
    const gained = lost === remove ? insert.length : Math.min(lost, insert.length);
    next.set(id, { ...other, branch: { ...other.branch, keep: other.branch.keep - lost + gained } });
  }
  return { edits, variants: next };
}

/** How something put at a fork comes to a variant: with what it keeps of its parent, or at the beginning of its own script. */
type Reached = "parent" | "own";

/** The variants that leave a script where something is put into it, but part from the one that is changed further down. */
function reachedAt(
  variants: ReadonlyMap<string, Variant>,
  owner: string,
  at: number,
  isAbove: IsAbove,
): ReadonlyMap<string, Reached> {
  const reached = new Map<string, Reached | undefined>();
  for (const start of variants.keys()) {
    // Parents first; those already known end the way up, as do wrong documents by what was passed.
    const way: Variant[] = [];
    for (
      let one = variants.get(start);
      one?.branch !== undefined && one.id !== owner;
      one = variants.get(one.branch.from)
    ) {
      if (reached.has(one.id) || way.includes(one)) break;
      way.push(one);
    }
    for (const one of way.reverse()) reached.set(one.id, howReached(one));
  }
  return new Map([...reached].flatMap(([id, how]) => (how === undefined ? [] : [[id, how] as const])));

  function howReached(one: Variant): Reached | undefined {
    if (one.branch === undefined || sharedWith(variants, one, owner) !== at) return undefined;
    const { from, keep } = one.branch;
    const isParent = from === owner || reached.get(from) !== undefined;
    if (keep > at) return isParent ? "parent" : undefined;
    if (!isAbove(one.id)) return undefined;
    return isParent ? "parent" : "own";
  }
}

/** How many choices of `owner`'s whole script a variant has from it; 0 when it does not descend from it. */
function sharedWith(variants: ReadonlyMap<string, Variant>, variant: Variant, owner: string): number {
  let shared = Number.POSITIVE_INFINITY;
  let descendant: Variant | undefined = variant;
  // Variants that descend from themselves, in a wrong document, end the search by its length.
  for (let steps = 0; descendant?.branch !== undefined && steps <= variants.size; steps++) {
    shared = Math.min(shared, descendant.branch.keep);
    if (descendant.branch.from === owner) return shared;
    descendant = variants.get(descendant.branch.from);
  }
  return 0;
}

import { wholeScript } from "../run/tree.ts";
import type { Edit } from "./edit.ts";
import { editBetween } from "./edit-between.ts";
import type { Flow, Variant } from "./flow.ts";
import { alsoFor, withoutVariants } from "./only-edits.ts";
import { fail, ok, type Result } from "./result.ts";

/** What a person does to the tree of variants, as edits. Pure; each fails with a sentence where it cannot be done. */

/** The variants that descend from one, in the order of the document. */
export function descendantsOf({ variants }: Flow, id: string): readonly Variant[] {
  const below = new Set([id]);
  // A child may stand before its parent: until nothing is added any more.
  for (let size = 0; size !== below.size; ) {
    size = below.size;
    for (const { id: each, branch } of variants) if (branch !== undefined && below.has(branch.from)) below.add(each);
  }
  return variants.filter((variant) => variant.id !== id && below.has(variant.id));
}

/** Gives a variant another title or description; an empty description is none. */
export function describeVariant(flow: Flow, id: string, words: { title?: string; description?: string }): Result<Edit> {
  const found = at(flow, id);
  if (!found.ok) return found;
  const { index, variant } = found.value;
  const { id: _, title: was, description: told, ...rest } = variant;
  const { title, description } = { title: was, description: told, ...words };
  if (title.trim() === "") return fail("A variant needs a name.");
  const element: Variant = {
    id,
    title: title.trim(),
    ...(description === undefined || description.trim() === "" ? undefined : { description: description.trim() }),
    ...rest,
  };
  return ok({ kind: "replace", list: "variants", index, element });
}

/** Puts a copy of a variant after it, for which the same is written. A copy of the main variant branches from it at its end. */
export function duplicateVariant(flow: Flow, id: string, newId: string): Result<Edit> {
  const found = at(flow, id);
  if (!found.ok) return found;
  const { index, variant } = found.value;
  const whole = wholeScript(flow, id);
  if (!whole.ok) return whole;
  const title = `Copy of ${variant.title}`.slice(0, 500);
  const own =
    variant.branch === undefined ? { branch: { from: id, keep: whole.value.length }, script: [] } : { ...variant };
  const copy = { ...variant, ...own, id: newId, title };
  const written = alsoFor(flow, id, newId);
  return ok(editBetween(flow, { ...written, variants: flow.variants.toSpliced(index + 1, 0, copy) }));
}

/** Moves a variant before or after the next one of the same parent. The main variant stays the first. */
export function moveVariant(flow: Flow, id: string, by: -1 | 1): Result<Edit> {
  const found = at(flow, id);
  if (!found.ok) return found;
  const { index, variant } = found.value;
  const siblings = flow.variants.filter(({ branch }, place) => place > 0 && branch?.from === variant.branch?.from);
  const other = siblings[siblings.indexOf(variant) + by];
  if (index === 0 || other === undefined) return fail("There is no place further that way.");
  return ok({
    kind: "group",
    edits: [
      { kind: "remove", list: "variants", index },
      { kind: "insert", list: "variants", index: flow.variants.indexOf(other), element: variant },
    ],
  });
}

/** Takes a variant away with all that descend from it, and what is written for these alone. */
export function pruneVariant(flow: Flow, id: string): Result<Edit> {
  const found = at(flow, id);
  if (!found.ok) return found;
  if (found.value.index === 0) return fail("The main variant stays; make another one main first.");
  const gone = new Set([id, ...descendantsOf(flow, id).map((variant) => variant.id)]);
  if (flow.variants[0] !== undefined && gone.has(flow.variants[0].id))
    return fail("The main variant descends from this one; make another one main first.");
  const variants = flow.variants.filter((variant) => !gone.has(variant.id));
  return ok(editBetween(flow, { ...withoutVariants(flow, gone), variants }));
}

/**
 * Makes a variant the main one: it stands first and begins at the start. The main one before branches from it where the two
 * part. No variant's choices change.
 */
export function makeMain(flow: Flow, id: string): Result<Edit> {
  const found = at(flow, id);
  if (!found.ok) return found;
  const { index, variant } = found.value;
  const main = flow.variants[0];
  if (index === 0 || main === undefined) return fail("This is the main variant.");
  const whole = wholeScript(flow, id);
  const before = wholeScript(flow, main.id);
  if (!whole.ok) return whole;
  if (!before.ok) return before;
  const { branch: _, ...words } = variant;
  const differs = before.value.findIndex((choice, place) => !isSame(choice, whole.value[place]));
  const keep = differs < 0 ? before.value.length : differs;
  const branched: Variant = { ...main, branch: { from: id, keep }, script: before.value.slice(keep) };
  return ok({
    kind: "group",
    edits: [
      { kind: "remove", list: "variants", index },
      { kind: "replace", list: "variants", index: 0, element: branched },
      { kind: "insert", list: "variants", index: 0, element: { ...words, script: whole.value } },
    ],
  });
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function at(flow: Flow, id: string): Result<{ readonly index: number; readonly variant: Variant }> {
  const index = flow.variants.findIndex((variant) => variant.id === id);
  const variant = flow.variants[index];
  return variant === undefined ? fail(`The flow has no variant “${id}”.`) : ok({ index, variant });
}

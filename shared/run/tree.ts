import type { Flow, Variant } from "../flow/flow.ts";
import { type Diagnostic, fail, ok, type Result } from "../flow/result.ts";
import type { Choice } from "./choice.ts";

/**
 * The tree of variants. A variant without `branch` starts at the first choice; one with `branch` keeps the first `keep`
 * choices of its parent's whole script and goes on with its own.
 */

/** Where other variants leave a variant's whole script: before its choice `at`, or at its end. */
export interface Fork {
  readonly at: number;
  /** The variants that go another way from here, in the order of the document. */
  readonly variants: readonly string[];
}

/**
 * All choices of a variant from the start, its ancestors' included. Fails with one sentence when the variant or an
 * ancestor does not exist, when it descends from itself, or when it keeps more choices than its parent has.
 */
export function wholeScript(flow: Flow, variantId: string): Result<Choice[]> {
  return scriptIn(byId(flow), variantId);
}

/** As `wholeScript`, of several variants in the order asked; many at once take less than one by one. */
export function wholeScripts(flow: Flow, variantIds: readonly string[]): readonly Result<Choice[]>[] {
  const variants = byId(flow);
  return variantIds.map((id) => scriptIn(variants, id));
}

function scriptIn(variants: ReadonlyMap<string, Variant>, variantId: string): Result<Choice[]> {
  const line = lineOf(variants, variantId);
  if (!line.ok) return line;
  let script: Choice[] = [];
  for (const variant of line.value) {
    const keep = variant.branch?.keep ?? 0;
    if (keep > script.length) return fail(keepsTooMuch(variant, keep, script.length));
    // What starts anew is copied all at once; growing to the same length would copy it again and again.
    if (keep === 0) script = [...variant.script];
    else {
      script.length = keep;
      // Not by spreading into push: a long script would overflow the stack.
      for (const choice of variant.script) script.push(choice);
    }
  }
  return ok(script);
}

/**
 * Where other ways leave the variant's whole script, by position. A variant stands at the fork where it parts from this
 * one, unless it does so only by way of another that stands there already. At 0 stand those that share nothing. Empty for
 * a variant without a script; others without one stand nowhere.
 */
export function forks(flow: Flow, variantId: string): readonly Fork[] {
  const variants = byId(flow);
  const { lengths } = measureAll(variants);
  if (lengths.get(variantId) === undefined) return [];
  // Up to which position this variant goes along with itself and each of those it descends from.
  const along = new Map<string, number>([[variantId, Number.POSITIVE_INFINITY]]);
  const found = new Map<number, string[]>();
  const add = (at: number, id: string) => {
    const ids = found.get(at);
    if (ids === undefined) found.set(at, [id]);
    else ids.push(id);
  };
  for (let own = origin(variants, variantId); own.from !== undefined; own = origin(variants, own.from)) {
    along.set(own.from, own.keep);
  }
  for (const [id] of variants) {
    if (lengths.get(id) === undefined) continue;
    const left = along.get(id);
    const { from, keep } = origin(variants, id);
    if (left !== undefined) {
      if (Number.isFinite(left)) add(left, id);
    } else if (keep <= (from === undefined ? 0 : (along.get(from) ?? -1))) add(keep, id);
  }
  return [...found].sort(([a], [b]) => a - b).map(([at, ids]) => ({ at, variants: ids }));
}

/**
 * The variant from whose own choices this one leaves, and where: its parent, or the ancestor of whom the parent itself
 * had taken over the last choice that is kept.
 */
function origin(variants: ReadonlyMap<string, Variant>, id: string): { readonly from?: string; readonly keep: number } {
  const branch = variants.get(id)?.branch;
  if (branch === undefined) return { keep: 0 };
  let { from } = branch;
  for (;;) {
    const before = variants.get(from)?.branch;
    if (before === undefined || branch.keep > before.keep) return { from, keep: branch.keep };
    from = before.from;
  }
}

/** What is wrong with the branches of a document: one diagnostic for each variant that is itself wrong. */
export function checkBranches(flow: Flow): Diagnostic[] {
  const variants = byId(flow);
  const { wrong } = measureAll(variants);
  const diagnostics: Diagnostic[] = [];
  for (const [index, variant] of flow.variants.entries()) {
    const says = variants.get(variant.id) === variant ? wrong.get(variant.id) : undefined;
    if (says === undefined) continue;
    const at = `/variants/${index}/branch`;
    diagnostics.push({ severity: "error", code: "wrong-branch", message: `variants[${index}].branch: ${says}`, at });
  }
  return diagnostics;
}

interface Measured {
  /** Length of the whole script; undefined where there is none. */
  readonly lengths: Map<string, number | undefined>;
  /** Of the variants that are themselves wrong, why. */
  readonly wrong: Map<string, string>;
}

function measureAll(variants: ReadonlyMap<string, Variant>): Measured {
  const measured: Measured = { lengths: new Map(), wrong: new Map() };
  for (const variant of variants.values()) measure(variants, variant, measured);
  return measured;
}

/** Measures the variant and those of its ancestors that are not measured yet. */
function measure(variants: ReadonlyMap<string, Variant>, variant: Variant, { lengths, wrong }: Measured): void {
  const chain = new Map<string, Variant>();
  let next: Variant | undefined = variant;
  while (next !== undefined && !lengths.has(next.id) && !chain.has(next.id)) {
    chain.set(next.id, next);
    next = next.branch === undefined ? undefined : variants.get(next.branch.from);
  }
  const links = [...chain.values()];
  if (next !== undefined && chain.has(next.id)) {
    for (const link of links.splice(links.indexOf(next))) {
      lengths.set(link.id, undefined);
      wrong.set(link.id, descendsFromItself(link));
    }
  }
  for (const link of links.toReversed()) {
    const { branch } = link;
    const parent = branch === undefined ? 0 : lengths.get(branch.from);
    const keep = branch?.keep ?? 0;
    if (branch !== undefined && !variants.has(branch.from)) wrong.set(link.id, unknownParent(link, branch.from));
    else if (parent !== undefined && keep > parent) wrong.set(link.id, keepsTooMuch(link, keep, parent));
    lengths.set(link.id, parent === undefined || wrong.has(link.id) ? undefined : keep + link.script.length);
  }
}

/** The first variant of each id: a second one cannot be reached and is reported as a repeated id. */
function byId(flow: Flow): Map<string, Variant> {
  const variants = new Map<string, Variant>();
  for (const variant of flow.variants) if (!variants.has(variant.id)) variants.set(variant.id, variant);
  return variants;
}

/** The variant and its ancestors, oldest first. */
function lineOf(variants: ReadonlyMap<string, Variant>, variantId: string): Result<readonly Variant[]> {
  const line = new Set<Variant>();
  let id: string | undefined = variantId;
  let child: Variant | undefined;
  while (id !== undefined) {
    const variant = variants.get(id);
    if (variant === undefined) return fail(child === undefined ? noSuchVariant(id) : unknownParent(child, id));
    if (line.has(variant)) return fail(descendsFromItself(variant));
    line.add(variant);
    child = variant;
    id = variant.branch?.from;
  }
  return ok([...line].reverse());
}

const noSuchVariant = (id: string) => `The flow has no variant “${id}”.`;
const unknownParent = (variant: Variant, parent: string) =>
  `The variant “${variant.id}” branches from “${parent}”, which the flow does not have.`;
const descendsFromItself = (variant: Variant) => `The variant “${variant.id}” descends from itself.`;
const keepsTooMuch = (variant: Variant, keep: number, length: number) =>
  `The variant “${variant.id}” keeps ${keep} choices of “${variant.branch?.from}”, which has only ${length}.`;

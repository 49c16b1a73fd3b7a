import { placeMarks } from "../diagram/placed-marks.ts";
import type { Flow, Variant } from "../flow/flow.ts";
import { fail, ok, type Result } from "../flow/result.ts";
import type { Choice } from "../run/choice.ts";
import type { Run } from "../run/run.ts";
import { wholeScript } from "../run/tree.ts";
import { goThrough, placesOf } from "./go-through.ts";
import { holdsWays, readFragment, type Stretch, type Through, type VariantName, waysThrough } from "./parts.ts";
import { type ApartWay, sharedOut } from "./share-out.ts";

/** More ways than a person can want as variants. */
const MOST_WAYS = 200;

/**
 * The flow with a variant for each way through a fragment that the variant `id` has, and through those within it, instead
 * of the fragment. The first way takes the variant's place; the others leave it, or one another, where they part. What
 * is written about steps goes with them. Fails, with a sentence, where steps in the fragment follow from rules: these
 * cannot go one way without what they follow from.
 * @param run the variant's run.
 * @param compute computes the run of a script of this flow.
 */
export function takeApart(
  flow: Flow,
  id: string,
  run: Run,
  index: number,
  compute: (script: readonly Choice[]) => Run,
): Result<Flow> {
  const mark = flow.marks?.[index];
  if (mark?.kind !== "fragment" || !holdsWays(mark))
    return fail("Only a fragment of the kind alt, opt or par holds ways to choose from.");
  if (run.end !== "rest") return fail("The variant does not come to its end; repair it first.");
  const whole = wholeScript(flow, id);
  if (!whole.ok) return whole;
  const places = new Map(run.hops.map(({ name }, i) => [name, i]));
  const placed = placeMarks(flow.marks ?? [], (hop) => (hop === undefined ? -1 : places.get(hop)), id);
  const start = placed.findIndex((one) => one.index === index);
  if (start < 0) return fail("The variant has no place for this fragment.");
  const fragment = readFragment(placed, start);
  const through = waysThrough(fragment, { most: MOST_WAYS });
  if (through.length > MOST_WAYS) return fail(`There are more than ${MOST_WAYS} ways through this fragment.`);
  const choices = placesOf(whole.value, run, places);
  const { from } = fragment.whole;
  const common = choices.filter(({ place }) => place <= from).length;
  const kept = keepsTogether(flow, id, common);
  if (!kept.ok) return kept;
  const after: Stretch = {
    from: fragment.whole.to,
    to: Number.MAX_SAFE_INTEGER,
    first: fragment.whole.last,
    last: placed.length,
  };
  const ways: ApartWay[] = [];
  for (const way of through) {
    const made = goThrough(run, choices, { before: from, stretches: [...way.stretches, after] }, compute);
    if (!made.ok) return made;
    ways.push(made.value.way);
  }
  const named = variantsOf(flow, id, ways, through);
  const ids = named.slice(0, ways.length).map((variant) => variant.id);
  const at = flow.variants.findIndex((variant) => variant.id === id);
  const variants = flow.variants.toSpliced(at, 1, ...named);
  return ok(sharedOut({ ...flow, variants }, { flow, variant: id, placed, before: start, ids, ways }));
}

/** Whether no other variant shares more than what comes before the fragment, and the variant all of the rest is its own. */
function keepsTogether({ variants }: Flow, id: string, common: number): Result<void> {
  const variant = variants.find((one) => one.id === id);
  if ((variant?.branch?.keep ?? 0) > common) {
    const parent = variants.find((one) => one.id === variant?.branch?.from);
    return fail(`“${variant?.title}” shares this fragment with “${parent?.title}”; take it apart there.`);
  }
  const child = variants.find(({ branch }) => branch?.from === id && branch.keep > common);
  return child === undefined
    ? ok(undefined)
    : fail(`“${child.title}” leaves the variant within the fragment or after it; take that variant away first.`);
}

/** The variants of the ways: the first as the one there was, the others leave the one with which they go furthest. */
function variantsOf(
  flow: Flow,
  id: string,
  ways: readonly ApartWay[],
  through: readonly Through[],
): readonly Variant[] {
  const old = flow.variants.find((variant) => variant.id === id);
  const hasChildren = flow.variants.some(({ branch }) => branch?.from === id);
  const taken = new Set(flow.variants.flatMap((variant) => (variant.id === id ? [] : [variant.id])));
  if (hasChildren) taken.add(id);
  const made: Variant[] = [];
  for (const [i, { script }] of ways.entries()) {
    const name = through[i]?.variant;
    const isFirst = i === 0;
    const own =
      isFirst && (hasChildren || name === undefined) ? id : freeId(taken, name?.id ?? `${id.slice(0, 70)}-${i + 1}`);
    taken.add(own);
    const description = name === undefined && isFirst ? old?.description : name?.description;
    const title = name?.title ?? (isFirst && through[0]?.guards.length === 0 ? old?.title : titleOf(through[i], i));
    const untold = untoldOf(old, name);
    const words = {
      id: own,
      title: title ?? id,
      ...(description !== undefined && { description }),
      ...(untold !== undefined && { untold }),
    };
    if (isFirst) {
      const branch = old?.branch;
      made.push({ ...words, ...(branch !== undefined && { branch }), script: script.slice(branch?.keep ?? 0) });
      continue;
    }
    const shared = ways.slice(0, i).map((before) => prefixLength(before.script, script));
    const keep = Math.max(...shared);
    const from = made[shared.indexOf(keep)]?.id ?? id;
    made.push({ ...words, branch: { from, keep }, script: script.slice(keep) });
  }
  return made;
}

/** What the whole variant does not tell, and what the way does not. */
function untoldOf(old: Variant | undefined, name: VariantName | undefined): Variant["untold"] {
  const all = [...new Set([...(old?.untold ?? []), ...(name?.untold ?? [])])];
  return all.length === 0 ? undefined : all;
}

const titleOf = (through: Through | undefined, i: number): string =>
  (through?.guards.filter((guard) => guard !== "").join(", ") || `Way ${i + 1}`).slice(0, 500);

function freeId(taken: ReadonlySet<string>, wanted: string): string {
  let id = wanted;
  for (let n = 2; taken.has(id); n++) id = `${wanted.slice(0, 70)}-${n}`;
  return id;
}

function prefixLength(a: readonly Choice[], b: readonly Choice[]): number {
  const differs = b.findIndex((choice, i) => JSON.stringify(choice) !== JSON.stringify(a[i]));
  return differs < 0 ? b.length : differs;
}

import { placeMarks } from "../diagram/placed-marks.ts";
import type { Flow, Variant } from "../flow/flow.ts";
import { fail, ok, type Result } from "../flow/result.ts";
import type { Choice } from "../run/choice.ts";
import type { Run } from "../run/run.ts";
import { wholeScript } from "../run/tree.ts";
import { goThrough, placesOf } from "./go-through.ts";
import { oneApart } from "./one-apart.ts";
import { holdsWays, type Through, type VariantName } from "./parts.ts";
import { type ApartWay, sharedOut } from "./share-out.ts";

/** More ways than a person can want as variants. */
const MOST_WAYS = 200;

/**
 * The flow with a variant for each way through a fragment that the variant `id` has, and through those within it, instead
 * of the fragment; with `alone` those within it stay as they are. The first way takes the variant's place, with the
 * fragments around; see `oneApart`. The others leave it, or one another, where they part. What is written about steps goes
 * with them. Fails, with a sentence, where steps in the fragment follow from rules: these cannot go one way without what
 * they follow from.
 * @param run the variant's run.
 * @param compute computes the run of a script of this flow.
 */
export function takeApart(
  flow: Flow,
  id: string,
  run: Run,
  index: number,
  compute: (script: readonly Choice[]) => Run,
  alone = false,
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
  const found = oneApart(placed, start, { most: MOST_WAYS, alone });
  if (found === undefined) return fail("The variant has no place for this fragment.");
  if (found.ways.length > MOST_WAYS) return fail(`There are more than ${MOST_WAYS} ways through this fragment.`);
  const choices = placesOf(whole.value, run, places);
  const ways: ApartWay[] = [];
  for (const { stretches, named } of found.ways) {
    const made = goThrough(run, choices, { before: found.from, stretches }, compute);
    if (!made.ok) return made;
    ways.push({ ...made.value.way, ...(named !== undefined && { named }) });
  }
  const words = wordsOf(flow, id, found.ways);
  const variants = attached(flow, id, words, ways);
  const ids = words.map((one) => one.id);
  return ok(sharedOut({ ...flow, variants }, { flow, variant: id, placed, before: found.first, ids, ways }));
}

type Words = Omit<Variant, "script" | "branch">;

/** What the variants of the ways are called: the first as the one there was, unless its way has a name of its own. */
function wordsOf(flow: Flow, id: string, through: readonly Through[]): readonly Words[] {
  const old = flow.variants.find((variant) => variant.id === id);
  const taken = new Set(flow.variants.flatMap((variant) => (variant.id === id ? [] : [variant.id])));
  return through.map((way, i): Words => {
    const name = way.variant;
    const isFirst = i === 0;
    const own = isFirst && name === undefined ? id : freeId(taken, name?.id ?? `${id.slice(0, 70)}-${i + 1}`);
    taken.add(own);
    const description = name === undefined && isFirst ? old?.description : name?.description;
    const title = name?.title ?? (isFirst && way.guards.length === 0 ? old?.title : titleOf(way, i));
    const untold = untoldOf(old, name);
    return {
      id: own,
      title: title ?? id,
      ...(description !== undefined && { description }),
      ...(untold !== undefined && { untold }),
    };
  });
}

/**
 * The flow's variants with those of the ways in place of the variant `id`. Each way leaves the one before it with which it
 * goes furthest, the first leaves what the variant left, and what left the variant leaves the way with which it goes
 * furthest. No other variant's choices change.
 */
function attached(flow: Flow, id: string, words: readonly Words[], ways: readonly ApartWay[]): Variant[] {
  const at = flow.variants.findIndex((variant) => variant.id === id);
  const branch = flow.variants[at]?.branch;
  const parent = branch && wholeScript(flow, branch.from);
  const scripts = ways.map(({ script }) => [...script]);
  const made = words.map((own, i): Variant => {
    const script = scripts[i] ?? [];
    if (i > 0) return { ...own, ...leaving(script, words, scripts.slice(0, i)) };
    if (branch === undefined || parent?.ok !== true) return { ...own, script };
    const keep = Math.min(branch.keep, prefixLength(parent.value, script));
    return { ...own, branch: { from: branch.from, keep }, script: script.slice(keep) };
  });
  const others = flow.variants.map((variant): Variant => {
    if (variant.branch?.from !== id) return variant;
    const whole = wholeScript(flow, variant.id);
    return whole.ok ? { ...variant, ...leaving(whole.value, words, scripts) } : variant;
  });
  return others.toSpliced(at, 1, ...made);
}

/** How a script leaves that one of others with which it goes furthest. */
function leaving(
  script: readonly Choice[],
  words: readonly Words[],
  scripts: readonly (readonly Choice[])[],
): Pick<Variant, "branch" | "script"> {
  const shared = scripts.map((other) => prefixLength(other, script));
  const keep = Math.max(...shared);
  return { branch: { from: words[shared.indexOf(keep)]?.id ?? "", keep }, script: script.slice(keep) };
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

import { type PlacedMark, placeMarks } from "../diagram/placed-marks.ts";
import type { Flow, Variant } from "../flow/flow.ts";
import { fail, ok, type Result } from "../flow/result.ts";
import type { Choice, HopName } from "../run/choice.ts";
import type { Run } from "../run/run.ts";
import { wholeScript } from "../run/tree.ts";
import { holdsWays, readFragment, type Stretch, type Through, waysThrough } from "./parts.ts";
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
  const through = waysThrough(fragment, MOST_WAYS);
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
    const made = wayOf(run, choices, { placed, before: from, way, after }, compute);
    if (!made.ok) return made;
    ways.push(made.value);
  }
  const named = variantsOf(flow, id, ways, through);
  const ids = named.slice(0, ways.length).map((variant) => variant.id);
  const at = flow.variants.findIndex((variant) => variant.id === id);
  const variants = flow.variants.toSpliced(at, 1, ...named);
  return ok(sharedOut({ ...flow, variants }, { flow, variant: id, placed, before: start, ids, ways }));
}

interface PlacedChoice {
  readonly choice: Choice;
  /** The place among the hops to which it belongs. */
  readonly place: number;
}

/** Where in the run each choice of the script has its message; one that is of no message belongs to the next that is. */
function placesOf(script: readonly Choice[], run: Run, places: ReadonlyMap<HopName, number>): readonly PlacedChoice[] {
  const turns = [...run.turns.entries()].filter(([, { by }]) => by === "script");
  const drawn = new Map(
    run.hops.flatMap(({ name, sent, origin }) => (origin === "authored" ? [[sent, name] as const] : [])),
  );
  const own = script.map((choice, i) => {
    const hop = choice.kind === "inject" ? drawn.get(turns[i]?.[0] ?? -1) : "hop" in choice ? choice.hop : undefined;
    return places.get(hop ?? "");
  });
  let next = run.hops.length;
  const found: PlacedChoice[] = [];
  for (const [i, choice] of [...script.entries()].reverse()) {
    next = own[i] ?? next;
    found.push({ choice, place: next });
  }
  return found.reverse();
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

interface Going {
  readonly placed: readonly PlacedMark[];
  /** The place after which the fragment begins. */
  readonly before: number;
  readonly way: Through;
  readonly after: Stretch;
}

/** One way as a script of its own, and what its messages are called in it. */
function wayOf(
  run: Run,
  choices: readonly PlacedChoice[],
  { before, way, after }: Going,
  compute: (script: readonly Choice[]) => Run,
): Result<ApartWay> {
  const stretches = [...way.stretches, after];
  const within = (place: number, { from, to }: Stretch) => place > from && place <= to;
  const script = [
    ...choices.filter(({ place }) => place <= before),
    ...stretches.flatMap((one) => choices.filter(({ place }) => within(place, one))),
  ].map(({ choice }) => choice);
  const hops = [
    ...run.hops.filter((_, place) => place <= before),
    ...stretches.flatMap((one) => run.hops.filter((_, place) => within(place, one))),
  ];
  const own = ownNames(script, hops);
  const next = compute(own);
  const isSame =
    next.end === "rest" &&
    next.hops.length === hops.length &&
    next.hops.every((hop, i) => {
      const old = hops[i];
      return hop.from === old?.from && hop.to === old.to && hop.message.name === old.message.name;
    });
  if (!isSame)
    return fail("Messages in this fragment, or after it, follow from rules: only what is drawn can be taken apart.");
  const names = new Map(hops.map(({ name }, i) => [name, next.hops[i]?.name ?? name]));
  let count = run.hops.filter((_, place) => place <= before).length;
  const placed = stretches.map((one) => {
    const above = next.hops[count - 1]?.name;
    count += run.hops.filter((_, place) => within(place, one)).length;
    return { ...one, above };
  });
  return ok({ script: own, names, shown: new Set(names.values()), stretches: placed });
}

/** The script with the drawn messages called as they are called in it: how often a name was sent before has changed. */
function ownNames(script: readonly Choice[], hops: Run["hops"]): readonly Choice[] {
  const counts = new Map<string, number>();
  const named = new Map<HopName, HopName>();
  const inOrderSent = hops
    .filter(({ origin, instead }) => origin === "authored" && instead === undefined)
    .toSorted((a, b) => a.sent - b.sent);
  const byEdge = new Map<string, HopName[]>();
  for (const { name } of inOrderSent) {
    const edge = name.slice(0, name.lastIndexOf("#"));
    byEdge.set(edge, [...(byEdge.get(edge) ?? []), name]);
  }
  for (const choice of script) {
    if (choice.kind !== "inject") continue;
    const edge = `${choice.from}>${choice.to} ${choice.message.label}`;
    const count = (counts.get(edge) ?? 0) + 1;
    counts.set(edge, count);
    const old = byEdge.get(edge)?.[count - 1];
    if (old !== undefined) named.set(old, `${edge}#${count}`);
  }
  return script.map((choice) => {
    if (!("hop" in choice)) return choice;
    const hop = named.get(choice.hop) ?? choice.hop;
    return hop === choice.hop ? choice : { ...choice, hop };
  });
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
    const words = { id: own, title: title ?? id, ...(description !== undefined && { description }) };
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

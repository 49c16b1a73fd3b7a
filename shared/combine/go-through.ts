import { fail, ok, type Result } from "../flow/result.ts";
import type { Choice, HopName } from "../run/choice.ts";
import type { Run } from "../run/run.ts";
import type { Stretch } from "./parts.ts";
import type { ApartWay } from "./share-out.ts";

/** A choice of a script with the message in whose place it stands. */
interface PlacedChoice {
  readonly choice: Choice;
  /** The place among the hops to which it belongs. */
  readonly place: number;
}

/** Where in the run each choice of the script has its message; one that is of no message belongs to the next that is. */
export function placesOf(
  script: readonly Choice[],
  run: Run,
  places: ReadonlyMap<HopName, number>,
): readonly PlacedChoice[] {
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

/** What is gone through on one way: all up to the place `before`, then these stretches. */
interface Going {
  readonly before: number;
  readonly stretches: readonly Stretch[];
}

/** One way as a script, what its messages are called in that, and the run of it. */
export interface Gone {
  readonly way: ApartWay;
  readonly run: Run;
}

/**
 * Goes one way through a run of drawn messages. Fails, with a sentence, where messages follow from rules: these cannot go
 * one way without what they follow from.
 * @param choices those of the run's script, as `placesOf` places them.
 * @param compute computes the run of a script of the same flow.
 */
export function goThrough(
  run: Run,
  choices: readonly PlacedChoice[],
  { before, stretches }: Going,
  compute: (script: readonly Choice[]) => Run,
): Result<Gone> {
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
  return ok({ way: { script: own, names, shown: new Set(names.values()), stretches: placed }, run: next });
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

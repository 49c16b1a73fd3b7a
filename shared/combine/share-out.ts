import type { PlacedMark } from "../diagram/placed-marks.ts";
import type { Mark } from "../flow/drawn.ts";
import { apply } from "../flow/edit.ts";
import type { Flow } from "../flow/flow.ts";
import { holdsFor, type OfSome } from "../flow/only.ts";
import { passagesOf, rewrite } from "../flow/passages.ts";
import { renameReferences } from "../flow/step-references.ts";
import type { Choice, HopName } from "../run/choice.ts";
import type { Stretch, Through } from "./parts.ts";

/** A way through a fragment as the script of a variant. */
export interface ApartWay {
  readonly script: readonly Choice[];
  /** What the messages on the way are called, by what they were called before. */
  readonly names: ReadonlyMap<HopName, HopName>;
  /** What they are called now. */
  readonly shown: ReadonlySet<HopName>;
  /** What is gone through after the beginning of the fragment, what follows it last; each with the message above it, by its name now. */
  readonly stretches: readonly (Stretch & { readonly above: HopName | undefined })[];
  /** The variant after which the part of a fragment on the way is called now. */
  readonly named?: Through["named"];
}

/** What is to be shared out: what is written in `flow` about `variant`, among `ways` with the variants `ids`. */
export interface Sharing {
  readonly flow: Flow;
  readonly variant: string;
  readonly placed: readonly PlacedMark[];
  /** Where the fragment begins among the placed marks. */
  readonly before: number;
  readonly ids: readonly string[];
  readonly ways: readonly ApartWay[];
}

/**
 * The flow with everything that is written about steps of the variant where these steps are now, and for those variants
 * alone where another has a step of the same name about which it was not written.
 */
export function sharedOut(next: Flow, sharing: Sharing): Flow {
  const { flow, ways } = sharing;
  const marks = marksOf(sharing);
  const prose = flow.prose?.flatMap((entry) =>
    spread(sharing, entry, ({ names }) => {
      const at = names.get(entry.at);
      const { to: last, ...rest } = entry;
      const to = last === undefined ? undefined : names.get(last);
      return at === undefined
        ? undefined
        : { ...rest, at, ...(to !== undefined && { to }), text: renamed(entry.text, names) };
    }),
  );
  const notes = flow.notes?.flatMap((entry) => {
    const { at: hop, under, text } = entry;
    const isUnder = under !== undefined && marks.ids.has(under);
    if (hop === undefined && !isUnder) return [renamedForAll(sharing, entry)];
    return spread(sharing, entry, ({ names }, i) => {
      const at = hop === undefined ? undefined : names.get(hop);
      const mark = isUnder ? marks.ids.get(under)?.[i] : undefined;
      if (isUnder ? mark === undefined : at === undefined) return undefined;
      return {
        ...entry,
        ...(at !== undefined && { at }),
        ...(mark !== undefined && { under: mark }),
        text: renamed(text, names),
      };
    });
  });
  const arrows = flow.arrows?.flatMap((entry) =>
    spread(sharing, entry, ({ names }) => {
      const at = names.get(entry.at);
      return at === undefined ? undefined : { ...entry, at };
    }),
  );
  const requirements = flow.requirements?.map((entry) => {
    if (entry.steps === undefined) return entry;
    const steps = entry.steps.flatMap((hop) => {
      const found = ways.flatMap(({ names }) => names.get(hop) ?? []);
      return found.length === 0 ? [hop] : found;
    });
    return { ...entry, steps: [...new Set(steps)] };
  });
  return withWords(
    {
      ...next,
      ...(prose !== undefined && { prose }),
      ...(notes !== undefined && { notes }),
      ...(arrows !== undefined && { arrows }),
      ...(flow.marks !== undefined && { marks: [...marks.list] }),
      ...(requirements !== undefined && { requirements }),
    },
    sharing,
  );
}

const renamed = (text: string, names: ReadonlyMap<HopName, HopName>): string =>
  renameReferences(text, (hop) => names.get(hop));

/** The name of a message on the first way that has it. */
const somewhere = ({ ways }: Sharing, hop: HopName): HopName | undefined =>
  ways.map(({ names }) => names.get(hop)).find((name) => name !== undefined);

const renamedForAll = <T extends OfSome & { readonly text: string }>(sharing: Sharing, entry: T): T => ({
  ...withOwn(sharing, entry),
  text: renameReferences(entry.text, (hop) => somewhere(sharing, hop)),
});

/** What held for the variant holds for all that come of it. */
function withOwn<T extends OfSome>({ variant, ids }: Sharing, entry: T): T {
  if (entry.only?.includes(variant) !== true) return entry;
  return { ...entry, only: [...new Set(entry.only.flatMap((id) => (id === variant ? ids : [id])))] };
}

/** An entry for each thing that it has become, with the variants of which it is true where that has to be said. */
function spread<T extends OfSome & { readonly at?: HopName | undefined }>(
  sharing: Sharing,
  entry: T,
  on: (way: ApartWay, i: number) => T | undefined,
): T[] {
  const { flow, variant, ways, ids } = sharing;
  if (!holdsFor(entry, variant)) return [entry];
  const found = ways.map(on);
  if (found.every((one) => one === undefined)) return [withOwn(sharing, entry)];
  const others = flow.variants.flatMap(({ id }) => (id !== variant && holdsFor(entry, id) ? [id] : []));
  const { only: _, ...bare } = entry;
  const copies = new Map<string, { readonly entry: T; readonly of: string[] }>();
  const add = (one: T, id: string) => {
    const { only: __, ...content } = one;
    const key = JSON.stringify(content);
    const copy = copies.get(key);
    if (copy === undefined) copies.set(key, { entry: content as T, of: [id] });
    else copy.of.push(id);
  };
  for (const [i, one] of found.entries()) if (one !== undefined) add(one, ids[i] ?? "");
  for (const id of others) add(bare as T, id);
  return [...copies.values()].map((copy) => limited(sharing, copy.entry, copy.of));
}

/** Says of which variants an entry is true, unless no other one has the step. */
function limited<T extends OfSome & { readonly at?: HopName | undefined }>(
  sharing: Sharing,
  entry: T,
  of: readonly string[],
): T {
  const { flow, variant, ids, ways } = sharing;
  const isOther = (id: string) => id !== variant && !of.includes(id);
  const mayShow = (way: ApartWay, i: number) =>
    !of.includes(ids[i] ?? "") && (entry.at === undefined || way.shown.has(entry.at));
  const needed = flow.variants.some(({ id }) => isOther(id)) || ways.some(mayShow);
  return needed ? { ...entry, only: [...of] } : entry;
}

interface SharedMarks {
  readonly list: readonly Mark[];
  /** What a mark is called on each way, by its id before; undefined on a way that has it not. */
  readonly ids: ReadonlyMap<string, readonly (string | undefined)[]>;
}

/** The marks where they are now; those of the fragments that are taken apart are gone from the variant. */
function marksOf(sharing: Sharing): SharedMarks {
  const { flow, variant, placed, before, ways } = sharing;
  const marks = flow.marks ?? [];
  const moved = new Set(placed.slice(before).flatMap(({ index }) => index ?? []));
  const heads = new Map(marks.flatMap((mark, index) => (mark.kind === "fragment" ? [[mark.id, index] as const] : [])));
  const list: Mark[] = [];
  for (const [index, mark] of marks.entries()) {
    // A part and an end go with their fragment, also where their own steps are not in the variant.
    const head = "of" in mark ? (heads.get(mark.of) ?? index) : index;
    const of = [mark, marks[head] ?? mark];
    const others = flow.variants.flatMap(({ id }) =>
      id !== variant && of.every((one) => holdsFor(one, id)) ? [id] : [],
    );
    if (!moved.has(index) && !moved.has(head)) list.push(withOwn(sharing, mark));
    else if (others.length > 0) list.push({ ...mark, only: others });
  }
  const taken = new Set(list.flatMap(({ id }) => id ?? []));
  const ids = new Map<string, (string | undefined)[]>();
  const copies = new Map<string, { mark: Mark; of: string[] }>();
  for (const [i, way] of ways.entries()) {
    const called = new Map<string, string>();
    for (const { mark, at } of onWay(placed, way)) {
      const content = "of" in mark ? { ...mark, of: called.get(mark.of) ?? mark.of } : mark;
      const { only: _, at: __, ...rest } = content;
      const here = { ...rest, ...(at !== undefined && { at }) } as Mark;
      const key = JSON.stringify(here);
      const known = copies.get(key);
      const id = known?.mark.id ?? (mark.id === undefined ? undefined : free(taken, mark.id));
      if (known === undefined)
        copies.set(key, { mark: id === undefined ? here : ({ ...here, id } as Mark), of: [sharing.ids[i] ?? ""] });
      else known.of.push(sharing.ids[i] ?? "");
      if (mark.id === undefined || id === undefined) continue;
      called.set(mark.id, id);
      const each = ids.get(mark.id) ?? ways.map(() => undefined);
      each[i] = id;
      ids.set(mark.id, each);
    }
  }
  for (const { mark, of } of copies.values()) list.push(limited(sharing, mark, of));
  return { list, ids };
}

/** The marks on a way, each with the message that it follows there. */
function* onWay(placed: readonly PlacedMark[], { stretches, names, named }: ApartWay) {
  for (const [s, { from, first, last, above }] of stretches.entries()) {
    let begins = s < stretches.length - 1;
    for (const [i, { mark: old, at, index }] of placed.slice(first, last).entries()) {
      const mark = named?.at === first + i ? ({ ...old, variant: named.variant } as Mark) : old;
      // How a part is counted is its fragment's matter.
      begins &&= mark.kind === "numbering" && at === from;
      if (begins || index === undefined) continue;
      yield { mark, at: at > from && mark.at !== undefined ? names.get(mark.at) : above };
    }
  }
}

/** What stands apart from the steps, with references to where these are now. */
function withWords(flow: Flow, sharing: Sharing): Flow {
  const apart = passagesOf(flow).filter(({ kind }) => kind === "Introduction" || kind === "Definition");
  const changes = apart.flatMap(({ path, text }) => {
    const next = renameReferences(text, (hop) => somewhere(sharing, hop));
    return next === text ? [] : [{ path, text: next }];
  });
  const edited = apply(flow, { kind: "group", edits: rewrite(flow, changes) });
  return edited.ok ? edited.value : flow;
}

function free(taken: Set<string>, wanted: string): string {
  let id = wanted;
  for (let n = 2; taken.has(id); n++) id = `${wanted.slice(0, 70)}-${n}`;
  taken.add(id);
  return id;
}

import type { Item, Paragraph } from "../diagram/diagram.ts";
import { stepsOf } from "../diagram/steps-of.ts";
import type { Mark } from "../flow/drawn.ts";
import { type Flow, FORMAT, shownRole, VERSION, type View } from "../flow/flow.ts";
import { holdsFor } from "../flow/only.ts";
import { fail, ok, type Result } from "../flow/result.ts";
import { renameReferences } from "../flow/step-references.ts";
import type { HopName } from "../run/choice.ts";
import type { Run } from "../run/run.ts";
import { guardsOf } from "./guards.ts";
import { type NotesByPlace, notesByPlace } from "./notes.ts";
import {
  blankSheet,
  countedNumber,
  drawStep,
  looksOf,
  type Placed,
  putMark,
  type Sheet,
  scriptOf,
  type Unplaced,
} from "./sheet.ts";
import { exchanged, type Segment, segmentsOf, stepsIn, type Unit, unitsOf, type Way } from "./ways.ts";

/** How variants become one flow. */
export interface Combining {
  /** What was shown of them. */
  readonly view: View;
  /** Whether the second part of a fragment counts on from the first, or from where the ways part as the first does. */
  readonly numbering: "continued" | "restarted";
  /** Whether two runs that go through the same in two orders do not depend on the order; the engine knows. */
  readonly areIndependent: (a: Run, b: Run) => boolean;
}

export interface Combined {
  readonly flow: Flow;
  /** A sentence for everything of the variants that is not in it. */
  readonly remarks: readonly string[];
}

type Notes = NonNullable<Flow["notes"]>;

/** The scopes in which a hop of the variants is looked up: nearest first. */
interface Scope {
  readonly placed: Map<HopName, Placed>;
  readonly outer: Scope | undefined;
}

/** A combined flow while it is being drawn. */
interface Work {
  readonly flow: Flow;
  readonly sheet: Sheet;
  readonly combining: Combining;
  readonly names: ReadonlyMap<string, string>;
  readonly notesOf: ReadonlyMap<Way, NotesByPlace>;
  readonly prose: { readonly at: Placed; readonly to: Placed; readonly text: string; readonly scope: Scope }[];
  readonly notes: {
    readonly entry: number;
    readonly at: Placed | undefined;
    readonly under?: string;
    readonly scope: Scope;
  }[];
  readonly markIds: Set<string>;
  /** Everything drawn of each hop. */
  readonly copies: Map<HopName, Placed[]>;
}

/**
 * One flow out of variants of a flow: what they share once, and from where they part a fragment whose parts are the ways
 * to go on; a variant of a variant is a fragment in a part. Nothing in it is computed any more: its steps are drawn, its
 * paragraphs written, as the variants show them. Fails when fewer than two of them differ.
 */
export function combine(flow: Flow, ways: readonly Way[], combining: Combining): Result<Combined> {
  if (ways.length < 2) return fail("Choose two variants or more to combine.");
  const tree = segmentsOf(
    ways.map((way) => ({ way, units: unitsOf(way) })),
    (a, b) => {
      const exchange = exchanged(a, b);
      return exchange !== undefined && combining.areIndependent(a.way.run, b.way.run) ? exchange : undefined;
    },
  );
  if (tree.parts.length === 0) return fail("These variants show the same steps: there is nothing to choose between.");
  const work: Work = {
    flow,
    sheet: blankSheet(combining.view.numbering?.start ?? 1),
    combining,
    names: new Map(flow.scenario.participants.map(({ id, name }) => [id, name])),
    notesOf: new Map(ways.map((way) => [way, notesByPlace(flow, way)])),
    prose: [],
    notes: (flow.notes ?? []).flatMap((note, entry) =>
      note.at === undefined && note.under === undefined && ways.some(({ id }) => holdsFor(note, id))
        ? [{ entry, at: undefined, scope: noScope }]
        : [],
    ),
    markIds: new Set(),
    copies: new Map(),
  };
  drawSegment(work, tree, 0, undefined);
  return ok({ flow: documentOf(work, ways), remarks: remarksOn(tree, ways) });
}

const noScope: Scope = { placed: new Map(), outer: undefined };

function drawSegment(work: Work, segment: Segment, shift: number, outer: Scope | undefined): void {
  const { sheet, combining } = work;
  const { parts, afterAll, ways } = segment;
  const scope: Scope = { placed: new Map(), outer };
  drawUnits(work, segment.source, segment.units, shift, scope);
  if (parts.length === 0) return;
  const withoutFirst = parts.findIndex(({ units, parts: inner }) => units.length === 0 && inner.length === 0);
  const isOpt = parts.length === 2 && withoutFirst >= 0;
  const id = freeMarkId(work, "ways");
  const guards = afterAll === undefined ? guardsOf(parts, work.names) : parts.map(() => "");
  const drawn = isOpt ? parts.filter((_, i) => i !== withoutFirst) : parts;
  let next = shift;
  for (const [i, part] of drawn.entries()) {
    const guard = guards[parts.indexOf(part)] ?? "";
    const words = { ...(guard !== "" && { guard }), ...namedAfter(part) };
    const operator = afterAll !== undefined ? "par" : isOpt ? "opt" : "alt";
    putMark(sheet, i === 0 ? { kind: "fragment", id, operator, ...words } : { kind: "else", of: id, ...words });
    if (i > 0 && combining.numbering === "continued" && afterAll === undefined) {
      const first = firstNumber(work, part);
      if (first !== undefined) next = sheet.count.next - first;
    }
    drawSegment(work, part, next, scope);
  }
  const past = isOpt ? parts[withoutFirst] : undefined;
  putMark(sheet, { kind: "end", of: id, ...(past !== undefined && namedAfter(past)) });
  if (afterAll !== undefined && ways[0] !== undefined) drawUnits(work, segment.source, afterAll, shift, scope);
}

/** The variant that a part is the way of, where it is the way of one alone. */
function namedAfter({ ways, parts }: Segment): {
  readonly variant?: NonNullable<Extract<Mark, { kind: "end" }>["variant"]>;
} {
  const [way] = ways;
  if (way === undefined || parts.length > 0) return {};
  const { id, title, description } = way;
  return { variant: { id, title, ...(description !== undefined && { description }) } };
}

function firstNumber({ flow }: Work, { units, parts }: Segment): number | undefined {
  const steps = [...stepsIn(units), ...parts.slice(0, 1).flatMap((part) => stepsIn(part.units))];
  for (const step of steps) {
    const counted = countedNumber(
      step,
      (flow.arrows ?? []).find(({ at }) => step.hops.includes(at)),
    );
    if (counted !== undefined) return counted;
  }
  return undefined;
}

/** Draws what a way shows in some place, with what is written about it. */
function drawUnits(work: Work, way: Way, units: readonly Unit[], shift: number, scope: Scope): void {
  const { sheet, flow } = work;
  const looks = (flow.arrows ?? []).filter((look) => holdsFor(look, way.id));
  const placed: Placed[] = [];
  const notes = work.notesOf.get(way);
  const put = (entries: readonly number[] | undefined, under?: string) => {
    for (const entry of entries ?? [])
      work.notes.push({ entry, at: sheet.steps.at(-1), ...(under !== undefined && { under }), scope });
  };
  const open: string[] = [];
  for (const item of units.flatMap(({ items }) => items)) {
    if (item.type === "step") {
      const one = drawStep(sheet, item, { run: way.run, looks }, shift, placed);
      placed.push(one);
      for (const hop of item.hops) {
        scope.placed.set(hop, one);
        work.copies.set(hop, [...(work.copies.get(hop) ?? []), one]);
      }
      put(notes?.afterStep.get(item.index));
      continue;
    }
    const known = "mark" in item && item.mark !== undefined ? flow.marks?.[item.mark] : undefined;
    const id = known?.id === undefined ? undefined : freeMarkId(work, known.id);
    const mark = markOf(item, known, id, open);
    if (mark !== undefined) putMark(sheet, mark);
    if (known?.id !== undefined) put(notes?.underMark.get(known.id), id);
  }
  writeParagraphs(work, way.diagram.paragraphs, placed, scope);
}

/** The paragraphs that begin among some steps. One that goes on where ways part tells of what stands before that. */
function writeParagraphs(work: Work, paragraphs: readonly Paragraph[], placed: readonly Placed[], scope: Scope): void {
  const byIndex = new Map(placed.map((one) => [one.step.index, one]));
  const [first, last] = [placed[0], placed.at(-1)];
  if (first === undefined || last === undefined) return;
  for (const paragraph of paragraphs) {
    const at = byIndex.get(Math.max(paragraph.first, first.step.index));
    const to = byIndex.get(Math.min(paragraph.last, last.step.index));
    if (at === undefined || to === undefined || paragraph.last < first.step.index) continue;
    const text = writtenAs(work.flow, paragraph);
    const isTold = paragraph.first < first.step.index && work.prose.some((told) => told.text === text);
    if (!isTold) work.prose.push({ at, to, text, scope });
  }
}

/** A paragraph as the document has it, references and all. */
function writtenAs({ prose }: Flow, { entries, text }: Paragraph): string {
  return entries === undefined ? text : entries.map((entry) => prose?.[entry]?.text ?? "").join(" ");
}

/** The mark that draws an item again. Numbers are looked after where steps are drawn. */
function markOf(
  item: Exclude<Item, { type: "step" }>,
  known: Mark | undefined,
  id: string | undefined,
  open: string[],
): Unplaced | undefined {
  if (item.type === "note") return undefined;
  if (item.type === "end") return { kind: "end", of: open.pop() ?? "" };
  if (known?.kind === "fragment") {
    const { at: _, restart: __, only: ___, ...rest } = known;
    open.push(id ?? known.id);
    return { ...rest, id: id ?? known.id };
  }
  if (known !== undefined) {
    const { at: _, id: __, only: ___, ...rest } = known;
    const own = rest.kind === "else" ? { ...rest, of: open.at(-1) ?? rest.of } : rest;
    return id === undefined ? own : { ...own, id };
  }
  if (item.type === "life")
    return item.event === "create" ? { kind: "create", on: item.on } : { kind: "destroy", on: item.on };
  if (item.type === "activation") return { kind: "activation", on: item.on, event: item.event };
  return item.type === "timer" ? { kind: "timer", on: item.on, name: item.name, event: item.event } : undefined;
}

function freeMarkId({ markIds }: Work, wanted: string): string {
  let id = wanted;
  for (let n = 2; markIds.has(id); n++) id = `${wanted.slice(0, 70)}-${n}`;
  markIds.add(id);
  return id;
}

function documentOf(work: Work, ways: readonly Way[]): Flow {
  const { flow, sheet, copies, combining } = work;
  const { script, names } = scriptOf(sheet);
  const nameOf = (placed: Placed | undefined): HopName => (placed === undefined ? "" : (names.get(placed) ?? ""));
  const at = (placed: Placed | undefined) => (placed === undefined ? {} : { at: nameOf(placed) });
  const renamed = (text: string, scope: Scope) =>
    renameReferences(text, (hop) => nameOf(lookUp(scope, hop) ?? copies.get(hop)?.[0]) || undefined);
  const prose = work.prose.map(({ at: from, to, text, scope }) => ({
    at: nameOf(from),
    ...(to !== from && { to: nameOf(to) }),
    text: renamed(text, scope),
  }));
  const notes = work.notes.map(({ entry, at: place, under, scope }): Notes[number] => {
    const { at: _, under: __, only: ___, text = "", ...rest } = (flow.notes?.[entry] ?? {}) as Notes[number];
    return { ...at(place), ...(under !== undefined && { under }), ...rest, text: renamed(text, scope) };
  });
  const requirements = flow.requirements?.map(({ steps = [], ...rest }) => {
    const carried = steps.flatMap((hop) => (copies.get(hop) ?? []).map(nameOf));
    return carried.length === 0 ? rest : { ...rest, steps: [...new Set(carried)] };
  });
  const { clause, figure, introduction, source, boxes, definitions } = flow;
  const arrows = looksOf(sheet, names);
  const marks = sheet.marks.map(({ mark, at: place }): Mark => ({ ...mark, ...at(place) }));
  return {
    format: FORMAT,
    version: VERSION,
    title: flow.title,
    ...(clause !== undefined && { clause }),
    ...(figure !== undefined && { figure }),
    ...(introduction !== undefined && { introduction: renamed(introduction, noScope) }),
    ...(source !== undefined && { source }),
    scenario: { participants: drawnParticipants(flow, ways) },
    variants: [{ id: "combined", title: "Combined", script }],
    ...(prose.length > 0 && { prose }),
    ...(notes.length > 0 && { notes }),
    ...(arrows.length > 0 && { arrows }),
    marks,
    ...(boxes !== undefined && { boxes }),
    ...(definitions !== undefined && {
      definitions: definitions.map(({ term, text }) => ({ term, text: renamed(text, noScope) })),
    }),
    ...(requirements !== undefined && { requirements }),
    view: viewOf(flow, ways, combining.view),
  };
}

function lookUp(scope: Scope | undefined, hop: HopName): Placed | undefined {
  return scope === undefined ? undefined : (scope.placed.get(hop) ?? lookUp(scope.outer, hop));
}

/** The participants drawn as what they are: no rule acts for them where alternatives stand one under the other. */
function drawnParticipants({ scenario }: Flow, ways: readonly Way[]): Flow["scenario"]["participants"] {
  const homes = new Map((scenario.users ?? []).map(({ id, domain }) => [id, domain]));
  const wanted = new Set(
    ways.flatMap(({ diagram }) =>
      shownIn(
        diagram.lifelines.map(({ id }) => id),
        diagram,
      ),
    ),
  );
  return scenario.participants
    .filter(({ id }) => wanted.has(id))
    .map((one) => {
      const domain = one.domain ?? (one.role === "client" ? homes.get(one.user) : undefined);
      const { id, name, shape, colour } = one;
      const drawnAs = shownRole(one);
      return {
        id,
        name,
        ...(domain !== undefined && { domain }),
        ...(shape !== undefined && { shape }),
        ...(colour !== undefined && { colour }),
        role: "other" as const,
        ...(drawnAs !== "other" && { drawnAs }),
      };
    });
}

/** The participants with a lifeline, and those that stand at the edge of the figure. */
function shownIn(lifelines: readonly string[], diagram: Way["diagram"]): readonly string[] {
  const ends = stepsOf(diagram).flatMap(({ from, to }) => [from, to]);
  return [...lifelines, ...ends.flatMap((end) => (end.kind === "nowhere" ? [] : [end.id]))];
}

function viewOf({ scenario }: Flow, ways: readonly Way[], { numbering }: View): View {
  const lifelines = new Set(ways.flatMap(({ diagram }) => diagram.lifelines.map(({ id }) => id)));
  const drawn = new Set(ways.flatMap(({ diagram }) => shownIn([], diagram)));
  const hide = scenario.participants.flatMap(({ id }) => (drawn.has(id) && !lifelines.has(id) ? [id] : []));
  return { ...(hide.length > 0 && { hide }), relays: "each", ...(numbering !== undefined && { numbering }) };
}

/** Which variants have no part of their own, or did not come to their end. */
function remarksOn(tree: Segment, ways: readonly Way[]): readonly string[] {
  const remarks = ways.flatMap(({ title, run }) =>
    run.end === "diverged" ? [`“${title}” does not fit any more: it is combined as far as it goes.`] : [],
  );
  const same = (segment: Segment): readonly string[] => {
    const { ways: here, parts, afterAll } = segment;
    if (parts.length > 0) return afterAll === undefined ? parts.flatMap(same) : [];
    const [first, ...others] = here;
    return others.map(({ title }) => `“${title}” shows the same steps as “${first?.title}”: it is not told apart.`);
  };
  return [...remarks, ...same(tree)];
}

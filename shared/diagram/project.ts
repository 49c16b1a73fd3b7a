import type { Flow, View } from "../flow/flow.ts";
import { holdsFor } from "../flow/only.ts";
import { referencesIn } from "../flow/step-references.ts";
import type { HopName } from "../run/choice.ts";
import type { RuleInfo, Run } from "../run/run.ts";
import type { Diagram, Item, LifelineBox, Paragraph, Step } from "./diagram.ts";
import { drawnAsWanted } from "./looks.ts";
import { type PlacedNote, type PlacedNotes, placeNotes } from "./notes.ts";
import { numberingOf } from "./numbering.ts";
import { itemOf, type PlacedMark, placeMarks } from "./placed-marks.ts";
import { placesAmong } from "./places.ts";
import { paragraphsOf } from "./prose.ts";
import { drawSteps, type Steps, stepsByHop } from "./steps.ts";
import { hasLifeline, type Visibility, visibilityOf } from "./visibility.ts";

/**
 * What of a run is seen, and how: which hops are shown and grouped into arrows, their numbers, the prose and the notes.
 * Never fails: what a flow says about hops that this run has not is left out. Linear in the number of hops.
 * @param view as it is; a caller that wants the flow's own passes `flow.view ?? {}`.
 * @param variant the one whose run it is, by default the main one: what is written about others alone is left out.
 * @param rules gives the steps the clauses of their rules.
 * @param previous an earlier diagram of the flow: steps that are as they were are the same objects, and nothing else differs.
 */
export function project(
  flow: Flow,
  run: Run,
  view: View,
  rules?: ReadonlyMap<string, RuleInfo>,
  variant: string | undefined = flow.variants[0]?.id,
  previous?: Diagram,
): Diagram {
  const known = previous === undefined ? undefined : madeFrom.get(previous);
  const before = known?.scenario === flow.scenario && known.view === view && known.rules === rules ? known : undefined;
  const visibility = before?.visibility ?? visibilityOf(flow.scenario, view);
  const drawn = drawSteps(run, view, visibility, rules, before?.drawn);
  const stepOf = stepsByHop(drawn.steps, hopsWrittenAbout(flow));
  const numbering = numberingOf(view);
  const placeOf = placesAmong(drawn.origins, stepOf);
  const arrows = (flow.arrows ?? []).filter((arrow) => holdsFor(arrow, variant));
  const marks = placeMarks(flow.marks ?? [], placeOf, variant);
  const wanted = drawnAsWanted(drawn.steps, arrows, marks, stepOf, numbering);
  const steps = withRequirements(flow, wanted, stepOf);
  const numberOf = (hop: HopName) => steps[stepOf.get(hop) ?? -1]?.number;
  const notes = placeNotes(flow, placeOf, marks, visibility, numberOf, variant);
  const boxes = boxesOf(flow, visibility);
  let paragraphs: readonly Paragraph[] | undefined;
  const diagram: Diagram = {
    title: flow.title,
    lifelines: visibility.lifelines,
    items: itemsOf({ ...drawn, steps }, notes, marks, visibility),
    // Told when first read: a figure alone needs no prose, which is a third of the work on a long flow.
    get paragraphs() {
      paragraphs ??= paragraphsOf({
        flow,
        run,
        variant,
        steps,
        origins: drawn.origins,
        stepOf,
        notes,
        visibility,
        numbering,
        numberOf,
      });
      return paragraphs;
    },
    introNotes: notes.intro.map(({ note }) => note),
    ...(boxes.length > 0 && { boxes }),
  };
  madeFrom.set(diagram, {
    scenario: flow.scenario,
    view,
    rules,
    visibility,
    drawn: { flat: drawn.flat, origins: drawn.origins },
  });
  return diagram;
}

/** What a diagram was made from, so that the next one can take over the steps that did not change. */
interface Made {
  readonly scenario: Flow["scenario"];
  readonly view: View;
  readonly rules: ReadonlyMap<string, RuleInfo> | undefined;
  readonly visibility: Visibility;
  readonly drawn: Pick<Steps, "flat" | "origins">;
}

const madeFrom = new WeakMap<Diagram, Made>();

function boxesOf({ boxes = [] }: Flow, visibility: Visibility): readonly LifelineBox[] {
  return boxes.flatMap(({ name = "", colour, participants }) => {
    const lifelines = participants.filter((id) => hasLifeline(visibility, id));
    return lifelines.length === 0 ? [] : [{ name, lifelines, ...(colour !== undefined && { colour }) }];
  });
}

/** The hops by which prose, notes, requirements, arrows and marks say where they belong, and to which texts refer. */
function hopsWrittenAbout({
  prose = [],
  notes = [],
  requirements = [],
  arrows = [],
  marks = [],
}: Flow): ReadonlySet<HopName> {
  const named = new Set<HopName>();
  for (const { at, to, text } of prose) {
    named.add(at);
    if (to !== undefined) named.add(to);
    for (const hop of referencesIn(text)) named.add(hop);
  }
  for (const { text } of notes) for (const hop of referencesIn(text)) named.add(hop);
  for (const { at } of arrows) named.add(at);
  for (const { at } of [...notes, ...marks]) if (at !== undefined) named.add(at);
  for (const { steps = [] } of requirements) for (const hop of steps) named.add(hop);
  return named;
}

function withRequirements(flow: Flow, steps: readonly Step[], stepOf: ReadonlyMap<HopName, number>): readonly Step[] {
  const carried = new Map<number, string[]>();
  for (const { id, steps: hops = [] } of flow.requirements ?? [])
    for (const at of new Set(hops.map((hop) => stepOf.get(hop)))) {
      if (at === undefined) continue;
      const ids = carried.get(at) ?? [];
      if (ids.length === 0) carried.set(at, ids);
      ids.push(id);
    }
  if (carried.size === 0) return steps;
  return steps.map((step, index) => {
    const requirements = carried.get(index);
    return requirements === undefined ? step : { ...step, requirements };
  });
}

/**
 * Everything from top to bottom: each step under its timers, over its notes and then its marks, each mark over its own
 * notes; what stands before the first step comes first.
 */
function itemsOf(
  { steps, timers }: Steps,
  notes: PlacedNotes,
  marks: readonly PlacedMark[],
  visibility: Visibility,
): readonly Item[] {
  const items: Item[] = [];
  let nextMark = 0;
  const drawMarks = (upTo: number, placed: readonly PlacedNote[]): void => {
    draw(items, placed, undefined);
    for (let entry = marks[nextMark]; entry !== undefined && entry.at <= upTo; entry = marks[++nextMark]) {
      const item = itemOf(entry, visibility);
      if (item !== undefined) items.push(item);
      if (entry.mark.id !== undefined) draw(items, placed, entry.mark.id);
    }
  };
  drawMarks(-1, notes.intro);
  let nextTimer = 0;
  const drawTimers = (index: number): void => {
    for (let timer = timers[nextTimer]; timer !== undefined && timer.before <= index; timer = timers[++nextTimer])
      items.push(timer.item);
  };
  for (let index = 0; index < steps.length; index++) {
    if (nextTimer < timers.length) drawTimers(index);
    const step = steps[index];
    if (step !== undefined) items.push(step);
    const after = notes.after.size === 0 ? undefined : notes.after.get(index);
    if (after !== undefined || nextMark < marks.length) drawMarks(index, after ?? []);
  }
  drawTimers(steps.length);
  drawMarks(Number.MAX_SAFE_INTEGER, []);
  return items;
}

/** Draws the notes that stand under a mark, or under their step. */
function draw(items: Item[], notes: readonly PlacedNote[], under: string | undefined): void {
  for (const note of notes) if (note.item !== undefined && note.under === under) items.push(note.item);
}

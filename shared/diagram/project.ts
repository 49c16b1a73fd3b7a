import type { Flow, View } from "../flow/flow.ts";
import type { HopName } from "../run/choice.ts";
import type { RuleInfo, Run } from "../run/run.ts";
import type { Diagram, Item, Paragraph } from "./diagram.ts";
import { type PlacedNote, type PlacedNotes, placeNotes } from "./notes.ts";
import { numberingOf } from "./numbering.ts";
import { paragraphsOf } from "./prose.ts";
import { type DrawnStep, drawSteps, type Steps, stepsByHop } from "./steps.ts";
import { visibilityOf } from "./visibility.ts";

/**
 * What of a run is seen, and how: which hops are shown and grouped into arrows, their numbers, the prose and the notes.
 * Never fails: what a flow says about hops that this run has not is left out. Linear in the number of hops.
 * @param view as it is; a caller that wants the flow's own passes `flow.view ?? {}`.
 * @param rules gives the steps the clauses of their rules.
 */
export function project(flow: Flow, run: Run, view: View, rules?: ReadonlyMap<string, RuleInfo>): Diagram {
  const visibility = visibilityOf(flow.scenario, view);
  const drawn = drawSteps(run, view, visibility, rules);
  const stepOf = stepsByHop(drawn.steps, hopsWrittenAbout(flow));
  const steps = withRequirements(flow, drawn.steps, stepOf);
  const notes = placeNotes(flow, run, steps, stepOf, visibility);
  let paragraphs: readonly Paragraph[] | undefined;
  return {
    title: flow.title,
    lifelines: visibility.lifelines,
    items: itemsOf({ ...drawn, steps }, notes),
    // Told when first read: a figure alone needs no prose, which is a third of the work on a long flow.
    get paragraphs() {
      paragraphs ??= paragraphsOf({ flow, run, steps, stepOf, notes, visibility, numbering: numberingOf(view) });
      return paragraphs;
    },
    introNotes: notes.intro.map(({ note }) => note),
  };
}

/** The hops by which prose, notes and requirements say where they belong. */
function hopsWrittenAbout({ prose = [], notes = [], requirements = [] }: Flow): ReadonlySet<HopName> {
  const named = new Set<HopName>();
  for (const { at, to } of prose) {
    named.add(at);
    if (to !== undefined) named.add(to);
  }
  for (const { at } of notes) if (at !== undefined) named.add(at);
  for (const { steps = [] } of requirements) for (const hop of steps) named.add(hop);
  return named;
}

function withRequirements(
  flow: Flow,
  steps: readonly DrawnStep[],
  stepOf: ReadonlyMap<HopName, number>,
): readonly DrawnStep[] {
  const carried = new Map<number, string[]>();
  for (const { id, steps: hops = [] } of flow.requirements ?? [])
    for (const at of new Set(hops.map((hop) => stepOf.get(hop)))) {
      if (at === undefined) continue;
      const ids = carried.get(at) ?? [];
      if (ids.length === 0) carried.set(at, ids);
      ids.push(id);
    }
  if (carried.size === 0) return steps;
  return steps.map((drawn, index) => {
    const requirements = carried.get(index);
    return requirements === undefined ? drawn : { ...drawn, step: { ...drawn.step, requirements } };
  });
}

/** Everything from top to bottom: notes before the figure that are drawn, then each step under its timers, over its notes. */
function itemsOf({ steps, timers }: Steps, notes: PlacedNotes): readonly Item[] {
  const items: Item[] = [];
  draw(items, notes.intro);
  let next = 0;
  const drawTimers = (index: number): void => {
    for (let timer = timers[next]; timer !== undefined && timer.before <= index; timer = timers[++next])
      items.push(timer.item);
  };
  for (let index = 0; index < steps.length; index++) {
    if (next < timers.length) drawTimers(index);
    const drawn = steps[index];
    if (drawn !== undefined) items.push(drawn.step);
    const after = notes.after.size === 0 ? undefined : notes.after.get(index);
    if (after !== undefined) draw(items, after);
  }
  drawTimers(steps.length);
  return items;
}

function draw(items: Item[], notes: readonly PlacedNote[]): void {
  for (const { item } of notes) if (item !== undefined) items.push(item);
}

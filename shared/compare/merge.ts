import type { Diagram, End, Item, Lifeline, Step } from "../diagram/diagram.ts";
import { stepsOf } from "../diagram/steps-of.ts";
import { commonNames } from "./common-names.ts";
import type { Side } from "./compare.ts";
import type { LadderRow } from "./ladder.ts";

/** What a step of the merged picture is. `was` and `is`: a step whose ends have changed, drawn as it was and as it is. */
export type Mark = "same" | "onlyA" | "onlyB" | "changed" | "was" | "is" | "movedA" | "movedB" | "renumbered";

export interface Merged {
  readonly diagram: Diagram;
  /** The mark of each step of the diagram. */
  readonly marks: readonly Mark[];
  /** For each row of the ladder, its steps in the diagram. */
  readonly steps: readonly (readonly number[])[];
}

/** Both sides as one diagram: the second with what only the first has put in its place. Notes and frames are the second's. */
export function merge(a: Side, b: Side, ladder: readonly LadderRow[]): Merged {
  const names = commonNames(a.flow, b.flow);
  const back = new Map(b.flow.scenario.participants.map(({ id }) => [names[1].get(id) ?? id, id]));
  const idInB = (id: string) => back.get(names[0].get(id) ?? id) ?? id;
  const [stepsA, stepsB] = [stepsOf(a.diagram), stepsOf(b.diagram)];
  const others = itemsBefore(b.diagram);
  const items: Item[] = [];
  const marks: Mark[] = [];
  const steps: number[][] = [];
  const places = [new Map<number, number>(), new Map<number, number>()] as const;
  const put = (step: Step, side: 0 | 1, mark: Mark, change: Partial<Step> = {}) => {
    const { sentBefore, ...rest } = step;
    const before = sentBefore === undefined ? undefined : places[side].get(sentBefore);
    const index = marks.length;
    places[side].set(step.index, index);
    items.push({ ...rest, ...change, index, ...(before === undefined ? undefined : { sentBefore: before }) });
    marks.push(mark);
    steps.at(-1)?.push(index);
  };
  for (const row of ladder) {
    steps.push([]);
    const was = row.a === undefined ? undefined : stepsA[row.a.index];
    const is = row.b === undefined ? undefined : stepsB[row.b.index];
    const moved = was === undefined ? undefined : inB(was, idInB);
    if (row.kind === "onlyA" || row.kind === "movedA") {
      if (moved !== undefined) put(moved, 0, row.kind);
      continue;
    }
    if (is === undefined) continue;
    items.push(...(others.get(is.index) ?? []));
    if (row.kind === "onlyB" || row.kind === "movedB" || moved === undefined) {
      put(is, 1, row.kind === "movedB" ? "movedB" : "onlyB");
      continue;
    }
    const crossed = row.what.some(({ aspect }) => aspect === "from" || aspect === "to");
    if (crossed) put(moved, 0, "was");
    else places[0].set(moved.index, marks.length);
    put(is, 1, crossed ? "is" : row.kind === "changed" ? "changed" : row.renumbered ? "renumbered" : "same", {
      number: was === undefined || was.number === is.number || crossed ? is.number : `${was.number} → ${is.number}`,
      label: crossed || moved.label === is.label ? is.label : `${is.label} (was ${moved.label})`,
    });
  }
  items.push(...(others.get(stepsB.length) ?? []));
  const lifelines = union(a.diagram.lifelines, b.diagram.lifelines, idInB);
  const { boxes, ...rest } = b.diagram;
  const added = lifelines.length > b.diagram.lifelines.length;
  return { diagram: { ...rest, ...(added ? undefined : { boxes }), lifelines, items }, marks, steps };
}

/** What stands between the steps, by the step that it stands before. */
function itemsBefore({ items }: Diagram): ReadonlyMap<number, readonly Item[]> {
  const found = new Map<number, Item[]>();
  let next = 0;
  for (const item of items) {
    if (item.type === "step") {
      next = item.index + 1;
      continue;
    }
    const others = found.get(next);
    if (others === undefined) found.set(next, [item]);
    else others.push(item);
  }
  return found;
}

/** The step between the participants as the second side calls them. */
function inB(step: Step, idInB: (id: string) => string): Step {
  const end = (one: End): End => (one.kind === "nowhere" ? one : { ...one, id: idInB(one.id) });
  return { ...step, from: end(step.from), to: end(step.to), through: step.through.map(idInB) };
}

/** The second's lifelines, and those that only the first has after those that they follow there. */
function union(a: readonly Lifeline[], b: readonly Lifeline[], idInB: (id: string) => string): readonly Lifeline[] {
  const found = [...b];
  let after = -1;
  for (const lifeline of a) {
    const id = idInB(lifeline.id);
    const at = found.findIndex((one) => one.id === id);
    if (at < 0) found.splice(after + 1, 0, { ...lifeline, id });
    after = at < 0 ? after + 1 : at;
  }
  return found;
}

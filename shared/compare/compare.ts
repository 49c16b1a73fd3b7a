import type { Diagram, Paragraph, Step } from "../diagram/diagram.ts";
import { stepsOf } from "../diagram/steps-of.ts";
import type { Flow } from "../flow/flow.ts";
import type { Run } from "../run/run.ts";
import { align, endName, keyed } from "./align.ts";
import { commonNames, type SideNames } from "./common-names.ts";
import type { Changed, Comparison, Difference, Pair, StepRef } from "./comparison.ts";
import { compareDocuments } from "./document.ts";

/** One side of a comparison: a flow, the run of one of its variants, and what is seen of it. */
export interface Side {
  readonly flow: Flow;
  /** The variant that the run is of. */
  readonly variant: string;
  readonly run: Run;
  readonly diagram: Diagram;
}

/**
 * Compares two flows or variants. Steps are aligned by what caused them, not by their rows, so that another order of
 * independent events is only a move. Exchanging the sides exchanges them in the result and changes nothing else.
 * Never fails; about linear in the number of steps that are alike.
 */
export function compare(a: Side, b: Side): Comparison {
  const names = commonNames(a.flow, b.flow);
  const [stepsA, stepsB] = [stepsOf(a.diagram), stepsOf(b.diagram)];
  const [left, right] = [keyed(stepsA, a.run, names[0]), keyed(stepsB, b.run, names[1])];
  const matches = align(left, right);
  const [textsA, textsB] = [paragraphsBy(a.diagram), paragraphsBy(b.diagram)];

  const renamed = renaming(a.flow, b.flow, names);
  const pairs: Pair[] = [];
  const moved: Pair[] = [];
  const changed: Changed[] = [];
  const renumbered: Pair[] = [];
  const steady = new Map<number, number>();
  for (const match of matches) {
    const [stepA, stepB] = [stepsA[match.a], stepsB[match.b]];
    if (stepA === undefined || stepB === undefined) continue;
    const pair: Pair = { a: refOf(stepA), b: refOf(stepB) };
    const what = differences(stepA, stepB, names, textsA[match.a], textsB[match.b], renamed);
    pairs.push(pair);
    if (match.moved) moved.push(pair);
    if (what.length > 0) changed.push({ ...pair, what });
    // What is told in other words is still the same step.
    if (what.every(({ aspect }) => aspect === "prose")) steady.set(match.a, match.b);
    if (stepA.number !== stepB.number) renumbered.push(pair);
  }
  const [inA, inB] = [new Set(matches.map((match) => match.a)), new Set(matches.map((match) => match.b))];
  const onlyA = stepsA.filter((_, i) => !inA.has(i)).map(refOf);
  const onlyB = stepsB.filter((_, i) => !inB.has(i)).map(refOf);
  const document = compareDocuments(a, b, names);
  const first = firstDivergence(stepsA, stepsB, steady);
  const isAligned = onlyA.length + onlyB.length + changed.length + document.length === 0 && endsAlike(a.run, b.run);
  const sameCauses = matches.every((match) => left[match.a]?.causal === right[match.b]?.causal);
  const verdict = !isAligned ? "different" : moved.length === 0 ? "same" : sameCauses ? "reordered" : "different";
  const parts = { pairs, onlyA, onlyB, changed, moved, renumbered, document };
  return { verdict, ...(first === undefined ? undefined : { first }), ...parts };
}

const endsAlike = (a: Run, b: Run): boolean => a.end === b.end;

function refOf({ index, number, from, to, label, hops }: Step): StepRef {
  const [start, end] = [from, to].map((one) => (one.kind === "nowhere" ? null : one.id));
  return { index, number, from: start ?? null, to: end ?? null, label, hops };
}

/** For each step the paragraph that begins with it. */
function paragraphsBy({ paragraphs }: Diagram): readonly (Paragraph | undefined)[] {
  const found: (Paragraph | undefined)[] = [];
  for (const paragraph of paragraphs) found[paragraph.first] = paragraph;
  return found;
}

function differences(
  a: Step,
  b: Step,
  names: SideNames,
  textA: Paragraph | undefined,
  textB: Paragraph | undefined,
  renamed: (text: string) => string,
): readonly Difference[] {
  const found: Difference[] = [];
  const note = (aspect: Difference["aspect"], x: string, y: string) => {
    if (x !== y) found.push({ aspect, a: x, b: y });
  };
  note("from", endName(a.from, names[0]), endName(b.from, names[1]));
  note("to", endName(a.to, names[0]), endName(b.to, names[1]));
  note("message", a.name, b.name);
  if (a.name === b.name) note("text", a.label, b.label);
  note("code", a.sip, b.sip);
  note("lost", String(a.lost), String(b.lost));
  // What is told of steps that begin a paragraph on one side only is told with its neighbours.
  if (textA !== undefined && textB !== undefined && (tellAlike(textA, textB) || isWritten(textA) || isWritten(textB)))
    if (isWritten(textA) || isWritten(textB) || renamed(textA.text) !== textB.text)
      note("prose", textA.text, textB.text);
  return found;
}

/** Puts the names that participants have in `b` where a text has those that they have in `a`: what is computed follows by itself. */
function renaming(a: Flow, b: Flow, names: SideNames): (text: string) => string {
  const called = new Map(b.scenario.participants.map(({ id, name }) => [names[1].get(id) ?? id, name]));
  const changed = a.scenario.participants
    .flatMap(({ id, name }) => {
      const now = called.get(names[0].get(id) ?? id);
      return now === undefined || now === name ? [] : [[name, now] as const];
    })
    .toSorted(([x], [y]) => y.length - x.length);
  return (text) => changed.reduce((told, [was, now]) => told.replaceAll(was, now), text);
}

const tellAlike = (a: Paragraph, b: Paragraph): boolean => a.last - a.first === b.last - b.first;
const isWritten = ({ origin }: Paragraph): boolean => origin === "authored";

function firstDivergence(
  a: readonly Step[],
  b: readonly Step[],
  steady: ReadonlyMap<number, number>,
): Comparison["first"] {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    if (steady.get(i) === i) continue;
    const [left, right] = [a[i], b[i]];
    return {
      ...(left === undefined ? undefined : { a: refOf(left) }),
      ...(right === undefined ? undefined : { b: refOf(right) }),
    };
  }
  return undefined;
}

import type { Scenario } from "../../../shared/flow/flow.ts";
import type { Choice } from "../../../shared/run/choice.ts";
import type { Hop, Run } from "../../../shared/run/run.ts";
import { computeRun } from "../compute.ts";
import { placeBefore } from "../what-if/place.ts";

/** A script with its run. */
export interface Course {
  readonly scenario: Scenario;
  readonly script: readonly Choice[];
  readonly run: Run;
}

/** Number of the script's choices that were taken before `turn`. */
export const takenBefore = ({ run }: Course, turn: number): number =>
  run.turns.slice(0, turn).filter(({ by }) => by === "script").length;

/** The script with choices put so that the first is taken right before `turn`, as soon as it can be. */
export function putBefore(
  { scenario, script, run }: Course,
  turn: number,
  ...choices: readonly Choice[]
): readonly Choice[] {
  const { prompt, rest } = placeBefore(scenario, script, run, turn);
  return [...script.slice(0, prompt.keep), ...prompt.tail, ...choices, ...script.slice(script.length - rest.length)];
}

/** The script with choices put so that they are taken as soon as a hop is under way. */
export function putOnTheWay(course: Course, hop: Hop, ...choices: readonly Choice[]): readonly Choice[] {
  const { scenario, script } = course;
  const simply = script.toSpliced(takenBefore(course, hop.sent + 1), 0, ...choices);
  const { turns } = computeRun(scenario, simply);
  // What is next in a script keeps timers from firing; where the hop comes of one, that has to be named too.
  return turns.some(({ choice }) => choice === choices[0]) ? simply : putBefore(course, hop.sent + 1, ...choices);
}

export type Drawn = Extract<Choice, { kind: "inject" }>;

interface Put {
  readonly script: readonly Choice[];
  /** The choices as they stand in it. */
  readonly put: readonly Choice[];
}

/** The script with messages drawn so that the first is sent right before `turn`, and each arrives before the next is sent. */
export function drawBefore(course: Course, turn: number, drawn: readonly Drawn[]): Put {
  const { scenario, script, run } = course;
  const place = placeBefore(scenario, script, run, turn);
  const { keep, tail } = place.resting ?? place.prompt;
  const start = [...script.slice(0, keep), ...tail];
  const rest = script.slice(script.length - place.rest.length);
  const put = place.resting === undefined ? drawn.map(atOnce) : drawn;
  const simply = [...start, ...put, ...rest];
  const arrives = (next: Run) =>
    put.every((_, i) => next.hops.some((hop) => hop.sent === turn + 2 * i && hop.received === hop.sent + 1));
  if (put.length <= 1 || place.resting !== undefined) {
    const next = computeRun(scenario, simply);
    if (arrives(next)) return { script: simply, put };
  }
  // Where something else is about to happen, the arrival of each has to be named.
  const [first, ...others] = put;
  if (first === undefined) return { script, put };
  const sent = computeRun(scenario, [...start, first, ...rest]).hops.find((hop) => hop.sent === turn);
  const named: readonly Choice[] = sent === undefined ? [first] : [first, { kind: "deliver", hop: sent.name }];
  const begun = [...start, ...named, ...rest];
  if (others.length === 0) return { script: begun, put };
  const next: Course = { scenario, script: begun, run: computeRun(scenario, begun) };
  const more = drawBefore(next, turn + 2, others);
  return { script: more.script, put: [first, ...more.put] };
}

const atOnce = (drawn: Drawn): Drawn => ({ ...drawn, now: true });

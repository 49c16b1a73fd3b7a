import type { View } from "../flow/flow.ts";
import { sipStart } from "../flow/messages.ts";
import type { HopName } from "../run/choice.ts";
import type { Hop, Milestone, Reaction, RuleInfo, Run } from "../run/run.ts";
import { lowerBound } from "./bisect.ts";
import type { Step, TimerItem } from "./diagram.ts";
import { type Numbering, numberingOf, stepNumber } from "./numbering.ts";
import { type Path, pathsOf } from "./paths.ts";
import { endAt, hasLifeline, type Visibility } from "./visibility.ts";

/** A step with what it was made from, and the turn by which its place among the others goes. */
export interface DrawnStep {
  readonly step: Step;
  readonly turn: number;
  /** The hops of an arrow, none of a state. */
  readonly hops: readonly Hop[];
  /** The position among the run's hops of the one with whose arrival an arrow is drawn. */
  readonly place?: number;
  /** The rule that told of a state; absent for an arrow. */
  readonly reaction?: Reaction;
}

export interface DrawnTimer {
  readonly item: TimerItem;
  /** Index of the step above which it stands; the number of steps when it stands below all. */
  readonly before: number;
}

export interface Steps {
  readonly steps: readonly DrawnStep[];
  /** The same with every arrow flat, for the next time. */
  readonly flat: readonly DrawnStep[];
  readonly timers: readonly DrawnTimer[];
}

/**
 * The steps of a run in printed order: arrows, milestones that the view asks for, and the timers that fired between them.
 * @param before the flat steps of an earlier run in the same view: those of the same hops at the same places are taken over.
 */
export function drawSteps(
  run: Run,
  view: View,
  visibility: Visibility,
  rules?: ReadonlyMap<string, RuleInfo>,
  before: readonly DrawnStep[] = [],
): Steps {
  const numbering = numberingOf(view);
  const steps: DrawnStep[] = [];
  const timers: DrawnTimer[] = [];
  const moments = momentsOf(run, view, visibility);
  let next = 0;
  const catchUp = (turn: number): void => {
    for (let moment = moments[next]; moment !== undefined && moment.turn < turn; moment = moments[++next])
      if (moment.timer !== undefined) timers.push({ item: moment.timer, before: steps.length });
      else if (moment.told !== undefined)
        steps.push(stateStep(moment.turn, moment.told, numbering, steps.length, rules));
  };
  const end = Math.max(0, run.turns.length - 1);
  for (const path of pathsOf(run.hops, visibility)) {
    const turn = arrival(run.hops[path.place]) ?? Number.POSITIVE_INFINITY;
    if (next < moments.length) catchUp(turn);
    const known = before[steps.length];
    if (known !== undefined && isSameArrow(known, path, turn)) {
      steps.push(known);
      continue;
    }
    const step = arrowStep(path, end, visibility, stepNumber(numbering, steps.length), steps.length, rules);
    steps.push({ step, turn, hops: path.hops, place: path.place, reaction: undefined });
  }
  catchUp(Number.POSITIVE_INFINITY);
  return { steps: slanted(run, steps), flat: steps, timers };
}

/** Whether a step at the same place is the arrow of a path. What is under way ends with the run, which may have changed. */
function isSameArrow(known: DrawnStep, { hops, place }: Path, turn: number): boolean {
  return (
    hops.length === 1 &&
    known.hops.length === 1 &&
    known.hops[0] === hops[0] &&
    known.place === place &&
    known.turn === turn &&
    turn !== Number.POSITIVE_INFINITY
  );
}

const arrival = (hop: Hop | undefined): number | undefined => hop?.received ?? hop?.lost;

/** Something that is drawn although no message arrives: it stands after the arrow whose arrival was the same turn. */
interface Moment {
  readonly turn: number;
  readonly timer?: TimerItem;
  readonly told?: { readonly milestone: Milestone; readonly reaction: Reaction };
}

/** That a device presents an invitation is no event of the flow; its ALERTING is. */
export const untoldTimers: ReadonlySet<string> = new Set(["t_alert", "t_takeover"]);

function momentsOf(run: Run, view: View, visibility: Visibility): readonly Moment[] {
  const wanted = new Set(view.milestones);
  const moments: Moment[] = [];
  run.turns.forEach(({ choice, reactions }, turn) => {
    if (choice.kind === "expire" && reactions.length > 0 && hasLifeline(visibility, choice.participant)) {
      // The full name says which of several timers of a name it is: not for the reader.
      const name = choice.timer.split(" ", 1)[0] ?? choice.timer;
      if (!untoldTimers.has(name))
        moments.push({ turn, timer: { type: "timer", on: choice.participant, name, event: "expire" } });
    }
    if (wanted.size === 0) return;
    for (const reaction of reactions)
      for (const milestone of reaction.milestones)
        if (wanted.has(milestone.id) && hasLifeline(visibility, milestone.participant))
          moments.push({ turn, told: { milestone, reaction } });
  });
  return moments;
}

function stateStep(
  turn: number,
  { milestone, reaction }: NonNullable<Moment["told"]>,
  numbering: Numbering,
  index: number,
  rules: ReadonlyMap<string, RuleInfo> | undefined,
): DrawnStep {
  const on = { kind: "lifeline", id: milestone.participant } as const;
  const step: Step = {
    type: "step",
    index,
    number: stepNumber(numbering, index),
    from: on,
    to: on,
    label: milestone.text,
    name: milestone.text,
    sip: "",
    line: "solid",
    hops: [],
    through: [],
    origin: "computed",
    rule: reaction.rule,
    clause: rules?.get(reaction.rule)?.clause,
    sent: turn,
    received: turn,
    lost: false,
    state: true,
  };
  return { step, turn, hops: [], reaction };
}

function arrowStep(
  path: Path,
  end: number,
  visibility: Visibility,
  number: string,
  index: number,
  rules: ReadonlyMap<string, RuleInfo> | undefined,
): Step {
  const { hops } = path;
  const first = hops[0];
  const last = hops[hops.length - 1];
  if (first === undefined || last === undefined) throw new Error("an arrow has at least one hop");
  const { message, rule } = first;
  const sip = first.origin === "authored" ? message.name : sipStart(message);
  const isOne = hops.length === 1;
  return {
    type: "step",
    index,
    number,
    from: endAt(visibility, path.from),
    to: endAt(visibility, path.to),
    label: visibility.level === "sip" ? sip : message.name,
    name: message.name,
    sip,
    line: lineOf(first),
    hops: isOne ? [first.name] : hops.map((hop) => hop.name),
    through: path.through,
    origin: isOne || !hops.some((hop) => hop.origin === "authored") ? first.origin : "authored",
    ...(isMeant(hops) ? { accepted: true } : undefined),
    rule,
    clause: rule === undefined ? undefined : rules?.get(rule)?.clause,
    sent: first.sent,
    received: isOne ? (arrival(first) ?? end) : Math.max(...hops.map((hop) => arrival(hop) ?? end)),
    lost: last.lost !== undefined,
  };
}

/** Whether every departure from the rules in it is meant. */
function isMeant(hops: readonly Hop[]): boolean {
  return hops.some(({ accepted }) => accepted) && hops.every((hop) => hop.origin === "computed" || hop.accepted);
}

function lineOf({ message }: Hop): Step["line"] {
  if (message.kind === "media") return "media";
  return message.kind === "provisional" || message.kind === "final" ? "dashed" : "solid";
}

/**
 * Marks the messages that arrive late: passed over by other turns while the receiver went on without them. Drawn flat
 * they would seem to be sent when they arrive, so each gets the step before which it was sent.
 */
function slanted(run: Run, steps: readonly DrawnStep[]): readonly DrawnStep[] {
  if (!run.hops.some((hop) => hop.passedOver === true)) return steps;
  const busy = busyTurns(run);
  return steps.map((drawn, index) => {
    const late = drawn.hops.find((hop) => hop.passedOver === true && isOvertaken(hop, busy));
    if (late === undefined) return drawn;
    const sentBefore = firstAfter(steps, late.sent);
    return sentBefore < index ? { ...drawn, step: { ...drawn.step, sentBefore } } : drawn;
  });
}

/** The turns in which each participant did or met something, in order. */
function busyTurns(run: Run): ReadonlyMap<string, readonly number[]> {
  const busy = new Map<string, number[]>();
  const note = (id: string, turn: number | undefined): void => {
    if (turn === undefined) return;
    const turns = busy.get(id);
    if (turns === undefined) busy.set(id, [turn]);
    else turns.push(turn);
  };
  for (const hop of run.hops) {
    note(hop.from, hop.sent);
    note(hop.to, hop.received);
  }
  run.turns.forEach(({ choice }, turn) => {
    if (choice.kind === "stimulate" || choice.kind === "expire") note(choice.participant, turn);
  });
  for (const turns of busy.values()) turns.sort((a, b) => a - b);
  return busy;
}

function isOvertaken(hop: Hop, busy: ReadonlyMap<string, readonly number[]>): boolean {
  const turns = busy.get(hop.to);
  if (turns === undefined || hop.received === undefined) return false;
  const between = turns[lowerBound(turns.length, (i) => (turns[i] ?? 0) > hop.sent)];
  return between !== undefined && between < hop.received;
}

/** Index of the first step that arrived after `turn`. */
function firstAfter(steps: readonly DrawnStep[], turn: number): number {
  return lowerBound(steps.length, (i) => (steps[i]?.turn ?? 0) > turn);
}

/** The first step that carries each of the hops `wanted`. */
export function stepsByHop(steps: readonly DrawnStep[], wanted: ReadonlySet<HopName>): ReadonlyMap<HopName, number> {
  const found = new Map<HopName, number>();
  if (wanted.size === 0) return found;
  steps.forEach(({ step }, index) => {
    for (const hop of step.hops) if (wanted.has(hop) && !found.has(hop)) found.set(hop, index);
  });
  return found;
}

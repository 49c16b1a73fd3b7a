import type { View } from "../flow/flow.ts";
import { sipStart } from "../flow/messages.ts";
import type { HopName } from "../run/choice.ts";
import type { Hop, Milestone, Reaction, RuleInfo, Run } from "../run/run.ts";
import { lowerBound } from "./bisect.ts";
import type { Step, TimerItem } from "./diagram.ts";
import { type Numbering, numberingOf, stepNumber } from "./numbering.ts";
import { eachPath, type Path } from "./paths.ts";
import { endAt, hasLifeline, type Visibility } from "./visibility.ts";

/** What steps were made from, by the index of the step: lists side by side, since a run may have tens of thousands. */
export interface Origins {
  /** Those of the run. */
  readonly hops: readonly Hop[];
  /** Of an arrow: the position among the hops of the one with whose arrival it is drawn; of a state -1. */
  readonly places: readonly number[];
  /** Of an arrow over several hops: these. */
  readonly chains: ReadonlyMap<number, readonly Hop[]>;
  /** Of a state: the rule that told of it. */
  readonly told: ReadonlyMap<number, Reaction>;
}

/** The hops of the arrow that is the step at `index`; none of a state. */
export function hopsOf({ hops, places, chains }: Origins, index: number): readonly Hop[] {
  const hop = hops[places[index] ?? -1];
  return hop === undefined ? noHops : (chains.get(index) ?? [hop]);
}

const noHops: readonly Hop[] = [];

export interface DrawnTimer {
  readonly item: TimerItem;
  /** Index of the step above which it stands; the number of steps when it stands below all. */
  readonly before: number;
}

export interface Steps {
  readonly steps: readonly Step[];
  /** The same with every arrow flat, for the next time. */
  readonly flat: readonly Step[];
  readonly origins: Origins;
  readonly timers: readonly DrawnTimer[];
}

/**
 * The steps of a run in printed order: arrows, milestones that the view asks for, and the timers that fired between them.
 * @param before those of an earlier run in the same view: flat steps of the same hops at the same places are taken over.
 */
export function drawSteps(
  run: Run,
  view: View,
  visibility: Visibility,
  rules?: ReadonlyMap<string, RuleInfo>,
  before?: Pick<Steps, "flat" | "origins">,
): Steps {
  const numbering = numberingOf(view);
  const steps: Step[] = [];
  const places: number[] = [];
  const chains = new Map<number, readonly Hop[]>();
  const told = new Map<number, Reaction>();
  const timers: DrawnTimer[] = [];
  const moments = momentsOf(run, view, visibility);
  let next = 0;
  const catchUp = (turn: number): void => {
    for (let moment = moments[next]; moment !== undefined && moment.turn < turn; moment = moments[++next])
      if (moment.timer !== undefined) timers.push({ item: moment.timer, before: steps.length });
      else if (moment.told !== undefined) {
        told.set(steps.length, moment.told.reaction);
        places.push(-1);
        steps.push(stateStep(moment.turn, moment.told, numbering, steps.length, rules));
      }
  };
  const end = Math.max(0, run.turns.length - 1);
  eachPath(run.hops, visibility, (path) => {
    if (next < moments.length) catchUp(arrival(run.hops[path.place]) ?? Number.POSITIVE_INFINITY);
    const index = steps.length;
    places.push(path.place);
    if (path.hops.length > 1) chains.set(index, path.hops);
    const known = before === undefined ? undefined : sameArrow(before, path, index);
    steps.push(known ?? arrowStep(path, end, visibility, stepNumber(numbering, index), index, rules));
  });
  catchUp(Number.POSITIVE_INFINITY);
  const origins: Origins = { hops: run.hops, places, chains, told };
  return { steps: slanted(run, steps, origins), flat: steps, origins, timers };
}

/** The step at the same index, where it is the arrow of a path. What is under way ends with the run, which may have changed. */
function sameArrow(
  { flat, origins }: Pick<Steps, "flat" | "origins">,
  { hops, place }: Path,
  index: number,
): Step | undefined {
  const [hop] = hops;
  const isSame =
    hops.length === 1 &&
    origins.places[index] === place &&
    origins.hops[place] === hop &&
    !origins.chains.has(index) &&
    arrival(hop) !== undefined;
  return isSame ? flat[index] : undefined;
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
): Step {
  const on = { kind: "lifeline", id: milestone.participant } as const;
  return {
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
  const step: Step = {
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
    rule,
    clause: rule === undefined ? undefined : rules?.get(rule)?.clause,
    sent: first.sent,
    received: isOne ? (arrival(first) ?? end) : Math.max(...hops.map((hop) => arrival(hop) ?? end)),
    lost: last.lost !== undefined,
  };
  return isMeant(hops) ? { ...step, accepted: true } : step;
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
function slanted(run: Run, steps: readonly Step[], origins: Origins): readonly Step[] {
  if (!run.hops.some((hop) => hop.passedOver === true)) return steps;
  const busy = busyTurns(run);
  return steps.map((step, index) => {
    const late = hopsOf(origins, index).find((hop) => hop.passedOver === true && isOvertaken(hop, busy));
    if (late === undefined) return step;
    const sentBefore = firstAfter(steps, origins, late.sent);
    return sentBefore < index ? { ...step, sentBefore } : step;
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
function firstAfter(steps: readonly Step[], { hops, places }: Origins, turn: number): number {
  return lowerBound(steps.length, (i) => {
    const hop = hops[places[i] ?? -1];
    const turnOfStep = hop === undefined ? (steps[i]?.received ?? 0) : (arrival(hop) ?? Number.POSITIVE_INFINITY);
    return turnOfStep > turn;
  });
}

/** The first step that carries each of the hops `wanted`. */
export function stepsByHop(steps: readonly Step[], wanted: ReadonlySet<HopName>): ReadonlyMap<HopName, number> {
  const found = new Map<HopName, number>();
  if (wanted.size === 0) return found;
  steps.forEach(({ hops }, index) => {
    for (const hop of hops) if (wanted.has(hop) && !found.has(hop)) found.set(hop, index);
  });
  return found;
}

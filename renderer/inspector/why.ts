import type { Step } from "../../shared/diagram/diagram.ts";
import type { Choice, HopName } from "../../shared/run/choice.ts";
import type { Hop, Reaction, Run } from "../../shared/run/run.ts";

/** Why a step happened and what it led to, as far as the run itself tells. Pure. */

export interface Why {
  /** The message, where the step is one. */
  readonly hop?: Hop;
  /** The turn in which it was sent, or the state was reached. */
  readonly turn: number;
  /** What happened in that turn. */
  readonly trigger?: Choice;
  /** The rules that sent it, or told of the state. */
  readonly reactions: readonly Reaction[];
  /** The turn in which it arrived or was lost. */
  readonly arrival?: number;
  /** The rules that fired as it arrived. */
  readonly led: readonly Reaction[];
  /** What the receiver could not make sense of. */
  readonly unexpected?: string;
}

const hopsByName = new WeakMap<Run, ReadonlyMap<HopName, Hop>>();

/** A hop of a run by its name; the names are looked up once for each run. */
export function hopOf(run: Run, name: HopName): Hop | undefined {
  let hops = hopsByName.get(run);
  if (hops === undefined) {
    hops = new Map(run.hops.map((hop) => [hop.name, hop]));
    hopsByName.set(run, hops);
  }
  return hops.get(name);
}

/** The hops of a step that the run has. */
export function hopsOf(run: Run, step: Step): readonly Hop[] {
  return step.hops.flatMap((name) => hopOf(run, name) ?? []);
}

/** Why a step happened; of a step of several hops, why the given one did. */
export function whyOf(run: Run, step: Step, hop: Hop | undefined): Why {
  const turn = hop?.sent ?? step.sent;
  const taken = run.turns[turn];
  const all = taken?.reactions ?? [];
  const reactions =
    hop === undefined
      ? all.filter(({ rule }) => rule === step.rule)
      : all.filter(({ sends }) => sends.includes(hop.name));
  const arrival = hop === undefined ? undefined : (hop.received ?? hop.lost);
  const arrived = hop?.received === undefined ? undefined : run.turns[hop.received];
  const unexpected = hop === undefined ? taken?.unexpected : arrived?.unexpected;
  return {
    ...(hop === undefined ? undefined : { hop }),
    turn,
    ...(taken === undefined ? undefined : { trigger: taken.choice }),
    reactions,
    ...(arrival === undefined ? undefined : { arrival }),
    led: arrived?.reactions ?? [],
    ...(unexpected === undefined ? undefined : { unexpected }),
  };
}

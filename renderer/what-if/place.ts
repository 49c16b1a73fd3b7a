import type { Diagram, Step } from "../../shared/diagram/diagram.ts";
import { stepsOf } from "../../shared/diagram/steps-of.ts";
import type { Run } from "../../shared/run/run.ts";
import { hopsOf } from "../inspector/why.ts";
import type { Names } from "../inspector/words.ts";

/** From steps to turns, where a person asks what else may happen, and back. Pure. */

/** A place between two turns of a run, and when that is for a person who looks at a step. */
export interface Moment {
  /** What may happen instead of this turn is asked. */
  readonly turn: number;
  readonly says: string;
}

/**
 * The moments of a step: before it is sent, and before each of its hops arrives; of the last step also when all has come
 * to rest. Before the first step there is one, the beginning.
 */
export function momentsOf(run: Run, diagram: Diagram, index: number, names: Names): readonly Moment[] {
  const steps = stepsOf(diagram);
  const step = steps[index];
  const end = { turn: run.turns.length, says: "When all has come to rest" };
  if (step === undefined) return steps.length === 0 ? [end] : [{ turn: 0, says: "At the beginning" }];
  const moments: Moment[] = [{ turn: step.sent, says: step.state === true ? "Before it is so" : "Before it is sent" }];
  for (const { to, received, lost } of hopsOf(run, step)) {
    const turn = received ?? lost;
    if (turn !== undefined) moments.push({ turn, says: `On its way to ${names.get(to) ?? to}` });
  }
  if (index === steps.length - 1) moments.push(end);
  return moments.filter(({ turn }, at) => moments.findIndex((other) => other.turn === turn) === at);
}

/** How many steps are complete before a turn: where the playhead stands there. */
export function positionBefore(diagram: Diagram, turn: number): number {
  const steps: readonly Step[] = stepsOf(diagram);
  const first = steps.findIndex(({ received }) => received >= turn);
  return first < 0 ? steps.length : first;
}

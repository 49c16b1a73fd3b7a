import type { Scenario } from "../../../shared/flow/flow.ts";
import { type Choice, choiceKey } from "../../../shared/run/choice.ts";
import type { Run } from "../../../shared/run/run.ts";
import { fold, initial } from "../compute.ts";
import { atOnce } from "../explore/paths.ts";
import type { Reactions } from "../reactions.ts";
import { draftOf } from "../world.ts";

/**
 * How a script comes to a place between two turns of a run, so that the next choice is taken there and nowhere else:
 * the first `keep` choices of the run's own script, and `tail`, turns that it took by itself and that have to be named.
 */
export interface Way {
  readonly keep: number;
  readonly tail: readonly Choice[];
}

export interface Place {
  /** For choices that are taken as soon as they can be: named hops, and what is to happen `now`. */
  readonly prompt: Way;
  /** For people and timers that wait for rest; absent where nothing rests. */
  readonly resting?: Way;
  /** Every turn spelt out. */
  readonly spelt: Way;
  /** What is left of the script. */
  readonly rest: readonly Choice[];
}

/** The ways to the place before `turn` of `run`, the run of `script`: the shortest that really lead there. */
export function placeBefore(
  scenario: Scenario,
  script: readonly Choice[],
  run: Run,
  turn: number,
  reactions?: Reactions,
): Place {
  const before = run.turns.slice(0, turn);
  const keys = before.map(({ choice }) => choiceKey(choice));
  const keep = before.filter(({ by }) => by === "script").length;
  const rest = script.slice(keep);
  const head = script.slice(0, keep);
  const own = before.slice(before.findLastIndex(({ by }) => by === "script") + 1).map(({ choice }) => atOnce(choice));
  const spelt: Way = { keep: 0, tail: before.map(({ choice }) => atOnce(choice)) };
  const start = initial(scenario);
  const somebody = scenario.participants[0]?.id ?? "";

  /** Whether a choice that comes after `choices` is taken at the place, all before it as in the run. */
  const arrives = (choices: readonly Choice[], now: boolean): boolean => {
    const mark: Choice = { kind: "inject", from: somebody, to: somebody, message: { label: "" }, now };
    let at = 0;
    let isThere = false;
    fold(
      { ...draftOf(start), reactions },
      [...choices, mark, ...rest],
      { turns: turn + 1 },
      {
        passedOver: () => {},
        turn: (choice) => {
          if (at === turn) isThere = choice === mark;
          else if (choiceKey(choice) !== keys[at]) at = Number.NEGATIVE_INFINITY;
          at++;
        },
      },
    );
    return isThere;
  };

  const tails = lengths(own.length).map((length) => own.slice(own.length - length));
  const tail = tails.find((named) => arrives([...head, ...named], true));
  return {
    prompt: tail === undefined ? spelt : { keep, tail },
    ...(arrives(head, false) ? { resting: { keep, tail: [] } } : undefined),
    spelt,
    rest,
  };
}

/** How many turns to name: one at least where any could be, since what comes next must not come before it; then ever more. */
function lengths(most: number): number[] {
  const found = most === 0 ? [0] : [];
  for (let length = 1; length < most; length *= 2) found.push(length);
  return most === 0 ? found : [...found, most];
}

import type { Scenario } from "../../../shared/flow/flow.ts";
import type { Choice } from "../../../shared/run/choice.ts";
import type { MissedRule, MissingBranch, MissingBranches } from "../../../shared/run/missing-branch.ts";
import type { Run } from "../../../shared/run/run.ts";
import { computeRun, initial } from "../compute.ts";
import { outcomeOf } from "../explore/run-outcome.ts";
import { ruleInfos } from "../rulebook.ts";
import { phraseOf } from "./phrases.ts";
import { placeBefore } from "./place.ts";
import { openSides, type Side, sidesOf, withoutAlike } from "./sides.ts";

/** How much is looked at: turns of the main run, devices of one person that are tried, and turns computed in all. */
interface Effort {
  readonly turns: number;
  readonly alike: number;
  readonly computed: number;
}

/** About half a second of processor time. */
const usualEffort: Effort = { turns: 2_000, alike: 3, computed: 30_000 };

/** A message is sent again less often than this; one that is lost so often has not arrived at all. */
const RESENT = 16;

/**
 * The conditions of the main run of whose sides no variant takes one: a person who declines, does not answer or gives up,
 * an operator who refuses, a device that cannot be reached. Each with a script that takes it, computed to make sure that
 * a rule fires there which no variant fires.
 * @param scripts of all variants that can be computed, the main one first.
 */
export function missingBranches(
  scenario: Scenario,
  scripts: readonly (readonly Choice[])[],
  effort: Effort = usualEffort,
): MissingBranches {
  const [script = []] = scripts;
  const runs = scripts.map((one) => computeRun(scenario, one));
  const [main] = runs;
  if (main === undefined || main.end === "diverged" || main.turns.length > effort.turns)
    return {
      branches: [],
      cut:
        main === undefined || main.end === "diverged"
          ? "The main variant stops at a choice that is not possible, so nothing can branch from it."
          : `The main variant has more than ${effort.turns} turns; no branches were looked for.`,
    };
  let computed = 0;
  const compute = (one: readonly Choice[]): Run => {
    const run = computeRun(scenario, one);
    computed += run.turns.length;
    return run;
  };
  const covered = new Set(runs.flatMap((run) => [...sidesOf(scenario, run)]));
  const inquiry: Inquiry = { scenario, script, main, compute };
  const fired = new Set(runs.flatMap(firedIn));
  const branches: MissingBranch[] = [];
  const found = openSides(scenario, main, covered);
  const tried = withoutAlike(scenario, found, effort.alike);
  for (const [at, side] of tried.entries()) {
    if (computed >= effort.computed) return { branches, cut: cutText(found.length - at) };
    const branch = tryOut(inquiry, side, fired);
    // To find the place takes about three runs.
    computed += 3 * main.turns.length;
    // Two reasons for which one rule refuses are one condition.
    const isSame = branches.some(
      ({ rule, choice }) => isRefusal(choice) && rule.id === branch?.rule.id && rule.at === branch.rule.at,
    );
    if (branch !== undefined && !(isSame && isRefusal(branch.choice))) branches.push(branch);
  }
  return found.length > tried.length ? { branches, cut: cutText(found.length - tried.length) } : { branches };
}

const isRefusal = (choice: Choice): boolean => choice.kind === "stimulate" && choice.stimulus === "refuse";

const cutText = (count: number): string =>
  `${count} more ${count === 1 ? "turn was" : "turns were"} not tried: the flow is large.`;

interface Inquiry {
  readonly scenario: Scenario;
  readonly script: readonly Choice[];
  readonly main: Run;
  /** The run of a script; counted. */
  compute(script: readonly Choice[]): Run;
}

function firedIn(run: Run): string[] {
  return run.turns.flatMap(({ at, reactions }) => reactions.map(({ rule }) => `${rule} ${at}`));
}

/** The branch that takes a side; absent where its run does not take it, or fires no rule that no variant fires. */
function tryOut(inquiry: Inquiry, side: Side, fired: ReadonlySet<string>): MissingBranch | undefined {
  const { scenario, script, main } = inquiry;
  const place = placeBefore(scenario, script, main, side.turn);
  const { choice } = side;
  const waits = choice.kind === "stimulate" || choice.kind === "expire";
  for (const way of [...(waits && place.resting !== undefined ? [place.resting] : []), place.prompt, place.spelt]) {
    const first: Choice = waits && way !== place.resting ? ({ ...choice, now: true } as Choice) : choice;
    const start = [...script.slice(0, way.keep), ...way.tail, first];
    const whole =
      choice.kind === "lose" ? lostForGood(inquiry, start, choice.hop) : withRest(inquiry, start, place.rest);
    const run = inquiry.compute(whole);
    if (run.end !== "rest" || !sidesOf(scenario, run).has(side.key)) continue;
    const rule = ruleOf(run, side, fired);
    if (rule === undefined) continue;
    const leads = outcomeOf(scenario, run);
    return {
      side: side.key,
      choice,
      says: words(inquiry, side),
      ...(leads === undefined ? undefined : { leads }),
      rule,
      script: whole,
      keep: way.keep,
    };
  }
  return undefined;
}

/** The script with what of the rest can still be done. */
function withRest({ compute }: Inquiry, start: readonly Choice[], rest: readonly Choice[]): readonly Choice[] {
  let script = [...start, ...rest];
  for (;;) {
    const { divergence } = compute(script);
    // What cannot be done before the branch is taken is not the rest's fault.
    if (divergence === undefined || divergence.at < start.length) return script;
    script = script.toSpliced(divergence.at, 1);
  }
}

/** Whatever is sent again over the same edge is lost too. */
function lostForGood({ compute }: Inquiry, start: readonly Choice[], hop: string): readonly Choice[] {
  const stem = hop.slice(0, hop.lastIndexOf("#"));
  let script = start;
  for (let times = 0; times < RESENT; times++) {
    const run = compute(script);
    const at = run.turns.findIndex(({ choice }) => choice.kind === "deliver" && choice.hop.startsWith(`${stem}#`));
    const again = run.turns[at]?.choice;
    if (again?.kind !== "deliver") return script;
    // What came between has to be named: a message that is named late waits from the start.
    const since = run.turns.findLastIndex(({ by }) => by === "script") + 1;
    const between = run.turns.slice(since, at).flatMap(({ choice }) => (choice.kind === "expire" ? [choice] : []));
    script = [...script, ...between, { kind: "lose", hop: again.hop }];
  }
  return script;
}

/** The rule by which the side is taken; undefined where it takes none that no variant takes there. */
function ruleOf(run: Run, { choice }: Side, fired: ReadonlySet<string>): MissedRule | undefined {
  const fresh = run.turns
    .flatMap(({ at, choice: taken, reactions }) => reactions.map((reaction) => ({ at, taken, reaction })))
    .filter(({ at, reaction }) => !fired.has(`${reaction.rule} ${at}`));
  const own = "participant" in choice ? fresh.filter(({ at }) => at === choice.participant) : [];
  // An operator's decision shows where the request is judged; that nobody is reached, where waiting for it ends.
  const told = isRefusal(choice)
    ? own.find(({ taken, reaction }) => taken.kind === "deliver" && reaction.says !== "")
    : choice.kind === "lose"
      ? (fresh.find(({ taken }) => taken.kind === "expire" && !/^Timer_[AEG] /.test(taken.timer)) ?? fresh[0])
      : own[0];
  const info = ruleInfos().find(({ id }) => id === told?.reaction.rule);
  if (told === undefined || info === undefined) return undefined;
  const guards = told.reaction.guards.map(({ text, value }) => (value === "yes" ? text : `${text}: ${value}`));
  return { id: info.id, title: info.title, clause: info.clause, at: told.at, guards };
}

function words({ scenario }: Inquiry, { key, choice }: Side): string {
  const { topology } = initial(scenario);
  const [what, who = ""] = key.split(" ");
  if (what === "unreached") return `${topology.participants.get(who)?.name ?? who} cannot be reached`;
  const said = phraseOf(topology, choice, undefined, false).says;
  if (choice.kind === "stimulate" && choice.code === 480)
    return `the target is not available, says ${topology.participants.get(who)?.name ?? who} (480)`;
  return said;
}

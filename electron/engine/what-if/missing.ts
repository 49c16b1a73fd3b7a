import type { Scenario } from "../../../shared/flow/flow.ts";
import type { Choice, ParticipantId } from "../../../shared/run/choice.ts";
import type { MissedRule, MissingBranch, MissingBranches } from "../../../shared/run/missing-branch.ts";
import type { Run } from "../../../shared/run/run.ts";
import { computeRun, initial, perform } from "../compute.ts";
import { enabled } from "../enabled.ts";
import { outcomeOf } from "../explore/run-outcome.ts";
import { ruleInfos } from "../rulebook.ts";
import { draftOf } from "../world.ts";
import { phraseOf, waitsForPeople } from "./phrases.ts";
import { placeBefore } from "./place.ts";

type Act = Extract<Choice, { kind: "stimulate" }>;

/** How much is looked at: turns of the main run, sides that are tried, and turns computed for them in all. */
interface Effort {
  readonly turns: number;
  readonly sides: number;
  readonly computed: number;
}

/** About a second of processor time at most. */
const usualEffort: Effort = { turns: 2_000, sides: 80, computed: 100_000 };

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
  const inquiry: Inquiry = {
    scenario,
    script,
    main,
    covered: new Set(runs.flatMap((run) => [...sidesOf(scenario, run)])),
  };
  const fired = new Set(runs.flatMap(firedIn));
  const branches: MissingBranch[] = [];
  let left = effort.computed;
  const found = openSides(inquiry);
  const tried = found.slice(0, effort.sides);
  for (const [at, side] of tried.entries()) {
    if (left <= 0) return { branches, cut: cutText(found.length - at) };
    const { branch, turns } = tryOut(inquiry, side, fired);
    left -= turns;
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
  readonly covered: ReadonlySet<string>;
}

/** A side that no variant takes, and where in the main run it can be taken first. */
interface Side {
  readonly key: string;
  readonly turn: number;
  readonly choice: Choice;
}

/** What a turn decides; undefined where it decides nothing that a flow would tell of. */
function sideOf(choice: Choice): string | undefined {
  if (choice.kind === "expire") {
    const [timer = ""] = choice.timer.split(" ");
    return timer in waitsForPeople ? `silent ${timer} ${choice.participant}` : undefined;
  }
  if (choice.kind !== "stimulate") return undefined;
  const { participant, stimulus, what, code } = choice;
  if (stimulus === "refuse") return `refuse ${participant} ${what} ${code ?? 403}`;
  return stimulus === "decline" || stimulus === "cancel" || stimulus === "accept"
    ? `${stimulus} ${participant} ${what}`
    : undefined;
}

/** Every side that a run takes. */
function sidesOf(scenario: Scenario, run: Run): ReadonlySet<string> {
  const found = new Set(run.turns.flatMap(({ choice }) => sideOf(choice) ?? []));
  const answered = new Set(
    [...found].filter((side) => /^(?:accept|decline) /.test(side)).map((side) => side.split(" ")[1]),
  );
  const isSilent = [...found].some((side) => side.startsWith("silent "));
  for (const { id, role } of scenario.participants) {
    if (role !== "client") continue;
    const asked = requestsTo(run, id);
    if (asked.length > 0 && asked.every((hop) => hop.lost !== undefined)) found.add(`unreached ${id}`);
    // When the network stops waiting for everybody, nobody who was asked has said anything.
    if (isSilent && asked.length > 0 && !answered.has(id)) found.add(`silent T_ring ${id}`);
  }
  return found;
}

/** The requests by which somebody is asked something for the first time. */
function requestsTo(run: Run, id: ParticipantId): Run["hops"] {
  return run.hops.filter(
    ({ to, message: { method, status } }) =>
      to === id && status === undefined && (method === "INVITE" || method === "REFER"),
  );
}

function firedIn(run: Run): string[] {
  return run.turns.flatMap(({ at, reactions }) => reactions.map(({ rule }) => `${rule} ${at}`));
}

/** The sides of the main run's conditions that no variant takes, in the order in which they can be taken. */
function openSides({ scenario, main, covered }: Inquiry): readonly Side[] {
  const known = new Set(covered);
  const found: Side[] = [];
  const note = (side: Side) => {
    if (known.has(side.key)) return;
    known.add(side.key);
    found.push(side);
  };
  const draft = draftOf(initial(scenario));
  const isTransfer = (what: string | undefined) => scenario.transfers?.some(({ id }) => id === what) === true;
  const clients = new Set(scenario.participants.filter(({ role }) => role === "client").map(({ id }) => id));
  const asked = new Set<ParticipantId>();
  for (let turn = 0; turn <= main.turns.length; turn++) {
    for (const choice of enabled(draft)) {
      const key = sideOf(choice);
      if (key !== undefined && !isOddCode(choice)) note({ key, turn, choice });
      // An operator has two reasons to refuse a transfer: it is not allowed, or its target is not available.
      if (
        choice.kind === "stimulate" &&
        choice.stimulus === "refuse" &&
        isTransfer(choice.what) &&
        choice.code === undefined
      ) {
        const unavailable: Act = { ...choice, code: 480 };
        note({ key: sideOf(unavailable) ?? "", turn, choice: unavailable });
      }
    }
    const taken = main.turns[turn];
    if (taken === undefined) break;
    if (taken.choice.kind === "deliver" && clients.has(taken.at) && !asked.has(taken.at)) {
      const { hop } = taken.choice;
      if (requestsTo(main, taken.at).some(({ name }) => name === hop)) {
        asked.add(taken.at);
        note({ key: `unreached ${taken.at}`, turn, choice: { kind: "lose", hop } });
      }
    }
    perform(draft, taken.choice);
  }
  return found;
}

/** A refusal for all of a person's devices is another code of the same side. */
const isOddCode = (choice: Choice): boolean =>
  choice.kind === "stimulate" && choice.stimulus === "decline" && choice.code !== undefined;

/** The branch that takes a side; absent where its run does not take it, or fires no rule that no variant fires. */
function tryOut(
  inquiry: Inquiry,
  side: Side,
  fired: ReadonlySet<string>,
): { readonly branch?: MissingBranch; readonly turns: number } {
  const { scenario, script, main } = inquiry;
  const place = placeBefore(scenario, script, main, side.turn);
  const { choice } = side;
  const waits = choice.kind === "stimulate" || choice.kind === "expire";
  // To find the place, and what of the rest is possible, takes a run each.
  let turns = main.turns.length * (2 + place.rest.length);
  for (const way of [...(waits && place.resting !== undefined ? [place.resting] : []), place.prompt, place.spelt]) {
    const first: Choice = waits && way !== place.resting ? ({ ...choice, now: true } as Choice) : choice;
    const start = [...script.slice(0, way.keep), ...way.tail, first];
    const whole =
      choice.kind === "lose" ? lostForGood(scenario, start, choice.hop) : withRest(scenario, start, place.rest);
    const run = computeRun(scenario, whole);
    turns += run.turns.length;
    if (run.end !== "rest" || !sidesOf(scenario, run).has(side.key)) continue;
    const rule = ruleOf(run, side, fired);
    if (rule === undefined) continue;
    const leads = outcomeOf(scenario, run);
    const branch: MissingBranch = {
      side: side.key,
      choice,
      says: words(inquiry, side),
      ...(leads === undefined ? undefined : { leads }),
      rule,
      script: whole,
      keep: way.keep,
    };
    return { branch, turns };
  }
  return { turns };
}

/** The script with what of the rest can still be done. */
function withRest(scenario: Scenario, start: readonly Choice[], rest: readonly Choice[]): readonly Choice[] {
  let script = start;
  for (const choice of rest) {
    const longer = [...script, choice];
    if (computeRun(scenario, longer).end === "rest") script = longer;
  }
  return script;
}

/** Whatever is sent again over the same edge is lost too. */
function lostForGood(scenario: Scenario, start: readonly Choice[], hop: string): readonly Choice[] {
  const stem = hop.slice(0, hop.lastIndexOf("#"));
  let script = start;
  for (let times = 0; times < RESENT; times++) {
    const run = computeRun(scenario, script);
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

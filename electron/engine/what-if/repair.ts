import type { Scenario } from "../../../shared/flow/flow.ts";
import { type Choice, choiceKey } from "../../../shared/run/choice.ts";
import { choiceInWords } from "../../../shared/run/choice-words.ts";
import type { Repair } from "../../../shared/run/repair.ts";
import type { Run } from "../../../shared/run/run.ts";
import type { Splice } from "../../../shared/run/splice.ts";
import { fold, initial, worldAfter } from "../compute.ts";
import { draftOf, positionInFlight, type World } from "../world.ts";
import { phraseOf } from "./phrases.ts";

/** So many turns that are possible are tried, so many choices further on may go, and so many repairs are offered. */
const most = { tried: 40, leftOut: 12, offered: 6, later: 8 } as const;

/**
 * How `script` may go on where its `run` stopped: the choice left out, put later, replaced by a turn that is possible
 * there, or after such a turn. The rest is replayed; what of it does not fit any more is left out too and named. Those
 * that keep most come first; leaving the choice out alone is always among them. Empty for a run that did not diverge.
 */
export function repairs(scenario: Scenario, script: readonly Choice[], run: Run): readonly Repair[] {
  if (run.divergence === undefined) return [];
  const { at, choice } = run.divergence;
  const start = initial(scenario);
  const names = new Map(scenario.participants.map(({ id, name }) => [id, name]));
  const words = (one: Choice) => choiceInWords(one, names);
  const found: Repair[] = [];
  for (const candidate of candidates(scenario, script, run, words)) {
    const leftOut = replay(start, script, run, candidate);
    // The choice that is to be saved must not be lost all the same.
    if (leftOut === undefined || leftOut.some((index) => index <= at)) continue;
    found.push({
      says: candidate.says,
      leavesOut: leftOut.map((index) => words(script[index] ?? choice)),
      // At one place what goes has to go before something is put in.
      splices: [...leftOut.map((index) => ({ at: index, remove: 1, insert: [] })), ...candidate.splices],
    });
  }
  const sorted = found.toSorted((a, b) => a.leavesOut.length - b.leavesOut.length).slice(0, most.offered);
  const alone = { at, remove: 1, insert: [] };
  if (sorted.some(({ says }) => says === leaveOut(words(choice)))) return sorted;
  return [...sorted.slice(0, most.offered - 1), { says: leaveOut(words(choice)), leavesOut: [], splices: [alone] }];
}

interface Candidate {
  readonly says: string;
  readonly splices: readonly Splice[];
  /** What happened up to the divergence has to stay as it was. */
  readonly keepsPast: boolean;
}

const leaveOut = (what: string) => `Leave out: ${what}`;

function* candidates(
  scenario: Scenario,
  script: readonly Choice[],
  run: Run,
  words: (choice: Choice) => string,
): Generator<Candidate> {
  if (run.divergence === undefined) return;
  const { at, choice, enabled } = run.divergence;
  yield { says: leaveOut(words(choice)), splices: [{ at, remove: 1, insert: [] }], keepsPast: false };
  const world = worldAfter(scenario, run, run.turns.length);
  for (const turn of enabled.filter(({ kind }) => kind !== "lose").slice(0, most.tried)) {
    const hop = "hop" in turn ? world.flight[positionInFlight(draftOf(world), turn.hop)] : undefined;
    const { says } = phraseOf(world.topology, turn, hop, true);
    if (isAkin(turn, choice))
      yield { says: `Instead ${says}`, splices: [{ at, remove: 1, insert: [turn] }], keepsPast: true };
    yield { says: `First ${says}`, splices: [{ at, remove: 0, insert: [turn] }], keepsPast: true };
  }
  for (let after = at + 1; after < script.length && after <= at + most.later; after++) {
    const before = script[after];
    if (before === undefined) return;
    const splices = [
      { at, remove: 1, insert: [] },
      { at: after + 1, remove: 0, insert: [choice] },
    ];
    yield { says: `Later, once ${words(before)}: ${words(choice)}`, splices, keepsPast: true };
  }
}

/** Whether one turn may be meant for another: of the same person or device, or the same act. */
function isAkin(turn: Choice, other: Choice): boolean {
  if (turn.kind !== other.kind) return false;
  if (turn.kind === "stimulate" && other.kind === "stimulate")
    return turn.participant === other.participant || turn.stimulus === other.stimulus;
  return turn.kind === "expire" && other.kind === "expire" && turn.participant === other.participant;
}

/** A choice of the repaired script, and its place in the script as it was; -1 for one that is put in. */
interface Entry {
  readonly choice: Choice;
  readonly index: number;
}

/**
 * The places of the choices that have to go besides for the repaired script to come to its end; undefined where they are
 * too many, or where the repair would change what was before it.
 */
function replay(
  start: World,
  script: readonly Choice[],
  run: Run,
  { splices, keepsPast }: Candidate,
): readonly number[] | undefined {
  const entries = spliced(script, splices);
  const leftOut: number[] = [];
  for (;;) {
    let turns = 0;
    let isSame = true;
    const listener = {
      passedOver: () => {},
      turn: (choice: Choice) => {
        const past = run.turns[turns++]?.choice;
        if (past !== undefined && choiceKey(past) !== choiceKey(choice)) isSame = false;
      },
    };
    const limit = { turns: 2 * run.turns.length + 20_000 };
    const { end, at } = fold(
      draftOf(start),
      entries.map(({ choice }) => choice),
      limit,
      listener,
    );
    if (keepsPast && !isSame) return undefined;
    if (end !== "diverged") return leftOut;
    const [gone] = entries.splice(at, 1);
    if (gone === undefined || gone.index < 0 || leftOut.length >= most.leftOut) return undefined;
    leftOut.push(gone.index);
  }
}

function spliced(script: readonly Choice[], splices: readonly Splice[]): Entry[] {
  const entries: Entry[] = script.map((choice, index) => ({ choice, index }));
  for (const { at, remove, insert } of splices.toSorted((a, b) => b.at - a.at))
    entries.splice(at, remove, ...insert.map((choice) => ({ choice, index: -1 })));
  return entries;
}

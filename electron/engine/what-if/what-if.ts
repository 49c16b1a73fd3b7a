import type { Scenario } from "../../../shared/flow/flow.ts";
import { type Choice, choiceKey, type HopName } from "../../../shared/run/choice.ts";
import type { Run } from "../../../shared/run/run.ts";
import { type WhatIf, whatIfGroups } from "../../../shared/run/what-if.ts";
import { fold } from "../compute.ts";
import { enabled } from "../enabled.ts";
import { endingOf } from "../explore/outcome.ts";
import { atOnce } from "../explore/paths.ts";
import type { Past } from "../explore/position.ts";
import { chroniclerOf, rememberedIn, replay } from "../explore/replay.ts";
import { createReactions, type Reactions } from "../reactions.ts";
import type { Topology } from "../topology.ts";
import type { TurnResult } from "../turn.ts";
import { draftOf, type InFlight, type World } from "../world.ts";
import { phraseOf, sendsPhrase } from "./phrases.ts";
import { type Place, placeBefore, type Way } from "./place.ts";

/** How much is computed for `leads`: turns for one choice, and for all of them. */
interface Effort {
  readonly each: number;
  readonly all: number;
}

/** About 30 ms of processor time: a panel asks at every step. */
const usualEffort: Effort = { each: 2_000, all: 3_000 };

/** So much of a world is copied in the time of one turn. */
const MEMORIES_A_TURN = 60;

/**
 * What may happen instead of turn `turn` of `run`, the run of `script`, in a person's words: grouped, in a fixed order,
 * with what comes of each. With as many turns as the run has, what may happen at its end. Empty where there is no such
 * place. Interventions of an author are listed only where the run itself takes one.
 * @param reactions what participants have done in runs of the scenario: most of what follows from one choice follows from
 *   others too, at this place and at the next
 */
export function whatIf(
  scenario: Scenario,
  script: readonly Choice[],
  run: Run,
  turn: number,
  reactions: Reactions = createReactions(),
  effort: Effort = usualEffort,
): readonly WhatIf[] {
  if (!Number.isInteger(turn) || turn < 0 || turn > run.turns.length) return [];
  const past = replay(
    scenario,
    run.turns.slice(0, turn).map(({ choice }) => choice),
    reactions,
  );
  const place = placeBefore(scenario, script, run, turn, reactions);
  const inquiry: Inquiry = {
    script,
    run,
    turn,
    past,
    place,
    fired: firedBefore(run, turn),
    flight: byName(past.world),
  };
  const { world } = past;
  // To try a choice the world is copied, which in a large one takes longer than the turns.
  const copying = Math.floor((world.memories.size + world.topology.participants.size) / MEMORIES_A_TURN);
  let left = effort.all;
  const found: WhatIf[] = [];
  const seen = new Set<string>();
  for (const candidate of candidates(inquiry)) {
    const course = left > 0 ? follow(inquiry, candidate, Math.min(left, effort.each)) : undefined;
    left -= course === undefined ? 0 : course.keys.length + copying;
    if (!candidate.taken) {
      // Whether a delay makes a difference is only known by trying.
      if (course === undefined) {
        if (isLate(candidate.choice)) continue;
      } else if (!course.isTaken || course.keys[0] === takenKey(inquiry)) continue;
      // To hold one message back and to let another go first is often the same.
      if (course !== undefined && candidate.choice.kind === "deliver") {
        const key = course.keys.join("\n");
        if (seen.has(key)) continue;
        seen.add(key);
      }
    }
    found.push(entryOf(inquiry, candidate, course));
  }
  return found.sort((a, b) => whatIfGroups.indexOf(a.group) - whatIfGroups.indexOf(b.group));
}

interface Inquiry {
  readonly script: readonly Choice[];
  readonly run: Run;
  readonly turn: number;
  readonly past: Past;
  readonly place: Place;
  /** The timers that fired by themselves before the place, as choices. */
  readonly fired: ReadonlySet<string>;
  readonly flight: ReadonlyMap<HopName, InFlight>;
}

const byName = ({ flight }: World): ReadonlyMap<HopName, InFlight> => new Map(flight.map((hop) => [hop.name, hop]));

function firedBefore(run: Run, turn: number): ReadonlySet<string> {
  const fired = new Set<string>();
  for (const { by, choice } of run.turns.slice(0, turn))
    if (by === "default" && choice.kind === "expire") fired.add(choiceKey(choice));
  return fired;
}

interface Candidate {
  readonly choice: Choice;
  readonly taken: boolean;
}

const isLate = (choice: Choice): boolean => choice.kind === "deliver" && choice.late === true;

function takenKey({ run, turn }: Inquiry): string | undefined {
  const taken = run.turns[turn]?.choice;
  return taken === undefined ? undefined : choiceKey(taken);
}

/** What is enabled, the next arrival held back as well, and what the run takes. */
function candidates(inquiry: Inquiry): readonly Candidate[] {
  const { past, run, turn } = inquiry;
  const taken = takenKey(inquiry);
  const { declineCode } = past.world.topology.options;
  const possible = enabled(past.world).filter(
    // The code that a refusal has anyway is not another choice.
    (choice) => choice.kind !== "stimulate" || choice.code === undefined || choice.code !== declineCode,
  );
  const listed = possible.map((choice) => ({ choice, taken: choiceKey(choice) === taken }));
  const own = run.turns[turn]?.choice;
  if (own !== undefined && !listed.some((c) => c.taken)) listed.unshift({ choice: own, taken: true });
  if (own?.kind === "deliver") listed.push({ choice: { ...own, late: true }, taken: false });
  return listed;
}

/** What comes of a choice. */
interface Course {
  /** Whether the choice was taken at all; one that is late may have become impossible. */
  readonly isTaken: boolean;
  readonly first?: TurnResult;
  /** How it ends; absent where it goes on beyond the bound. */
  readonly summary?: string;
  /** The turns. */
  readonly keys: readonly string[];
  /** What of the rest of the script was possible, and whether a timer was not. */
  readonly rest: readonly Choice[];
  readonly lacksTimer: boolean;
}

function follow({ past, place, script, run, turn }: Inquiry, { choice, taken }: Candidate, limit: number): Course {
  const { topology } = past.world;
  const draft = draftOf(past.world);
  const chronicler = chroniclerOf(topology, past.annals, draft.flight);
  const own = choiceKey(choice);
  const keys: string[] = [];
  let first: TurnResult | undefined;
  const isOwn = (key: string) => first === undefined && key === own;
  const listener = {
    passedOver: () => {},
    turn: (next: Choice, _by: string, result: TurnResult) => {
      const key = choiceKey(next);
      if (isOwn(key)) first = result;
      keys.push(key);
      chronicler.note(next, result);
    },
  };
  // The run's own next choice comes from its script, or by itself.
  const isScripted = taken && run.turns[turn]?.by === "script";
  const rest = isScripted ? script.slice(script.length - place.rest.length + 1) : place.rest;
  const kept: Choice[] = [];
  let lacksTimer = false;
  let left = taken && !isScripted ? place.rest : [atOnce(choice), ...rest];
  for (;;) {
    const { end, at } = fold(draft, left, { turns: limit - keys.length }, listener);
    for (const done of left.slice(0, at)) kept.push(done);
    if (end === "limit") {
      for (const undone of left.slice(at)) kept.push(undone);
      return { isTaken: first !== undefined, first, keys, rest: withoutOwn(kept, taken && !isScripted), lacksTimer };
    }
    if (end === "rest") break;
    lacksTimer ||= left[at]?.kind === "expire";
    left = left.slice(at + 1);
  }
  const { summary } = endingOf(topology, rememberedIn(draft, chronicler.annals()));
  return {
    isTaken: first !== undefined,
    first,
    summary,
    keys,
    rest: withoutOwn(kept, taken && !isScripted),
    lacksTimer,
  };
}

const withoutOwn = (kept: readonly Choice[], hasNone: boolean): readonly Choice[] => (hasNone ? kept : kept.slice(1));

function entryOf(inquiry: Inquiry, { choice, taken }: Candidate, course: Course | undefined): WhatIf {
  const { past, place, script, run, turn, flight } = inquiry;
  const { topology } = past.world;
  const hop = "hop" in choice ? flight.get(choice.hop) : undefined;
  const next = run.turns[turn]?.choice;
  const isNext = next?.kind === "deliver" && choice.kind === "deliver" && next.hop === choice.hop;
  const phrase = phraseOf(topology, choice, hop, isNext);
  const leads = course === undefined ? undefined : leadsPhrase(topology, choice, course);
  const told = leads === undefined ? undefined : { leads };
  if (taken) return { choice, ...phrase, ...told, taken, script, keep: script.length };
  const waits = choice.kind === "stimulate" || choice.kind === "expire";
  const way: Way =
    course?.lacksTimer === true || isTwice(inquiry, choice)
      ? place.spelt
      : ((waits ? place.resting : undefined) ?? place.prompt);
  const asTaken = way === place.resting ? choice : atOnce(choice);
  return {
    choice: asTaken,
    ...phrase,
    ...told,
    taken,
    script: [...script.slice(0, way.keep), ...way.tail, asTaken, ...(course?.rest ?? [])],
    keep: way.keep,
  };
}

/** A timer that has fired by itself before under the same name would be held back from the start. */
function isTwice({ fired }: Inquiry, choice: Choice): boolean {
  return choice.kind === "expire" && fired.has(choiceKey(choice));
}

function leadsPhrase(topology: Topology, choice: Choice, { first, summary, keys }: Course): string {
  const actor = "participant" in choice ? choice.participant : undefined;
  const sends = first === undefined ? "" : sendsPhrase(topology, first, actor);
  const ends = summary ?? `still going on after ${keys.length} turns`;
  return sends === "" ? ends : `${sends}; ${ends}`;
}

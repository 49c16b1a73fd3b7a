import type { Scenario } from "../../shared/flow/flow.ts";
import type { Choice, HopName } from "../../shared/run/choice.ts";
import type { Run, Turn } from "../../shared/run/run.ts";
import { enabled, isReachable, resolve } from "./enabled.ts";
import type { Reactions } from "./reactions.ts";
import { createRecording, type Recording } from "./recording.ts";
import { personTakes } from "./rules/timers.ts";
import { compileTopology, type Topology } from "./topology.ts";
import { alter, deliver, expire, inject, lose, stimulate, type TurnResult, take } from "./turn.ts";
import {
  counters,
  type Draft,
  draftOf,
  emptyWorld,
  findTimer,
  nextTimer,
  positionInFlight,
  timerName,
  type World,
} from "./world.ts";

export interface Limits {
  /** Turns after which a run is stopped: a guard against scenarios that never rest. */
  readonly turns: number;
}

export const generous: Limits = { turns: 2_000_000 };

/** The world before the first turn: nothing under way, the given sessions up. */
export function initial(scenario: Scenario): World {
  const topology = compileTopology(scenario);
  const sessions = scenario.sessions ?? [];
  return sessions.length === 0 ? emptyWorld(topology) : withGivenSessions(topology);
}

/**
 * Sets the given sessions up by the same rules as any other, unseen: each is invited, accepted at once and
 * acknowledged. What only concerned the setting-up is forgotten, and hops are counted anew.
 */
function withGivenSessions(topology: Topology): World {
  const { scenario } = topology;
  const given = scenario.sessions ?? [];
  const prelude = compileTopology({
    ...scenario,
    participants: scenario.participants.map((p) =>
      p.role === "client"
        ? { ...p, answer: "auto", busy: false, registered: true, reachable: true, media: undefined }
        : p,
    ),
    options: { ...scenario.options, challenge: [], trying: false },
    rules: undefined,
  });
  let world = emptyWorld(prelude);
  for (const session of given) {
    const invited = prelude.participants.get(session.to);
    if (invited?.role !== "client") continue;
    const invitation = { id: session.id, from: session.from, to: [{ user: invited.user }], media: session.media };
    const alone = {
      ...prelude,
      scenario: { ...prelude.scenario, invitations: [invitation], policies: [] },
      invitations: new Map([[invitation.id, invitation]]),
      clients: new Map([...prelude.clients, [invited.user, [invited]]]),
      users: new Map([...prelude.users].map(([id, u]) => [id, { ...u, preferences: [] }])),
    };
    const draft = draftOf({ ...world, topology: alone });
    fold(
      draft,
      [{ kind: "stimulate", participant: session.from, stimulus: "invite", what: session.id }],
      generous,
      ignore,
    );
    world = draft;
  }
  const passing = new Set<string>(["context", "branch", "invite", "reason", counters.hops]);
  return {
    topology,
    memories: new Map(
      [...world.memories].map(([id, memory]) => [id, new Map([...memory].filter(([kind]) => !passing.has(kind)))]),
    ),
    flight: [],
    timers: new Map(),
    past: world.past && { ...world.past, given: true },
  };
}

/** Takes one choice. `undefined` when it is not possible in `world`; `world` itself never changes. */
export function step(world: World, choice: Choice): { readonly world: World; readonly result: TurnResult } | undefined {
  const draft = draftOf(world);
  const taken = resolve(draft, choice);
  if (taken === undefined) return undefined;
  return { result: perform(draft, taken), world: draft };
}

/** Takes a choice that `resolve` has found possible, in `draft` itself. */
export function perform(draft: Draft, choice: Choice): TurnResult {
  switch (choice.kind) {
    case "deliver":
      return deliver(draft, choice, positionInFlight(draft, choice.hop));
    case "lose":
      return lose(draft, choice, positionInFlight(draft, choice.hop));
    case "withhold": {
      const hop = take(draft, positionInFlight(draft, choice.hop));
      return { at: hop.to, reactions: [], sent: [] };
    }
    case "alter":
      return alter(draft, choice, positionInFlight(draft, choice.hop));
    case "expire": {
      const timer = findTimer(draft, choice.participant, choice.timer);
      if (timer === undefined) throw new Error("no such timer is running");
      return expire(draft, choice, timer);
    }
    case "inject":
      return inject(draft, choice);
    case "stimulate":
      return stimulate(draft, choice);
  }
}

/** How a fold ended, and the place in the script up to which it came. */
export interface Folded {
  readonly end: Run["end"];
  readonly at: number;
}

/** Hears of every turn while a script is being folded. */
export interface Listener {
  turn(choice: Choice, by: Turn["by"], result: TurnResult): void;
  passedOver(hops: readonly HopName[]): void;
}

const ignore: Listener = { turn: () => {}, passedOver: () => {} };

/**
 * Folds `script` over `draft` in the default order: what is under way arrives, newest first; at rest, devices react,
 * then the next scripted turn comes, then timers in the order of their durations. A hop that the script names later
 * waits for its turn. Where the script's next choice is not possible `draft` is left as it then is.
 */
export function fold(draft: Draft, script: readonly Choice[], limits: Limits, listener: Listener): Folded {
  const held = heldBy(script);
  let at = 0;
  for (let turns = 0; turns < limits.turns; turns++) {
    const scripted = script[at];
    const next = nextTurn(draft, held, scripted);
    if (next === undefined) return { end: scripted === undefined ? "rest" : "diverged", at };
    takeTurn(draft, next, listener);
    if (next.by === "default" || scripted === undefined) continue;
    release(held, scripted);
    at++;
  }
  return { end: "limit", at };
}

/** A turn that comes next: the script's, or one that comes by itself. */
export type Next = Pick<Turn, "choice" | "by">;

/** The turn that comes next where `scripted` is the script's next choice; undefined at rest, or where it is not possible. */
export function nextTurn(draft: Draft, held: Held, scripted: Choice | undefined): Next | undefined {
  const now = scripted !== undefined && isPrompt(scripted) ? resolve(draft, scripted) : undefined;
  if (now !== undefined) return { by: "script", choice: now };
  const usual = defaultChoice(draft, held, scripted === undefined ? Number.POSITIVE_INFINITY : personTakes);
  if (usual !== undefined) return { by: "default", choice: usual };
  // A person acts when nothing is about to happen by itself.
  const rested = scripted === undefined || isPrompt(scripted) ? undefined : resolve(draft, scripted);
  return rested && { by: "script", choice: rested };
}

/** Takes a turn that `nextTurn` gave. */
export function takeTurn(draft: Draft, { choice, by }: Next, listener: Listener): void {
  if (by === "script") announcePassedOver(draft, choice, listener);
  listener.turn(choice, by, perform(draft, choice));
}

type OnHop = Extract<Choice, { readonly hop: HopName }>;

export function concernsHop(choice: Choice): choice is OnHop {
  return "hop" in choice;
}

/** Turns of the network come as soon as they can, or late; people, timers and authors wait for rest unless told not to. */
function isPrompt(choice: Choice): boolean {
  if (choice.kind === "deliver") return choice.late !== true;
  return concernsHop(choice) || choice.now === true;
}

/** The hops and timers that do not happen by themselves, because what is left of a script names them. */
export type Held = Pick<ReadonlySet<string>, "has">;

/** What a script entry keeps from happening by itself before its turn: a hop, or a timer of a participant. */
function holds(choice: Choice): string | undefined {
  if (concernsHop(choice)) return choice.hop;
  return choice.kind === "expire" ? `${choice.participant} ${choice.timer}` : undefined;
}

/** How often each hop or timer is named by a script. */
export function heldBy(script: readonly Choice[]): Map<string, number> {
  const held = new Map<string, number>();
  for (const choice of script) {
    const name = holds(choice);
    if (name !== undefined) held.set(name, (held.get(name) ?? 0) + 1);
  }
  return held;
}

/** Takes a choice out of what is held; gives the name that is held no longer. */
export function release(held: Map<string, number>, choice: Choice): string | undefined {
  const name = holds(choice);
  if (name === undefined) return undefined;
  const left = (held.get(name) ?? 1) - 1;
  if (left > 0) held.set(name, left);
  else held.delete(name);
  return left > 0 ? undefined : name;
}

/** The default next turn: the newest hop that is not held, else the shortest timer below `limit` seconds. */
function defaultChoice(draft: Draft, held: Held, limit: number): Choice | undefined {
  for (let i = draft.flight.length - 1; i >= 0; i--) {
    const hop = draft.flight[i];
    if (hop === undefined || held.has(hop.name)) continue;
    return { kind: isReachable(draft.topology, hop.to) ? "deliver" : "lose", hop: hop.name };
  }
  return draft.timers.size === 0 ? undefined : defaultTimer(draft, held, limit);
}

function defaultTimer(draft: Draft, held: Held, limit: number): Choice | undefined {
  const timer = nextTimer(
    draft,
    limit,
    (t) => held.has(`${t.participant} ${timerName(t)}`) || held.has(`${t.participant} ${t.name}`),
  );
  return timer === undefined ? undefined : { kind: "expire", participant: timer.participant, timer: timerName(timer) };
}

/**
 * A scripted turn goes before the hops that would have been next by default. What an author sends at once only has its
 * place there; what waits for rest is sent while the script keeps those hops under way.
 */
function announcePassedOver(draft: Draft, choice: Choice, listener: Listener): void {
  const from = concernsHop(choice) ? positionInFlight(draft, choice.hop) + 1 : 0;
  const onlyPlaced = choice.kind === "alter" || (choice.kind === "inject" && choice.now === true);
  if (onlyPlaced || from >= draft.flight.length) return;
  listener.passedOver(draft.flight.slice(from).map((hop) => hop.name));
}

/** Folds `script` over the scenario and records the run. Never throws for what a document says; see `Run.end`. */
export function computeRun(scenario: Scenario, script: readonly Choice[], limits: Limits = generous): Run {
  return goOn(beginning(scenario), script, limits);
}

/** A run on its way: the world it has come to, and its record. */
export interface Course {
  readonly draft: Draft;
  readonly recording: Recording;
}

/** Before the first turn; what participants do is looked up in `reactions`, and kept there, where that is given. */
export function beginning(scenario: Scenario, reactions?: Reactions): Course {
  return { draft: { ...draftOf(initial(scenario)), reactions }, recording: createRecording() };
}

/** Folds what is left of a script over a run on its way; `at` choices of the script were taken already. */
export function goOn({ draft, recording }: Course, script: readonly Choice[], limits: Limits, taken = 0): Run {
  const { end, at } = fold(draft, script, { turns: limits.turns - recording.length() }, recording);
  const choice = script[at];
  const stopped = end === "diverged" && choice !== undefined;
  return recording.run(end, stopped ? { at: taken + at, choice, enabled: enabled(draft) } : undefined);
}

/** The world after the first `turns` turns of `run`, by taking them again. */
export function worldAfter(scenario: Scenario, run: Run, turns: number): World {
  const draft = draftOf(initial(scenario));
  for (const turn of run.turns.slice(0, turns)) perform(draft, turn.choice);
  return draft;
}

import type { Scenario } from "../../shared/flow/flow.ts";
import type { Choice, HopName } from "../../shared/run/choice.ts";
import type { Divergence, Hop, Run, Turn } from "../../shared/run/run.ts";
import { enabled, isReachable, resolve } from "./enabled.ts";
import { personTakes } from "./rules/timers.ts";
import { compileTopology, type Topology } from "./topology.ts";
import { alter, deliver, expire, inject, lose, type Sent, stimulate, type TurnResult, take } from "./turn.ts";
import {
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

const generous: Limits = { turns: 2_000_000 };

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
  const passing = /\/(?:context|branch|invite|reason)\//;
  return {
    topology,
    cells: new Map([...world.cells].filter(([key]) => !passing.test(key))),
    flight: [],
    timers: new Map(),
    counts: new Map([...world.counts].filter(([counter]) => counter.startsWith("id "))),
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
    const usual = defaultChoice(draft, held, scripted === undefined ? Number.POSITIVE_INFINITY : personTakes);
    // A person acts when nothing is about to happen by itself.
    const next =
      scripted !== undefined && (usual === undefined || isPrompt(scripted)) ? resolve(draft, scripted) : undefined;
    if (next !== undefined && scripted !== undefined) {
      announcePassedOver(draft, next, listener);
      release(held, scripted);
      listener.turn(next, "script", perform(draft, next));
      at++;
      continue;
    }
    if (usual !== undefined) {
      listener.turn(usual, "default", perform(draft, usual));
      continue;
    }
    if (scripted === undefined) return { end: "rest", at };
    return { end: "diverged", at };
  }
  return { end: "limit", at };
}

type OnHop = Extract<Choice, { readonly hop: HopName }>;

function concernsHop(choice: Choice): choice is OnHop {
  return "hop" in choice;
}

/** Turns of the network come as soon as they can, or late; people, timers and authors wait for rest unless told not to. */
function isPrompt(choice: Choice): boolean {
  if (choice.kind === "deliver") return choice.late !== true;
  return concernsHop(choice) || choice.now === true;
}

/** What a script entry keeps from happening by itself before its turn: a hop, or a timer of a participant. */
function holds(choice: Choice): string | undefined {
  if (concernsHop(choice)) return choice.hop;
  return choice.kind === "expire" ? `${choice.participant} ${choice.timer}` : undefined;
}

/** How often each hop or timer is named by what is left of the script. */
function heldBy(script: readonly Choice[]): Map<string, number> {
  const held = new Map<string, number>();
  for (const choice of script) {
    const name = holds(choice);
    if (name !== undefined) held.set(name, (held.get(name) ?? 0) + 1);
  }
  return held;
}

function release(held: Map<string, number>, choice: Choice): void {
  const name = holds(choice);
  if (name === undefined) return;
  const left = (held.get(name) ?? 1) - 1;
  if (left === 0) held.delete(name);
  else held.set(name, left);
}

/** The default next turn: the newest hop that is not held, else the shortest timer below `limit` seconds. */
function defaultChoice(draft: Draft, held: ReadonlyMap<string, number>, limit: number): Choice | undefined {
  for (let i = draft.flight.length - 1; i >= 0; i--) {
    const hop = draft.flight[i];
    if (hop === undefined || held.has(hop.name)) continue;
    return { kind: isReachable(draft.topology, hop.to) ? "deliver" : "lose", hop: hop.name };
  }
  const timer = nextTimer(
    draft,
    limit,
    (t) => held.has(`${t.participant} ${timerName(t)}`) || held.has(`${t.participant} ${t.name}`),
  );
  return timer === undefined ? undefined : { kind: "expire", participant: timer.participant, timer: timerName(timer) };
}

/** A scripted turn goes before the hops that would have been next by default. */
function announcePassedOver(draft: Draft, choice: Choice, listener: Listener): void {
  const from = concernsHop(choice) ? positionInFlight(draft, choice.hop) + 1 : 0;
  if (choice.kind === "inject" || choice.kind === "alter" || from >= draft.flight.length) return;
  listener.passedOver(draft.flight.slice(from).map((hop) => hop.name));
}

type Recorded = { -readonly [K in keyof Hop]: Hop[K] };

/** Folds `script` over the scenario and records the run. Never throws for what a document says; see `Run.end`. */
export function computeRun(scenario: Scenario, script: readonly Choice[], limits: Limits = generous): Run {
  const draft = draftOf(initial(scenario));
  const turns: Turn[] = [];
  const records = new Map<HopName, Recorded>();
  const order: Hop[] = [];
  const withheld: Hop[] = [];
  const { end, at } = fold(draft, script, limits, {
    passedOver: (hops) => {
      for (const name of hops) {
        const hop = records.get(name);
        if (hop !== undefined) hop.passedOver = true;
      }
    },
    turn: (choice, by, result) => {
      if (concernsHop(choice)) recordOnHop({ records, order, withheld }, choice, turns.length, result);
      for (const sent of result.sent) records.set(sent.hop.name, recordOf(sent, turns.length));
      turns.push(turnOf(choice, by, result));
    },
  });
  // What never arrived stands last, as it stood under way.
  for (const hop of records.values()) order.push(hop);
  const kept = withheld.length === 0 ? undefined : { withheld };
  return end === "diverged"
    ? { turns, hops: order, end, ...kept, divergence: divergenceAt(draft, script, at) }
    : { turns, hops: order, end, ...kept };
}

/** A run while it is being recorded. */
interface Recording {
  readonly records: Map<HopName, Recorded>;
  readonly order: Hop[];
  readonly withheld: Hop[];
}

function divergenceAt(draft: Draft, script: readonly Choice[], at: number): Divergence | undefined {
  const choice = script[at];
  return choice === undefined ? undefined : { at, choice, enabled: enabled(draft) };
}

function recordOnHop({ records, order, withheld }: Recording, choice: OnHop, turn: number, result: TurnResult): void {
  const hop = records.get(choice.hop);
  if (hop === undefined) return;
  if (choice.kind === "alter") {
    if (hop.rule !== undefined && hop.instead === undefined)
      hop.instead = { name: hop.message.name, rule: hop.rule, message: hop.message };
    hop.message = result.altered?.message ?? hop.message;
    hop.origin = "authored";
    return;
  }
  records.delete(choice.hop);
  if (choice.kind === "withhold") {
    withheld.push(hop);
    return;
  }
  if (choice.kind === "deliver") hop.received = turn;
  else hop.lost = turn;
  order.push(hop);
}

function turnOf(choice: Choice, by: Turn["by"], { at, reactions, unexpected }: TurnResult): Turn {
  return unexpected === undefined ? { choice, at, by, reactions } : { choice, at, by, reactions, unexpected };
}

function recordOf({ hop, rule, cause, relays }: Sent, sent: number): Recorded {
  const { name, from, to, message } = hop;
  // With room for the arrival, which almost every hop gets.
  const record: Recorded = {
    name,
    from,
    to,
    message,
    sent,
    received: undefined,
    origin: rule === undefined ? "authored" : "computed",
  };
  if (rule !== undefined) record.rule = rule;
  if (cause !== undefined) record.cause = cause;
  if (relays !== undefined) record.relays = relays;
  return record;
}

/** The world after the first `turns` turns of `run`, by taking them again. */
export function worldAfter(scenario: Scenario, run: Run, turns: number): World {
  const draft = draftOf(initial(scenario));
  for (const turn of run.turns.slice(0, turns)) perform(draft, turn.choice);
  return draft;
}

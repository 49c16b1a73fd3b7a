import type { Scenario } from "../../../shared/flow/flow.ts";
import { fail, ok, type Result } from "../../../shared/flow/result.ts";
import { type Choice, choiceKey } from "../../../shared/run/choice.ts";
import type { Exploration, Freedom, Outcome, Violation } from "../../../shared/run/exploration.ts";
import type { OutcomeMap } from "../../../shared/run/outcome-map.ts";
import type { Run } from "../../../shared/run/run.ts";
import { cannotRun } from "../check-scenario.ts";
import { computeRun } from "../compute.ts";
import type { Topology } from "../topology.ts";
import { outcomeMap } from "./decisions.ts";
import { compileFreedoms } from "./freedoms.ts";
import { type Bounds, buildGraph, type Graph, type Ground, type Reporting } from "./graph.ts";
import { localMachine } from "./local.ts";
import { movesOf } from "./moves.ts";
import { type Ending, endingOf } from "./outcome.ts";
import { atOnce, bestWay, findPaths, type Paths, turnsOf } from "./paths.ts";
import { type Past, type Position, positionCoding, positionOf } from "./position.ts";
import { replay } from "./replay.ts";
import { runsToJudge } from "./violations.ts";
import { shorten } from "./witness.ts";

export interface Exploring extends Reporting {
  readonly freedoms: readonly Freedom[];
  readonly bounds?: Partial<Bounds>;
  /** The requirements that a run breaks; none are judged without it. */
  readonly violated?: (run: Run) => readonly string[];
  /** So many runs are judged at most where not all can be. */
  readonly judge?: number;
  /** Whether the outcomes are wanted as a map too. */
  readonly map?: boolean;
  /** False: every order is followed, also of independent turns. Only to compare with. */
  readonly reduce?: boolean;
}

export const usualBounds: Bounds = { states: 500_000, depth: 5_000 };
const usualJudge = 2_000;
/** So many worlds are looked at for outcomes that need no unusual order. */
const plainly = 5_000;

/**
 * Everything that may happen after the last choice of `script` under the given freedoms: what it ends in, and which
 * requirements can be broken. The same arguments give the same result, unless `shouldStop` says otherwise. Fails with a
 * sentence when the script itself is not possible, or no run of the scenario is.
 */
export function explore(scenario: Scenario, script: readonly Choice[], exploring: Exploring): Result<Exploration> {
  const refused = cannotRun(scenario);
  if (refused !== undefined) return { ok: false, failure: refused };
  const run = computeRun(scenario, script);
  if (run.end === "diverged")
    return fail(
      `The script's choice ${(run.divergence?.at ?? 0) + 1}, “${run.divergence === undefined ? "" : choiceKey(run.divergence.choice)}”, is not possible; there is nothing to explore after it.`,
    );
  const taken = run.turns.slice(0, run.turns.findLastIndex((turn) => turn.by === "script") + 1);
  const before = taken.map((turn) => atOnce(turn.choice));
  const inquiry: Inquiry = { scenario, script, before, past: replay(scenario, before), exploring };
  // What needs no unusual order is found without any: its scripts are the plainest.
  const usual = exploring.freedoms.filter(({ kind }) => kind !== "order" && kind !== "overtake");
  const { onProgress, shouldStop } = exploring;
  const searches =
    usual.length === exploring.freedoms.length ? [] : [search(inquiry, usual, { states: plainly }, { shouldStop })];
  const main = search(inquiry, exploring.freedoms, {}, { onProgress, shouldStop });
  return ok(reportOf(inquiry, [...searches, main], main));
}

interface Inquiry {
  readonly scenario: Scenario;
  readonly script: readonly Choice[];
  /** The turns taken before the exploration begins. */
  readonly before: readonly Choice[];
  readonly past: Past;
  readonly exploring: Exploring;
}

/** A graph, and what is known about the ways through it. */
interface Search {
  readonly ground: Ground;
  /** What witnesses are held to: as the ground, but as in the default order messages may overtake each other. */
  readonly lenient: Ground;
  readonly graph: Graph;
  readonly paths: Paths;
  /** By the key of an ending. */
  readonly endings: ReadonlyMap<string, Found>;
}

interface Found {
  readonly key: string;
  readonly summary: string;
  readonly runs: number;
  /** The end that is reached with the fewest departures and turns. */
  readonly node: number;
}

function groundFor(topology: Topology, list: readonly Freedom[], reduce: boolean): Ground {
  const freedoms = compileFreedoms(list);
  const machine = localMachine(topology);
  return { machine, freedoms, moves: movesOf(machine, topology, freedoms), coding: positionCoding(machine), reduce };
}

function startOf({ machine, freedoms }: Ground, past: Past): Position {
  return positionOf(machine, past, freedoms.anyOrder);
}

function search(
  { past, exploring }: Inquiry,
  list: readonly Freedom[],
  tighter: Partial<Bounds>,
  reporting: Reporting,
): Search {
  const { topology } = past.world;
  const ground = groundFor(topology, list, exploring.reduce ?? true);
  const { moves, coding } = ground;
  const bounds = { ...usualBounds, ...exploring.bounds, ...tighter };
  const graph = buildGraph(ground, startOf(ground, past), bounds, reporting);
  const paths = findPaths(graph, moves);
  const endings = new Map<string, Found>();
  for (const [node, isEnd] of graph.isEnd.entries()) {
    if (!isEnd || paths.cost[node] === Number.POSITIVE_INFINITY) continue;
    const { key, summary } = endingOf(topology, coding.decode(graph.worldOf[node] ?? "").locals);
    const known = endings.get(key);
    const runs = Math.min(Number.MAX_SAFE_INTEGER, (known?.runs ?? 0) + (paths.count[node] ?? 0));
    const isBetter = known === undefined || (paths.cost[node] ?? 0) < (paths.cost[known.node] ?? 0);
    endings.set(key, { key, summary, runs, node: isBetter ? node : known.node });
  }
  const lenient = groundFor(topology, [...list, { kind: "overtake", where: [] }], false);
  return { ground, lenient, graph, paths, endings };
}

/** How a run ends, when every turn of it is one that the freedoms of the search allow. */
function follow({ before, past }: Inquiry, { lenient }: Search, run: Run): Ending | undefined {
  if (run.end !== "rest") return undefined;
  const { moves } = lenient;
  let position = startOf(lenient, past);
  for (const [index, { choice }] of run.turns.entries()) {
    const key = choiceKey(choice);
    const known = before[index];
    if (known !== undefined) {
      if (choiceKey(known) !== key) return undefined;
      continue;
    }
    const move = moves.next(position).moves.find((possible) => choiceKey(possible.choice) === key);
    if (move === undefined) return undefined;
    position = moves.take(position, move);
  }
  return endingOf(past.world.topology, position.locals);
}

function reportOf(inquiry: Inquiry, searches: readonly Search[], main: Search): Exploration {
  const { graph } = main;
  const { stopped } = graph;
  const judged = judge(inquiry, main);
  const found = outcomesOf(inquiry, searches, main);
  return {
    states: graph.states,
    transitions: graph.edgeTo.length,
    complete: stopped === undefined,
    ...(stopped === undefined ? undefined : { stoppedBecause: stopped }),
    outcomes: found.map(({ outcome }) => outcome),
    ...judged,
    ...(inquiry.exploring.map === true ? { map: mapOf(inquiry, main, found) } : undefined),
  };
}

interface Keyed {
  readonly key: string;
  readonly outcome: Outcome;
}

/**
 * The outcomes as a map. The search has left out, of two orders of independent turns, the second one; where that would
 * hide what a world can still come to, its turns are looked at again. Of a search that was stopped what it saw is mapped.
 */
function mapOf({ past, exploring }: Inquiry, { ground, graph }: Search, found: readonly Keyed[]): OutcomeMap {
  const { shouldStop } = exploring;
  const outcomes = found.map(({ key, outcome: { id } }) => ({ id, key }));
  const full =
    graph.stopped === undefined && ground.reduce
      ? buildGraph(
          { ...ground, sleeps: false },
          startOf(ground, past),
          // Orders that were left out may lead through worlds that were not seen.
          { states: graph.states * 8 + 1000, depth: Number.POSITIVE_INFINITY },
          { shouldStop },
        )
      : graph;
  const seen = full.stopped === undefined ? full : graph;
  return outcomeMap(past.world.topology, ground, seen, outcomes, full.stopped === undefined);
}

function outcomesOf(inquiry: Inquiry, searches: readonly Search[], main: Search): Keyed[] {
  const keys = new Set(searches.flatMap(({ endings }) => [...endings.keys()]));
  const isShort = main.graph.stopped !== undefined || main.graph.isCyclic;
  const outcomes = [...keys].map((key) => {
    const by = searches.find(({ endings }) => endings.has(key)) ?? main;
    const found = by.endings.get(key);
    const turns = turnsOf(bestWay(found?.node ?? 0, by.paths), by.graph, by.ground.moves);
    const runs = main.endings.get(key)?.runs ?? found?.runs ?? 0;
    const witness = shortest(
      inquiry,
      turns,
      (tried) => follow(inquiry, by, computeRun(inquiry.scenario, tried))?.key === key,
    );
    return {
      key,
      summary: found?.summary ?? "",
      runs,
      atLeast: isShort || runs >= Number.MAX_SAFE_INTEGER,
      witness,
      breaks: inquiry.exploring.violated?.(computeRun(inquiry.scenario, witness)) ?? [],
    };
  });
  outcomes.sort((a, b) => a.witness.length - b.witness.length || (a.summary < b.summary ? -1 : 1));
  return outcomes.map(({ key, ...outcome }, index) => ({ key, outcome: { id: `o${index + 1}`, ...outcome } }));
}

/** The script, and the shortest tail that leads where `turns` do. */
function shortest(
  { script, before, exploring }: Inquiry,
  turns: readonly Choice[],
  holds: (script: readonly Choice[]) => boolean,
): readonly Choice[] {
  // A hop that is named late waits from the start; where that disturbs the script, its turns are spelt out.
  const start = [script, before].find((head) => holds([...head, ...turns])) ?? before;
  const { shouldStop = () => false } = exploring;
  return [...start, ...shorten(turns, (tail) => holds([...start, ...tail]), shouldStop)];
}

function judge(inquiry: Inquiry, main: Search): Pick<Exploration, "violations" | "judged"> {
  const { scenario, before, exploring } = inquiry;
  const { violated, shouldStop, judge: most = usualJudge } = exploring;
  if (violated === undefined) return { violations: [], judged: { runs: 0, all: false } };
  const { graph, paths, ground } = main;
  const sample = runsToJudge(graph, paths, most);
  const cost = (edges: readonly number[]) =>
    edges.reduce((sum, edge) => sum + ground.moves.move(graph.edgeMove[edge] ?? 0).weight * 10_000 + 1, 0);
  const worst = new Map<string, { readonly edges: readonly number[]; readonly cost: number }>();
  let runs = 0;
  let all = sample.isAll;
  for (const edges of sample.runs) {
    if (runs >= most || (runs % 64 === 63 && shouldStop?.() === true)) {
      all = false;
      break;
    }
    runs++;
    for (const id of violated(computeRun(scenario, [...before, ...turnsOf(edges, graph, ground.moves)]))) {
      const known = worst.get(id);
      if (known === undefined || cost(edges) < known.cost) worst.set(id, { edges, cost: cost(edges) });
    }
  }
  const violations = [...worst]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([requirement, { edges }]): Violation => {
      const breaks = (tried: readonly Choice[]) => {
        const run = computeRun(scenario, tried);
        return violated(run).includes(requirement) && follow(inquiry, main, run) !== undefined;
      };
      const witness = shortest(inquiry, turnsOf(edges, graph, ground.moves), breaks);
      const summary = follow(inquiry, main, computeRun(scenario, witness))?.summary ?? "";
      return { requirement, summary, witness };
    });
  return { violations, judged: { runs, all } };
}

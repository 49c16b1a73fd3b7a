import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flowSchema, type Scenario } from "../../../shared/flow/flow.ts";
import type { Choice } from "../../../shared/run/choice.ts";
import type { Exploration, Freedom } from "../../../shared/run/exploration.ts";
import { folded, type OutcomeMap, outcomeMapSchema } from "../../../shared/run/outcome-map.ts";
import { wholeScript } from "../../../shared/run/tree.ts";
import { computeRun } from "../compute.ts";
import { prospectsOf } from "./decisions.ts";
import { explore } from "./explore.ts";
import { compileFreedoms, prefixLength, readFreedoms } from "./freedoms.ts";
import { buildGraph, type Graph, type Ground } from "./graph.ts";
import { localMachine } from "./local.ts";
import { movesOf } from "./moves.ts";
import { endingOf } from "./outcome.ts";
import { atOnce } from "./paths.ts";
import { positionCoding, positionOf } from "./position.ts";
import { replay } from "./replay.ts";

interface Case {
  readonly scenario: Scenario;
  readonly script: readonly Choice[];
  readonly freedoms: readonly Freedom[];
}

function caseOf(path: string, free: string): Case {
  const flow = flowSchema.parse(
    JSON.parse(readFileSync(new URL(`../../../flows/${path}.flow.json`, import.meta.url), "utf8")),
  );
  const freedoms = readFreedoms(free, flow.scenario);
  const script = wholeScript(flow, "main");
  if (!freedoms.ok || !script.ok) throw new Error("unusable");
  const kept = script.value.slice(0, prefixLength(script.value, freedoms.value));
  return { scenario: flow.scenario, script: kept, freedoms: freedoms.value };
}

function explored({ scenario, script, freedoms }: Case, states?: number): Exploration & { readonly map: OutcomeMap } {
  const bounds = states === undefined ? undefined : { states };
  const found = explore(scenario, script, { freedoms, map: true, ...(bounds === undefined ? undefined : { bounds }) });
  if (!found.ok || found.value.map === undefined) throw new Error("nothing was found");
  return { ...found.value, map: found.value.map };
}

/** The graph of a case as its map is made of it, or that of every order. */
function graphOf({ scenario, script, freedoms: list }: Case, reduce: boolean): { ground: Ground; graph: Graph } {
  const run = computeRun(scenario, script);
  const taken = run.turns.slice(0, run.turns.findLastIndex(({ by }) => by === "script") + 1);
  const past = replay(
    scenario,
    taken.map(({ choice }) => atOnce(choice)),
  );
  const freedoms = compileFreedoms(list);
  const machine = localMachine(past.world.topology);
  const moves = movesOf(machine, past.world.topology, freedoms);
  const ground: Ground = { machine, freedoms, moves, coding: positionCoding(machine), reduce, sleeps: false };
  const start = positionOf(machine, past, freedoms.anyOrder);
  return { ground, graph: buildGraph(ground, start, { states: 200_000, depth: 5_000 }, {}) };
}

const canonicalOf = ({ ground: { coding } }: { ground: Ground }, world: string): string => {
  const { locals, lost, flight } = coding.decode(world);
  return JSON.stringify([
    locals.map(({ memory, timers, annals }) => [
      [...memory].flatMap(([kind, cells]) => [...cells].map((cell) => JSON.stringify([kind, cell]))).sort(),
      timers.map((t) => JSON.stringify(t)).sort(),
      annals,
    ]),
    lost,
    flight.map(({ hop }) => hop.name).sort(),
  ]);
};

/** What each world can come to, found by trying every turn of every order. */
function bruteForce(found: { ground: Ground; graph: Graph }): ReadonlyMap<string, string> {
  const { graph, ground } = found;
  const known: (Set<string> | undefined)[] = [];
  const visit = (node: number): Set<string> => {
    const before = known[node];
    if (before !== undefined) return before;
    const left = new Set<string>();
    known[node] = left;
    const world = graph.worldOf[node] ?? "";
    if (graph.isEnd[node] === true) left.add(endingOf(topologyOf(ground), ground.coding.decode(world).locals).key);
    const first = graph.firstEdge[node] ?? 0;
    for (const to of graph.edgeTo.slice(first, first + (graph.edges[node] ?? 0)))
      for (const key of visit(to)) left.add(key);
    return left;
  };
  visit(0);
  return new Map(
    known.map((left, node) => [canonicalOf(found, graph.worldOf[node] ?? ""), [...(left ?? [])].sort().join("\n")]),
  );
}

const topologyOf = ({ machine }: Ground) => machine.local(0, 0).world.topology;

const smallCases: readonly (readonly [string, string])[] = [
  ["cpm/group-invitation", "answers"],
  ["cpm/group-invitation", "accept,order"],
  ["cpm/one-to-one", "answers,cancel,order"],
  ["cpm/one-to-one", "answers,loss"],
  ["cpm/transfer-server-in-path", "answers,refuse,order"],
  ["cpm/transfer-server-not-in-path", "answers,refuse"],
  ["sip/busy", "answers,cancel,order"],
];

describe("X50 what is left to come", () => {
  it.each(smallCases)("is of every world of %s with %s what brute force finds", (path, free) => {
    const one = caseOf(path, free);
    const every = graphOf(one, false);
    if (every.graph.isCyclic || every.graph.stopped !== undefined) throw new Error("not a small case");
    const truth = bruteForce(every);
    const reduced = graphOf(one, true);
    const keys: string[] = [];
    const topology = topologyOf(reduced.ground);
    const { worldOf, left } = prospectsOf(reduced.graph, (world) => {
      const { key } = endingOf(topology, reduced.ground.coding.decode(world).locals);
      if (!keys.includes(key)) keys.push(key);
      return keys.indexOf(key);
    });
    for (const [node, world] of reduced.graph.worldOf.entries()) {
      const bits = left[worldOf[node] ?? 0] ?? 0n;
      const found = keys.filter((_, bit) => (bits >> BigInt(bit)) & 1n);
      expect(found.sort().join("\n")).toBe(truth.get(canonicalOf(reduced, world)));
    }
  });
});

/** What can be reached from a decision along the ways. */
function reachable(map: OutcomeMap, from: string): ReadonlySet<string> {
  const found = new Set([from]);
  for (const at of found) for (const way of map.ways) if (way.from === at) found.add(way.to);
  return new Set([...found].filter((id) => id.startsWith("o")));
}

describe("the map of outcomes", () => {
  it.each(smallCases)(
    "X51 leads from each decision of %s with %s to what is left there, and nowhere else",
    (path, free) => {
      const { map, outcomes, complete } = explored(caseOf(path, free));
      expect(map.complete).toBe(complete);
      expect(outcomeMapSchema.safeParse(map).success).toBe(true);
      if (outcomes.length < 2) return expect(map.decisions).toEqual([]);
      expect(map.decisions[0]?.outcomes).toEqual(outcomes.map(({ id }) => id));
      for (const { id, outcomes: left } of map.decisions)
        expect([...reachable(map, id)].sort()).toEqual([...left].sort());
      for (const { turns } of map.ways) expect(turns.length).toBeGreaterThan(0);
    },
  );

  it("X52 tells turns in a person's words", () => {
    const { map, outcomes } = explored(caseOf("cpm/group-invitation", "answers"));
    const says = map.ways.filter(({ from }) => from === "d1").flatMap(({ turns }) => turns.map((turn) => turn.says));
    expect(says).toContain("CPM Client B1 accepts");
    expect(says).toContain("CPM Client B2 declines (486)");
    const first = map.ways.find(
      ({ from, turns }) => from === "d1" && turns.some((t) => t.says === "CPM Client B1 accepts"),
    );
    expect(outcomes.find(({ id }) => id === first?.to)?.summary).toMatch(
      /^session with CPM Client B1; CPM Client B2 cancelled/,
    );
  });

  it("X53 is the same each time", () => {
    const one = caseOf("cpm/group-invitation", "answers,order");
    expect(explored(one).map).toEqual(explored(one).map);
  });

  it("X54 of an exploration that was stopped says so, and reaches every outcome that was found", () => {
    for (const states of [40, 100, 1000]) {
      const { map, outcomes } = explored(caseOf("cpm/group-invitation", "answers,order"), states);
      expect(map.complete).toBe(false);
      if (outcomes.length > 1) expect([...reachable(map, "d1")].sort()).toEqual(outcomes.map(({ id }) => id).sort());
    }
  });

  it("X55 with fewer decisions still reaches every outcome, and says how many it folded", () => {
    const { map, outcomes } = explored(caseOf("cpm/group-invitation", "answers,order"));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: map.decisions.length + 2 }), (most) => {
        const few = folded(map, most);
        expect(few.decisions.length).toBe(Math.min(most, map.decisions.length));
        expect(few.folded).toBe(map.decisions.length - few.decisions.length);
        expect(outcomeMapSchema.safeParse(few).success).toBe(true);
        expect([...reachable(few, "d1")].sort()).toEqual(outcomes.map(({ id }) => id).sort());
        for (const { id, outcomes: left } of few.decisions)
          expect([...reachable(few, id)].sort()).toEqual([...left].sort());
        expect(few.ways.some(({ goesOn }) => goesOn)).toBe(few.folded > 0);
      }),
    );
  });
});

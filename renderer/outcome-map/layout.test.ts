import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Exploration, Outcome } from "../../shared/run/exploration.ts";
import type { OutcomeMap, Way } from "../../shared/run/outcome-map.ts";
import type { Box } from "../network/curve.ts";
import { drawnMap, mapOutcomes, mostOutcomes, onTheWay, REST } from "./drawn.ts";
import { placed } from "./layout.ts";
import { foldedText, wayText } from "./words.ts";

const outcome = (id: string, breaks: readonly string[] = []): Outcome => ({
  id,
  summary: `ends as ${id}`,
  runs: 1,
  atLeast: false,
  witness: [],
  breaks,
});
const way = (from: string, to: string, says = `${from} to ${to}`): Way => ({
  from,
  to,
  turns: [{ says }],
  more: 0,
  goesOn: false,
});

/** A chain of decisions, each of which either ends in an outcome of its own or goes on; and some leaps. */
function chain(length: number, leaps: readonly number[] = []): { map: OutcomeMap; exploration: Exploration } {
  const outcomes = Array.from({ length: length + 1 }, (_, at) => outcome(`o${at + 1}`));
  const decisions = Array.from({ length }, (_, at) => ({
    id: `d${at + 1}`,
    outcomes: outcomes.slice(at).map(({ id }) => id),
  }));
  const next = (at: number) => (at < length ? `d${at + 1}` : `o${length + 1}`);
  const ways = decisions.flatMap(({ id }, at) => [way(id, `o${at + 1}`), way(id, next(at + 1))]);
  for (const leap of leaps) if (leap + 2 < length) ways.push(way(`d${leap + 1}`, next(leap + 2), `leap ${leap}`));
  const map: OutcomeMap = { complete: true, decisions, ways, folded: 0 };
  const judged = { runs: 1, all: true };
  return { map, exploration: { states: 1, transitions: 1, complete: true, outcomes, violations: [], judged, map } };
}

const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

describe("what of a map is drawn", () => {
  test("W115 nothing lies over anything else, ways go from left to right, and the same map stands the same way", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 14 }), fc.array(fc.nat(12), { maxLength: 6 }), (length, leaps) => {
        const { map, exploration } = chain(length, leaps);
        const drawn = drawnMap(map, mapOutcomes(exploration), 100);
        const { nodes, ways } = placed(drawn);
        expect(placed(drawn)).toEqual({ nodes, ways });
        const boxes = [...nodes.values(), ...ways.flatMap(({ label }) => label ?? [])];
        for (const [at, box] of boxes.entries())
          for (const other of boxes.slice(at + 1)) expect(overlap(box, other)).toBe(false);
        for (const { from, to } of drawn.ways) {
          const [a, b] = [nodes.get(from), nodes.get(to)];
          expect((a?.x ?? 0) + (a?.width ?? 0)).toBeLessThan(b?.x ?? 0);
        }
      }),
      { numRuns: 25 },
    );
  });

  test("W116 of many outcomes those that break something are drawn first, the rest stand together", () => {
    const { map, exploration } = chain(mostOutcomes + 20);
    const last = `o${mostOutcomes + 21}`;
    const outcomes = exploration.outcomes.map((one) => (one.id === last ? outcome(last, ["MLD-007"]) : one));
    const drawn = drawnMap(map, mapOutcomes({ ...exploration, outcomes }), 500);
    expect(drawn.outcomes.length).toBe(mostOutcomes);
    expect(drawn.outcomes.map((each) => each.outcome.id)).toContain(last);
    expect(drawn.rest.length).toBe(21);
    const ends = new Set(drawn.ways.map(({ to }) => to));
    expect(ends.has(REST)).toBe(true);
    for (const id of drawn.rest) expect(ends.has(id)).toBe(false);
    expect(foldedText(drawn, drawn.rest.length)).toContain("21 outcomes stand together");
  });

  test("W114 a run that breaks a requirement marks the outcome in which it ends", () => {
    const { exploration } = chain(2);
    const violations = [{ requirement: "FRK-2", summary: "ends as o2", witness: [] }];
    expect(mapOutcomes({ ...exploration, violations }).map(({ breaks }) => breaks)).toEqual([[], ["FRK-2"], []]);
  });

  test("W112 what is on the way to an outcome is the decisions where it is left", () => {
    const { map, exploration } = chain(4);
    const drawn = drawnMap(map, mapOutcomes(exploration), 100);
    expect([...onTheWay(drawn, "o2")].sort()).toEqual(["d1", "d2", "o2"]);
    expect([...onTheWay(drawn, "d3")].sort()).toEqual(["d1", "d2", "d3", "d4", "o3", "o4", "o5"]);
  });

  test("W116 says what is folded, and of a way how many turns there are", () => {
    const { map, exploration } = chain(6);
    expect(foldedText(drawnMap(map, mapOutcomes(exploration), 100), 0)).toBe("");
    expect(foldedText(drawnMap(map, mapOutcomes(exploration), 5), 0)).toBe(
      "1 decision is folded: a dashed way goes on through decisions that are not shown.",
    );
    expect(wayText({ ...way("d1", "o1", "B1 accepts"), more: 2 })).toBe("B1 accepts, or 2 other turns");
    expect(wayText({ ...way("d1", "o1"), turns: [] })).toBe("Some other way");
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkRun } from "../electron/engine/index.ts";
import type { Flow, Scenario } from "../shared/flow/flow.ts";
import type { Run } from "../shared/run/run.ts";
import { arbitraryScenario, beginnings, losing, runOf, walk } from "./arbitrary-scenario.ts";

const flowOf = (scenario: Scenario): Flow => ({
  format: "callflow",
  version: 1,
  title: "Arbitrary",
  scenario,
  variants: [{ id: "main", title: "Main", script: [] }],
});

/** Comes to rest, with no rule at a loss and nothing broken that is more than advice. */
function expectKept(scenario: Scenario, run: Run): void {
  expect(run.turns.flatMap(({ unexpected }) => unexpected ?? [])).toEqual([]);
  expect(run.end).toBe("rest");
  const broken = checkRun(flowOf(scenario), run).filter(
    ({ verdict, level }) => verdict === "fail" && level !== "SHOULD",
  );
  expect(broken.map(({ id, message }) => `${id}: ${message}`)).toEqual([]);
}

const runs = 200;

describe("E90 scenarios that nobody has drawn", () => {
  it("come to rest with every MUST and SHALL kept, whatever begins", () => {
    fc.assert(
      fc.property(arbitraryScenario, (scenario) => {
        for (const begin of beginnings(scenario)) expectKept(scenario, runOf(scenario, [begin]));
      }),
      { numRuns: runs },
    );
  });

  it("come to rest with every MUST and SHALL kept, whatever turns are taken", () => {
    const way = fc.record({
      scenario: arbitraryScenario,
      picks: fc.array(fc.nat(1000), { minLength: 1, maxLength: 60 }),
    });
    fc.assert(
      fc.property(way, ({ scenario, picks }) => {
        expectKept(scenario, runOf(scenario, walk(scenario, picks, false)));
      }),
      { numRuns: runs },
    );
  });

  it("come to rest with every MUST and SHALL kept, whatever gets lost, however often", () => {
    const losses = fc.record({
      scenario: arbitraryScenario,
      picks: fc.array(fc.nat(1000), { minLength: 1, maxLength: 30 }),
      walks: fc.boolean(),
      lost: fc.array(fc.nat(1000), { minLength: 1, maxLength: 2 }),
    });
    fc.assert(
      fc.property(losses, ({ scenario, picks, walks, lost }) => {
        for (const begin of walks ? [walk(scenario, picks, true)] : beginnings(scenario).map((choice) => [choice])) {
          let script = begin;
          for (const n of lost) {
            const lossy = losing(scenario, script, n);
            if (lossy === undefined) break;
            expectKept(scenario, lossy.run);
            script = lossy.script;
          }
        }
      }),
      { numRuns: runs },
    );
  });
});

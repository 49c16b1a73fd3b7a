import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flowSchema, type Scenario } from "../../shared/flow/flow.ts";
import { type Choice, choiceKey } from "../../shared/run/choice.ts";
import { computeRun, enabled, initial, step, type World } from "./index.ts";

const read = (path: string): Scenario =>
  flowSchema.parse(JSON.parse(readFileSync(new URL(`../../flows/${path}.flow.json`, import.meta.url), "utf8")))
    .scenario;

const scenarios = [
  "cpm/group-invitation",
  "cpm/one-to-one",
  "cpm/extend-one-to-one",
  "cpm/extend-one-to-one-hop-by-hop",
  "cpm/transfer-server-in-path",
  "cpm/transfer-server-not-in-path",
  "sip/two-proxies",
].map(read);

/** A scenario and a way through it: at every world the n-th of what is possible, modulo how much that is. */
const walk = fc.record({
  scenario: fc.constantFrom(...scenarios),
  picks: fc.array(fc.nat(1000), { minLength: 1, maxLength: 60 }),
});

function follow(scenario: Scenario, picks: readonly number[], visit: (world: World, choice: Choice) => void): Choice[] {
  let world = initial(scenario);
  const taken: Choice[] = [];
  for (const pick of picks) {
    const possible = enabled(world);
    const choice = possible[pick % Math.max(1, possible.length)];
    if (choice === undefined) break;
    visit(world, choice);
    const next = step(world, choice);
    if (next === undefined) throw new Error(`enabled, and yet refused: ${choiceKey(choice)}`);
    expect(next.result.unexpected).toBeUndefined();
    world = next.world;
    taken.push("hop" in choice ? choice : { ...choice, now: true });
  }
  return taken;
}

const snapshot = (world: World): string =>
  JSON.stringify([world.memories, world.flight, world.timers], (_, value) =>
    value instanceof Map ? [...value] : value,
  );

describe("step and enabled", () => {
  it("E51 step takes everything that enabled lists, in any order, and no rule is ever at a loss", () => {
    fc.assert(
      fc.property(walk, ({ scenario, picks }) => {
        const taken = follow(scenario, picks, () => {});
        expect(taken.length).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });

  it("E52 step takes nothing that enabled does not list", () => {
    fc.assert(
      fc.property(walk, ({ scenario, picks }) => {
        const seen: Choice[] = [];
        follow(scenario, picks, (world, choice) => {
          const possible = new Set(enabled(world).map(choiceKey));
          for (const old of seen) expect(step(world, old) !== undefined).toBe(possible.has(choiceKey(old)));
          if (seen.length < 12) seen.push(choice);
        });
      }),
      { numRuns: 25 },
    );
  });

  it("E53 step leaves the world it is given as it was", () => {
    fc.assert(
      fc.property(walk, ({ scenario, picks }) => {
        follow(scenario, picks.slice(0, 20), (world, choice) => {
          const before = snapshot(world);
          step(world, choice);
          expect(snapshot(world)).toBe(before);
        });
      }),
      { numRuns: 20 },
    );
  });

  it("E54 the same script twice gives the same run", () => {
    fc.assert(
      fc.property(walk, ({ scenario, picks }) => {
        const script = follow(scenario, picks, () => {});
        expect(computeRun(scenario, script)).toEqual(computeRun(scenario, script));
      }),
      { numRuns: 40 },
    );
  });

  it("E55 a hop arrives at most once, and only after it was sent; one that arrives is not lost", () => {
    fc.assert(
      fc.property(walk, ({ scenario, picks }) => {
        const run = computeRun(
          scenario,
          follow(scenario, picks, () => {}),
        );
        expect(new Set(run.hops.map((h) => h.name)).size).toBe(run.hops.length);
        for (const hop of run.hops) {
          if (hop.received !== undefined) expect(hop.received).toBeGreaterThan(hop.sent);
          if (hop.lost !== undefined) expect(hop.received).toBeUndefined();
        }
        const arrivals = run.turns.flatMap((t) => (t.choice.kind === "deliver" ? [t.choice.hop] : []));
        expect(new Set(arrivals).size).toBe(arrivals.length);
      }),
      { numRuns: 60 },
    );
  });

  it("E56 every run comes to rest, whatever turns were taken before", () => {
    fc.assert(
      fc.property(walk, ({ scenario, picks }) => {
        const script = follow(scenario, picks, () => {});
        const run = computeRun(scenario, script, { turns: 5000 });
        expect(run.end).toBe("rest");
        expect(run.hops.every((h) => h.received !== undefined || h.lost !== undefined)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

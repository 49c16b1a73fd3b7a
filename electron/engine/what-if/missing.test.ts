import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Flow, flowSchema } from "../../../shared/flow/flow.ts";
import type { Choice } from "../../../shared/run/choice.ts";
import { wholeScript } from "../../../shared/run/tree.ts";
import { computeRun, missingBranches } from "../index.ts";

const read = (path: string): Flow =>
  flowSchema.parse(JSON.parse(readFileSync(new URL(`../../../flows/${path}.flow.json`, import.meta.url), "utf8")));

function scriptsOf(flow: Flow, ids: readonly string[] = flow.variants.map(({ id }) => id)): (readonly Choice[])[] {
  return ids.map((id) => {
    const script = wholeScript(flow, id);
    if (!script.ok) throw new Error(script.failure.message);
    return script.value;
  });
}

const flows = [
  "cpm/group-invitation",
  "cpm/one-to-one",
  "cpm/extend-one-to-one",
  "cpm/transfer-server-in-path",
  "cpm/transfer-server-not-in-path",
  "sip/session-establishment",
];

describe("branches that no variant takes", () => {
  it("B80 of a transfer that only succeeds are: denied, not available, declined, transferee offline", () => {
    const flow = read("cpm/transfer-server-not-in-path");
    const { branches } = missingBranches(flow.scenario, scriptsOf(flow, ["main"]));
    const found = branches.map(({ side, rule }) => [side, rule.id]);
    expect(found).toEqual(
      expect.arrayContaining([
        ["refuse pfT transfer 403", "TS-DENIED"],
        ["refuse pfT transfer 480", "TS-UNAVAILABLE"],
        ["decline clientG existing", "TT-REFUSE"],
        ["unreached clientR", expect.any(String)],
      ]),
    );
    expect(branches.find(({ rule }) => rule.id === "TS-DENIED")?.rule.clause).toContain("5.2.5.1.1");
  });

  it("B80 what a variant takes is not among them", () => {
    const flow = read("cpm/transfer-server-not-in-path");
    const sides = missingBranches(flow.scenario, scriptsOf(flow)).branches.map(({ side }) => side);
    for (const covered of ["refuse pfT transfer 403", "refuse pfT transfer 480", "decline clientG existing"])
      expect(sides).not.toContain(covered);
    expect(sides).not.toContain("unreached clientR");
  });

  it.each(flows)("B81 each one of %s comes to rest and fires its rule where no variant fires it", (path) => {
    const flow = read(path);
    for (const scripts of [scriptsOf(flow, ["main"]), scriptsOf(flow)]) {
      const fired = new Set(
        scripts.flatMap((script) =>
          computeRun(flow.scenario, script).turns.flatMap(({ at, reactions }) =>
            reactions.map((r) => `${r.rule} ${at}`),
          ),
        ),
      );
      for (const { script, rule, keep } of missingBranches(flow.scenario, scripts).branches) {
        const run = computeRun(flow.scenario, script);
        expect(run.end).toBe("rest");
        const fires = run.turns.some(
          ({ at, reactions }) => at === rule.at && reactions.some((r) => r.rule === rule.id),
        );
        expect(fires).toBe(true);
        expect(fired.has(`${rule.id} ${rule.at}`)).toBe(false);
        expect(script.slice(0, keep)).toEqual(scripts[0]?.slice(0, keep));
      }
    }
  });

  it("B82 once every one of them is a variant, none of them is missing", () => {
    for (const path of flows) {
      const flow = read(path);
      const scripts = scriptsOf(flow, ["main"]);
      const { branches } = missingBranches(flow.scenario, scripts);
      const after = missingBranches(flow.scenario, [...scripts, ...branches.map(({ script }) => script)]);
      const sides = new Set(branches.map(({ side }) => side));
      expect(after.branches.filter(({ side }) => sides.has(side))).toEqual([]);
    }
  });

  it("B83 says what was not looked at", () => {
    const flow = read("cpm/group-invitation");
    const scripts = scriptsOf(flow, ["main"]);
    expect(missingBranches(flow.scenario, scripts, { turns: 5, alike: 3, computed: 1000 }).cut).toContain("5 turns");
    const all = missingBranches(flow.scenario, scripts);
    expect(all.cut).toBeUndefined();
    const few = missingBranches(flow.scenario, scripts, { turns: 2000, alike: 3, computed: 300 });
    expect(few.cut).toMatch(/^\d+ more turns were not tried/);
    expect(few.branches.length).toBeLessThan(all.branches.length);
    // Of two devices of one person only the first is tried.
    const one = missingBranches(flow.scenario, scripts, { turns: 2000, alike: 1, computed: 100_000 });
    expect(one.cut).toMatch(/^\d+ more turns were not tried/);
    const declining = (found: typeof one) => found.branches.filter(({ side }) => side.startsWith("decline ")).length;
    expect([declining(all), declining(one)]).toEqual([2, 1]);
    const diverged: Choice = { kind: "stimulate", participant: "clientB1", stimulus: "accept" };
    expect(missingBranches(flow.scenario, [[diverged]]).cut).toContain("not possible");
    expect(missingBranches(flow.scenario, []).branches).toEqual([]);
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { computeRun, rules } from "../electron/engine/index.ts";
import { compare, type Side } from "../shared/compare/compare.ts";
import { summary } from "../shared/compare/summary.ts";
import { project } from "../shared/diagram/project.ts";
import { readFlow } from "../shared/flow/file.ts";
import type { Flow } from "../shared/flow/flow.ts";
import type { Choice } from "../shared/run/choice.ts";
import { wholeScript } from "../shared/run/tree.ts";

// The bundled flows' variants, each with each.

const known = new Map(rules().map((rule) => [rule.id, rule]));

function bundled(name: string): Flow {
  const read = readFlow(readFileSync(new URL(`../flows/${name}`, import.meta.url)), name);
  if (!read.ok) throw new Error(read.failure.message);
  return read.value.flow;
}

function sideOf(flow: Flow, variant: string, script = wholeScript(flow, variant)): Side {
  if (!script.ok) throw new Error(script.failure.message);
  const run = computeRun(flow.scenario, script.value);
  return { flow, variant, run, diagram: project(flow, run, flow.view ?? {}, known) };
}

const names = ["cpm", "sip"].flatMap((group) =>
  readdirSync(new URL(`../flows/${group}`, import.meta.url)).map((file) => `${group}/${file}`),
);

describe("comparing bundled flows", () => {
  it.each(names)("B1 B6 %s: each variant is the same as itself, and each two say the same both ways", (name) => {
    const flow = bundled(name);
    const sides = flow.variants.map(({ id }) => sideOf(flow, id));
    for (const a of sides) {
      expect(compare(a, a).verdict).toBe("same");
      for (const b of sides) {
        const [there, back] = [compare(a, b), compare(b, a)];
        expect(back.verdict).toBe(there.verdict);
        expect([back.onlyA, back.onlyB]).toEqual([there.onlyB, there.onlyA]);
        const pairs = back.pairs.map((pair) => ({ a: pair.b, b: pair.a }));
        expect(pairs.toSorted((x, y) => x.a.index - y.a.index)).toEqual(there.pairs);
      }
    }
  });

  it("B2 a cancellation that overtakes the response that goes upstream is the same, reordered", () => {
    const flow = bundled("cpm/group-invitation.flow.json");
    const main = sideOf(flow, "main");
    const whole = wholeScript(flow, "main");
    if (!whole.ok) throw new Error(whole.failure.message);
    const early: Choice = { kind: "deliver", hop: "pfB>coreB CANCEL#1" };
    const other = sideOf(flow, "main", { ok: true, value: [...whole.value, early] });
    const found = compare(main, other);
    expect([found.verdict, found.onlyA, found.onlyB, found.changed]).toEqual(["reordered", [], [], []]);
    expect(summary(found, main, other)[0]).toMatch(/^The same steps in another order: /);
  });

  it("B7 what a variant is about stands in its first sentence", () => {
    const flow = bundled("cpm/group-invitation.flow.json");
    const main = sideOf(flow, "main");
    const said = (id: string) => {
      const other = sideOf(flow, id);
      return summary(compare(main, other), main, other)[0];
    };
    expect(said("b2-first")).toBe("From step 13 the CPM Client B2 accepts instead of the CPM Client B1.");
    expect(said("crossing")).toBe("From step 20 the CPM Client B2 accepts; the first has ended there.");
    expect(said("nobody-answers")).toMatch(
      /^From step 13 T_noanswer runs out at .*, where the CPM Client B1 accepts\.$/,
    );
  });
});

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { computeRun } from "../../electron/engine/index.ts";
import { project } from "../../shared/diagram/project.ts";
import { stepsOf } from "../../shared/diagram/steps-of.ts";
import { type Flow, flowSchema } from "../../shared/flow/flow.ts";
import { wholeScript } from "../../shared/run/tree.ts";
import { forksOf, leavingWords, marksOf } from "./marks.ts";

const flow: Flow = flowSchema.parse(
  JSON.parse(readFileSync(new URL("../../flows/cpm/group-invitation.flow.json", import.meta.url), "utf8")),
);

function drawn(of: Flow, variant: string) {
  const script = wholeScript(of, variant);
  if (!script.ok) throw new Error(script.failure.message);
  const run = computeRun(of.scenario, script.value);
  return { run, diagram: project(of, run, of.view ?? {}, undefined, variant) };
}

const forksIn = (of: Flow, variant: string) => {
  const { run, diagram } = drawn(of, variant);
  return { forks: forksOf(of, variant, run, diagram), diagram };
};

describe("V10 forks", () => {
  test("are shown in the main variant for all that leave it", () => {
    const { forks } = forksIn(flow, "main");
    const named = forks.flatMap(({ variants }) => variants).sort();
    expect(named).toEqual(
      flow.variants
        .slice(1)
        .map(({ title }) => title)
        .sort(),
    );
  });

  test("are shown in a variant where it leaves its parent, and where siblings leave what both share", () => {
    for (const { id, title, branch } of flow.variants.slice(1)) {
      const { forks, diagram } = forksIn(flow, id);
      const named = forks.flatMap(({ variants }) => variants);
      expect(named).toContain(flow.variants[0]?.title);
      expect(named).not.toContain(title);
      const earlier = flow.variants.filter((other) => other.id !== id && other.branch !== undefined);
      for (const other of earlier)
        if ((other.branch?.keep ?? 0) < (branch?.keep ?? 0)) expect(named).toContain(other.title);
      for (const { step } of forks) expect(stepsOf(diagram)[step]).toBeDefined();
      expect(marksOf(diagram, forks)).toEqual([...new Set(marksOf(diagram, forks))].sort((a, b) => a - b));
      for (const { step } of forks) expect(marksOf(diagram, forks)).toContain(step);
    }
  });

  test("stand in a variant of a variant at the fork of each ancestor", () => {
    const [main, second] = flow.variants;
    if (main === undefined || second === undefined) throw new Error("the flow has variants");
    const own = { kind: "inject", from: "clientB1", to: "clientB2", message: { label: "More" } } as const;
    const whole = wholeScript(flow, second.id);
    const keep = whole.ok ? whole.value.length : 0;
    const deep = { id: "deep", title: "Deep", branch: { from: second.id, keep }, script: [own] };
    const { forks, diagram } = forksIn({ ...flow, variants: [...flow.variants, deep] }, "deep");
    const at = (title: string) => forks.find(({ variants }) => variants.includes(title))?.step;
    expect(at(main.title)).toBe(forksIn(flow, second.id).forks.find((one) => one.variants.includes(main.title))?.step);
    // Its parent ends where it goes on.
    expect(at(second.title)).toBe(stepsOf(diagram).length - 1);
  });
});

test("who leaves is said by name, and many by number", () => {
  expect(leavingWords({ step: 0, variants: ["A"] })).toBe("“A” leaves here");
  expect(leavingWords({ step: 0, variants: ["A", "B"] })).toBe("“A” and “B” leave here");
  expect(leavingWords({ step: 0, variants: ["A", "B", "C", "D", "E", "F"] })).toBe(
    "“A”, “B”, “C” and 3 others leave here",
  );
});

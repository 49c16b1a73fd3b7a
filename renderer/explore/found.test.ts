import { describe, expect, it } from "vitest";
import type { Flow } from "../../shared/flow/flow.ts";
import type { Choice } from "../../shared/run/choice.ts";
import type { Exploration, Explored } from "../../shared/run/exploration.ts";
import { wholeScript } from "../../shared/run/tree.ts";
import { headlineOf, incompleteness, isCurrent, variantFor } from "./found.ts";

const act = (participant: string, stimulus: "invite" | "accept" | "decline"): Choice => ({
  kind: "stimulate",
  participant,
  stimulus,
});
const invite = act("a", "invite");
const flow: Flow = {
  format: "callflow",
  version: 1,
  title: "T",
  scenario: { participants: [] },
  variants: [{ id: "main", title: "Main", script: [invite, act("b", "accept")] }],
};
const exploration: Exploration = {
  states: 9,
  transitions: 8,
  complete: true,
  outcomes: [
    { id: "o1", summary: "no session", runs: 2000, atLeast: false, witness: [invite], breaks: [] },
    { id: "o2", summary: "session", runs: 362, atLeast: false, witness: [invite], breaks: [] },
  ],
  violations: [],
  judged: { runs: 2, all: true },
};
const explored: Explored = { exploration, variant: "main", kept: [invite], left: 1, seconds: 1, requirements: [] };

describe("W103 what was found", () => {
  it("is told in one line", () => {
    expect(headlineOf(exploration)).toBe("2,362 orders → 2 outcomes");
    const [first] = exploration.outcomes;
    expect(headlineOf({ ...exploration, outcomes: [{ ...first!, runs: 1, atLeast: true }] })).toBe(
      "At least 1 order → 1 outcome",
    );
  });

  it("becomes a variant that leaves the one explored where they part", () => {
    const witness = [invite, act("b", "decline")];
    const variant = variantFor(flow, "main", witness, "no session");
    expect(variant).toMatchObject({ title: "No session", branch: { from: "main", keep: 1 } });
    const grown = { ...flow, variants: [...flow.variants, { id: "new", ...variant }] };
    expect(wholeScript(grown, "new")).toEqual({ ok: true, value: witness });
    expect(variantFor(flow, "gone", witness, "no session").script).toEqual(witness);
  });

  it("W102 says why it is not all", () => {
    expect(incompleteness(explored)).toBeUndefined();
    expect(incompleteness({ ...explored, endedBy: "time" })).toContain("The time was over");
  });

  it("W105 is of an older flow once the scenario or what was kept changes, and not because of a new variant", () => {
    const scenario = JSON.stringify(flow.scenario);
    const grown = { ...flow, variants: [...flow.variants, { id: "new", title: "N", script: [] }] };
    expect(isCurrent(grown, scenario, explored)).toBe(true);
    expect(isCurrent({ ...flow, scenario: { ...flow.scenario, timers: { T_ring: 1 } } }, scenario, explored)).toBe(
      false,
    );
    const other = { ...flow, variants: [{ id: "main", title: "Main", script: [act("b", "accept")] }] };
    expect(isCurrent(other, scenario, explored)).toBe(false);
  });
});

import { describe, expect, it } from "vitest";
import { apply } from "../../shared/flow/edit.ts";
import type { Flow, Scenario } from "../../shared/flow/flow.ts";
import type { Reaction, Run, Turn } from "../../shared/run/run.ts";
import { firedIn } from "./fired.ts";
import { type LabelledEdit, setOption, setTimer, switchRule } from "./scenario-edits.ts";

const flow: Flow = {
  format: "callflow",
  version: 1,
  title: "Rules",
  scenario: { participants: [] },
  variants: [{ id: "main", title: "Main", script: [] }],
};

/** The scenario after edits, each made of the one before. */
function made(...edits: readonly ((scenario: Scenario) => LabelledEdit)[]): Scenario {
  return edits.reduce((now, edit) => {
    const next = apply(now, edit(now.scenario).edit);
    if (!next.ok) throw new Error(next.failure.message);
    return next.value;
  }, flow).scenario;
}

describe("edits of rules and what they read", () => {
  it("W92 a rule is switched off once, and on again without a trace", () => {
    const off = (id: string) => (scenario: Scenario) => switchRule(scenario, id, false);
    const on = (id: string) => (scenario: Scenario) => switchRule(scenario, id, true);
    expect(made(off("A"), off("B"), off("A")).rules?.off).toEqual(["B", "A"]);
    expect(made(off("A"), off("B"), on("A")).rules?.off).toEqual(["B"]);
    expect(made(off("A"), on("A"))).toEqual(flow.scenario);
  });

  it("W93 an option or timer that is set back is not kept in the document", () => {
    const code = (value: number) => (scenario: Scenario) => setOption(scenario, "declineCode", value);
    expect(made(code(603)).options).toEqual({ declineCode: 603 });
    expect(made(code(603), code(486))).toEqual(flow.scenario);
    const ring = (value: number) => (scenario: Scenario) => setTimer(scenario, "T_ring", value, 60);
    expect(made(ring(20)).timers).toEqual({ T_ring: 20 });
    expect(made(ring(20), ring(60))).toEqual(flow.scenario);
  });
});

describe("where rules fired", () => {
  const reaction = (rule: string, ...sends: string[]): Reaction => ({
    rule,
    says: "",
    guards: [],
    sends,
    milestones: [],
  });
  const turn = (hop: string, ...reactions: Reaction[]): Turn => ({
    choice: { kind: "deliver", hop },
    at: "a",
    by: "default",
    reactions,
  });

  it("W91 is counted by turns and told by what was sent, else by what arrived", () => {
    const run: Run = {
      turns: [turn("a>b X#1", reaction("R", "b>c X#1", "b>d X#1"), reaction("S")), turn("b>c X#1", reaction("R"))],
      hops: [],
      end: "rest",
    };
    expect([...firedIn(run)]).toEqual([
      ["R", { times: 2, hops: ["b>c X#1", "b>d X#1", "b>c X#1"] }],
      ["S", { times: 1, hops: ["a>b X#1"] }],
    ]);
  });
});

import { describe, expect, it } from "vitest";
import { departuresOf, stepBefore } from "./departures.ts";
import type { Hop, Run } from "./run.ts";

const hop = (name: string, sent: number, more: Partial<Hop>): Hop => ({
  name,
  from: "a",
  to: "b",
  message: { name: name.slice(4, 5), kind: "request", class: "cpm" },
  sent,
  received: sent + 1,
  origin: "computed",
  ...more,
});
const reaction = { rule: "SEND", says: "A sends it.", guards: [], sends: ["a>b X#1", "a>b Y#1"], milestones: [] };
const withheld = hop("a>b Y#1", 0, { rule: "SEND", accepted: true });
const changed = hop("a>b X#1", 0, {
  rule: "SEND",
  origin: "authored",
  instead: { name: "Invitation", rule: "SEND", message: { name: "Invitation", kind: "request", class: "cpm" } },
});
const drawn = hop("a>b Z#1", 3, { origin: "authored" });
const run: Run = {
  turns: [
    {
      choice: { kind: "stimulate", participant: "a", stimulus: "invite" },
      at: "a",
      by: "script",
      reactions: [reaction],
    },
    { choice: { kind: "alter", hop: "a>b X#1", message: { label: "X" } }, at: "a", by: "script", reactions: [] },
    { choice: { kind: "withhold", hop: "a>b Y#1", accepted: true }, at: "a", by: "script", reactions: [] },
    {
      choice: { kind: "inject", from: "a", to: "b", message: { label: "Z" } },
      at: "a",
      by: "script",
      reactions: [],
    },
  ],
  hops: [changed, drawn, hop("a>b W#1", 0, { rule: "SEND" })],
  withheld: [withheld],
  end: "rest",
};

describe("I27: departures from the rules", () => {
  it("are what was changed, withheld and drawn, in the order of the interventions, with the rule that sent it", () => {
    expect(departuresOf(run)).toEqual([
      { kind: "changed", hop: changed, accepted: false, rules: { message: "Invitation", reaction }, turn: 1 },
      { kind: "withheld", hop: withheld, accepted: true, rules: { message: "Y", reaction }, turn: 2 },
      { kind: "drawn", hop: drawn, accepted: false, turn: 3 },
    ]);
  });

  it("are none where nothing is computed", () => {
    expect(departuresOf({ turns: run.turns.slice(3), hops: [drawn], end: "rest" })).toEqual([]);
  });

  it("stand after the last step that was over before their turn", () => {
    const steps = [1, 4, 6].map((received, index) => ({ index, received }));
    expect([0, 1, 2, 5, 9].map((turn) => stepBefore(steps, turn))).toEqual([-1, -1, 0, 1, 2]);
  });
});

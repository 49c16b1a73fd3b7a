import { describe, expect, it } from "vitest";
import type { Scenario } from "../../shared/flow/flow.ts";
import { choicesOf, choicesText, freedomsOf, offersOf, usualChoices } from "./freedom-form.ts";

const scenario: Scenario = {
  participants: [
    { id: "a", name: "A", role: "client", user: "a" },
    { id: "core", name: "Core", role: "core" },
    { id: "b", name: "B", role: "client", user: "b" },
  ],
  invitations: [{ id: "i", from: "a", to: [{ user: "b" }] }],
};
const groups = offersOf(scenario);
const offered = groups.flatMap(({ offers }) => offers);

describe("W100 what may vary", () => {
  it("is offered only where somebody in the scenario could do it", () => {
    const kinds = offered.map(({ kind }) => kind);
    expect(kinds).toContain("invite");
    expect(kinds).not.toContain("transfer");
    expect(kinds).not.toContain("refuse");
    expect(offered.find(({ kind }) => kind === "invite")?.places.map(({ id }) => id)).toEqual(["a"]);
    expect(offersOf({ participants: [] })).toEqual([]);
  });

  it("is at first who answers, declines or stays silent, in any order", () => {
    expect(freedomsOf(usualChoices, groups)).toEqual(
      ["accept", "decline", "silent", "order"].map((kind) => ({ kind, where: [] })),
    );
  });

  it("has a freedom for each code, confined to whom was chosen; and back", () => {
    const choices = {
      decline: { where: ["b", "gone"], numbers: "486, 603" },
      loss: { where: [], numbers: "2 3" },
      transfer: { where: [], numbers: "" },
    };
    const freedoms = freedomsOf(choices, groups);
    expect(freedoms).toEqual([
      { kind: "decline", where: ["b"], number: 486 },
      { kind: "decline", where: ["b"], number: 603 },
      { kind: "loss", where: [], number: 2 },
    ]);
    expect(freedomsOf(choicesOf(freedoms), groups)).toEqual(freedoms);
    expect(choicesText(choices, groups)).toBe("Decline 486, 603 (B), Loss 2 3");
  });
});

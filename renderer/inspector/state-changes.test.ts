import { describe, expect, it } from "vitest";
import type { Explanation, ParticipantState, StateFact } from "../../shared/run/run.ts";
import { changesOf, compareFacts, isChanged } from "./state-changes.ts";

const fact = (key: string, value: string, kind: StateFact["kind"] = "leg"): StateFact => ({
  kind,
  key,
  label: key,
  value,
});
const state = (participant: string, ...facts: StateFact[]): ParticipantState => ({
  participant,
  role: "client",
  facts,
});
const explanation = (before: ParticipantState[], after: ParticipantState[]): Explanation => ({
  turn: 0,
  rules: [],
  before,
  after,
  alternatives: [],
});

describe("states before and after", () => {
  it("W24 tells new, gone, changed and unchanged facts apart by their keys", () => {
    const changes = compareFacts(
      [fact("a", "1"), fact("b", "1"), fact("c", "1")],
      [fact("b", "2"), fact("c", "1"), fact("d", "1")],
    );
    const by = new Map(changes.map((change) => [change.key, change]));
    expect(by.get("a")).toMatchObject({ was: "1" });
    expect(by.get("a")).not.toHaveProperty("is");
    expect(by.get("b")).toMatchObject({ was: "1", is: "2" });
    expect(by.get("d")).toMatchObject({ is: "1" });
    expect(
      changes
        .filter(isChanged)
        .map(({ key }) => key)
        .sort(),
    ).toEqual(["a", "b", "d"]);
  });

  it("W24 keeps facts of one kind together", () => {
    const changes = compareFacts([], [fact("t", "1", "timer"), fact("l", "1"), fact("s", "1", "session")]);
    expect(changes.map(({ kind }) => kind)).toEqual(["session", "leg", "timer"]);
  });

  it("W25 lists changed participants first, by the turn in which they changed, and the others once", () => {
    const sent = explanation(
      [state("a"), state("b"), state("c")],
      [state("a"), state("b", fact("x", "1")), state("c")],
    );
    const arrived = explanation(
      [state("a"), state("b", fact("x", "1")), state("c")],
      [state("a", fact("y", "1")), state("b", fact("x", "1")), state("c")],
    );
    const changes = changesOf([
      { moment: "sent", explanation: sent },
      { moment: "arrived", explanation: arrived },
    ]);
    expect(changes.map(({ participant, moment }) => [participant, moment])).toEqual([
      ["b", "sent"],
      ["a", "arrived"],
      ["c", undefined],
    ]);
    expect(changesOf([])).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import type { Exploration } from "../../shared/run/exploration.ts";
import { outcomeMapSchema } from "../../shared/run/outcome-map.ts";
import { callflow } from "../../test/command-line.ts";

describe("X40 callflow explore", () => {
  it("prints outcomes, each with its witness in words", async () => {
    const { code, out, error } = await callflow("explore", "cpm/group-invitation", "--free", "answers");
    expect({ code, error }).toEqual({ code: 0, error: "" });
    expect(out.split("\n")[0]).toMatch(/^9 orders → 8 outcomes; 151 worlds, 150 transitions, \d+\.\d s$/);
    expect(out).toContain("After: CPM Conversation Server X (controlling function) invites.");
    expect(out).toContain(
      "session with CPM Client B2; CPM Client B1 declined (1 order)\n    1. CPM Client B1 declines (group)\n    2. CPM Client B2 accepts (group)\n",
    );
  });

  it("X6 says what of the script it leaves free", async () => {
    const { out } = await callflow("explore", "cpm/group-invitation", "--free", "accept,order");
    expect(out).toContain("What the script does from “CPM Client B1 accepts” on is left free.");
  });

  it("prints JSON for other programs", async () => {
    const { code, out } = await callflow("explore", "cpm/group-invitation", "--free", "answers", "--json");
    const found = JSON.parse(out) as Exploration & { readonly seconds: number };
    expect(code).toBe(0);
    expect(Object.keys(found)).toEqual([
      "states",
      "transitions",
      "complete",
      "outcomes",
      "violations",
      "judged",
      "map",
      "seconds",
    ]);
    expect(outcomeMapSchema.safeParse(found.map).success).toBe(true);
    expect(found.map?.decisions[0]?.outcomes).toEqual(found.outcomes.map(({ id }) => id));
    expect(found).toMatchObject({ states: 151, transitions: 150, complete: true });
    expect(found.outcomes[1]).toMatchObject({ id: "o2", runs: 1, atLeast: false });
    expect(found.outcomes[1]?.witness[0]).toEqual({ kind: "stimulate", participant: "cfX", stimulus: "invite" });
  });

  it("X41 is 1 when it was stopped early, and says so", async () => {
    const { code, out } = await callflow("explore", "cpm/group-invitation", "--max-states", "50");
    expect(code).toBe(1);
    expect(out).toMatch(/^at least \d+ orders?/);
    expect(out).toContain("Stopped early: there are more worlds than --max-states allows.");
  });

  it.each([
    [["--free", "wait"], "“wait” is not a freedom"],
    [["--free", "accept:nobody"], "“nobody” in the freedom “accept” is not a participant of the flow."],
    [["--max-states", "many"], "--max-states takes a whole number from 1 to 999999999, not “many”."],
    [["--variant", "none"], "The flow has no variant “none”."],
  ])("X41 is 2 with one sentence: %j", async (words, sentence) => {
    const { code, out, error } = await callflow("explore", "cpm/group-invitation", ...words);
    expect(error).toContain(sentence);
    expect({ code, out }).toEqual({ code: 2, out: "" });
  });
});

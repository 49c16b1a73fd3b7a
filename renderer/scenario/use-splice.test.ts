import { describe, expect, it } from "vitest";
import type { Flow } from "../../shared/flow/flow.ts";
import { placeOfChoice } from "./use-splice.ts";

describe("turns", () => {
  it("SC34 what is wrong with a turn is found with the variant that has it", () => {
    const act = { kind: "stimulate", participant: "a", stimulus: "accept" } as const;
    const flow: Flow = {
      format: "callflow",
      version: 1,
      title: "T",
      scenario: { participants: [] },
      variants: [
        { id: "main", title: "M", script: [act, act] },
        { id: "other", title: "O", branch: { from: "main", keep: 1 }, script: [act] },
      ],
    };
    expect(placeOfChoice(flow, "other", 0)).toBe("/variants/0/script/0");
    expect(placeOfChoice(flow, "other", 1)).toBe("/variants/1/script/0");
    expect(placeOfChoice(flow, "none", 1)).toBe("");
  });
});

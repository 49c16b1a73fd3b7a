import { describe, expect, it } from "vitest";
import { apply } from "./edit.ts";
import type { Flow } from "./flow.ts";
import { moveParticipant, renameParticipant } from "./participant-edits.ts";

const flow: Flow = {
  format: "callflow",
  version: 1,
  title: "Rename",
  introduction: "B1 and B12 ring.",
  scenario: { participants: ["B1", "B12", "C"].map((name) => ({ id: name, name, role: "other" as const })) },
  variants: [{ id: "main", title: "Main", script: [] }],
  prose: [{ at: "B1>C x#1", text: "B1 tells B12 (not B1)." }],
  notes: [{ text: "Of B12 only." }],
};

describe("I20: names", () => {
  it("of participants change wherever they stand for themselves", () => {
    const edit = renameParticipant(flow, "B1", "Device $1");
    const after = edit === undefined ? undefined : apply(flow, edit);
    if (after?.ok !== true) throw new Error("the edit fits");
    expect(after.value.prose?.[0]?.text).toBe("Device $1 tells B12 (not Device $1).");
    expect(after.value.introduction).toBe("Device $1 and B12 ring.");
    expect(after.value.notes).toEqual(flow.notes);
    expect(renameParticipant(flow, "B1", "B1")).toBeUndefined();
  });
});

describe("I21: lifelines", () => {
  it("are put after another, or first", () => {
    const order = (id: string, after: string | null) => {
      const edit = moveParticipant(flow, id, after);
      const next = edit === undefined ? undefined : apply(flow, edit);
      return next?.ok === true ? next.value.scenario.participants.map((one) => one.id) : undefined;
    };
    expect(order("C", null)).toEqual(["C", "B1", "B12"]);
    expect(order("B1", "C")).toEqual(["B12", "C", "B1"]);
    expect(order("B1", "B12")).toEqual(["B12", "B1", "C"]);
    expect(order("B12", "B1")).toBeUndefined();
  });
});

import { describe, expect, it } from "vitest";
import { apply } from "../../shared/flow/edit.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { completions, kindOf, moveParticipant, renameParticipant } from "./drafts.ts";

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
  it("are completed from the catalogue, those first that start so", () => {
    expect(completions("alert")[0]).toBe("ALERTING response");
    expect(completions("180")[0]).toBe("180 Ringing");
    expect(completions("cancel conf")).toEqual(["confirmation of the cancellation request"]);
    expect(completions("")).toEqual([]);
  });

  it("say whether an arrow is a request or a response", () => {
    expect(kindOf("ALERTING response", "request")).toBe("response");
    expect(kindOf("CPM Session Invitation", "response")).toBe("request");
    expect(kindOf("487 Request Terminated", "request")).toBe("response");
    expect(kindOf("CPM Chat Message", "request")).toBe("media");
    expect(kindOf("Something of my own", "response")).toBe("response");
  });

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

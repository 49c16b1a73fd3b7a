import { describe, expect, it } from "vitest";
import type { Flow } from "../../shared/flow/flow.ts";
import { pasted } from "./clipboard.ts";

const flowWith = (...participants: readonly { id: string; name: string }[]): Flow => ({
  format: "callflow",
  version: 1,
  title: "Pasted into",
  scenario: { participants: participants.map((one) => ({ ...one, role: "other" as const })) },
  variants: [{ id: "main", title: "Main", script: [] }],
});
const json = JSON.stringify({
  messages: [{ from: "a", to: "b", label: "hello", kind: "request" }],
  names: { a: "Alice", b: "Bob" },
});

describe("I9: messages that are pasted", () => {
  it("go between those of the same name", () => {
    const flow = flowWith({ id: "b", name: "Alice" }, { id: "a", name: "Bob" });
    expect(pasted(flow, json, null)).toEqual({
      kind: "draw",
      after: null,
      messages: [{ from: "b", to: "a", message: { label: "hello", kind: "request" } }],
    });
  });

  it("bring along who is not there, under an id that is free", () => {
    const gesture = pasted(flowWith({ id: "a", name: "Anna" }, { id: "x", name: "Bob" }), json, "x>a m#1");
    expect(gesture).toMatchObject({
      messages: [{ from: "a2", to: "x" }],
      after: "x>a m#1",
      participants: [{ id: "a2", name: "Alice" }],
    });
  });

  it("are nothing where the text was not copied from a flow", () => {
    for (const text of ["", "{}", "null", "[1]", json.replace("request", "script"), json.replace("messages", "other")])
      expect(pasted(flowWith(), text, null)).toBeUndefined();
  });
});

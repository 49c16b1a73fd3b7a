import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryFlow } from "../../../test/arbitrary-flow.ts";
import { apply, type Edit, invert } from "../edit.ts";
import { diagnose } from "../file.ts";
import type { Flow } from "../flow.ts";
import { checkReferences } from "../references.ts";
import { referencesTo, removeReferences, replaceParticipant } from "./named.ts";

const applied = (flow: Flow, edit: Edit | undefined): Flow => {
  if (edit === undefined) return flow;
  const after = apply(flow, edit);
  if (!after.ok) throw new Error(after.failure.message);
  const inverse = invert(flow, edit);
  if (!inverse.ok) throw new Error(inverse.failure.message);
  const back = apply(after.value, inverse.value);
  expect(back.ok && back.value).toEqual(flow);
  return after.value;
};

/** Without the participants of that id, as a person takes one out. */
const without = (flow: Flow, id: string): Flow => ({
  ...flow,
  scenario: { ...flow.scenario, participants: flow.scenario.participants.filter((one) => one.id !== id) },
});

const naming = (flow: Flow, id: string) =>
  checkReferences(flow).filter(({ code, message }) => code === "unknown-participant" && message.includes(`“${id}”`));

const someId = fc.constantFrom("a", "b", "clientA", "clientB1");

describe("a participant that is named", () => {
  it("SC20 once what refers to it is removed, nothing names it, nothing new is wrong, and undo restores the document", () => {
    fc.assert(
      fc.property(arbitraryFlow, someId, (flow, id) => {
        const before = without(flow, id);
        const after = applied(before, removeReferences(before, id));
        expect(naming(after, id)).toEqual([]);
        expect(referencesTo(after, id)).toBe(0);
        expect(diagnose(after, []).length).toBeLessThanOrEqual(diagnose(before, []).length);
      }),
      { numRuns: 300 },
    );
  });

  it("SC21 once another takes its place, nothing names it, and undo restores the document", () => {
    fc.assert(
      fc.property(arbitraryFlow, someId, (flow, id) => {
        const before = without(flow, id);
        const after = applied(before, replaceParticipant(before, id, "x-1"));
        expect(naming(after, id)).toEqual([]);
        expect(referencesTo(after, id)).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  const flow: Flow = {
    format: "callflow",
    version: 1,
    title: "Two devices",
    scenario: {
      participants: [
        { id: "cf", name: "CF", role: "controllingFunction" },
        { id: "b1", name: "B1", role: "client", user: "B" },
        { id: "b2", name: "B2", role: "client", user: "B" },
      ],
      users: [{ id: "B", domain: "B", preferences: [{ clients: ["b2"] }] }],
      sessions: [{ id: "up", from: "b2", to: "b1" }],
      chats: [{ id: "hello", session: "up", from: "b1", text: "Hello" }],
      invitations: [{ id: "group", from: "cf", to: [{ user: "B", replaces: "up" }] }],
    },
    variants: [
      {
        id: "main",
        title: "Main",
        script: [
          { kind: "stimulate", participant: "cf", stimulus: "invite", what: "group" },
          { kind: "stimulate", participant: "b1", stimulus: "send", what: "hello" },
          { kind: "expire", participant: "cf", timer: "T_noanswer cf>b2 INVITE#1" },
          { kind: "stimulate", participant: "b1", stimulus: "accept" },
        ],
      },
      { id: "late", title: "Late", branch: { from: "main", keep: 3 }, script: [] },
    ],
    marks: [
      { kind: "divider", at: "cf>b1 INVITE#1", text: "Here" },
      { kind: "fragment", at: "cf>b2 INVITE#1", id: "f", operator: "opt" },
      { kind: "end", at: "cf>b2 INVITE#1", of: "f" },
    ],
  };

  it("SC20 what depends on what goes, goes too, variants leave at the same choice, and frames stay whole", () => {
    const after = applied(without(flow, "b2"), removeReferences(without(flow, "b2"), "b2"));
    expect(after.scenario).toEqual({
      participants: flow.scenario.participants.slice(0, 2),
      users: [{ id: "B", domain: "B" }],
      invitations: [{ id: "group", from: "cf", to: [{ user: "B" }] }],
    });
    expect(after.variants).toEqual([
      { id: "main", title: "Main", script: [flow.variants[0]?.script[0], flow.variants[0]?.script[3]] },
      { id: "late", title: "Late", branch: { from: "main", keep: 1 }, script: [] },
    ]);
    expect(after.marks).toEqual([
      flow.marks?.[0],
      { kind: "fragment", at: "cf>b1 INVITE#1", id: "f", operator: "opt" },
      { kind: "end", at: "cf>b1 INVITE#1", of: "f" },
    ]);
  });

  it("SC21 timers and hops are named anew", () => {
    const after = applied(flow, replaceParticipant(flow, "b2", "b3"));
    expect(after.variants[0]?.script[2]).toEqual({
      kind: "expire",
      participant: "cf",
      timer: "T_noanswer cf>b3 INVITE#1",
    });
    expect(after.scenario.sessions).toEqual([{ id: "up", from: "b3", to: "b1" }]);
  });
});

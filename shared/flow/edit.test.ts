import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryFlow, arbitraryOf } from "../../test/arbitrary-flow.ts";
import { apply, type Edit, editSchema, invert } from "./edit.ts";
import { type Flow, flowSchema, scenarioSchema, variantSchema } from "./flow.ts";
import { type Edited, noHistory, perform, redo, undo } from "./history.ts";

const scenarioShape = scenarioSchema.shape;
const flowShape = flowSchema.shape;
const { participants, users, policies, sessions, invitations, transfers, chats, options, timers, rules } =
  scenarioShape;
const { variants, prose, notes, definitions, requirements } = flowShape;
const { title, clause, figure, introduction, source, view } = flowShape;
const lists = {
  participants,
  users: users.unwrap(),
  policies: policies.unwrap(),
  sessions: sessions.unwrap(),
  invitations: invitations.unwrap(),
  transfers: transfers.unwrap(),
  chats: chats.unwrap(),
  variants,
  prose: prose.unwrap(),
  notes: notes.unwrap(),
  definitions: definitions.unwrap(),
  requirements: requirements.unwrap(),
  script: variantSchema.shape.script,
};
const fields = { title, clause, figure, introduction, source, view, options, timers, rules };

const index = fc.nat({ max: 4 });
const variant = fc.constantFrom("a", "b", "clientA");
const singles: fc.Arbitrary<unknown>[] = Object.entries(lists).flatMap(([list, schema]) => {
  const where = list === "script" ? { list: fc.constant(list), variant } : { list: fc.constant(list) };
  const element = arbitraryOf(schema.element);
  return [
    fc.record({ kind: fc.constant("insert"), ...where, index, element }),
    fc.record({ kind: fc.constant("replace"), ...where, index, element }),
    fc.record({ kind: fc.constant("remove"), ...where, index }),
    fc.record({ kind: fc.constant("list"), ...where, present: fc.boolean() }),
  ];
});
const sets = Object.entries(fields).map(([field, schema]) =>
  fc.record(
    { kind: fc.constant("set"), field: fc.constant(field), value: arbitraryOf(schema) },
    { requiredKeys: ["kind", "field"] },
  ),
);
const single = fc.oneof(...singles, ...sets);
const anyEdit = fc.oneof(
  { weight: 4, arbitrary: single },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("group"), edits: fc.array(single, { maxLength: 5 }) }) },
) as fc.Arbitrary<Edit>;

function value<T>(result: { ok: true; value: T } | { ok: false; failure: { message: string } }): T {
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

describe("D25: an edit and its inverse", () => {
  it("restore the document exactly, and do it again exactly", () => {
    let applied = 0;
    fc.assert(
      fc.property(arbitraryFlow, anyEdit, (before, edit) => {
        const copy = structuredClone(before);
        const after = apply(before, edit);
        const inverse = invert(before, edit);
        expect(before).toEqual(copy);
        if (!after.ok) return;
        applied++;
        expect(value(apply(after.value, value(inverse)))).toStrictEqual(before);
        const again = value(invert(after.value, value(inverse)));
        expect(value(apply(before, again))).toStrictEqual(after.value);
      }),
      { numRuns: 1500 },
    );
    expect(applied).toBeGreaterThan(300);
  });

  it("keep a document that fits the schema one that does, and share what they do not touch", () => {
    fc.assert(
      fc.property(arbitraryFlow, anyEdit, (before, edit) => {
        const after = apply(before, edit);
        if (!after.ok) return;
        expect(flowSchema.safeParse(after.value).success).toBe(true);
        if (edit.kind === "set" && edit.field === "title") expect(after.value.scenario).toBe(before.scenario);
      }),
      { numRuns: 500 },
    );
  });

  it("cross a process boundary unchanged", () => {
    fc.assert(
      fc.property(anyEdit, (edit) => {
        expect(editSchema.parse(structuredClone(edit))).toEqual(edit);
      }),
    );
  });
});

const flow: Flow = {
  format: "callflow",
  version: 1,
  title: "T",
  scenario: { participants: [{ id: "a", name: "A", role: "other" }] },
  variants: [{ id: "main", title: "Main", script: [] }],
};

describe("D26: an edit that does not fit the document fails with a sentence", () => {
  const deliver = { kind: "deliver", hop: "a>a x#1" } as const;
  it.each<[string, Edit]>([
    [
      "The flow has no variant “other”.",
      { kind: "insert", list: "script", variant: "other", index: 0, element: deliver },
    ],
    [
      "The list “notes” has 0 elements, none of them at 1.",
      { kind: "insert", list: "notes", index: 1, element: { text: "" } },
    ],
    [
      "The list “script of main” has 0 elements, none of them at 0.",
      { kind: "remove", list: "script", variant: "main", index: 0 },
    ],
    ["The list “variants” must keep one element.", { kind: "remove", list: "variants", index: 0 }],
    ["A flow cannot be without title.", { kind: "set", field: "title" }],
    ["title should not be empty.", { kind: "set", field: "title", value: "" }],
    ["The list “participants” is there already.", { kind: "list", list: "participants", present: true }],
    ["The list “notes” is not an empty one to take away.", { kind: "list", list: "notes", present: false }],
    [
      "A flow cannot be without the list “script of main”.",
      { kind: "list", list: "script", variant: "main", present: false },
    ],
    ["notes[0].text is missing.", { kind: "insert", list: "notes", index: 0, element: {} as never }],
    [
      'notes[0] has what this Callflow does not know: "at2".',
      { kind: "insert", list: "notes", index: 0, element: { text: "", at2: 1 } as never },
    ],
    [
      'participants[0].role is "x", which is none of those that there are.',
      { kind: "replace", list: "participants", index: 0, element: { id: "a", role: "x" } as never },
    ],
  ])("%s", (sentence, edit) => {
    const result = apply(flow, edit);
    expect(result.ok ? "" : result.failure.message).toBe(sentence);
  });

  it("does nothing at all when a part of a group fails", () => {
    const group: Edit = {
      kind: "group",
      edits: [
        { kind: "set", field: "title", value: "new" },
        { kind: "remove", list: "notes", index: 0 },
      ],
    };
    expect(apply(flow, group).ok).toBe(false);
    expect(invert(flow, group).ok).toBe(false);
    expect(flow.title).toBe("T");
  });
});

describe("D27: undo and redo", () => {
  it("walk through the same documents there and back", () => {
    fc.assert(
      fc.property(arbitraryFlow, fc.array(anyEdit, { maxLength: 12 }), (start, edits) => {
        const states: Edited[] = [{ flow: start, history: noHistory }];
        const now = () => states.at(-1) as Edited;
        for (const edit of edits) {
          const next = perform(now(), "Edit", edit);
          if (next.ok) states.push(next.value);
        }
        let state = now();
        for (const { flow: expected } of states.slice(0, -1).reverse()) {
          state = value(undo(state));
          expect(state.flow).toStrictEqual(expected);
        }
        expect(undo(state).ok).toBe(false);
        for (const { flow: expected } of states.slice(1)) {
          state = value(redo(state));
          expect(state.flow).toStrictEqual(expected);
        }
        expect(redo(state).ok).toBe(false);
      }),
      { numRuns: 150 },
    );
  });

  it("keep every edit, and forget what was taken back once something else is done", () => {
    let state: Edited = { flow, history: noHistory };
    for (let i = 0; i < 3000; i++)
      state = value(perform(state, `Title ${i}`, { kind: "set", field: "title", value: `t${i}` }));
    expect(state.history.done[0]?.label).toBe("Title 0");
    for (let i = 0; i < 3000; i++) state = value(undo(state));
    expect(state.flow).toStrictEqual(flow);
    expect(state.history.undone.at(-1)?.label).toBe("Title 0");
    state = value(perform(state, "Clause", { kind: "set", field: "clause", value: "5" }));
    expect(redo(state).ok).toBe(false);
  });

  it("ED6: edits joined into one are taken back and done again as one, exactly", () => {
    fc.assert(
      fc.property(arbitraryFlow, fc.array(anyEdit, { maxLength: 8 }), (start, edits) => {
        let state: Edited = { flow: start, history: noHistory };
        for (const edit of edits) {
          const next = perform(state, "Edit", edit, true);
          if (next.ok) state = next.value;
        }
        const { flow: end } = state;
        if (state.history.done.length === 0) return;
        expect(state.history.done).toHaveLength(1);
        const back = value(undo(state));
        expect(back.flow).toStrictEqual(start);
        expect(value(redo(back)).flow).toStrictEqual(end);
      }),
      { numRuns: 300 },
    );
  });

  it("ED6: what is typed over and over is kept once", () => {
    let state: Edited = { flow, history: noHistory };
    for (const text of ["H", "He", "Hel"]) {
      state = value(perform(state, "Change title", { kind: "set", field: "title", value: text }, true));
    }
    expect(state.history.done).toEqual([
      {
        label: "Change title",
        edit: { kind: "set", field: "title", value: "Hel" },
        inverse: { kind: "set", field: "title", value: "T" },
      },
    ]);
  });
});

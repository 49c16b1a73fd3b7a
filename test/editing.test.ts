import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Edit } from "../shared/flow/edit.ts";
import { writeFlow } from "../shared/flow/file.ts";
import type { Flow } from "../shared/flow/flow.ts";
import type { Choice } from "../shared/run/choice.ts";
import { expectOne, together, value } from "./page-and-main.ts";

const group = readFileSync(new URL("../flows/cpm/group-invitation.flow.json", import.meta.url), "utf8");

const title = (text: string): Edit => ({ kind: "set", field: "title", value: text });
const callParticipant = (flow: Flow, index: number, name: string): Edit => {
  const element = flow.scenario.participants[index];
  if (element === undefined) throw new Error("no such participant");
  return { kind: "replace", list: "participants", index, element: { ...element, name } };
};

type Deed = (flow: Flow) => Edit;
const deedOf = <T>(given: fc.Arbitrary<T>, make: (given: T, flow: Flow) => Edit): fc.Arbitrary<Deed> =>
  given.map(
    (one): Deed =>
      (flow) =>
        make(one, flow),
  );
const at = fc.nat({ max: 12 });

/** Things that a person may do to the bundled flow, some of which do not fit after others. */
const deed: fc.Arbitrary<Deed> = fc.oneof(
  deedOf(fc.string({ minLength: 1, maxLength: 5 }), title),
  deedOf(fc.tuple(at, fc.constantFrom("P", "Q", "R")), ([index, name], flow) =>
    callParticipant(flow, index % flow.scenario.participants.length, name),
  ),
  deedOf(at, (index) => ({ kind: "remove", list: "script", variant: "main", index })),
  deedOf(at, (index, flow) => ({ kind: "insert", list: "script", variant: "main", index, element: drawn(flow) })),
  deedOf(fc.constant("A note."), (text, { notes }) => ({
    kind: "insert",
    list: "notes",
    index: notes?.length ?? 0,
    element: { text },
  })),
  deedOf(at, (index) => ({ kind: "remove", list: "variants", index })),
);

function drawn({ scenario: { participants } }: Flow): Choice {
  const [from, to] = participants;
  if (from === undefined || to === undefined) throw new Error("two participants are needed");
  return { kind: "inject", from: from.id, to: to.id, message: { label: "drawn" } };
}

describe("editing", () => {
  test("ED1, ED3, ED5: the page's copy is main's after any edits, undos and redos, however they overlap", async () => {
    const act = fc.oneof(
      { weight: 3, arbitrary: deed.map((edit) => ({ kind: "edit" as const, edit })) },
      { weight: 1, arbitrary: fc.constantFrom({ kind: "undo" as const }, { kind: "redo" as const }) },
    );
    const steps = fc.array(fc.record({ act, waits: fc.boolean(), joins: fc.boolean() }), { maxLength: 14 });
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const both = together();
        const { actions, store } = both;
        await actions.openText("x", group);
        const start = writeFlow(both.main().flow);
        const under: Promise<unknown>[] = [];
        for (const { act: one, waits, joins } of all) {
          const { open } = store.getState();
          if (open === undefined) throw new Error("no flow is open");
          const done =
            one.kind === "edit" ? actions.edit("E", one.edit(open.flow), joins ? "m" : undefined) : actions[one.kind]();
          under.push(done);
          if (waits) await done;
        }
        await Promise.all(under);
        expectOne(both);
        while (store.getState().open?.history.undo !== undefined) value(await actions.undo());
        expectOne(both);
        expect(writeFlow(both.main().flow)).toBe(start);
        expect(store.getState().open?.unsaved).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  test("ED11: undo and redo are shown at once, as main has them then", async () => {
    const act = fc.oneof(
      { weight: 3, arbitrary: fc.tuple(deed, fc.constantFrom("letters", undefined)) },
      { weight: 3, arbitrary: fc.constantFrom("undo" as const, "redo" as const) },
    );
    let shownAtOnce = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 14, size: "max" }), async (acts) => {
        const both = together();
        const { actions, store } = both;
        await actions.openText("x", group);
        for (const one of acts) {
          actions.dismissProblem();
          if (typeof one !== "string") {
            await actions.edit("Edit", one[0](both.main().flow), one[1]);
            continue;
          }
          const { open, runAt } = store.getState();
          const known = open?.history[one] !== undefined && runAt === open.revision;
          const done = actions[one]();
          const { open: shown, run, diagram, problem } = store.getState();
          await done;
          const { open: told, run: after, diagram: drawn } = store.getState();
          // What could not be played was never shown.
          if (!known || problem !== undefined || store.getState().problem !== undefined) continue;
          shownAtOnce += 1;
          expect(writeFlow(shown?.flow as Flow)).toBe(writeFlow(told?.flow as Flow));
          expect(run).toEqual(after);
          expect(diagram).toEqual(drawn);
          expectOne(both);
        }
      }),
      { numRuns: 60 },
    );
    expect(shownAtOnce).toBeGreaterThan(30);
  });

  test("ED11: undo is given up where the document was changed elsewhere", async () => {
    const both = together();
    const { actions, store } = both;
    await actions.openText("x", group);
    const at = both.main().flow.title;
    value(await actions.edit("Change title", title("Ours")));
    value(both.workspace.edit(both.main().handle, { label: "Elsewhere", edit: title("Theirs") }, 1));
    const undone = actions.undo();
    expect(store.getState().diagram?.title).toBe(at);
    expect((await undone).ok).toBe(false);
    expect(store.getState().open?.flow.title).toBe("Theirs");
    expectOne(both);
  });

  test("ED2: an edit is seen at once, before main has answered", async () => {
    const { actions, store } = together();
    await actions.openText("x", group);
    const done = actions.edit("Change title", title("Now"));
    expect(store.getState().open?.flow.title).toBe("Now");
    expect(store.getState().diagram?.title).toBe("Now");
    value(await done);
    expect(store.getState().open).toMatchObject({ revision: 1, history: { undo: "Change title" }, unsaved: true });
  });

  test("ED4: an edit of a document that has changed meanwhile is not made, and the copy is sent again", async () => {
    const both = together();
    await both.actions.openText("x", group);
    value(both.workspace.edit(both.main().handle, { label: "Elsewhere", edit: title("Theirs") }, 0));
    const results = await Promise.all([
      both.actions.edit("Here", title("Ours")),
      both.actions.edit("Here", title("Ours too")),
    ]);
    expect(results.map((result) => result.ok)).toEqual([false, false]);
    expect(both.store.getState().problem?.message).toContain("changed elsewhere");
    expect(both.store.getState().open?.flow.title).toBe("Theirs");
    expectOne(both);
  });

  test("ED4: what was changed elsewhere is taken over", async () => {
    const both = together();
    await both.actions.openText("x", group);
    const edit = title("Theirs");
    const changed = value(both.workspace.edit(both.main().handle, { label: "Elsewhere", edit }, 0));
    const { handle, revision, history, unsaved, diagnostics } = changed.open;
    await both.actions.changedElsewhere({ handle, revision, history, unsaved, diagnostics: [...diagnostics], edit });
    expect(both.store.getState().open?.history.undo).toBe("Elsewhere");
    expectOne(both);
  });

  test("ED7: an edit at the end of a run sends its end, and the current step stays at its message", async () => {
    const both = together();
    const { actions, store, sent } = both;
    await actions.openText("x", group);
    actions.seek(4);
    const whole = JSON.stringify(store.getState().run).length;
    const { navigations } = store.getState();
    const at = both.main().flow.variants[0]?.script.length ?? 0;
    value(
      await actions.edit("Draw", {
        kind: "insert",
        list: "script",
        variant: "main",
        index: at,
        element: drawn(both.main().flow),
      }),
    );
    expect(sent.at(-1)?.length).toBeLessThan(whole / 4);
    expect(store.getState().step).toBe(3);
    expect(store.getState().navigations).toBe(navigations);
    expect(store.getState().diagram?.items.some((item) => item.type === "step" && item.label.includes("drawn"))).toBe(
      true,
    );
    expectOne(both);
  });

  test("ED7: an edit that changes no run sends none of it", async () => {
    const { actions, sent } = together();
    await actions.openText("x", group);
    value(await actions.edit("Write", { kind: "insert", list: "notes", index: 0, element: { text: "Here." } }));
    expect(sent.at(-1)?.length).toBeLessThan(500);
  });

  test("ED6: letters typed one after the other are undone together, those after a pause by themselves", async () => {
    const { actions, store, passes } = together();
    await actions.openText("x", group);
    for (const text of ["A", "AB", "ABC"]) value(await actions.edit("Change title", title(text), "title"));
    passes(5000);
    value(await actions.edit("Change title", title("ABCD"), "title"));
    value(await actions.undo());
    expect(store.getState().open?.flow.title).toBe("ABC");
    value(await actions.undo());
    expect(store.getState().open?.history).toEqual({ redo: "Change title", redoTo: expect.any(Number) });
  });

  test("ED8: a scenario that contradicts itself is edited all the same, and says so", async () => {
    const both = together();
    const { actions, store } = both;
    await actions.openText("x", group);
    const server = both.main().flow.scenario.participants.findIndex(({ role }) => role === "participatingFunction");
    expect(server).toBeGreaterThanOrEqual(0);
    value(
      await actions.edit("Choose", {
        kind: "set",
        field: "options",
        value: { participatingFunction: "proxy", release: "hopByHop" },
      }),
    );
    expect(store.getState().open?.diagnostics.some(({ severity }) => severity === "error")).toBe(true);
    value(await actions.undo());
    expect(store.getState().open?.diagnostics).toEqual([]);
    expectOne(both);
  });

  test("ED9: a variant is kept once, and shown", async () => {
    const both = together();
    const { actions, store } = both;
    await actions.openText("x", group);
    const variant = { title: "Nobody answers!", branch: { from: "main", keep: 1 }, script: [drawn(both.main().flow)] };
    const id = value(await actions.keepVariant(variant));
    expect(store.getState()).toMatchObject({ variant: id, open: { history: { undo: "Keep “Nobody answers!”" } } });
    await actions.selectVariant("main");
    expect(value(await actions.keepVariant({ ...variant, title: "Other words" }))).toBe(id);
    expect(store.getState()).toMatchObject({ variant: id, open: { revision: 1 } });
    expectOne(both);
    // Taken away again while it is shown.
    value(await actions.undo());
    expect(store.getState().variant).toBe("main");
    expectOne(both);
  });
});

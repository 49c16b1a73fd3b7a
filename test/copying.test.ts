import { expect, test } from "vitest";
import { copied, pasted } from "../renderer/editor/clipboard.ts";
import { stepsOf } from "../shared/diagram/steps-of.ts";
import type { Flow } from "../shared/flow/flow.ts";
import type { Choice } from "../shared/run/choice.ts";
import { expectOne, together, value } from "./page-and-main.ts";

// Copying in one window and pasting in another, or in the same.

const message = (label: string, from = "a", to = "b"): Choice => ({ kind: "inject", from, to, message: { label } });

const source: Flow = {
  format: "callflow",
  version: 1,
  title: "Source",
  scenario: { participants: ["a", "b", "c"].map((id) => ({ id, name: id.toUpperCase(), role: "other" })) },
  variants: [
    {
      id: "main",
      title: "Main",
      script: [message("one"), message("two"), message("three", "b", "c"), message("four")],
    },
  ],
  notes: [
    { at: "a>b two#1", over: ["a", "c"], colour: "blue", text: "Two." },
    { under: "state1", over: ["c"], text: "Under the state." },
    { at: "a>b four#1", text: "Four." },
  ],
  arrows: [
    { at: "a>b two#1", colour: "red", number: "7" },
    { at: "b>c three#1", ends: "lost" },
  ],
  marks: [
    { kind: "fragment", id: "outer", operator: "alt", guard: "all" },
    { kind: "fragment", id: "loop", at: "a>b one#1", operator: "loop", guard: "twice", over: ["c"] },
    { kind: "else", of: "loop", at: "a>b two#1", guard: "then" },
    { kind: "end", of: "loop", at: "b>c three#1" },
    { kind: "state", id: "state1", on: "c", text: "Waiting", at: "b>c three#1" },
    { kind: "end", of: "outer", at: "a>b four#1" },
  ],
};

const target = (names: readonly string[]): Flow => ({
  ...source,
  title: "Target",
  scenario: { participants: names.map((name, i) => ({ id: `x${i}`, name, role: "other" })) },
  variants: [{ id: "main", title: "Main", script: [message("start", "x0", "x1")] }],
  notes: [],
  arrows: [],
  marks: [{ kind: "divider", id: "fragment1", text: "here", at: "x0>x1 start#1" }],
});

async function windowWith(flow: Flow) {
  const both = together();
  await both.actions.openText("x", JSON.stringify(flow));
  both.actions.setEditing(true);
  const copy = () => copied(both.store.getState())?.json ?? "";
  const paste = async (json: string, after: string | null) => {
    const coming = pasted(both.main().flow, json, after);
    if (coming === undefined) throw new Error("nothing to paste");
    value(await (coming.kind === "draw" ? both.actions.gesture(coming) : both.actions.edit("Paste", coming)));
    expectOne(both);
  };
  return { ...both, copy, paste, flow: () => both.main().flow };
}

test("I36: what stands below the chosen steps, around them alone and on their arrows comes with them", async () => {
  const from = await windowWith(source);
  from.actions.select(["a>b two#1", "b>c three#1"]);
  const to = await windowWith(target(["B", "A"]));
  await to.paste(from.copy(), "x0>x1 start#1");
  const [, two, three] = stepsOf(to.store.getState().diagram).map(({ hops: [hop] }) => hop);
  expect([two, three]).toEqual(["x1>x0 two#1", "x0>x0 three#1"]);
  const { notes, marks, arrows, scenario } = to.flow();
  expect(scenario.participants.map(({ name }) => name)).toEqual(["B", "A", "C"]);
  expect(arrows).toEqual([
    { at: two, colour: "red" },
    { at: three, ends: "lost" },
  ]);
  expect(marks).toEqual([
    { kind: "divider", id: "fragment1", text: "here", at: "x0>x1 start#1" },
    { kind: "fragment", id: "fragment2", operator: "loop", guard: "twice", over: ["c"], at: "x0>x1 start#1" },
    { kind: "else", of: "fragment2", guard: "then", at: two },
    { kind: "end", of: "fragment2", at: three },
    { kind: "state", id: "state1", on: "c", text: "Waiting", at: three },
  ]);
  expect(notes).toEqual([
    { over: ["x1", "c"], colour: "blue", text: "Two.", at: two },
    { over: ["c"], text: "Under the state.", under: "state1" },
  ]);
  // One edit.
  value(await to.actions.undo());
  expect(to.flow()).toEqual(target(["B", "A"]));
});

test("I36: a fragment of which steps are not chosen stays, and what is pasted twice has ids of its own", async () => {
  const window = await windowWith(source);
  window.actions.select(["b>c three#1", "a>b four#1"]);
  const json = window.copy();
  await window.paste(json, "a>b four#1");
  await window.paste(json, "a>b four#2");
  expect(window.flow().marks?.filter(({ kind }) => kind === "fragment")).toHaveLength(2);
  const states = window.flow().marks?.flatMap((mark) => (mark.kind === "state" ? [mark.id] : []));
  expect(new Set(states).size).toBe(3);
  expect(window.flow().notes?.map(({ text }) => text)).toEqual([
    "Two.",
    "Under the state.",
    "Four.",
    ...["Under the state.", "Four.", "Under the state.", "Four."],
  ]);
});

test("I36: one step is copied without the fragment in which it is alone", async () => {
  const marks = source.marks?.map((mark) => (mark.kind === "else" ? { ...mark, at: "b>c three#1" } : mark));
  const window = await windowWith({ ...source, marks: marks?.filter(({ kind }) => kind !== "state") });
  window.actions.select(["b>c three#1"]);
  await window.paste(window.copy(), "a>b four#1");
  expect(window.flow().marks).toHaveLength(5);
});

test("I36: a note or a mark that is chosen is copied by itself", async () => {
  const from = await windowWith(source);
  from.actions.choose({ list: "notes", index: 0 });
  const to = await windowWith(target(["A", "B"]));
  await to.paste(from.copy(), "x0>x1 start#1");
  expect(to.flow().notes).toEqual([{ over: ["x0", "c"], colour: "blue", text: "Two.", at: "x0>x1 start#1" }]);
  from.actions.choose({ list: "marks", index: 4 });
  await to.paste(from.copy(), null);
  expect(to.flow().marks?.at(-1)).toEqual({ kind: "state", id: "state1", on: "c", text: "Waiting" });
  from.actions.choose({ list: "marks", index: 0 });
  expect(from.copy()).toBe("");
});

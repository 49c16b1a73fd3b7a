import { expect, test } from "vitest";
import { stepsOf } from "../shared/diagram/steps-of.ts";
import { expectOne, together, value } from "./page-and-main.ts";

// Gestures that come faster than main answers.

const blank = JSON.stringify({
  format: "callflow",
  version: 1,
  title: "Two",
  scenario: { participants: ["a", "b"].map((id) => ({ id, name: id.toUpperCase(), role: "other" })) },
  variants: [{ id: "main", title: "Main", script: [] }],
});

/** Two participants with three messages between them, the first of which is chosen. */
async function drawn() {
  const both = together();
  const { actions, store } = both;
  await actions.openText("x", blank);
  const message = (label: string) => ({ from: "a", to: "b", message: { label, kind: "request" as const } });
  const messages = [message("one"), message("two"), message("two")];
  value(await actions.gesture({ kind: "draw", messages, after: null }));
  actions.select([hop(both, 0)]);
  return { ...both, labels: () => stepsOf(store.getState().diagram).map(({ label }) => label) };
}

const hop = ({ store }: ReturnType<typeof together>, step: number): string =>
  stepsOf(store.getState().diagram)[step]?.hops[0] ?? "";

const named = (label: string) => ({ label, kind: "request" as const });

test("I35: what is done to a message that was just renamed is done to it, before main has answered and after", async () => {
  const both = await drawn();
  const { actions, labels } = both;
  const first = hop(both, 0);
  const done = await Promise.all([
    actions.gesture({ kind: "relabel", hop: first, message: named("uno") }),
    actions.gesture({ kind: "reroute", hop: first, from: "b", to: "a" }),
    actions.gesture({ kind: "move", hop: first, after: hop(both, 1) }),
  ]);
  for (const one of done) value(one);
  expect(labels()).toEqual(["two", "uno", "two"]);
  expectOne(both);
});

test("I35: a message that was renamed stays chosen, also where its name took another's number", async () => {
  const both = await drawn();
  const { actions, store, labels } = both;
  actions.select([hop(both, 2)]);
  // Takes the number of the first "two" away, so that the second one is the first.
  value(await actions.gesture({ kind: "relabel", hop: hop(both, 1), message: named("other") }));
  expect(store.getState().selected).toEqual([hop(both, 2)]);
  await actions.eraseSelected();
  expect(labels()).toEqual(["one", "other"]);
});

test("I35: what is being written stays with its message", async () => {
  const both = await drawn();
  const { actions, store } = both;
  const renaming = actions.gesture({ kind: "relabel", hop: hop(both, 1), message: named("other") });
  actions.setDraft({ kind: "label", hop: hop(both, 2) });
  const begun = store.getState().draft;
  value(await renaming);
  expect(store.getState().draft).toEqual({ ...begun, hop: hop(both, 2) });
});

test("I12: where nothing that was chosen is left, Delete takes the current step", async () => {
  const { actions, labels } = await drawn();
  actions.select(["a>b gone#1"]);
  actions.seek(2);
  await actions.eraseSelected();
  expect(labels()).toEqual(["one", "two"]);
});

test("I42: a message drawn just after another stands below it, before main has answered and after", async () => {
  const both = await drawn();
  const { actions, labels, store } = both;
  const draw = (label: string) => {
    const [after] = stepsOf(store.getState().diagram)[store.getState().step]?.hops ?? [];
    const messages = [{ from: "b", to: "a", message: named(label) }];
    return actions.gesture({ kind: "draw", messages, after: after ?? null });
  };
  const done = await Promise.all([draw("three"), draw("four")]);
  done.map(value);
  expect(labels()).toEqual(["one", "two", "two", "three", "four"]);
});

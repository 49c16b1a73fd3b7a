import { expect, test } from "vitest";
import { stepMoved } from "../renderer/editor/begin.ts";
import { moveBelow, passMarks, standingAfter, standingBelow } from "../renderer/editor/standing.ts";
import type { Mark } from "../shared/flow/drawn.ts";
import { expectOne, together, value } from "./page-and-main.ts";

// Where a message stands among the marks, from the hand to the document.

const hop = (n: number) => `a>b ${n}#1`;

const marks: readonly Mark[] = [
  // Ends stand before what begins in the list, as putting a fragment around steps writes them.
  { kind: "end", of: "alt", at: hop(4) },
  { kind: "else", of: "alt", at: hop(3) },
  { kind: "fragment", id: "alt", operator: "alt", at: hop(1) },
  { kind: "state", id: "state1", on: "b", text: "Waiting", at: hop(4) },
];

async function window() {
  const both = together();
  const script = [1, 2, 3, 4, 5].map((n) => ({ kind: "inject", from: "a", to: "b", message: { label: `${n}` } }));
  const flow = {
    format: "callflow",
    version: 1,
    title: "Five",
    scenario: { participants: ["a", "b"].map((id) => ({ id, name: id, role: "other" })) },
    variants: [{ id: "main", title: "Main", script }],
    marks,
  };
  await both.actions.openText("x", JSON.stringify(flow));
  const diagram = () => {
    const now = both.store.getState().diagram;
    if (now === undefined) throw new Error("no diagram");
    return now;
  };
  const words = () =>
    diagram().items.map((item) => {
      if (item.type === "step") return item.label;
      return item.type === "fragment" ? "alt(" : item.type === "else" ? "|" : item.type === "end" ? ")" : item.type;
    });
  const row = (word: string) => words().indexOf(word);
  const step = (word: string) => diagram().items[row(word)];
  const drag = async (word: string, below: string) => {
    value(await both.actions.gesture(moveBelow(diagram(), hop(Number(word)), row(below))));
    expectOne(both);
  };
  return { ...both, diagram, row, step, drag, drawn: () => words().join(" ") };
}

test("I39: a message that is moved stands where it was put, in a fragment or below it, and the fragment stays", async () => {
  const { drawn, drag } = await window();
  expect(drawn()).toBe("1 alt( 2 3 | 4 ) state 5");
  await drag("5", "4");
  expect(drawn()).toBe("1 alt( 2 3 | 4 5 ) state");
  await drag("1", "2");
  expect(drawn()).toBe("alt( 2 1 3 | 4 5 ) state");
  await drag("3", "5");
  expect(drawn()).toBe("alt( 2 1 | 4 5 3 ) state");
});

test("I39: a message is drawn last of a fragment, or below it", async () => {
  const { actions, diagram, drawn, row } = await window();
  const draw = async (label: string, place: ReturnType<typeof standingBelow>) => {
    const messages = [{ from: "a", to: "b", message: { label } }];
    value(await actions.gesture({ kind: "draw", messages, after: place.after, carries: [...place.carries] }));
  };
  await draw("in", standingBelow(diagram(), row("4")));
  expect(drawn()).toBe("1 alt( 2 3 | 4 in ) state 5");
  await draw("out", standingBelow(diagram(), row(")")));
  expect(drawn()).toBe("1 alt( 2 3 | 4 in ) out state 5");
  const step = diagram().items[row("3")];
  await draw("next", standingAfter(diagram(), step?.type === "step" ? step.index : -1));
  expect(drawn()).toBe("1 alt( 2 3 next | 4 in ) out state 5");
});

test("I39: a step is dragged over the edge of a fragment alone", async () => {
  const { actions, diagram, drawn, main, row } = await window();
  const pass = async (step: number, below: string) => {
    const edit = passMarks(main().flow, diagram(), step, row(below));
    if (edit === undefined) throw new Error("nothing to pass");
    value(await actions.edit("Move", edit));
  };
  await pass(3, ")");
  expect(drawn()).toBe("1 alt( 2 3 | ) 4 state 5");
  await pass(3, "|");
  expect(drawn()).toBe("1 alt( 2 3 | 4 ) state 5");
  await pass(3, "3");
  expect(drawn()).toBe("1 alt( 2 3 4 | ) state 5");
  await pass(1, "1");
  expect(drawn()).toBe("1 2 alt( 3 4 | ) state 5");
});

test("I38: by key a step goes past steps and edges, all the way down and up again", async () => {
  const both = await window();
  const move = async (by: -1 | 1) => {
    const step = both.step("2");
    const act = step?.type === "step" ? stepMoved(both.store.getState(), step, by) : undefined;
    if (act === undefined) return false;
    await act();
    expectOne(both);
    return true;
  };
  const seen = [both.drawn()];
  while (await move(1)) seen.push(both.drawn());
  expect(seen).toEqual([
    "1 alt( 2 3 | 4 ) state 5",
    "1 alt( 3 2 | 4 ) state 5",
    "1 alt( 3 | 2 4 ) state 5",
    "1 alt( 3 | 4 2 ) state 5",
    "1 alt( 3 | 4 ) 2 state 5",
    "1 alt( 3 | 4 ) 5 2 state",
  ]);
  while (await move(-1)) seen.push(both.drawn());
  expect(seen.at(-1)).toBe("2 state 1 alt( 3 | 4 ) 5");
});

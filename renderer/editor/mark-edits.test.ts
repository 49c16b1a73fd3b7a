import { describe, expect, test } from "vitest";
import { computeRun } from "../../electron/engine/index.ts";
import { project } from "../../shared/diagram/project.ts";
import { apply, type Edit } from "../../shared/flow/edit.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { flowOfMermaid } from "../../shared/text/mermaid/flow-of.ts";
import {
  addElse,
  addedMark,
  addMark,
  colourArrow,
  colourParticipant,
  fragmentAround,
  putInFragment,
  removeMark,
  rewordMark,
} from "./mark-edits.ts";

function flowOf(...lines: string[]): Flow {
  const made = flowOfMermaid(["sequenceDiagram", "autonumber", ...lines].join("\n"), "Test");
  if (!made.ok) throw new Error(JSON.stringify(made.failure));
  return made.value.flow;
}

const drawn = (flow: Flow) => project(flow, computeRun(flow.scenario, flow.variants[0]?.script ?? []), flow.view ?? {});

function changed(flow: Flow, edit: Edit | undefined): Flow {
  if (edit === undefined) throw new Error("no edit");
  const result = apply(flow, edit);
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

/** The items from top to bottom: numbers of steps, words of marks. */
const told = (flow: Flow): string =>
  drawn(flow)
    .items.map((item) => {
      if (item.type === "step") return item.number;
      if (item.type === "fragment") return `${item.operator}(`;
      return item.type === "end" ? ")" : item.type === "note" ? `“${item.text}”` : item.type;
    })
    .join(" ");

const four = flowOf("A->>B: one", "B->>A: two", "A->>B: three", "B->>A: four");

describe("I23: fragments", () => {
  test("one encloses the chosen steps", () => {
    expect(told(changed(four, putInFragment(four, drawn(four), 1, 2, "alt")))).toBe("1 alt( 2 3 ) 4");
    expect(told(changed(four, putInFragment(four, drawn(four), 0, 3, "loop")))).toBe("loop( 1 2 3 4 )");
  });

  test("one stands within those around its steps and around those among them", () => {
    const outer = changed(four, putInFragment(four, drawn(four), 1, 2, "alt"));
    expect(told(changed(outer, putInFragment(outer, drawn(outer), 1, 1, "opt")))).toBe("1 alt( opt( 2 ) 3 ) 4");
    expect(told(changed(outer, putInFragment(outer, drawn(outer), 2, 2, "opt")))).toBe("1 alt( 2 opt( 3 ) ) 4");
    expect(told(changed(outer, putInFragment(outer, drawn(outer), 0, 3, "opt")))).toBe("opt( 1 alt( 2 3 ) 4 )");
  });

  test("one never crosses another's edge or part", () => {
    const outer = changed(four, putInFragment(four, drawn(four), 1, 2, "alt"));
    expect(putInFragment(outer, drawn(outer), 0, 1, "opt")).toBeUndefined();
    expect(putInFragment(outer, drawn(outer), 2, 3, "opt")).toBeUndefined();
    const parted = changed(outer, addElse(outer, drawn(outer), 1));
    expect(told(parted)).toBe("1 alt( 2 else 3 ) 4");
    expect(putInFragment(parted, drawn(parted), 1, 2, "opt")).toBeUndefined();
  });

  test("taken away, its steps and notes stay", () => {
    const flow = flowOf("A->>B: one", "alt yes", "Note over A: why", "B->>A: two", "else no", "A->>B: three", "end");
    expect(told(flow)).toBe("1 alt( “why” 2 else 3 )");
    const around = fragmentAround(drawn(flow), 1);
    expect(told(changed(flow, removeMark(flow, around ?? -1)))).toBe("1 “why” 2 3");
  });

  test("its guard is written, and the mark that was added is the one to write on", () => {
    const edit = putInFragment(four, drawn(four), 1, 2, "alt");
    const outer = changed(four, edit);
    const mark = edit === undefined ? -1 : (addedMark(edit) ?? -1);
    const guarded = changed(outer, rewordMark(outer, mark, "B answers"));
    expect(drawn(guarded).items.find((item) => item.type === "fragment")).toMatchObject({ guard: "B answers", mark });
    expect(drawn(changed(guarded, rewordMark(guarded, mark, ""))).items[1]).toMatchObject({ guard: "" });
  });
});

describe("I24: what stands alone", () => {
  test("a mark stands below its step, and the steps keep their numbers", () => {
    const divided = changed(four, addMark(four, drawn(four), 1, { kind: "divider", text: "Later" }));
    expect(told(divided)).toBe("1 2 divider 3 4");
    const timed = changed(
      divided,
      addMark(divided, drawn(divided), 1, { kind: "timer", on: "A", name: "T1", event: "start" }),
    );
    expect(told(timed)).toBe("1 2 divider timer 3 4");
    expect(addedMark(addMark(four, drawn(four), 0, { kind: "activation", on: "A", event: "start" }))).toBeUndefined();
  });

  test("a state and a timer are never without words", () => {
    const flow = changed(four, addMark(four, drawn(four), 0, { kind: "state", on: "A", text: "Idle" }));
    const at = (flow.marks ?? []).findIndex(({ kind }) => kind === "state");
    expect(rewordMark(flow, at, "")).toBeUndefined();
    expect(rewordMark(flow, at, "Idle")).toBeUndefined();
  });
});

describe("I25: colours", () => {
  test("an arrow gets a colour and loses it, and nothing is left of it", () => {
    const [step] = drawn(four).items.filter((item) => item.type === "step");
    if (step === undefined) throw new Error("no step");
    const red = changed(four, colourArrow(four, step.hops, "red"));
    expect(drawn(red).items[0]).toMatchObject({ look: { colour: "red" } });
    expect(changed(red, colourArrow(red, step.hops, null)).arrows ?? []).toEqual([]);
    expect(colourArrow(red, step.hops, "red")).toBeUndefined();
  });

  test("a participant gets a colour", () => {
    const blue = changed(four, colourParticipant(four, "A", "blue"));
    expect(drawn(blue).lifelines[0]).toMatchObject({ colour: "blue" });
    expect(changed(blue, colourParticipant(blue, "A", null))).toEqual(four);
  });
});

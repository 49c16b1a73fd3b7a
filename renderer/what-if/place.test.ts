import { describe, expect, it } from "vitest";
import type { Choice } from "../../shared/run/choice.ts";
import { partingTurn } from "../../shared/run/parting.ts";
import type { Run, Turn } from "../../shared/run/run.ts";
import { diagramOf } from "../store/sample.ts";
import { momentsOf, positionBefore } from "./place.ts";

const turn = (choice: Choice): Turn => ({ choice, at: "a", by: "default", reactions: [] });
const run = (...hops: string[]): Run => ({
  turns: hops.map((hop) => turn({ kind: "deliver", hop })),
  hops: [],
  end: "rest",
});

describe("places in a run", () => {
  it("W84 two runs part at the first turn that differs, or where one goes on", () => {
    expect(partingTurn(run("a", "b", "c"), run("a", "x", "c"))).toBe(1);
    expect(partingTurn(run("a", "b"), run("a", "b", "c"))).toBe(2);
    expect(partingTurn(run("a"), run("a"))).toBe(1);
  });

  it("W82 the playhead stands before the first step that is not complete", () => {
    const diagram = diagramOf([{ label: "one" }, { label: "two" }, { label: "three" }]);
    const steps = diagram.items.filter((item) => item.type === "step");
    expect(positionBefore(diagram, 0)).toBe(0);
    expect(positionBefore(diagram, steps[1]!.received)).toBe(1);
    expect(positionBefore(diagram, 1000)).toBe(3);
  });

  it("W81 before the first step there is the beginning, after the last one the end as well", () => {
    const diagram = diagramOf([{ label: "one" }, { label: "two" }]);
    const names = new Map<string, string>();
    const of = (step: number) => momentsOf(run("a", "b", "c"), diagram, step, names).map(({ turn }) => turn);
    expect(of(-1)).toEqual([0]);
    expect(of(1).at(-1)).toBe(3);
    expect(of(0)).not.toContain(3);
  });
});

import { describe, expect, it } from "vitest";
import { flowOf, groupParticipants, type HopSpec, handMadeRun } from "../../test/hand-made-run.ts";
import { project } from "../diagram/project.ts";
import { apply, type Edit, invert } from "./edit.ts";
import type { Flow } from "./flow.ts";
import { numberFlow, numberStep, restartInFragments, restartsInFragments, stepNumbering } from "./number-edits.ts";

const specs: readonly HopSpec[] = ["cfX>coreX", "coreX>coreB", "coreB>clientB1", "coreB>clientB2"].map((edge) => ({
  edge,
  method: "INVITE",
}));
const hops = (i: number) => [`${specs[i]?.edge} INVITE#1`];
const blank = flowOf(groupParticipants);

const diagramOf = (flow: Flow) => project(flow, handMadeRun(specs), flow.view ?? {});
const numbers = (flow: Flow) => diagramOf(flow).items.flatMap((item) => (item.type === "step" ? [item.number] : []));

function edited(flow: Flow, edit: Edit | undefined): Flow {
  if (edit === undefined) throw new Error("there is nothing to do");
  const next = apply(flow, edit);
  if (!next.ok) throw new Error(next.failure.message);
  const back = invert(flow, edit);
  expect(back.ok && apply(next.value, back.value)).toEqual({ ok: true, value: flow });
  return next.value;
}

describe("numbers of steps", () => {
  it("WD40 a step is numbered as the one above, below it, not, or as the author writes", () => {
    const same = edited(blank, numberStep(blank, hops(1), { kind: "same" }));
    expect(numbers(same)).toEqual(["1", "1", "2", "3"]);
    const sub = edited(same, numberStep(same, hops(2), { kind: "sub" }));
    expect(numbers(sub)).toEqual(["1", "1", "1.1", "2"]);
    const none = edited(sub, numberStep(sub, hops(2), { kind: "none" }));
    expect(numbers(none)).toEqual(["1", "1", "", "2"]);
    const written = edited(none, numberStep(none, hops(2), { kind: "written", number: "X" }));
    expect(numbers(written)).toEqual(["1", "1", "X", "3"]);
    expect(stepNumbering(written, hops(2))).toEqual({ kind: "written", number: "X" });
    expect(numberStep(written, hops(2), { kind: "written", number: "X" })).toBeUndefined();
  });

  it("WD40 automatic again, nothing of it stays in the document", () => {
    const same = edited(blank, numberStep(blank, hops(1), { kind: "same" }));
    expect(edited(same, numberStep(same, hops(1), { kind: "automatic" }))).toEqual(blank);
    expect(numberStep(blank, hops(1), { kind: "automatic" })).toBeUndefined();
  });

  it("WD41 start, ranges and sub-numbers are the document's, in figure and prose alike", () => {
    const sub = edited(blank, numberStep(blank, hops(1), { kind: "sub" }));
    const styled = edited(sub, numberFlow(sub, { start: 7, sub: "7a", range: "n-m." }));
    expect(numbers(styled)).toEqual(["7", "7a", "8", "9"]);
    const ranged: Flow = {
      ...styled,
      prose: [{ at: "cfX>coreX INVITE#1", to: "coreX>coreB INVITE#1", text: "Both." }],
    };
    expect(diagramOf(ranged).paragraphs[0]?.label).toBe("7-7a.");
    expect(edited(styled, numberFlow(styled, { start: 1, sub: "7.1", range: "n – m." }))).toEqual(sub);
  });

  it("WD42 steps inside fragments count from 1, or on", () => {
    const framed: Flow = {
      ...blank,
      marks: [
        { kind: "fragment", id: "f", operator: "opt", at: "cfX>coreX INVITE#1" },
        { kind: "end", of: "f", at: "coreB>clientB1 INVITE#1" },
      ],
    };
    expect(restartsInFragments(framed)).toBe(false);
    const restarted = edited(framed, restartInFragments(framed, true));
    expect(numbers(restarted)).toEqual(["1", "1", "2", "2"]);
    expect(edited(restarted, restartInFragments(restarted, false))).toEqual(framed);
    expect(restartsInFragments(blank)).toBeUndefined();
  });
});

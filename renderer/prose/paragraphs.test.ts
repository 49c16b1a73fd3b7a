import { describe, expect, it } from "vitest";
import type { Diagram, Paragraph, Step } from "../../shared/diagram/diagram.ts";
import { numbersWithin, paragraphAt, requirementsWithin, stepToGoTo } from "./paragraphs.ts";

const paragraph = (first: number, last: number): Paragraph => ({
  label: "",
  first,
  last,
  text: "",
  origin: "authored",
  notes: [],
});

const step = (index: number, requirements?: readonly string[]): Step => ({
  type: "step",
  index,
  number: index === 2 ? "" : String(index + 10),
  from: { kind: "nowhere" },
  to: { kind: "nowhere" },
  label: "",
  name: "",
  sip: "",
  line: "solid",
  hops: [],
  through: [],
  origin: "computed",
  ...(requirements === undefined ? {} : { requirements }),
  sent: 0,
  received: 0,
  lost: false,
});

const diagram: Diagram = {
  title: "",
  lifelines: [],
  items: [step(0), step(1, ["B", "A"]), step(2, ["A"]), step(3, ["C"])],
  paragraphs: [],
};

describe("prose", () => {
  it("W2 finds the paragraph of a step, and none before the first or after the last", () => {
    const paragraphs = [paragraph(0, 0), paragraph(1, 4), paragraph(5, 5)];
    expect([-1, 0, 1, 3, 4, 5, 6].map((at) => paragraphAt(paragraphs, at))).toEqual([-1, 0, 1, 1, 1, 2, -1]);
    expect(paragraphAt([], 0)).toBe(-1);
  });

  it("W3 a click goes to the first step, and stays where the current one is already in the paragraph", () => {
    expect(stepToGoTo(paragraph(3, 6), 1)).toBe(3);
    expect(stepToGoTo(paragraph(3, 6), 7)).toBe(3);
    expect(stepToGoTo(paragraph(3, 6), 5)).toBeUndefined();
  });

  it("W4 numbers the steps of a range; an unnumbered one by its place", () => {
    expect(numbersWithin(diagram, paragraph(0, 3))).toEqual(["10", "11", "3", "13"]);
    expect(numbersWithin(diagram, paragraph(1, 1))).toEqual([]);
    expect(numbersWithin(diagram, paragraph(0, 400))).toEqual([]);
  });

  it("W5 gives each requirement of the steps once, as the document has it", () => {
    const requirements = ["A", "B", "C"].map((id) => ({ id, level: "SHALL" as const, text: id }));
    expect(requirementsWithin(diagram, paragraph(0, 2), requirements).map(({ id }) => id)).toEqual(["A", "B"]);
    expect(requirementsWithin(diagram, paragraph(0, 0), requirements)).toEqual([]);
  });
});

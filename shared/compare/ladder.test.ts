import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type HopSpec, handMadeRun } from "../../test/hand-made-run.ts";
import { project } from "../diagram/project.ts";
import { stepsOf } from "../diagram/steps-of.ts";
import { changeInWords, changesOf } from "./changes.ts";
import { compare, type Side } from "./compare.ts";
import { ladderOf } from "./ladder.ts";
import { merge } from "./merge.ts";

function side(specs: readonly HopSpec[], ids: readonly string[] = ["a", "b", "c", "d"]): Side {
  const run = handMadeRun(specs);
  const flow: Side["flow"] = {
    format: "callflow",
    version: 1,
    title: "A flow",
    scenario: { participants: ids.map((id) => ({ id, name: `Proxy ${id}`, role: "other" as const })) },
    variants: [{ id: "main", title: "Main", script: [] }],
  };
  return { flow, variant: "main", run, diagram: project(flow, run, { level: "sip", relays: "each" }) };
}

const spec = fc.record({
  edge: fc.constantFrom("a>b", "b>c", "c>b", "b>d"),
  method: fc.constantFrom("INVITE", "BYE"),
  status: fc.option(fc.constantFrom(180, 200, 486), { nil: undefined }),
});
const specs = fc.array(spec, { maxLength: 12 });

const base: readonly HopSpec[] = [
  { edge: "a>b", method: "INVITE" },
  { edge: "b>c", method: "INVITE", cause: 0 },
  { edge: "b>d", method: "INVITE", cause: 0 },
  { edge: "c>b", method: "INVITE", status: 180, cause: 1 },
];

describe("the ladder of two sides", () => {
  test("B41 holds every step of both sides once, in the order of its side", () => {
    fc.assert(
      fc.property(specs, specs, (one, two) => {
        const [a, b] = [side(one), side(two)];
        const rows = ladderOf(compare(a, b));
        const indices = (of: "a" | "b") =>
          rows.filter(({ kind }) => kind !== (of === "a" ? "movedB" : "movedA")).flatMap((row) => row[of]?.index ?? []);
        expect(indices("a")).toEqual(stepsOf(a.diagram).map(({ index }) => index));
        expect(indices("b")).toEqual(stepsOf(b.diagram).map(({ index }) => index));
      }),
    );
  });

  test("B42 neighbours that differ in the same way are one change, and what has moved is told where it is", () => {
    const other: readonly HopSpec[] = [
      ...base.slice(0, 3),
      { edge: "d>b", method: "INVITE", status: 180, cause: 2 },
      { edge: "d>b", method: "INVITE", status: 200, cause: 2 },
      ...base.slice(3),
    ];
    const changes = changesOf(ladderOf(compare(side(base), side(other))));
    expect(changes.map((change) => `${change.kind} ${changeInWords(change)}`)).toEqual([
      "onlyB 4 – 5: 180 Ringing, 200 OK (INVITE)",
      "renumbered 4 is 6",
    ]);
    const swapped = [base[0], base[2], base[1], { ...base[3], cause: 2 }] as readonly HopSpec[];
    const moves = changesOf(ladderOf(compare(side(base), side(swapped)))).filter(({ kind }) => kind === "moved");
    expect(moves).toHaveLength(1);
  });

  test("B43 merged, both are one diagram: the second with what only the first has in its place", () => {
    fc.assert(
      fc.property(specs, specs, (one, two) => {
        const [a, b] = [side(one), side(two)];
        const ladder = ladderOf(compare(a, b));
        const { diagram, marks, steps } = merge(a, b, ladder);
        const drawn = stepsOf(diagram);
        expect(drawn.map(({ index }) => index)).toEqual(drawn.map((_, i) => i));
        expect(marks).toHaveLength(drawn.length);
        expect(steps.flat()).toEqual(drawn.map((_, i) => i));
        const second = drawn.filter((_, i) => !["onlyA", "was", "movedA"].includes(marks[i] ?? ""));
        expect(second.map(({ hops }) => hops)).toEqual(stepsOf(b.diagram).map(({ hops }) => hops));
        for (const { from, to } of drawn)
          for (const end of [from, to])
            if (end.kind === "lifeline") expect(diagram.lifelines.map(({ id }) => id)).toContain(end.id);
      }),
    );
  });

  test("B43 a lifeline that only the first has stands where it stood", () => {
    const [a, b] = [side(base), side(base.slice(0, 2), ["a", "b", "d"])];
    const { diagram } = merge(a, b, ladderOf(compare(a, b)));
    expect(diagram.lifelines.map(({ id }) => id)).toEqual(["a", "b", "c", "d"]);
  });
});

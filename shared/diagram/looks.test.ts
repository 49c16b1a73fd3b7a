import { describe, expect, test } from "vitest";
import type { ArrowLook, Mark } from "../flow/drawn.ts";
import type { Step } from "./diagram.ts";
import { drawnAsWanted } from "./looks.ts";
import { numberingOf } from "./numbering.ts";
import { placeMarks } from "./placed-marks.ts";
import { stepsByHop } from "./steps.ts";

const lifeline = (id: string) => ({ kind: "lifeline", id }) as const;
const hop = (index: number) => `a>b m${index}#1`;

/** So many messages from a to b, numbered from 1; the last one from b to itself. */
function steps(count: number): readonly Step[] {
  return Array.from({ length: count }, (_, index): Step => {
    return {
      type: "step",
      index,
      number: String(index + 1),
      from: lifeline(index === count - 1 ? "b" : "a"),
      to: lifeline("b"),
      label: `m${index}`,
      name: `m${index}`,
      sip: "",
      line: "solid",
      hops: [hop(index)],
      through: [],
      origin: "authored",
      sent: index,
      received: index,
      lost: false,
    };
  });
}

function wanted(count: number, arrows: readonly ArrowLook[], marks: readonly Mark[] = [], sub?: "7a") {
  const drawn = steps(count);
  const stepOf = stepsByHop(drawn, new Set(drawn.flatMap(({ hops }) => hops)));
  const placed = placeMarks(marks, (at) => (at === undefined ? -1 : stepOf.get(at)));
  const numbering = numberingOf(sub === undefined ? {} : { numbering: { sub } });
  return drawnAsWanted(drawn, arrows, placed, stepOf, numbering);
}
const numbers = (...asked: Parameters<typeof wanted>) => wanted(...asked).map(({ number }) => number);

describe("P28: an arrow is drawn as its author wants it", () => {
  test("with its line, ends and colour; the first look of an arrow counts, others and those of no step are left out", () => {
    const [first, second] = wanted(3, [
      { at: hop(0), line: "dashed", head: "open", tail: "cross", dots: "from", colour: "teal" },
      { at: hop(0), line: "solid" },
      { at: "a>b gone#1", line: "dashed" },
    ]);
    expect(first).toMatchObject({
      line: "dashed",
      look: { head: "open", tail: "cross", dots: "from", colour: "teal" },
    });
    expect(second?.look).toBeUndefined();
    const plain = steps(3);
    expect(drawnAsWanted(plain, [], [], new Map(), numberingOf({}))).toBe(plain);
  });

  test("from outside the picture, out of it, or falling", () => {
    const [found, lost, slanted] = wanted(3, [
      { at: hop(0), ends: "found" },
      { at: hop(1), ends: "lost" },
      { at: hop(2), slanted: true },
    ]);
    expect([found?.from.kind, found?.to.kind]).toEqual(["nowhere", "lifeline"]);
    expect([lost?.from.kind, lost?.to.kind]).toEqual(["lifeline", "nowhere"]);
    expect(slanted?.sentBefore).toBe(2);
  });

  test("as a state only where it goes from a participant to itself", () => {
    const [other, own] = wanted(2, [
      { at: hop(0), state: true },
      { at: hop(1), state: true },
    ]);
    expect([other?.state, own?.state]).toEqual([undefined, true]);
  });
});

describe("P29: numbers are the author's", () => {
  test("the same number, sub-numbers and none take no turn; a written number takes one", () => {
    expect(numbers(5, [{ at: hop(1), numbered: "same" }])).toEqual(["1", "1", "2", "3", "4"]);
    expect(
      numbers(5, [
        { at: hop(1), numbered: "sub" },
        { at: hop(2), numbered: "sub" },
      ]),
    ).toEqual(["1", "1.1", "1.2", "2", "3"]);
    expect(numbers(3, [{ at: hop(1), numbered: "sub" }], [], "7a")).toEqual(["1", "1a", "2"]);
    expect(numbers(3, [{ at: hop(1), numbered: "none" }])).toEqual(["1", "", "2"]);
    expect(numbers(3, [{ at: hop(1), number: "1bis" }])).toEqual(["1", "1bis", "3"]);
  });

  test("where there is no number above, a step has its own", () => {
    expect(numbers(2, [{ at: hop(0), numbered: "same" }])).toEqual(["1", "2"]);
    expect(numbers(2, [{ at: hop(0), numbered: "sub" }])).toEqual(["1", "2"]);
  });

  test("a sub-number goes on from a written one", () => {
    expect(
      numbers(3, [
        { at: hop(0), number: "A" },
        { at: hop(1), numbered: "sub" },
      ]),
    ).toEqual(["A", "A.1", "2"]);
  });
});

describe("P30: counting changes at marks", () => {
  test("a fragment that restarts counts from 1, and after it the steps count on", () => {
    const marks: readonly Mark[] = [
      { kind: "fragment", id: "f", at: hop(1), operator: "alt", restart: true },
      { kind: "end", of: "f", at: hop(3) },
    ];
    expect(numbers(6, [], marks)).toEqual(["1", "2", "1", "2", "3", "4"]);
  });

  test("a mark sets the next number and by how much numbers grow, and hides them from the figure", () => {
    expect(numbers(4, [], [{ kind: "numbering", at: hop(0), start: 10, step: 10 }])).toEqual(["1", "10", "20", "30"]);
    const hidden = wanted(3, [], [{ kind: "numbering", at: hop(0), shown: false }]);
    expect(hidden.map(({ number, unnumbered }) => [number, unnumbered])).toEqual([
      ["1", undefined],
      ["2", true],
      ["3", true],
    ]);
  });
});

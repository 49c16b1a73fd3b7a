import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Mark } from "../flow/drawn.ts";
import { itemOf, type PlacedMark, placeMarks } from "./placed-marks.ts";
import { visibilityOf } from "./visibility.ts";

/** Hops are named by the step that carries them; "gone" is in no run. */
const placeOf = (at: string | undefined) => (at === undefined ? -1 : at === "gone" ? undefined : Number(at));
const divider = (text: string, at?: string): Mark => ({ kind: "divider", text, ...(at !== undefined && { at }) });
const fragment = (id: string, at?: string): Mark => ({
  kind: "fragment",
  id,
  operator: "alt",
  ...(at !== undefined && { at }),
});
const part = (of: string, at?: string): Mark => ({ kind: "else", of, ...(at !== undefined && { at }) });
const end = (of: string, at?: string): Mark => ({ kind: "end", of, ...(at !== undefined && { at }) });

const told = (placed: readonly PlacedMark[]) =>
  placed.map(({ mark }) => {
    if (mark.kind === "fragment") return `${mark.id}(`;
    if (mark.kind === "end") return `)${mark.of}`;
    return mark.kind === "else" ? `|${mark.of}` : mark.kind === "divider" ? mark.text : mark.kind;
  });

describe("P31: a mark stands after the step that carries its hop", () => {
  test("in the order of the list, before the first step without a hop; of what no run has nothing is left", () => {
    const marks = [divider("c", "2"), divider("a"), divider("x", "gone"), divider("d", "2"), divider("b", "0")];
    const placed = placeMarks(marks, placeOf);
    expect(told(placed)).toEqual(["a", "b", "c", "d"]);
    expect(placed.map(({ index, at }) => [index, at])).toEqual([
      [1, -1],
      [4, 0],
      [0, 2],
      [3, 2],
    ]);
  });

  test("only in the variants for which it is", () => {
    const marks: readonly Mark[] = [{ ...divider("one", "0"), only: ["other"] } as Mark, divider("two", "0")];
    expect(told(placeMarks(marks, placeOf, "main"))).toEqual(["two"]);
    expect(told(placeMarks(marks, placeOf, "other"))).toEqual(["one", "two"]);
  });
});

describe("P32: fragments are within each other", () => {
  test("an inner one ends where its outer one does, what is open ends after all steps", () => {
    expect(told(placeMarks([fragment("o", "0"), fragment("i", "1"), end("o", "2"), end("i", "3")], placeOf))).toEqual([
      "o(",
      "i(",
      ")i",
      ")o",
    ]);
    const open = placeMarks([fragment("o", "0"), divider("d", "1")], placeOf);
    expect(told(open)).toEqual(["o(", "d", ")o"]);
    expect(open.at(-1)).toMatchObject({ at: Number.MAX_SAFE_INTEGER });
    expect(open.at(-1)?.index).toBeUndefined();
  });

  test("a part or an end of one that is not open is left out", () => {
    expect(
      told(placeMarks([part("f", "0"), fragment("f", "1"), end("f", "2"), part("f", "3"), end("f", "3")], placeOf)),
    ).toEqual(["f(", ")f"]);
  });

  test("whatever the list says, each that opens ends once, and none crosses another", () => {
    const one = fc.tuple(
      fc.constantFrom("fragment", "else", "end"),
      fc.integer({ min: 0, max: 2 }),
      fc.integer({ min: 0, max: 6 }),
    );
    fc.assert(
      fc.property(fc.array(one, { maxLength: 14 }), (list) => {
        const marks = list.map(([kind, which, at], i): Mark => {
          const id = `f${which}`;
          if (kind === "fragment")
            return fragment(list.slice(0, i).some(([k, w]) => k === kind && w === which) ? `g${i}` : id, String(at));
          return kind === "else" ? part(id, String(at)) : end(id, String(at));
        });
        const open: string[] = [];
        for (const { mark } of placeMarks(marks, placeOf)) {
          if (mark.kind === "fragment") open.push(mark.id);
          else if (mark.kind === "else") expect(open.at(-1)).toBe(mark.of);
          else if (mark.kind === "end") expect(open.pop()).toBe(mark.of);
        }
        expect(open).toEqual([]);
      }),
    );
  });
});

describe("P33: what belongs to a lifeline is drawn where that is shown", () => {
  const participants = ["a", "b"].map((id) => ({ id, name: id, role: "other" as const }));
  const visibility = visibilityOf({ participants }, { hide: ["b"] });
  const placed = (mark: Mark): PlacedMark => ({ mark, index: 4, at: 0 });

  test("states, timers and bars of a hidden one are not; a frame spans those that are", () => {
    expect(itemOf(placed({ kind: "state", on: "b", text: "idle" }), visibility)).toBeUndefined();
    expect(itemOf(placed({ kind: "timer", on: "b", name: "T", event: "start" }), visibility)).toBeUndefined();
    expect(itemOf(placed({ kind: "state", on: "a", text: "idle" }), visibility)).toEqual({
      type: "state",
      mark: 4,
      on: "a",
      text: "idle",
    });
    const spanning = { ...fragment("f"), over: ["a", "b"] } as Mark;
    expect(itemOf(placed(spanning), visibility)).toMatchObject({ type: "fragment", mark: 4, over: ["a"] });
    expect(itemOf(placed({ ...fragment("f"), over: ["b"] } as Mark), visibility)).not.toHaveProperty("over");
  });

  test("a mark of numbers is no item", () => {
    expect(itemOf(placed({ kind: "numbering", start: 3 }), visibility)).toBeUndefined();
  });
});

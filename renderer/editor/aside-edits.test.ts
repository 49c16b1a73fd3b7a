import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { computeRun } from "../../electron/engine/index.ts";
import type { Item, NoteItem } from "../../shared/diagram/diagram.ts";
import { project } from "../../shared/diagram/project.ts";
import { apply, type Edit } from "../../shared/flow/edit.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { flowOfMermaid } from "../../shared/text/mermaid/flow-of.ts";
import { colourAside, moveAside, movedTo, removeAside, rewordNote, shiftedOver, stretchedOver } from "./aside-edits.ts";
import { asideOf } from "./asides.ts";

function flowOf(lines: readonly string[]): Flow {
  const made = flowOfMermaid(["sequenceDiagram", "autonumber", ...lines].join("\n"), "Test");
  if (!made.ok) throw new Error(JSON.stringify(made.failure));
  return made.value.flow;
}

const drawn = (flow: Flow) => project(flow, computeRun(flow.scenario, flow.variants[0]?.script ?? []), flow.view ?? {});

function changed(flow: Flow, edit: Edit | undefined): Flow {
  if (edit === undefined) return flow;
  const result = apply(flow, edit);
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

const word = (item: Item): string => {
  if (item.type === "step") return item.label;
  return item.type === "note" || item.type === "divider" || item.type === "state" ? item.text : item.type;
};
const told = (flow: Flow) => drawn(flow).items.map(word);

/** A flow whose notes, states and fragments stand between its messages, each with words of its own. */
const lines = fc
  .array(fc.constantFrom("message", "note", "fragment"), { minLength: 2, maxLength: 9 })
  .map((kinds) =>
    kinds.flatMap((kind, i) =>
      kind === "message"
        ? [`A->>B: m${i}`]
        : kind === "note"
          ? [`Note over A,B: n${i}`]
          : [`opt o${i}`, `B->>A: i${i}`, `Note over B: k${i}`, "end"],
    ),
  );

describe("I32: what stands beside the messages is worked on by hand", () => {
  test("a note comes to stand below the row where it was put, and all others stay in their order", () => {
    fc.assert(
      fc.property(lines, fc.integer({ min: 0, max: 30 }), fc.integer({ min: -1, max: 30 }), (text, which, below) => {
        const flow = flowOf(["participant A", "participant B", "A->>B: first", ...text]);
        const before = drawn(flow);
        const notes = before.items.flatMap((item, row) => (item.type === "note" ? [{ item, row }] : []));
        const note = notes[which % Math.max(1, notes.length)];
        const aside = asideOf(note?.item);
        if (note === undefined || aside === undefined) return;
        const row = Math.min(below, before.items.length - 1);
        const after = changed(flow, moveAside(flow, before, aside, below));
        const words = before.items.map(word);
        const rest = words.toSpliced(note.row, 1);
        const at = row === note.row ? note.row : row < note.row ? row + 1 : row;
        expect(told(after)).toEqual(rest.toSpliced(at, 0, words[note.row] ?? ""));
      }),
    );
  });

  test("a divider and a state come to stand below the row where they were put", () => {
    const steps = flowOf([
      "A->>B: one",
      "Note over A: n",
      "B->>A: two",
      "opt guard",
      "A->>B: three",
      "end",
      "B->>A: four",
    ]);
    const at = { at: drawn(steps).items.flatMap((item) => (item.type === "step" ? item.hops : []))[0] ?? "" };
    const marks = [
      { kind: "divider" as const, text: "d", ...at },
      { kind: "state" as const, on: "A", text: "s", ...at },
      ...(steps.marks ?? []),
    ];
    const flow = { ...steps, marks };
    const before = drawn(flow);
    for (const text of ["d", "s"])
      for (let below = -1; below < before.items.length; below++) {
        const self = before.items.findIndex((item) => word(item) === text);
        const aside = asideOf(before.items[self]);
        if (aside === undefined) throw new Error("no mark");
        const words = before.items.map(word);
        // A note that names no mark stands right below its step, over the marks there.
        if (before.items[below + 1]?.type === "note") continue;
        const index = below < self ? below + 1 : below;
        const wanted = below === self ? words : words.toSpliced(self, 1).toSpliced(index, 0, text);
        expect(told(changed(flow, moveAside(flow, before, aside, below)))).toEqual(wanted);
      }
  });

  test("a note goes over other lifelines, by all of it or by an end, and never beyond the picture", () => {
    const flow = flowOf(["participant A", "participant B", "participant C", "A->>B: one", "Note over A,B: n"]);
    const before = drawn(flow);
    const note = before.items.find((item) => item.type === "note") as NoteItem;
    expect(shiftedOver(before, note, 1)).toEqual(["B", "C"]);
    expect(shiftedOver(before, note, 5)).toEqual(["B", "C"]);
    expect(shiftedOver(before, note, -1)).toEqual(["A", "B"]);
    expect(stretchedOver(before, note, "right", "C")).toEqual(["A", "B", "C"]);
    expect(stretchedOver(before, note, "right", "A")).toEqual(["A"]);
    expect(stretchedOver(before, note, "left", "C")).toEqual(["B"]);
    const aside = { list: "notes", index: 0 } as const;
    const row = before.items.indexOf(note);
    expect(moveAside(flow, before, aside, row, ["A", "B"])).toBeUndefined();
    const moved = changed(flow, moveAside(flow, before, aside, row, ["B", "C"]));
    expect(moved.notes?.[0]?.over).toEqual(["B", "C"]);
  });

  test("it is known again where it came to stand", () => {
    const flow = flowOf(["A->>B: one", "Note over A: x", "B->>A: two", "Note over A: y"]);
    const aside = { list: "notes", index: 0 } as const;
    const edit = moveAside(flow, drawn(flow), aside, 3);
    if (edit === undefined) throw new Error("no edit");
    expect(changed(flow, edit).notes?.[movedTo(aside, edit).index]?.text).toBe("x");
  });

  test("a note is written, emptied, coloured and taken away", () => {
    const flow = flowOf(["A->>B: one", "Note over A: x"]);
    const aside = { list: "notes", index: 0 } as const;
    expect(rewordNote(flow, 0, "x")).toBeUndefined();
    expect(changed(flow, rewordNote(flow, 0, "z")).notes?.[0]?.text).toBe("z");
    expect(told(changed(flow, rewordNote(flow, 0, "")))).toEqual(["one"]);
    const teal = changed(flow, colourAside(flow, aside, "teal"));
    expect(teal.notes?.[0]?.colour).toBe("teal");
    expect(changed(teal, colourAside(teal, aside, null))).toEqual(flow);
    expect(told(changed(flow, removeAside(flow, aside)))).toEqual(["one"]);
  });
});

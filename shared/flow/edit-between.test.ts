import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryFlow } from "../../test/arbitrary-flow.ts";
import { apply } from "./edit.ts";
import { editBetween } from "./edit-between.ts";
import { type Flow, flowSchema } from "./flow.ts";

const everything: Flow = flowSchema.parse(
  JSON.parse(readFileSync(new URL("../../test/old-files/v1/every-field.flow.json", import.meta.url), "utf8")),
);
const least: Flow = flowSchema.parse(
  JSON.parse(readFileSync(new URL("../../test/old-files/v1/least.flow.json", import.meta.url), "utf8")),
);

describe("ED20: the edit between two documents", () => {
  it("makes the one of the other, whatever they hold", () => {
    const some = fc.oneof(arbitraryFlow, fc.constantFrom(everything, least));
    fc.assert(
      fc.property(some, some, (before, after) => {
        expect(apply(before, editBetween(before, after))).toEqual({ ok: true, value: after });
      }),
    );
  });

  it("touches nothing that both share", () => {
    expect(editBetween(everything, structuredClone(everything))).toEqual({ kind: "group", edits: [] });
    const [first, ...others] = everything.notes ?? [];
    if (first === undefined) throw new Error("there are notes");
    const after: Flow = { ...everything, notes: [...others, first] };
    const edit = editBetween(everything, after);
    expect(edit.kind === "group" && edit.edits.every((one) => one.kind !== "set" && one.list === "notes")).toBe(true);
  });
});

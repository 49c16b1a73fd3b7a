import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryFlow } from "../../test/arbitrary-flow.ts";
import { apply, singles } from "./edit.ts";
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

  it("changes a script where a choice differs, and its variant where more does or its id is not its alone", () => {
    const choice = (label: string) => ({ kind: "inject" as const, from: "a", to: "b", message: { label } });
    const variant = (id: string, ...labels: string[]) => ({ id, title: "T", script: labels.map(choice) });
    const flowOf = (...variants: ReturnType<typeof variant>[]): Flow => ({ ...least, variants });
    const kindsOf = (before: Flow, after: Flow) => {
      const edit = editBetween(before, after);
      expect(apply(before, edit)).toEqual({ ok: true, value: after });
      return singles(edit).map((one) => (one.kind === "set" ? one.field : `${one.kind} ${one.list} ${one.variant}`));
    };
    const [one, two] = [variant("one", "x", "y", "z"), variant("two", "x")];
    expect(kindsOf(flowOf(one, two), flowOf(variant("one", "x", "other", "z"), two))).toEqual(["replace script one"]);
    expect(kindsOf(flowOf(two, one), flowOf(two, variant("one", "x", "z")))).toEqual(["remove script one"]);
    const renamed = { ...variant("one", "x"), title: "Other" };
    expect(kindsOf(flowOf(one), flowOf(renamed))).toEqual(["replace variants undefined"]);
    expect(kindsOf(flowOf(one, one), flowOf(one, variant("one", "x")))).toEqual(["replace variants undefined"]);
    const long = (word: string) => variant("one", ...Array.from({ length: 150 }, (_, i) => `${word} ${i}`));
    expect(kindsOf(flowOf(long("a")), flowOf(long("b")))).toEqual(["replace variants undefined"]);
  });
});

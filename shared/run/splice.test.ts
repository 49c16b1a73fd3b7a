import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apply, invert } from "../flow/edit.ts";
import type { Flow, Variant } from "../flow/flow.ts";
import type { Choice } from "./choice.ts";
import { type Splice, spliceScript } from "./splice.ts";
import { wholeScript } from "./tree.ts";

const choice = (label: string): Choice => ({ kind: "inject", from: "a", to: "b", message: { label } });

const flowOf = (variants: Flow["variants"]): Flow => ({
  format: "callflow",
  version: 1,
  title: "Variants",
  scenario: { participants: [] },
  variants,
});

const labels = (flow: Flow, variant: string): readonly string[] => {
  const script = wholeScript(flow, variant);
  if (!script.ok) throw new Error(script.failure.message);
  return script.value.map((one) => (one.kind === "inject" ? one.message.label : one.kind));
};

function spliced(flow: Flow, variant: string, ...splices: Splice[]): Flow {
  const edits = spliceScript(flow, variant, splices);
  if (!edits.ok) throw new Error(edits.failure.message);
  const after = apply(flow, { kind: "group", edits: edits.value });
  if (!after.ok) throw new Error(after.failure.message);
  return after.value;
}

const family = flowOf([
  { id: "main", title: "Main", script: ["m0", "m1", "m2", "m3"].map(choice) },
  { id: "child", title: "Child", branch: { from: "main", keep: 2 }, script: ["c2", "c3"].map(choice) },
  { id: "grandchild", title: "Grandchild", branch: { from: "child", keep: 3 }, script: ["g3"].map(choice) },
]);

describe("I6: a change of the shared part reaches every variant below", () => {
  it("changes the ancestor that holds the place, and moves the forks below", () => {
    const after = spliced(family, "grandchild", { at: 1, remove: 0, insert: [choice("new")] });
    expect(labels(after, "main")).toEqual(["m0", "new", "m1", "m2", "m3"]);
    expect(labels(after, "child")).toEqual(["m0", "new", "m1", "c2", "c3"]);
    expect(labels(after, "grandchild")).toEqual(["m0", "new", "m1", "c2", "g3"]);
  });

  it("keeps to the variant what is put at its own fork", () => {
    const after = spliced(family, "child", { at: 2, remove: 0, insert: [choice("new")] });
    expect(labels(after, "main")).toEqual(["m0", "m1", "m2", "m3"]);
    expect(labels(after, "child")).toEqual(["m0", "m1", "new", "c2", "c3"]);
    expect(labels(after, "grandchild")).toEqual(["m0", "m1", "new", "c2", "g3"]);
  });

  it("is the variants' together where it comes before they part, wherever the one is from that is changed", () => {
    const put = (variant: string, isAbove: (id: string) => boolean) => {
      const edits = spliceScript(family, variant, [{ at: 2, remove: 0, insert: [choice("new")] }], isAbove);
      const after = edits.ok ? apply(family, { kind: "group", edits: edits.value }) : undefined;
      if (after?.ok !== true) throw new Error("the splice fits");
      return ["main", "child", "grandchild"].map((id) => labels(after.value, id).join(" "));
    };
    const all = ["m0 m1 new m2 m3", "m0 m1 new c2 c3", "m0 m1 new c2 g3"];
    for (const { id } of family.variants) expect(put(id, () => true)).toEqual(all);
    expect(put("main", (id) => id === "main")).toEqual(["m0 m1 new m2 m3", "m0 m1 c2 c3", "m0 m1 c2 g3"]);
  });

  it("reaches a variant by itself where the one between does not have it", () => {
    const flow = flowOf([
      { id: "main", title: "Main", script: ["m0", "m1"].map(choice) },
      { id: "early", title: "Early", branch: { from: "main", keep: 1 }, script: ["e1"].map(choice) },
      { id: "late", title: "Late", branch: { from: "early", keep: 1 }, script: ["l1"].map(choice) },
      { id: "later", title: "Later", branch: { from: "late", keep: 2 }, script: ["r2"].map(choice) },
    ]);
    const isAbove = (id: string) => id !== "early";
    const edits = spliceScript(flow, "main", [{ at: 1, remove: 0, insert: [choice("new")] }], isAbove);
    const after = edits.ok ? apply(flow, { kind: "group", edits: edits.value }) : undefined;
    if (after?.ok !== true) throw new Error("the splice fits");
    expect(flow.variants.map(({ id }) => labels(after.value, id).join(" "))).toEqual([
      "m0 new m1",
      "m0 e1",
      "m0 new l1",
      "m0 new l1 r2",
    ]);
  });

  it("removes across a fork", () => {
    const after = spliced(family, "child", { at: 1, remove: 2, insert: [choice("x")] });
    expect(labels(after, "main")).toEqual(["m0", "x", "m2", "m3"]);
    expect(labels(after, "child")).toEqual(["m0", "x", "c3"]);
  });

  it("says which place the script does not have", () => {
    const wrong = spliceScript(family, "child", [{ at: 9, remove: 0, insert: [] }]);
    expect(wrong).toMatchObject({ ok: false, failure: { message: expect.stringContaining("no place 9") } });
  });
});

/** Trees of up to five variants whose choices all differ. */
const trees = fc
  .array(fc.record({ parent: fc.nat(), keep: fc.nat(), length: fc.nat(4) }), { minLength: 1, maxLength: 5 })
  .map((shapes) => {
    const variants: Variant[] = [];
    for (const [i, { parent, keep, length }] of shapes.entries()) {
      const script = Array.from({ length }, (_, n) => choice(`v${i}.${n}`));
      const from = i === 0 ? undefined : variants[parent % i];
      if (from === undefined) variants.push({ id: "v0", title: "v0", script });
      else {
        const whole = labels(flowOf(variants), from.id).length;
        variants.push({ id: `v${i}`, title: `v${i}`, branch: { from: from.id, keep: keep % (whole + 1) }, script });
      }
    }
    return flowOf(variants);
  });

describe("I6: properties", () => {
  it("splices the whole script of the variant as asked, and can be taken back exactly", () => {
    fc.assert(
      fc.property(trees, fc.nat(), fc.nat(), fc.nat(3), fc.nat(3), (flow, which, where, remove, insert) => {
        const id = flow.variants[which % flow.variants.length]?.id ?? "";
        const before = labels(flow, id);
        const at = where % (before.length + 1);
        const removed = Math.min(remove, before.length - at);
        const added = Array.from({ length: insert }, (_, n) => `new${n}`);
        const edits = spliceScript(flow, id, [{ at, remove: removed, insert: added.map(choice) }]);
        if (!edits.ok) throw new Error(edits.failure.message);
        const group = { kind: "group", edits: edits.value } as const;
        const after = apply(flow, group);
        const inverse = invert(flow, group);
        if (!after.ok || !inverse.ok) throw new Error("the edit fits");
        expect(labels(after.value, id)).toEqual(before.toSpliced(at, removed, ...added));
        expect(apply(after.value, inverse.value)).toEqual({ ok: true, value: flow });
        for (const other of flow.variants) {
          // Whatever was not taken away is still in every variant, in its order.
          const gone = new Set(before.slice(at, at + removed));
          const kept = labels(flow, other.id).filter((label) => !gone.has(label));
          expect(labels(after.value, other.id).filter((label) => !label.startsWith("new"))).toEqual(kept);
        }
      }),
    );
  });
});

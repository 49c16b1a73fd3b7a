import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Choice } from "../run/choice.ts";
import { wholeScript } from "../run/tree.ts";
import { apply, type Edit, invert } from "./edit.ts";
import type { Flow, Variant } from "./flow.ts";
import type { Result } from "./result.ts";
import {
  descendantsOf,
  describeVariant,
  duplicateVariant,
  makeMain,
  moveVariant,
  pruneVariant,
} from "./variant-edits.ts";

const act = (what: string): Choice => ({ kind: "stimulate", participant: "a", stimulus: "send", what });

/** A tree of variants: each but the first leaves one before it, somewhere in its script. */
const flows = fc
  .array(
    fc.record({ from: fc.nat(), keep: fc.nat(), own: fc.array(fc.constantFrom("x", "y", "z"), { maxLength: 4 }) }),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  .map((made): Flow => {
    const lengths: number[] = [];
    const variants = made.map(({ from, keep, own }, at): Variant => {
      const parent = at === 0 ? undefined : from % at;
      const kept = parent === undefined ? 0 : keep % ((lengths[parent] ?? 0) + 1);
      lengths.push(kept + own.length);
      const branch = parent === undefined ? undefined : { branch: { from: `v${parent}`, keep: kept } };
      return { id: `v${at}`, title: `V${at}`, ...branch, script: own.map(act) };
    });
    return { format: "callflow", version: 1, title: "T", scenario: { participants: [] }, variants };
  });

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}
const scripts = (flow: Flow) =>
  new Map(flow.variants.map(({ id }) => [id, JSON.stringify(value(wholeScript(flow, id)))]));
const chosen = fc.tuple(flows, fc.nat());
const idIn = (flow: Flow, at: number) => flow.variants[at % flow.variants.length]?.id ?? "";

/** After the edit what `expected` says; taken back, exactly the document before. */
function holds(flow: Flow, edit: Result<Edit>, expected: (after: Flow) => void): void {
  if (!edit.ok) return;
  const after = value(apply(flow, edit.value));
  expected(after);
  expect(value(apply(after, value(invert(flow, edit.value))))).toEqual(flow);
}

describe("the tree of variants, edited", () => {
  it("B20 making a variant main or moving it changes no variant's choices, and can be undone", () => {
    fc.assert(
      fc.property(chosen, fc.constantFrom<-1 | 1>(-1, 1), ([flow, at], by) => {
        const id = idIn(flow, at);
        holds(flow, makeMain(flow, id), (after) => {
          expect(after.variants[0]?.id).toBe(id);
          expect(after.variants[0]?.branch).toBeUndefined();
          expect(scripts(after)).toEqual(
            new Map([...scripts(after).keys()].map((key) => [key, scripts(flow).get(key)])),
          );
          expect(after.variants.length).toBe(flow.variants.length);
        });
        holds(flow, moveVariant(flow, id, by), (after) => {
          expect(after.variants[0]).toEqual(flow.variants[0]);
          expect(after.variants.findIndex((v) => v.id === id)).not.toBe(at % flow.variants.length);
          expect(scripts(after).size).toBe(scripts(flow).size);
        });
      }),
    );
  });

  it("B21 a variant is pruned with all that descend from it, and no other; the main one never", () => {
    fc.assert(
      fc.property(chosen, ([flow, at]) => {
        const id = idIn(flow, at);
        const gone = new Set([id, ...descendantsOf(flow, id).map((variant) => variant.id)]);
        const edit = pruneVariant(flow, id);
        expect(edit.ok).toBe(id !== "v0");
        holds(flow, edit, (after) => {
          expect(after.variants).toEqual(flow.variants.filter((variant) => !gone.has(variant.id)));
        });
      }),
    );
  });

  it("B21 B22 what is written for a variant alone goes with it, and holds for its copy", () => {
    const only = ["v1"];
    const flow: Flow = {
      format: "callflow",
      version: 1,
      title: "T",
      scenario: { participants: [] },
      variants: [
        { id: "v0", title: "V0", script: [] },
        { id: "v1", title: "V1", branch: { from: "v0", keep: 0 }, script: [act("x")] },
      ],
      prose: [
        { at: "a>b x#1", text: "Both.", only: ["v0", "v1"] },
        { at: "a>b x#1", text: "One.", only },
      ],
      marks: [
        { kind: "fragment", id: "f", operator: "alt", only },
        { kind: "end", of: "f", only },
      ],
    };
    const copied = value(apply(flow, value(duplicateVariant(flow, "v1", "v2"))));
    expect(copied.prose?.map((entry) => entry.only)).toEqual([
      ["v0", "v1", "v2"],
      ["v1", "v2"],
    ]);
    expect(copied.marks?.map((mark) => mark.only)).toEqual([
      ["v1", "v2"],
      ["v1", "v2"],
    ]);
    const pruned = value(apply(flow, value(pruneVariant(flow, "v1"))));
    expect(pruned.prose).toEqual([{ at: "a>b x#1", text: "Both.", only: ["v0"] }]);
    expect(pruned.marks ?? []).toEqual([]);
    holds(flow, pruneVariant(flow, "v1"), () => {});
    holds(flow, duplicateVariant(flow, "v1", "v2"), () => {});
  });

  it("B22 a copy takes the same choices; a name is needed, an empty description is none", () => {
    fc.assert(
      fc.property(chosen, ([flow, at]) => {
        const id = idIn(flow, at);
        holds(flow, duplicateVariant(flow, id, "copy"), (after) => {
          expect(scripts(after).get("copy")).toBe(scripts(flow).get(id));
          expect(after.variants[0]).toEqual(flow.variants[0]);
        });
        holds(flow, describeVariant(flow, id, { title: " N ", description: "d" }), (after) => {
          const described = after.variants.find((variant) => variant.id === id);
          expect(described).toMatchObject({ title: "N", description: "d" });
          const plain = value(apply(after, value(describeVariant(after, id, { description: " " }))));
          expect(plain.variants.find((variant) => variant.id === id)).not.toHaveProperty("description");
        });
        expect(describeVariant(flow, id, { title: " " }).ok).toBe(false);
      }),
    );
  });
});

import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Flow, flowSchema, type Variant } from "../../shared/flow/flow.ts";
import { wholeScript } from "../../shared/run/tree.ts";
import { branchTo } from "../../shared/run/what-if.ts";
import { computeRun, whatIf } from "../engine/index.ts";
import { createRuns } from "./runs.ts";

const seed: Flow = flowSchema.parse(
  JSON.parse(readFileSync(new URL("../../flows/cpm/group-invitation.flow.json", import.meta.url), "utf8")),
);

const anyPlace = fc.record({ from: fc.nat(), turn: fc.nat(), what: fc.nat() });
type Place = typeof anyPlace extends fc.Arbitrary<infer Value> ? Value : never;

const ids = (flow: Flow) => flow.variants.map(({ id }) => id);

/** The script of a variant and its run, each computed from the start. */
function fromStart(flow: Flow, id: string) {
  const script = wholeScript(flow, id);
  if (!script.ok) throw new Error(script.failure.message);
  return { script: script.value, run: computeRun(flow.scenario, script.value) };
}

/** Some way on at a place of a variant. */
function otherWay(flow: Flow, { from, turn, what }: Place) {
  const parent = ids(flow)[from % flow.variants.length] ?? "";
  const { script, run } = fromStart(flow, parent);
  const ways = whatIf(flow.scenario, script, run, turn % (run.turns.length + 1), undefined, { each: 0, all: 0 });
  const way = ways[what % Math.max(1, ways.length)];
  return way && { parent, way };
}

/** The seed with a tree of variants, each leaving one before it somewhere. */
function treeOf(places: readonly Place[]): Flow {
  let flow: Flow = { ...seed, variants: seed.variants.slice(0, 1) };
  for (const [i, place] of places.entries()) {
    const found = otherWay(flow, place);
    if (found === undefined) continue;
    const variant: Variant = { id: `v${i}`, title: `${i}`, ...branchTo(found.way, found.parent) };
    flow = { ...flow, variants: [...flow.variants, variant] };
  }
  return flow;
}

describe("B29 the runs of a tree of variants", () => {
  it("after an edit above the forks are those that each whole script gives", () => {
    fc.assert(
      fc.property(fc.array(anyPlace, { minLength: 3, maxLength: 12 }), anyPlace, (places, edit) => {
        const flow = treeOf(places);
        const runs = createRuns();
        runs.ofAll(flow, ids(flow));
        // The edit puts another choice in place of the last one that a variant keeps of what happened before.
        const way = otherWay(flow, edit)?.way;
        const last = way?.script[way.keep];
        const at = edit.from % flow.variants.length;
        const variants = flow.variants.map((variant, i) => {
          if (i !== at || last === undefined) return variant;
          const place = edit.turn % (variant.script.length + 1);
          return { ...variant, script: variant.script.toSpliced(place, 1, last) };
        });
        const edited: Flow = { ...flow, variants };
        const computed = runs.ofAll(edited, ids(edited));
        for (const [i, id] of ids(edited).entries()) {
          const script = wholeScript(edited, id);
          expect(computed[i]).toEqual(script.ok ? { ok: true, value: fromStart(edited, id).run } : script);
        }
      }),
      { numRuns: 25 },
    );
  });

  it("stay the same objects where an edit does not reach", () => {
    const flow = treeOf([
      { from: 0, turn: 9, what: 1 },
      { from: 0, turn: 12, what: 2 },
    ]);
    const runs = createRuns();
    const before = runs.ofAll(flow, ids(flow));
    const variants = flow.variants.map((v, i) => (i === 1 ? { ...v, script: [...v.script].slice(0, -1) } : v));
    const after = runs.ofAll({ ...flow, variants }, ids(flow));
    const values = (results: typeof before) => results.map((result) => (result.ok ? result.value : undefined));
    expect(values(after)[0]).toBe(values(before)[0]);
    expect(values(after)[2]).toBe(values(before)[2]);
    expect(values(after)[1]).not.toBe(values(before)[1]);
  });
});

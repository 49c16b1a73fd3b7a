import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Flow, Variant } from "../flow/flow.ts";
import type { Choice } from "./choice.ts";
import { checkBranches, forks, wholeScript } from "./tree.ts";

const choice = (hop: string): Choice => ({ kind: "deliver", hop });
const choices = (...hops: string[]) => hops.map(choice);

function flowOf(...variants: Variant[]): Flow {
  return { format: "callflow", version: 1, title: "T", scenario: { participants: [] }, variants };
}

const variant = (id: string, script: Choice[], from?: string, keep = 0): Variant =>
  from === undefined ? { id, title: id, script } : { id, title: id, branch: { from, keep }, script };

const family = flowOf(
  variant("main", choices("m0", "m1", "m2", "m3")),
  variant("late", choices("l0"), "main", 3),
  variant("early", choices("e0", "e1"), "main", 1),
  variant("deep", choices("d0"), "early", 2),
  variant("shallow", choices("s0"), "early", 1),
  variant("after", choices("a0"), "main", 4),
);

const hops = (flow: Flow, id: string) => {
  const script = wholeScript(flow, id);
  if (!script.ok) return script.failure.message;
  return script.value.map((one) => ("hop" in one ? one.hop : ""));
};

const ids = ["a", "b", "c", "d", "e"];
const anyFamily = fc
  .tuple(
    ...ids.map((id) =>
      fc
        .record({
          own: fc.integer({ min: 0, max: 3 }),
          from: fc.option(fc.constantFrom(...ids, "z"), { nil: undefined }),
          keep: fc.integer({ min: 0, max: 4 }),
        })
        .map(({ own, from, keep }) =>
          variant(
            id,
            Array.from({ length: own }, (_, i) => choice(`${id}${i}`)),
            from,
            keep,
          ),
        ),
    ),
  )
  .map((variants) => flowOf(...variants));

describe("D22: a variant's whole script", () => {
  it.each([
    ["main", ["m0", "m1", "m2", "m3"]],
    ["late", ["m0", "m1", "m2", "l0"]],
    ["early", ["m0", "e0", "e1"]],
    ["deep", ["m0", "e0", "d0"]],
    ["shallow", ["m0", "s0"]],
    ["after", ["m0", "m1", "m2", "m3", "a0"]],
  ])("%s", (id, expected) => {
    expect(hops(family, id)).toEqual(expected);
  });

  it("is long or deep without overflowing", () => {
    const long = variant(
      "main",
      Array.from({ length: 200_000 }, (_, i) => choice(`h${i}`)),
    );
    const chain = Array.from({ length: 9000 }, (_, i) =>
      variant(`v${i}`, [choice("x")], i === 0 ? "main" : `v${i - 1}`, i + 1),
    );
    const flow = flowOf(long, ...chain);
    const script = wholeScript(flow, "v8999");
    expect(script.ok && script.value.length).toBe(9001);
    expect(checkBranches(flow)).toEqual([]);
  });
});

describe("D23: branches that lead nowhere", () => {
  const wrong = flowOf(
    variant("main", choices("m0")),
    variant("greedy", [], "main", 2),
    variant("orphan", [], "nobody", 0),
    variant("egg", [], "hen", 0),
    variant("hen", [], "egg", 0),
    variant("self", [], "self", 0),
    variant("chick", choices("c"), "egg", 0),
    variant("child", [], "greedy", 0),
  );

  it("are failures of one sentence", () => {
    expect(hops(wrong, "nobody")).toBe("The flow has no variant “nobody”.");
    expect(hops(wrong, "greedy")).toBe("The variant “greedy” keeps 2 choices of “main”, which has only 1.");
    expect(hops(wrong, "orphan")).toBe("The variant “orphan” branches from “nobody”, which the flow does not have.");
    expect(hops(wrong, "self")).toBe("The variant “self” descends from itself.");
    expect(hops(wrong, "chick")).toBe("The variant “egg” descends from itself.");
  });

  it("are told once, of the variant that is wrong itself", () => {
    expect(checkBranches(wrong).map(({ at, message }) => `${at}: ${message}`)).toEqual([
      "/variants/1/branch: variants[1].branch: The variant “greedy” keeps 2 choices of “main”, which has only 1.",
      "/variants/2/branch: variants[2].branch: The variant “orphan” branches from “nobody”, which the flow does not have.",
      "/variants/3/branch: variants[3].branch: The variant “egg” descends from itself.",
      "/variants/4/branch: variants[4].branch: The variant “hen” descends from itself.",
      "/variants/5/branch: variants[5].branch: The variant “self” descends from itself.",
    ]);
    expect(checkBranches(family)).toEqual([]);
  });

  it("are told exactly when some variant has no script", () => {
    fc.assert(
      fc.property(anyFamily, (flow) => {
        const broken = flow.variants.filter(({ id }) => !wholeScript(flow, id).ok);
        expect(checkBranches(flow).length > 0).toBe(broken.length > 0);
      }),
    );
  });
});

describe("D24: where variants fork", () => {
  it.each([
    [
      "main",
      [
        [1, "early", "shallow"],
        [3, "late"],
        [4, "after"],
      ],
    ],
    [
      "early",
      [
        [1, "main", "shallow"],
        [2, "deep"],
      ],
    ],
    [
      "deep",
      [
        [1, "main", "shallow"],
        [2, "early"],
      ],
    ],
    ["shallow", [[1, "main", "early"]]],
  ])("%s", (id, expected) => {
    expect(forks(family, id).map(({ at, variants }) => [at, ...variants])).toEqual(expected);
  });

  it("has roots part at the start, and nothing for a variant without a script", () => {
    const roots = flowOf(variant("one", choices("a")), variant("two", choices("b")), variant("bad", [], "two", 9));
    expect(forks(roots, "two")).toEqual([{ at: 0, variants: ["one"] }]);
    expect(forks(roots, "bad")).toEqual([]);
    expect(forks(roots, "nobody")).toEqual([]);
  });

  it("is where both scripts are the same so far", () => {
    fc.assert(
      fc.property(anyFamily, (flow) => {
        for (const { id } of flow.variants) {
          const mine = wholeScript(flow, id);
          if (!mine.ok) continue;
          for (const fork of forks(flow, id)) {
            expect(fork.at).toBeLessThanOrEqual(mine.value.length);
            for (const other of fork.variants) {
              const theirs = wholeScript(flow, other);
              expect(theirs.ok && theirs.value.slice(0, fork.at)).toEqual(mine.value.slice(0, fork.at));
            }
          }
        }
      }),
    );
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type HopSpec, handMadeRun } from "../../test/hand-made-run.ts";
import { project } from "../diagram/project.ts";
import type { Flow } from "../flow/flow.ts";
import { compare, type Side } from "./compare.ts";
import type { Comparison } from "./comparison.ts";
import { summary } from "./summary.ts";

const ids = ["a", "b", "c", "d"];

function side(specs: readonly HopSpec[], change: Partial<Flow> = {}): Side {
  const flow: Flow = {
    format: "callflow",
    version: 1,
    title: "A flow",
    scenario: { participants: ids.map((id) => ({ id, name: `Proxy ${id}`, role: "other" as const })) },
    variants: [{ id: "main", title: "Main", script: [] }],
    ...change,
  };
  const run = handMadeRun(specs);
  return { flow, variant: "main", run, diagram: project(flow, run, { level: "sip", relays: "each" }) };
}

const base: readonly HopSpec[] = [
  { edge: "a>b", method: "INVITE" },
  { edge: "b>c", method: "INVITE", cause: 0 },
  { edge: "b>d", method: "INVITE", cause: 0 },
  { edge: "c>b", method: "INVITE", status: 180, cause: 1 },
];

/** Each sent only when the one before it has arrived. */
const inTurn = (specs: readonly HopSpec[]): readonly HopSpec[] => specs.map((spec, sent) => ({ ...spec, sent }));

const numbers = (steps: readonly { readonly number: string }[]) => steps.map(({ number }) => number);

const mirrored = (comparison: Comparison): Comparison => {
  const swap = <T extends { readonly a?: unknown; readonly b?: unknown }>({ a, b, ...rest }: T) => ({
    ...rest,
    ...(b === undefined ? undefined : { a: b }),
    ...(a === undefined ? undefined : { b: a }),
  });
  const byA = (x: { a: { index: number } }, y: { a: { index: number } }) => x.a.index - y.a.index;
  const pairs = (list: readonly Comparison["pairs"][number][]) => list.map(swap).sort(byA as never);
  const { first } = comparison;
  return {
    ...comparison,
    ...(first === undefined ? undefined : { first: swap(first) }),
    pairs: pairs(comparison.pairs),
    moved: pairs(comparison.moved),
    renumbered: pairs(comparison.renumbered),
    changed: comparison.changed.map((one) => ({ ...swap(one), what: one.what.map(swap) })).sort(byA as never),
    onlyA: comparison.onlyB,
    onlyB: comparison.onlyA,
    document: comparison.document.map(swap),
  } as never;
};

const spec = fc.record({
  edge: fc.constantFrom("a>b", "b>c", "c>b", "b>d"),
  method: fc.constantFrom("INVITE", "BYE"),
  status: fc.option(fc.constantFrom(180, 200, 486), { nil: undefined }),
});

describe("compare", () => {
  test("B1: whatever it is, it is the same as itself", () => {
    fc.assert(
      fc.property(fc.array(spec, { maxLength: 20 }), (specs) => {
        const found = compare(side(specs), side(specs));
        expect(found).toMatchObject({ verdict: "same", onlyA: [], onlyB: [], moved: [], changed: [], document: [] });
        expect(found.first).toBeUndefined();
      }),
    );
  });

  test("B1: a flow is the same as itself", () => {
    expect(compare(side(base), side(base))).toMatchObject({ verdict: "same", moved: [], changed: [] });
  });

  test("B2: another order of independent messages is the same, reordered", () => {
    const other = [base[0], base[2], base[1], { ...base[3], cause: 2 }] as readonly HopSpec[];
    const found = compare(side(base), side(other));
    expect(found).toMatchObject({ verdict: "reordered", onlyA: [], onlyB: [], changed: [] });
    expect(found.moved).toHaveLength(1);
  });

  test("B3: a step that came in is only there, those after it are renumbered and not changed", () => {
    const other: readonly HopSpec[] = [
      ...base.slice(0, 3),
      { edge: "d>b", method: "INVITE", status: 180, cause: 2 },
      ...base.slice(3),
    ];
    const found = compare(side(base), side(other));
    expect(found.verdict).toBe("different");
    expect([numbers(found.onlyA), numbers(found.onlyB)]).toEqual([[], ["4"]]);
    expect(found.renumbered.map(({ a, b }) => [a.number, b.number])).toEqual([["4", "5"]]);
    expect(found.changed).toEqual([]);
  });

  test("B4: another code at one place is a change of that step", () => {
    const other = [...base.slice(0, 3), { ...base[3], status: 486 }] as readonly HopSpec[];
    const found = compare(side(base), side(other));
    expect(found.changed.map(({ a, what }) => [a.number, what.some(({ aspect }) => aspect === "code")])).toEqual([
      ["4", true],
    ]);
    expect(found.first?.b?.number).toBe("4");
  });

  test("B5: documents are compared by their elements", () => {
    const found = compare(side(base), side(base, { title: "Another", notes: [{ text: "New" }] }));
    expect(found.document.map(({ at }) => at)).toEqual(["notes at the beginning", "title"]);
    expect(found.verdict).toBe("different");
  });

  test("B6: exchanging the sides exchanges them in the result", () => {
    fc.assert(
      fc.property(fc.array(spec, { maxLength: 12 }), fc.array(spec, { maxLength: 12 }), (one, two) => {
        const [a, b] = [side(one), side(two)];
        expect(compare(b, a)).toEqual(mirrored(compare(a, b)));
      }),
    );
  });

  test("B2: whatever order independent messages take, it is the same, reordered", () => {
    const methods = ["INVITE", "BYE", "REFER", "NOTIFY"];
    const participants = methods.flatMap((method) =>
      [`${method}1`, `${method}2`].map((id) => ({ id, name: id, role: "other" as const })),
    );
    // A drawn request and its answer between two who have nothing to do with the others.
    const drawn = (order: readonly string[]): Side => {
      const specs = order.flatMap((method): HopSpec[] => [
        { edge: `${method}1>${method}2`, method, origin: "authored" },
        { edge: `${method}2>${method}1`, method, status: 200, origin: "authored" },
      ]);
      return side(inTurn(specs), { scenario: { participants } });
    };
    const order = fc.uniqueArray(fc.constantFrom(...methods), { minLength: 2 });
    fc.assert(
      fc.property(order, (order) => {
        const found = compare(drawn(order), drawn(order.toReversed()));
        expect(found).toMatchObject({ verdict: "reordered", onlyA: [], onlyB: [], changed: [] });
      }),
    );
  });

  test("B2: what meets on a lifeline is not independent of one another", () => {
    const authored = { origin: "authored" as const };
    const ask: HopSpec = { edge: "a>b", method: "INVITE", ...authored };
    const answer: HopSpec = { edge: "b>a", method: "INVITE", status: 200, ...authored };
    const found = compare(side(inTurn([ask, answer])), side(inTurn([answer, ask])));
    expect(found.verdict).toBe("different");
    expect(found.moved).toHaveLength(1);
  });

  test("B3: of messages that are alike, the one that came in is found where it stands", () => {
    const notify = (text: string): HopSpec => ({ edge: "a>b", method: text, origin: "authored" });
    const before = [notify("INVITE"), notify("ACK"), notify("INFO"), notify("BYE")];
    const after = [notify("INVITE"), notify("INFO"), notify("ACK"), notify("INFO"), notify("BYE")];
    const found = compare(side(inTurn(before)), side(inTurn(after)));
    expect([numbers(found.onlyA), numbers(found.onlyB), found.moved, found.changed]).toEqual([[], ["2"], [], []]);
  });

  test("B5: participants of another id and name are the same where they stand at the same place", () => {
    const renamed = (text: string) => text.replaceAll(/\b([a-d])\b/g, "new$1");
    const participants = ids.map((id) => ({ id: renamed(id), name: `Server ${id}`, role: "other" as const }));
    const specs = base.map((spec) => ({ ...spec, edge: renamed(spec.edge) }));
    const found = compare(side(base), side(specs, { scenario: { participants } }));
    expect(found).toMatchObject({ onlyA: [], onlyB: [], changed: [], moved: [] });
    // What refers to them refers to the same.
    expect(
      found.document.map(({ at, a, b }) => [at.split(" ")[0], Object.keys({ ...(a as object), ...(b as object) })]),
    ).toEqual(ids.map(() => ["participants", ["id", "name", "role"]]));
    const only = ids.map((id) => ({ id: renamed(id), name: `Proxy ${id}`, role: "other" as const }));
    const notes = (of: (id: string) => string) => ({
      notes: [{ at: `${of("a")}>${of("b")} INVITE#1`, text: "A note" }],
    });
    const [before, after] = [
      side(
        base,
        notes((id) => id),
      ),
      side(specs, { scenario: { participants: only }, ...notes((id) => `new${id}`) }),
    ];
    expect(compare(before, after)).toMatchObject({ verdict: "same", document: [] });
  });

  test("B5: the script of the variant compared is told by its run; the order of a list counts", () => {
    const script = [{ kind: "stimulate" as const, participant: "a", stimulus: "invite" as const }];
    const other = side(base, { variants: [{ id: "main", title: "Main", script }] });
    expect(compare(side(base), other).verdict).toBe("same");
    const participants = ids.toReversed().map((id) => ({ id, name: `Proxy ${id}`, role: "other" as const }));
    const found = compare(side(base), side(base, { scenario: { participants } }));
    expect(found.document.map(({ at }) => at)).toEqual(["order of participants"]);
  });

  test("B7: the summary names the first step that differs and what was changed", () => {
    const other = [...base.slice(0, 3), { ...base[3], edge: "d>b", cause: 2 }] as readonly HopSpec[];
    const [a, b] = [side(base), side(other)];
    const said = summary(compare(a, b), a, b);
    expect(said[0]).toContain("From step 4 ");
    expect(said[0]).toContain("Proxy d sends “180 Ringing” to Proxy b instead of Proxy c");
  });
});

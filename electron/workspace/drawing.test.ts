import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apply, invert } from "../../shared/flow/edit.ts";
import { type Flow, flowSchema } from "../../shared/flow/flow.ts";
import type { Choice } from "../../shared/run/choice.ts";
import type { Gesture } from "../../shared/run/gesture.ts";
import { wholeScript } from "../../shared/run/tree.ts";
import { computeRun } from "../engine/index.ts";
import { drawingEdit, drawingWith, splicesBetween } from "./drawing.ts";

const group: Flow = flowSchema.parse(
  JSON.parse(readFileSync(new URL("../../flows/cpm/group-invitation.flow.json", import.meta.url), "utf8")),
);

const drawn: Flow = {
  format: "callflow",
  version: 1,
  title: "Drawn",
  scenario: { participants: ["a", "b"].map((id) => ({ id, name: id, role: "other" as const })) },
  variants: [
    {
      id: "main",
      title: "Main",
      script: ["x", "x"].map((label): Choice => ({ kind: "inject", from: "a", to: "b", message: { label } })),
    },
  ],
  prose: [{ at: "a>b x#2", text: "The second one." }],
  notes: [{ at: "a>b x#1", text: "The first one." }],
  requirements: [{ id: "R1", level: "SHALL", text: "Twice.", steps: ["a>b x#1", "a>b x#2"] }],
};

function runOf(flow: Flow, variant: string) {
  const script = wholeScript(flow, variant);
  if (!script.ok) throw new Error(script.failure.message);
  return computeRun(flow.scenario, script.value);
}

function edited(flow: Flow, variant: string, gesture: Gesture): Flow {
  const named = drawingEdit(flow, variant, runOf(flow, variant), gesture);
  if (!named.ok) throw new Error(named.failure.message);
  const next = apply(flow, named.value.edit);
  const back = invert(flow, named.value.edit);
  if (!next.ok || !back.ok) throw new Error("the edit fits");
  expect(apply(next.value, back.value)).toEqual({ ok: true, value: flow });
  return next.value;
}

describe("I7: what is written about a message follows it", () => {
  it("when a message of its kind is drawn before it", () => {
    const message = { from: "a", to: "b", message: { label: "x" } };
    const after = edited(drawn, "main", { kind: "draw", after: null, messages: [message] });
    expect(after.prose?.[0]?.at).toBe("a>b x#3");
    expect(after.notes?.[0]?.at).toBe("a>b x#2");
    expect(after.requirements?.[0]?.steps).toEqual(["a>b x#2", "a>b x#3"]);
  });

  it("when it is called something else, or goes elsewhere", () => {
    const called = edited(drawn, "main", { kind: "relabel", hop: "a>b x#2", message: { label: "y" } });
    expect(called.prose?.[0]?.at).toBe("a>b y#1");
    const both = edited(drawn, "main", {
      kind: "rename",
      changes: ["a>b x#2", "a>b x#1"].map((hop) => ({ hop, message: { label: "y" } })),
    });
    expect([both.prose?.[0]?.at, both.notes?.[0]?.at]).toEqual(["a>b y#2", "a>b y#1"]);
    const routed = edited(drawn, "main", { kind: "reroute", hop: "a>b x#1", from: "b", to: "a" });
    expect(routed.notes?.[0]?.at).toBe("b>a x#1");
    expect(routed.prose?.[0]?.at).toBe("a>b x#1");
  });
});

describe("I26: fragments stay when their steps go", () => {
  it("with their frames after what is left before them", () => {
    const framed: Flow = {
      ...drawn,
      marks: [
        { kind: "fragment", id: "f", operator: "opt", at: "a>b x#1" },
        { kind: "end", id: "e", of: "f", at: "a>b x#2" },
      ],
    };
    const one = edited(framed, "main", { kind: "erase", hops: ["a>b x#2"] });
    expect(one.marks?.map(({ at }) => at)).toEqual(["a>b x#1", "a>b x#1"]);
    const none = edited(framed, "main", { kind: "erase", hops: ["a>b x#1", "a>b x#2"] });
    expect(none.marks?.map(({ at }) => at)).toEqual([undefined, undefined]);
    expect(none.marks?.map(({ kind }) => kind)).toEqual(["fragment", "end"]);
  });
});

describe("I6: an edit above a fork reaches every variant below it", () => {
  it("in a bundled flow", () => {
    const children = group.variants.filter(({ branch }) => branch?.from === "main" && branch.keep > 0);
    expect(children.length).toBeGreaterThan(0);
    const message = { from: "cfX", to: "coreX", message: { label: "drawn" } };
    const after = edited(group, "main", { kind: "draw", after: null, messages: [message] });
    for (const { id } of [group.variants[0], ...children].filter((one) => one !== undefined))
      expect(runOf(after, id).hops[0]?.message.name, id).toBe("drawn");
  });

  it("wherever above the fork it is made, and from whichever variant, though no choice stands between", () => {
    const main = runOf(group, "main");
    for (const { id: from } of group.variants)
      for (const hop of ["coreX>coreB INVITE#1", "coreB>clientB1 INVITE#1"]) {
        const message = { from: "cfX", to: "coreX", message: { label: "drawn" } };
        const after = edited(group, from, { kind: "draw", after: hop, messages: [message] });
        for (const { id } of group.variants) {
          const { hops, end } = runOf(after, id);
          const at = hops.findIndex(({ name }) => name === hop);
          expect([from, id, end, hops[at + 1]?.message.name]).toEqual([from, id, "rest", "drawn"]);
          // What came before is there as it was.
          expect(hops.length).toBe(runOf(group, id).hops.length + 1);
        }
      }
    // What only some variants come to reaches those that share it.
    const ok1 = main.hops.find(({ from, message }) => from === "clientB1" && message.status === 200)?.name ?? "";
    const after = edited(group, "main", { kind: "relabel", hop: ok1, message: { label: "changed" } });
    const having = group.variants.filter(({ id }) =>
      runOf(after, id).hops.some(({ name, message }) => name === ok1 && message.name === "changed"),
    );
    expect(having.map(({ id }) => id)).toEqual(["main", "crossing"]);
  });

  it("but not one that has parted before it, also where both leave at the same choice", () => {
    const keepers = group.variants.filter(({ branch }) => branch?.keep === 1).map(({ id }) => id);
    expect(keepers.length).toBeGreaterThan(1);
    const last = runOf(group, "nobody-answers").hops.at(-1);
    const after = edited(group, "nobody-answers", {
      kind: "draw",
      after: last?.name ?? null,
      messages: [{ from: "cfX", to: "coreX", message: { label: "drawn" } }],
    });
    for (const { id } of group.variants)
      expect([id, runOf(after, id).hops.some(({ message }) => message.name === "drawn")]).toEqual([
        id,
        id === "nobody-answers",
      ]);
  });

  it("and every gesture on every variant can be taken back exactly", () => {
    for (const { id } of group.variants) {
      const run = runOf(group, id);
      for (const hop of run.hops.filter((_, i) => i % 5 === 0)) {
        edited(group, id, { kind: "erase", hops: [hop.name] });
        edited(group, id, { kind: "relabel", hop: hop.name, message: { label: "other" } });
        edited(group, id, { kind: "reroute", hop: hop.name, from: hop.to, to: hop.from });
      }
    }
  });
});

describe("I8: the places at which two scripts differ", () => {
  it("make the one of the other", () => {
    const pool = Array.from({ length: 8 }, (_, i): Choice => ({ kind: "lose", hop: `a>b x#${i}` }));
    const some = fc.shuffledSubarray(pool);
    fc.assert(
      fc.property(some, some, (before, after) => {
        let made: readonly Choice[] = before;
        for (const { at, remove, insert } of splicesBetween(before, after).toReversed())
          made = made.toSpliced(at, remove, ...insert);
        expect(made).toEqual(after);
      }),
    );
  });
});

describe("I9: messages that are pasted", () => {
  it("bring the participants along that the flow does not have, in the same edit", () => {
    const gesture: Gesture = {
      kind: "draw",
      after: "a>b x#2",
      messages: [{ from: "c", to: "a", message: { label: "from elsewhere" } }],
      participants: [{ id: "c", name: "Somebody Else" }],
    };
    const after = edited(drawn, "main", gesture);
    expect(after.scenario.participants.at(-1)).toEqual({ id: "c", name: "Somebody Else", role: "other" });
    expect(runOf(after, "main").hops.at(-1)?.name).toBe("c>a from elsewhere#1");
  });
});

describe("WD52: words and names of messages are replaced as one", () => {
  it("by an edit with one name, which is taken back exactly", () => {
    const words = { kind: "set", field: "title", value: "Drawn y" } as const;
    const rename = { kind: "rename", changes: [{ hop: "a>b x#2", message: { label: "y" } }] } as const;
    const both = drawingWith(drawn, "main", runOf(drawn, "main"), rename as unknown as Gesture, {
      label: "Replace “x”",
      edit: words,
    });
    if (!both.ok) throw new Error(both.failure.message);
    expect(both.value.label).toBe("Replace “x”");
    const after = apply(drawn, both.value.edit);
    if (!after.ok) throw new Error(after.failure.message);
    expect(after.value.title).toBe("Drawn y");
    expect(after.value.prose?.[0]?.at).toBe("a>b y#1");
    const back = invert(drawn, both.value.edit);
    expect(back.ok && apply(after.value, back.value)).toEqual({ ok: true, value: drawn });
  });
});

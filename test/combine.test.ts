import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { areIndependent, computeRun, rules } from "../electron/engine/index.ts";
import { takeApart } from "../shared/combine/apart.ts";
import { combine } from "../shared/combine/combine.ts";
import { holdsWays } from "../shared/combine/parts.ts";
import type { Way } from "../shared/combine/ways.ts";
import type { Diagram, Step } from "../shared/diagram/diagram.ts";
import { project } from "../shared/diagram/project.ts";
import { stepsOf } from "../shared/diagram/steps-of.ts";
import { type Flow, flowSchema } from "../shared/flow/flow.ts";
import { checkReferences } from "../shared/flow/references.ts";
import type { Choice } from "../shared/run/choice.ts";
import { wholeScript } from "../shared/run/tree.ts";

const known = new Map(rules().map((rule) => [rule.id, rule]));

function runOf(flow: Flow, variant: string) {
  const script = wholeScript(flow, variant);
  if (!script.ok) throw new Error(script.failure.message);
  return computeRun(flow.scenario, script.value);
}

function wayOf(flow: Flow, id: string): Way {
  const variant = flow.variants.find((one) => one.id === id);
  const run = runOf(flow, id);
  const { title = "", description } = variant ?? {};
  const words = { id, title, ...(description !== undefined && { description }) };
  return { ...words, run, diagram: project(flow, run, flow.view ?? {}, known, id) };
}

function combined(flow: Flow, ids: readonly string[], numbering: "continued" | "restarted" = "continued") {
  const ways = ids.map((id) => wayOf(flow, id));
  const made = combine(flow, ways, {
    view: flow.view ?? {},
    numbering,
    areIndependent: (a, b) => areIndependent(flow.scenario, a, b),
  });
  if (!made.ok) throw new Error(made.failure.message);
  return { ways, ...made.value, drawn: wayOf(made.value.flow, "combined").diagram };
}

function apart(flow: Flow, variant = "combined"): Flow {
  const index = (flow.marks ?? []).findIndex(({ kind, ...mark }) => kind === "fragment" && "operator" in mark);
  return oneApart(flow, variant, index, false);
}

function oneApart(flow: Flow, variant: string, index: number, alone: boolean): Flow {
  const compute = (script: readonly Choice[]) => computeRun(flow.scenario, script);
  const taken = takeApart(flow, variant, runOf(flow, variant), index, compute, alone);
  if (!taken.ok) throw new Error(taken.failure.message);
  return taken.value;
}

/** The fragments in the picture of each variant that may be taken apart. */
const takeable = (flow: Flow) =>
  flow.variants.flatMap(({ id }) =>
    wayOf(flow, id).diagram.items.flatMap((item) =>
      item.type === "fragment" && item.mark !== undefined && holdsWays(flow.marks?.[item.mark])
        ? [{ variant: id, index: item.mark }]
        : [],
    ),
  );

/** Takes one fragment apart after another, inner and outer ones as they come, until none is left. */
function apartOneByOne(flow: Flow, picks: readonly number[], alone: boolean): Flow {
  let next = flow;
  for (let i = 0; ; i++) {
    const all = takeable(next);
    const pick = all[(picks[i % picks.length] ?? 0) % all.length];
    if (pick === undefined) return next;
    next = oneApart(next, pick.variant, pick.index, alone);
    expect(checkReferences(next)).toEqual([]);
  }
}

/** What a reader sees of a step. */
const seen = ({ from, to, label, line, lost, state, number, sentBefore, index }: Step) => ({
  from,
  to,
  label,
  line,
  lost,
  state,
  number,
  crosses: sentBefore === undefined ? undefined : index - sentBefore,
});
const told = ({ paragraphs }: Diagram) => paragraphs.map(({ label, text }) => `${label} ${text}`);

const bundled = ["cpm", "sip"].flatMap((folder) =>
  readdirSync(new URL(`../flows/${folder}/`, import.meta.url)).map((file) => {
    const flow = flowSchema.parse(
      JSON.parse(readFileSync(new URL(`../flows/${folder}/${file}`, import.meta.url), "utf8")),
    );
    return [file.replace(".flow.json", ""), flow] as const;
  }),
);
const several = bundled.filter(([, { variants }]) => variants.length > 1);
const group = bundled.find(([name]) => name === "group-invitation")?.[1] as Flow;

/** Every variant of `ways` is a variant of `after` again: its name, its steps in order, what is told of them. */
function expectSame(ways: readonly Way[], after: Flow) {
  expect(after.variants.map(({ id, title, description }) => ({ id, title, description })).toSorted(byId)).toEqual(
    ways.map(({ id, title, description }) => ({ id, title, description })).toSorted(byId),
  );
  for (const { id, diagram } of ways) {
    const again = wayOf(after, id).diagram;
    expect(stepsOf(again).map(seen)).toEqual(stepsOf(diagram).map(seen));
    expect(told(again)).toEqual(told(diagram));
  }
}
const byId = (a: { readonly id: string }, b: { readonly id: string }) => a.id.localeCompare(b.id);

describe("combining", () => {
  test.each(several)("B60 B61 B66 %s: combined and taken apart, the variants are what they were", (_, flow) => {
    for (const numbering of ["continued", "restarted"] as const) {
      const { ways, flow: made } = combined(
        flow,
        flow.variants.map(({ id }) => id),
        numbering,
      );
      expect(flowSchema.parse(made)).toEqual(made);
      expect(checkReferences(made)).toEqual([]);
      const after = apart(made);
      expect(flowSchema.parse(after)).toEqual(after);
      expect(checkReferences(after)).toEqual([]);
      expectSame(ways, after);
    }
  });

  test.each(several)("B76 %s: so they are when nested fragments are taken apart one at a time", (_, flow) => {
    const { ways, flow: made } = combined(
      flow,
      flow.variants.map(({ id }) => id),
    );
    for (const alone of [true, false])
      for (const picks of [[0], [1, 0], [3, 2, 1]]) {
        const after = apartOneByOne(made, picks, alone);
        expect(flowSchema.parse(after)).toEqual(after);
        expectSame(ways, after);
      }
  });

  test("B60 B61 B66 B76 so are any of them, in any order, and variants drawn by chance", () => {
    const chosen = fc.constantFrom(...several.map(([, flow]) => flow)).chain((flow) =>
      fc
        .shuffledSubarray(
          flow.variants.map(({ id }) => id),
          { minLength: 2 },
        )
        .map((ids) => ({ flow, ids })),
    );
    fc.assert(
      fc.property(
        fc.oneof(chosen, drawnFlows),
        fc.array(fc.nat(), { minLength: 1 }),
        fc.boolean(),
        ({ flow, ids }, picks, alone) => {
          const ways = ids.map((id) => wayOf(flow, id));
          const pictures = new Set(ways.map(({ diagram }) => JSON.stringify(stepsOf(diagram).map(seen))));
          fc.pre(pictures.size === ids.length);
          const { flow: made } = combined(flow, ids);
          expectSame(ways, apart(made));
          expectSame(ways, apartOneByOne(made, picks, alone));
        },
      ),
      { numRuns: 60 },
    );
  });
});

const marksOf = (flow: Flow) =>
  (flow.marks ?? []).flatMap((mark) =>
    mark.kind === "fragment"
      ? [`${mark.operator} ${mark.guard ?? ""}`]
      : mark.kind === "else"
        ? [`else ${mark.guard ?? ""}`]
        : [],
  );

/** Two in a session who each have something to say, in either order. */
const chatting = (first: string, second: string): Flow => {
  const say = (what: string): Choice => ({ kind: "stimulate", participant: what, stimulus: "send", what });
  const one = bundled.find(([name]) => name === "one-to-one")?.[1] as Flow;
  const clients = one.scenario.participants.filter(({ role }) => role === "client").map(({ id }) => id);
  const [from = "", to = ""] = clients;
  return {
    ...one,
    scenario: {
      ...one.scenario,
      sessions: [{ id: "talk", from, to }],
      invitations: [],
      chats: clients.map((id) => ({ id, session: "talk", from: id, text: `From ${id}` })),
    },
    variants: [
      { id: "main", title: "A first", script: [first, second].map(say) },
      { id: "other", title: "B first", script: [second, first].map(say) },
    ],
  };
};

describe("what a fragment is", () => {
  test("B61 B62 an alt with what decides, an inner one for a variant of a variant", () => {
    const { flow } = combined(group, ["main", "b2-first", "crossing"]);
    expect(marksOf(flow)).toEqual([
      "alt CPM Client B1 accepts",
      "alt unless CPM Client B2 accepts",
      "else CPM Client B2 accepts",
      "else CPM Client B2 accepts",
    ]);
  });

  test("B61 an opt where of two ways one goes no further", () => {
    const own = { kind: "inject", from: "clientB1", to: "clientB2", message: { label: "More" } } as const;
    const main = group.variants[0] as Flow["variants"][number];
    const more = { id: "more", title: "More", branch: { from: "main", keep: main.script.length }, script: [own] };
    const { ways, flow } = combined({ ...group, variants: [main, more] }, ["main", "more"]);
    expect(marksOf(flow)).toEqual(["opt CPM Client B1 sends “More” to CPM Client B2"]);
    expectSame(ways, apart(flow));
  });

  test("B61 a par where the engine finds the order to be no matter, what follows coming after it", () => {
    const clients = chatting("", "").scenario.chats?.map(({ id }) => id) ?? [];
    const { ways, flow } = combined(chatting(clients[0] ?? "", clients[1] ?? ""), ["main", "other"]);
    expect(marksOf(flow)).toEqual(["par ", "else "]);
    expectSame(ways, apart(flow));
    const { drawn } = combined(chatting(clients[0] ?? "", clients[1] ?? ""), ["main", "other"], "restarted");
    expect(stepsOf(drawn).map(({ number }) => Number(number))).toEqual(stepsOf(drawn).map((_, i) => i + 1));
  });

  test("B63 numbers go on from part to part, or count anew from where the ways part", () => {
    const numbers = (numbering: "continued" | "restarted") =>
      stepsOf(combined(group, ["main", "b2-first"], numbering).drawn).map(({ number }) => Number(number));
    expect(numbers("continued")).toEqual(Array.from({ length: 26 }, (_, i) => i + 1));
    expect(numbers("restarted").slice(17, 21)).toEqual([18, 19, 13, 14]);
  });

  test("B65 what shows the same is said, and fewer than two that differ are refused", () => {
    const main = group.variants[0] as Flow["variants"][number];
    const same = { id: "same", title: "Same", branch: { from: "main", keep: main.script.length }, script: [] };
    const twice: Flow = { ...group, variants: [...group.variants, same] };
    expect(() => combined(twice, ["main", "same"])).toThrow("show the same steps");
    expect(() => combined(twice, ["main"])).toThrow("two variants or more");
    expect(combined(twice, ["main", "same", "b2-first"]).remarks).toEqual([
      "“Same” shows the same steps as “B1 answers first”: it is not told apart.",
    ]);
  });

  test("B67 what follows from rules is not taken apart", () => {
    const marks: Flow["marks"] = [
      { kind: "fragment", id: "f", operator: "alt", at: "coreB>clientB1 INVITE#1" },
      { kind: "else", of: "f", at: "coreB>clientB2 INVITE#1" },
      { kind: "end", of: "f", at: "clientB1>coreB ALERTING#1" },
    ];
    expect(() => apart({ ...group, marks }, "main")).toThrow(/follow from rules|leaves the variant within/);
    const [main] = group.variants;
    expect(() => apart({ ...group, variants: main === undefined ? [] : [main], marks }, "main")).toThrow(
      "follow from rules",
    );
  });

  test("B68 a paragraph about a step that two ways have is only of the way that it tells of", () => {
    const after = apart(combined(group, ["main", "nobody-answers"]).flow);
    const limited = (after.prose ?? []).filter(({ only }) => only !== undefined);
    expect(limited.length).toBeGreaterThan(0);
    for (const { only } of limited) expect(["main", "nobody-answers"]).toContain(only?.join());
  });
});

/** Variants of messages between three people: trees of any depth, some of their messages late or lost. */
const message = fc.record({
  ends: fc.constantFrom(["a", "b"], ["b", "a"], ["b", "c"], ["c", "a"], ["a", "a"]),
  label: fc.constantFrom("Yes", "No", "#1"),
  lost: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
});
const drawnFlows = fc
  .array(fc.tuple(fc.nat({ max: 5 }), fc.nat({ max: 6 }), fc.array(message, { maxLength: 5 })), {
    minLength: 2,
    maxLength: 6,
  })
  .map((tails) => {
    const whole: (typeof message extends fc.Arbitrary<infer One> ? One : never)[][] = [];
    for (const [parent, keep, own] of tails)
      whole.push([...(whole[parent % Math.max(1, whole.length)] ?? []).slice(0, keep), ...own]);
    const variants = whole.map((messages, i) => ({ id: `v${i}`, title: `Way ${i}`, script: scriptOf(messages) }));
    const participants = ["a", "b", "c"].map((id) => ({ id, name: id.toUpperCase(), role: "other" as const }));
    const flow: Flow = { format: "callflow", version: 1, title: "By chance", scenario: { participants }, variants };
    return { flow, ids: variants.map(({ id }) => id) };
  });

function scriptOf(messages: readonly { ends: readonly string[]; label: string; lost: boolean }[]): Choice[] {
  const counts = new Map<string, number>();
  return messages.flatMap(({ ends: [from = "", to = ""], label, lost }): Choice[] => {
    const edge = `${from}>${to} ${label}`;
    const count = (counts.get(edge) ?? 0) + 1;
    counts.set(edge, count);
    const inject: Choice = { kind: "inject", from, to, message: { label } };
    return lost ? [inject, { kind: "lose", hop: `${edge}#${count}` }] : [inject];
  });
}

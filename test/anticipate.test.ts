import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { computeRun, intervene } from "../electron/engine/index.ts";
import type { Diagram } from "../shared/diagram/diagram.ts";
import { layout } from "../shared/diagram/layout.ts";
import { project } from "../shared/diagram/project.ts";
import { stepsOf } from "../shared/diagram/steps-of.ts";
import { light } from "../shared/diagram/theme.ts";
import { type Flow, flowSchema } from "../shared/flow/flow.ts";
import { anticipated } from "../shared/run/anticipate.ts";
import type { Choice } from "../shared/run/choice.ts";
import type { Gesture } from "../shared/run/gesture.ts";
import type { Run } from "../shared/run/run.ts";
import { wholeScript } from "../shared/run/tree.ts";

const people = ["a", "b", "c"] as const;
const words = fc.record({
  from: fc.constantFrom(...people),
  to: fc.constantFrom(...people),
  label: fc.constantFrom("x", "y", "Ask"),
  kind: fc.constantFrom("request", "response", "media"),
});
const drawnFlow = (script: readonly Choice[]): Flow => ({
  format: "callflow",
  version: 1,
  title: "Drawn",
  scenario: { participants: people.map((id) => ({ id, name: id, role: "other" as const })) },
  variants: [{ id: "main", title: "Main", script: [...script] }],
});
const drawnFlows = fc
  .array(words, { minLength: 1, maxLength: 8 })
  .map((list) =>
    drawnFlow(
      list.map(({ from, to, label, kind }): Choice => ({ kind: "inject", from, to, message: { label, kind } })),
    ),
  );

/** A gesture on some hops of a run; numbers say which. */
function gestureOn(
  { hops }: Run,
  kind: Gesture["kind"],
  first: number,
  second: number,
  made: typeof words extends fc.Arbitrary<infer W> ? W : never,
): Gesture | undefined {
  const hop = hops[first % hops.length]?.name ?? "";
  const { from, to, label, kind: look } = made;
  const message = { label, kind: look };
  switch (kind) {
    case "relabel":
      return { kind, hop, message };
    case "draw":
      return { kind, after: first % 3 === 0 ? null : hop, messages: [{ from, to, message }] };
    case "erase":
      return { kind, hops: [...new Set([hop, hops[second % hops.length]?.name ?? hop])] };
    case "reroute":
      return { kind, hop, from, to };
    case "lose":
      return { kind, hop };
    default:
      return undefined;
  }
}

const kinds = fc.constantFrom<Gesture["kind"]>("relabel", "draw", "erase", "reroute", "lose");

/** What is seen of the steps. */
const seen = (diagram: Diagram) =>
  stepsOf(diagram).map(({ number, from, to, label, line, origin, lost }) => ({
    number,
    from,
    to,
    label,
    line,
    origin,
    lost,
  }));

const bundled = new URL("../flows/", import.meta.url);
const flows = readdirSync(bundled, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".flow.json"))
  .map((file): Flow => flowSchema.parse(JSON.parse(readFileSync(new URL(file, bundled), "utf8"))));

function runOf(flow: Flow): Run {
  const script = wholeScript(flow, "main");
  if (!script.ok) throw new Error(script.failure.message);
  return computeRun(flow.scenario, script.value);
}

describe("I34: what a gesture comes to is shown before the engine has answered", () => {
  it("as the engine then has it, where all is drawn", () => {
    fc.assert(
      fc.property(drawnFlows, kinds, fc.nat(), fc.nat(), words, (flow, kind, first, second, made) => {
        const script = flow.variants[0]?.script ?? [];
        const run = computeRun(flow.scenario, script);
        const gesture = gestureOn(run, kind, first, second, made);
        if (gesture === undefined) return;
        const known = anticipated(run, gesture);
        const done = intervene(flow.scenario, script, run, gesture);
        if (!done.ok) throw new Error(done.failure.message);
        const after = computeRun(flow.scenario, done.value.script);
        expect(known).toBeDefined();
        if (known !== undefined) expect(seen(project(flow, known, {}))).toEqual(seen(project(flow, after, {})));
      }),
      { numRuns: 300 },
    );
  });

  it("of a computed flow as a picture in which all that is not touched stays in its order", () => {
    fc.assert(
      fc.property(fc.constantFrom(...flows), kinds, fc.nat(), fc.nat(), words, (flow, kind, first, second, made) => {
        const run = runOf(flow);
        const [one, two] = flow.scenario.participants;
        const gesture = gestureOn(run, kind, first, second, {
          ...made,
          from: (one?.id ?? "") as "a",
          to: (two?.id ?? "") as "a",
        });
        const known = gesture === undefined ? undefined : anticipated(run, gesture);
        if (known === undefined) return;
        const names = new Set(known.hops.map(({ name }) => name));
        expect(names.size).toBe(known.hops.length);
        const kept = run.hops.filter(({ name }) => names.has(name)).map(({ name }) => name);
        const old = new Set(run.hops.map(({ name }) => name));
        expect(known.hops.map(({ name }) => name).filter((name) => old.has(name))).toEqual(kept);
        for (const level of ["cpm", "sip"] as const) project(flow, known, { ...flow.view, level });
      }),
      { numRuns: 300 },
    );
  });
});

describe("P40: a diagram and its scene are the same with what was drawn before at hand", () => {
  it("after any gesture, and what did not change is taken over", () => {
    fc.assert(
      fc.property(drawnFlows, kinds, fc.nat(), fc.nat(), words, (drawn, kind, first, second, made) => {
        const script = drawn.variants[0]?.script ?? [];
        const run = computeRun(drawn.scenario, script);
        const hops = run.hops.map(({ name }) => name);
        const notes = hops.slice(0, 3).map((at, i) => ({ at, over: [people[i % 3] ?? "a"], text: `See {${at}}.` }));
        const flow: Flow = { ...drawn, notes };
        const gesture = gestureOn(run, kind, first, second, made);
        const known = gesture === undefined ? undefined : anticipated(run, gesture);
        if (known === undefined) return;
        const view = {};
        const before = project(flow, run, view);
        const scene = layout(before, light);
        const alone = project(flow, known, view);
        const after = project(flow, known, view, undefined, undefined, before);
        expect(after).toEqual(alone);
        expect(after.paragraphs).toEqual(alone.paragraphs);
        expect(layout(after, light, scene)).toEqual(layout(alone, light));
        const [one] = after.items;
        if (known.hops[0] === run.hops[0] && one?.type === "step") expect(one).toBe(before.items[0]);
      }),
      { numRuns: 300 },
    );
  });
});

import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Flow, flowSchema, type Scenario } from "../../../shared/flow/flow.ts";
import type { Choice } from "../../../shared/run/choice.ts";
import type { Gesture } from "../../../shared/run/gesture.ts";
import type { Hop, Run } from "../../../shared/run/run.ts";
import { wholeScript } from "../../../shared/run/tree.ts";
import { computeRun } from "../compute.ts";
import { intervene } from "./intervene.ts";
import { sameHops } from "./same-hops.ts";

interface Course {
  readonly scenario: Scenario;
  readonly script: readonly Choice[];
  readonly run: Run;
}

const flowsDir = new URL("../../../flows/", import.meta.url);
const flows = readdirSync(flowsDir, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".flow.json"))
  .map((file): Flow => flowSchema.parse(JSON.parse(readFileSync(new URL(file, flowsDir), "utf8"))));

const computed: readonly Course[] = flows.flatMap((flow) =>
  flow.variants.map(({ id }) => {
    const script = wholeScript(flow, id);
    if (!script.ok) throw new Error(script.failure.message);
    return { scenario: flow.scenario, script: script.value, run: computeRun(flow.scenario, script.value) };
  }),
);

const people = ["a", "b", "c"] as const;
const scenario: Scenario = {
  participants: people.map((id) => ({ id, name: id.toUpperCase(), role: "other" as const })),
};
const drawnCourse = (script: readonly Choice[]): Course => ({ scenario, script, run: computeRun(scenario, script) });
const message = fc.record({
  from: fc.constantFrom(...people),
  to: fc.constantFrom(...people),
  label: fc.constantFrom("x", "y"),
});
const drawnFlows = fc
  .array(message, { minLength: 1, maxLength: 8 })
  .map((list) =>
    drawnCourse(list.map(({ from, to, label }): Choice => ({ kind: "inject", from, to, message: { label } }))),
  );

function changedBy(course: Course, gesture: Gesture): Course & { readonly same: ReadonlyMap<string, string> } {
  const done = intervene(course.scenario, course.script, course.run, gesture);
  if (!done.ok) throw new Error(done.failure.message);
  const { script, original } = done.value;
  const run = computeRun(course.scenario, script);
  return { scenario: course.scenario, script, run, same: sameHops(course, { run, script }, original) };
}

const arrived = (run: Run): readonly Hop[] => run.hops.filter((hop) => hop.received !== undefined);
const words = (run: Run) => arrived(run).map((hop) => `${hop.from}>${hop.to} ${hop.message.name}`);
const draw = (afterHop: string | null, label = "new"): Gesture => ({
  kind: "draw",
  after: afterHop,
  messages: [{ from: "a", to: "b", message: { label } }],
});

describe("I1: a message that is drawn stands where it is put", () => {
  it("in a drawn flow, after any other", () => {
    fc.assert(
      fc.property(drawnFlows, fc.nat(), (course, n) => {
        const at = n % (course.run.hops.length + 1);
        const next = changedBy(course, draw(at === 0 ? null : (course.run.hops[at - 1]?.name ?? null)));
        expect(words(next.run)).toEqual(words(course.run).toSpliced(at, 0, "a>b new"));
        expect(next.run.end).toBe("rest");
      }),
    );
  });

  it("in a computed flow, after any message of any variant, all before it as it was", () => {
    for (const course of computed.slice(0, 8)) {
      const [first, second] = course.scenario.participants;
      if (first === undefined || second === undefined) continue;
      for (const hop of arrived(course.run)) {
        const messages = [1, 2].map((n) => ({ from: first.id, to: second.id, message: { label: `drawn ${n}` } }));
        const next = changedBy(course, { kind: "draw", messages, after: hop.name });
        const place = arrived(course.run).indexOf(hop) + 1;
        const was = words(course.run);
        const edge = `${first.id}>${second.id}`;
        expect(words(next.run).slice(0, place + 2)).toEqual([
          ...was.slice(0, place),
          `${edge} drawn 1`,
          `${edge} drawn 2`,
        ]);
        expect(words(next.run)).toHaveLength(was.length + 2);
      }
    }
  });

  it("names a participant that does not exist", () => {
    const course = drawnCourse([]);
    const gesture: Gesture = { kind: "draw", after: null, messages: [{ from: "a", to: "z", message: { label: "x" } }] };
    expect(intervene(course.scenario, course.script, course.run, gesture)).toMatchObject({
      failure: { message: "There is no participant “z”." },
    });
  });
});

describe("I2: a message that is erased does not happen", () => {
  it("a drawn one is gone, the others stay", () => {
    fc.assert(
      fc.property(drawnFlows, fc.nat(), (course, n) => {
        const at = n % course.run.hops.length;
        const next = changedBy(course, { kind: "erase", hops: [course.run.hops[at]?.name ?? ""] });
        expect(words(next.run)).toEqual(words(course.run).toSpliced(at, 1));
      }),
    );
  });

  it("several at once, though their names count each other", () => {
    fc.assert(
      fc.property(drawnFlows, fc.nat(), (course, bits) => {
        const chosen = course.run.hops.filter((_, i) => (bits >> i) % 2 === 1);
        if (chosen.length === 0) return;
        const next = changedBy(course, { kind: "erase", hops: chosen.map(({ name }) => name) });
        expect(words(next.run)).toEqual(words(course.run).filter((_, i) => (bits >> i) % 2 === 0));
      }),
    );
  });

  it("a computed one is withheld, with all that comes of it; what was before stays", () => {
    for (const course of computed)
      for (const hop of arrived(course.run)) {
        const next = changedBy(course, { kind: "erase", hops: [hop.name] });
        expect(next.run.hops.some((one) => one.name === hop.name && one.received !== undefined)).toBe(false);
        const before = arrived(course.run).filter((one) => (one.received ?? 0) <= hop.sent);
        expect(words(next.run).slice(0, before.length)).toEqual(
          before.map((one) => `${one.from}>${one.to} ${one.message.name}`),
        );
      }
  });
});

describe("I3: a message is moved", () => {
  it("a drawn one to any place, the others in their order", () => {
    fc.assert(
      fc.property(drawnFlows, fc.nat(), fc.nat(), (course, n, m) => {
        const from = n % course.run.hops.length;
        const hop = course.run.hops[from];
        const others = course.run.hops.toSpliced(from, 1);
        const to = m % (others.length + 1);
        const next = changedBy(course, {
          kind: "move",
          hop: hop?.name ?? "",
          after: to === 0 ? null : (others[to - 1]?.name ?? null),
        });
        const was = words(course.run);
        expect(words(next.run)).toEqual(was.toSpliced(from, 1).toSpliced(to, 0, was[from] ?? ""));
        expect(next.same.size).toBe(course.run.hops.length);
      }),
    );
  });

  it("a computed one arrives where it is put, or a sentence says why it cannot", () => {
    let moved = 0;
    for (const course of computed.slice(0, 6))
      for (const hop of arrived(course.run))
        for (const target of arrived(course.run).filter((_, i) => i % 3 === 0)) {
          if (hop === target) continue;
          const gesture: Gesture = { kind: "move", hop: hop.name, after: target.name };
          const done = intervene(course.scenario, course.script, course.run, gesture);
          if (!done.ok) {
            expect(done.failure.message).toMatch(/^“.+” cannot arrive /);
            continue;
          }
          const order = arrived(computeRun(course.scenario, done.value.script)).map((one) => one.name);
          expect(order.indexOf(hop.name)).toBeGreaterThan(order.indexOf(target.name));
          moved++;
        }
    expect(moved).toBeGreaterThan(50);
  });
});

describe("I4: a message is changed", () => {
  it("a drawn one keeps its place and is known as the same under its new name", () => {
    fc.assert(
      fc.property(drawnFlows, fc.nat(), (course, n) => {
        const at = n % course.run.hops.length;
        const hop = course.run.hops[at];
        const next = changedBy(course, { kind: "relabel", hop: hop?.name ?? "", message: { label: "other" } });
        expect(next.run.hops.map((one) => one.message.name)).toEqual(
          course.run.hops.map((one, i) => (i === at ? "other" : one.message.name)),
        );
        expect(course.run.hops.map((one) => next.same.get(one.name))).toEqual(next.run.hops.map((one) => one.name));
        const rerouted = changedBy(course, { kind: "reroute", hop: hop?.name ?? "", from: "c", to: "a" });
        expect(words(rerouted.run)[at]).toBe(`c>a ${hop?.message.name}`);
        expect(rerouted.same.size).toBe(course.run.hops.length);
      }),
    );
  });

  it("whatever is done to a computed message can be reverted, and the run is as it was", () => {
    for (const course of computed.slice(0, 10))
      for (const hop of arrived(course.run)) {
        const altered = changedBy(course, { kind: "relabel", hop: hop.name, message: { label: "other" } });
        expect(altered.run.hops.find((one) => one.name === hop.name)?.message.name).toBe("other");
        expect(words(changedBy(altered, { kind: "revert", hop: hop.name }).run)).toEqual(words(course.run));
        const withheld = changedBy(course, { kind: "erase", hops: [hop.name] });
        const named = course.script.some((choice) => "hop" in choice && choice.hop === hop.name);
        if (!named)
          expect(words(changedBy(withheld, { kind: "revert", hop: hop.name }).run)).toEqual(words(course.run));
      }
  });

  it("a computed message that was re-routed is reverted as one, whichever of its two halves is named", () => {
    for (const course of computed.slice(0, 4))
      for (const hop of arrived(course.run)) {
        if (course.script.some((choice) => "hop" in choice && choice.hop === hop.name)) continue;
        const to = course.scenario.participants.find(({ id }) => id !== hop.from && id !== hop.to)?.id ?? hop.from;
        const routed = changedBy(course, { kind: "reroute", hop: hop.name, from: hop.from, to });
        const drawn = routed.run.hops.find((one) => one.rule === undefined);
        for (const name of [hop.name, drawn?.name ?? ""]) {
          expect(words(changedBy(routed, { kind: "revert", hop: name }).run)).toEqual(words(course.run));
          const meant = changedBy(routed, { kind: "accept", hop: name });
          expect(words(meant.run)).toEqual(words(routed.run));
          expect(meant.run.withheld?.map(({ accepted }) => accepted)).toEqual([true]);
          expect(meant.run.hops.filter(({ accepted }) => accepted).map((one) => one.name)).toEqual([drawn?.name]);
        }
      }
  });

  it("a departure that is accepted changes the script, not the run", () => {
    const course = drawnCourse([{ kind: "inject", from: "a", to: "b", message: { label: "x" } }]);
    const next = changedBy(course, { kind: "accept", hop: "a>b x#1" });
    expect(next.script[0]).toMatchObject({ accepted: true });
    expect(words(next.run)).toEqual(words(course.run));
  });
});

describe("I5: a message is lost or late", () => {
  it("is under way until another has arrived", () => {
    const course = drawnCourse(
      ["x", "y"].map((label): Choice => ({ kind: "inject", from: "a", to: "b", message: { label } })),
    );
    const late = changedBy(course, { kind: "delay", hop: "a>b x#1", after: "a>b y#1" });
    expect(arrived(late.run).map((hop) => hop.name)).toEqual(["a>b y#1", "a>b x#1"]);
    // E43: it was to arrive before the other was sent, and is drawn falling.
    expect(arrived(late.run).map((hop) => hop.passedOver)).toEqual([undefined, true]);
    const lost = changedBy(late, { kind: "lose", hop: "a>b x#1" });
    expect(lost.run.hops.find((hop) => hop.name === "a>b x#1")?.lost).toBeDefined();
  });
});

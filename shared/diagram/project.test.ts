import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { computeRun, rules } from "../../electron/engine/index.ts";
import { flowOf, groupParticipants, type HopSpec, handMadeRun, type TurnSpec } from "../../test/hand-made-run.ts";
import { type Flow, flowSchema, type View } from "../flow/flow.ts";
import type { Choice } from "../run/choice.ts";
import type { Run } from "../run/run.ts";
import type { Diagram, Step } from "./diagram.ts";
import { project } from "./project.ts";

const flow = flowOf(groupParticipants);
const stepsOf = (diagram: Diagram): readonly Step[] => diagram.items.filter((item) => item.type === "step");
const lines = (diagram: Diagram): readonly string[] =>
  stepsOf(diagram).map(({ number, from, to, name }) => {
    const [a, b] = [from, to].map((end) => (end.kind === "nowhere" ? "" : end.id));
    return `${number} ${a}>${b} ${name}`;
  });
const invite = (edge: string, more: Partial<HopSpec> = {}): HopSpec => ({ edge, method: "INVITE", ...more });

describe("the group invitation, computed", () => {
  const group = flowSchema.parse(
    JSON.parse(readFileSync(new URL("../../flows/cpm/group-invitation.flow.json", import.meta.url), "utf8")),
  );
  const accepted: readonly Choice[] = [
    { kind: "stimulate", participant: "cfX", stimulus: "invite" },
    { kind: "stimulate", participant: "clientB1", stimulus: "accept" },
  ];
  const withOptions = (change: (of: Flow["scenario"]) => Flow["scenario"]): Flow => ({
    ...group,
    scenario: change(group.scenario),
  });
  const diagramOf = (of: Flow, view: View = {}, script = accepted): Diagram =>
    project(of, computeRun(of.scenario, script), view, new Map(rules().map((rule) => [rule.id, rule])));

  test("P6, P9 with a third device ringing, each further ALERTING, cancellation and confirmation is one arrow", () => {
    const all = withOptions((s) => ({ ...s, invitations: s.invitations?.map((i) => ({ ...i, media: ["messages"] })) }));
    const printed = lines(diagramOf(all));
    expect(printed).toHaveLength(23);
    expect(printed.slice(12, 14)).toEqual(["13 clientB2>pfB ALERTING response", "14 clientB3>pfB ALERTING response"]);
    expect(printed.slice(19)).toEqual([
      "20 pfB>clientB2 CPM Session Invitation cancellation request",
      "21 clientB2>pfB confirmation of the cancellation request",
      "22 pfB>clientB3 CPM Session Invitation cancellation request",
      "23 clientB3>pfB confirmation of the cancellation request",
    ]);
  });

  test("P9 where the core cancels, its cancellation and the confirmation are one hop each", () => {
    const core = withOptions((s) => ({ ...s, options: { ...s.options, forking: "coreForksCoreCancels" } }));
    expect(lines(diagramOf(core)).slice(17)).toEqual([
      "18 coreB>clientB2 CPM Session Invitation cancellation request",
      "19 clientB2>coreB confirmation of the cancellation request",
    ]);
  });

  test("P10 without its cores it has one arrow for each two hops", () => {
    expect(lines(diagramOf(group, { hide: ["core"] })).slice(0, 5)).toEqual([
      "1 cfX>pfB CPM Session Invitation",
      "2 pfB>clientB1 CPM Session Invitation",
      "3 pfB>clientB2 CPM Session Invitation",
      "4 clientB1>pfB ALERTING response",
      "5 pfB>cfX ALERTING response",
    ]);
  });

  test("P13 the steps carry the clauses of their rules", () => {
    expect(stepsOf(diagramOf(group))[3]).toMatchObject({ rule: "PF-SELECT" });
    expect(stepsOf(diagramOf(group))[3]?.clause).toContain("C.1.2.3 step 4");
  });

  test("P14 an acceptance that crosses the cancellation is drawn from before the steps that overtook it", () => {
    const cancel = "coreB>clientB2 CANCEL#1";
    const script: readonly Choice[] = [
      ...accepted,
      // The cancellation is still on its way to B2 when its user accepts.
      { kind: "deliver", hop: "pfB>coreB CANCEL#1" },
      { kind: "stimulate", participant: "clientB2", stimulus: "accept" },
      { kind: "deliver", hop: cancel },
    ];
    const steps = stepsOf(project(group, computeRun(group.scenario, script), { level: "sip" }));
    const slanted = steps.flatMap(({ sentBefore, hops }) =>
      sentBefore === undefined ? [] : [[hops[0], steps[sentBefore]?.hops[0]]],
    );
    expect(slanted).toEqual([
      // The acceptance of B1, which the cancellation overtook, and the two that cross between the core and B2.
      ["pfB>coreB OK#1", "pfB>coreB CANCEL#1"],
      ["coreB>clientB2 CANCEL#1", "coreB>pfB CANCEL-200#1"],
      ["clientB2>coreB OK#1", "coreB>clientB2 CANCEL#1"],
    ]);
  });
});

describe("late messages", () => {
  const specs = (passedOver: boolean): readonly HopSpec[] => [
    invite("cfX>coreX"),
    invite("coreX>coreB", { sent: 1 }),
    invite("coreX>coreB", { sent: 1 }),
    invite("coreB>pfB", { sent: 2 }),
    { ...invite("coreX>pfB", { sent: 1 }), passedOver },
  ];
  const sentBefore = (run: Run) => stepsOf(project(flow, run, { relays: "each" })).map((s) => s.sentBefore);

  test("P14 one that was passed over while its receiver went on is drawn from where it was sent", () => {
    expect(sentBefore(handMadeRun(specs(true)))).toEqual([undefined, undefined, undefined, undefined, 1]);
  });
  test("P14 one that nothing overtook is drawn flat", () => {
    expect(sentBefore(handMadeRun(specs(false)))).toEqual([undefined, undefined, undefined, undefined, undefined]);
    const quiet = [...specs(true).slice(0, 3), specs(true)[4] ?? invite("")];
    expect(sentBefore(handMadeRun(quiet))).toEqual([undefined, undefined, undefined, undefined]);
  });
  test("P14 what the receiver's user did meanwhile counts too", () => {
    const quiet = [...specs(true).slice(0, 3), specs(true)[4] ?? invite("")];
    const accept: TurnSpec = { choice: { kind: "stimulate", participant: "pfB", stimulus: "accept" } };
    expect(sentBefore(handMadeRun(quiet, { 3: accept }))).toEqual([undefined, undefined, undefined, 1]);
  });
});

describe("what is no message", () => {
  const told: TurnSpec = {
    reactions: [
      {
        rule: "CF-UP",
        says: "the CPM Conversation Server X (controlling function) has established the session",
        guards: [],
        sends: [],
        milestones: [{ id: "up", participant: "cfX", text: "session established" }],
      },
    ],
  };
  const expired = (timer: string): TurnSpec => ({ choice: { kind: "expire", participant: "coreX", timer } });
  const run = (turn: TurnSpec) => handMadeRun([invite("cfX>coreX"), invite("coreX>coreB", { sent: 1 })], { 1: turn });

  test("P15 a milestone is a numbered step, after what arrived before it, where the view asks for it", () => {
    const diagram = project(flow, run(told), { milestones: ["up"] });
    expect(lines(diagram)).toEqual([
      "1 cfX>coreX CPM Session Invitation",
      "2 cfX>cfX session established",
      "3 coreX>coreB CPM Session Invitation",
    ]);
    expect(stepsOf(diagram)[1]).toMatchObject({ state: true, hops: [], rule: "CF-UP" });
    expect(lines(project(flow, run(told), {}))).toHaveLength(2);
    expect(lines(project(flow, run(told), { milestones: ["up"], hide: ["cfX"] })).join()).not.toContain("established");
  });

  test("P16 a timer that fired stands above the step that follows; presenting an invitation is not told", () => {
    const types = (name: string) => project(flow, run(expired(name)), {}).items.map((item) => item.type);
    expect(types("Timer_C abc")).toEqual(["step", "timer", "step"]);
    expect(project(flow, run(expired("Timer_C abc")), {}).items[1]).toMatchObject({ on: "coreX", name: "Timer_C" });
    expect(types("t_alert abc")).toEqual(["step", "step"]);
  });

  test("P16 a timer after which nothing comes stands below the last step", () => {
    const fired = { ...expired("Timer_C abc"), reactions: told.reactions };
    const diagram = project(flow, handMadeRun([invite("cfX>coreX")], { 1: fired }), {});
    expect(diagram.items.map((item) => item.type)).toEqual(["step", "timer"]);
  });
});

describe("notes", () => {
  const run = handMadeRun([
    invite("cfX>coreX"),
    { edge: "coreX>cfX", method: "INVITE", status: 100, cause: 0 },
    invite("coreX>coreB", { sent: 1 }),
  ]);
  const noted = flowOf(groupParticipants, {
    notes: [
      { at: "coreX>coreB INVITE#1", over: ["coreX", "coreB"], text: "last" },
      { at: "coreX>cfX TRYING#1", text: "at a message that is not shown" },
      { at: "cfX>coreX INVITE#1", over: ["cfX"], numbered: false, text: "no number" },
      { text: "before the figure", over: ["cfX", "coreX"] },
      { at: "cfX>coreX INVITE#7", text: "of another run" },
    ],
  });

  test("P17 are numbered in the order of their places, drawn where they name lifelines, and listed in the prose", () => {
    const diagram = project(noted, run, {});
    expect(diagram.items.map((item) => (item.type === "note" ? `${item.number}: ${item.text}` : item.type))).toEqual([
      "NOTE 1: before the figure",
      "step",
      "NOTE: no number",
      "step",
      "NOTE 3: last",
    ]);
    expect(diagram.introNotes).toEqual([{ number: "NOTE 1", text: "before the figure", entry: 3 }]);
    expect(diagram.paragraphs.map((p) => p.notes.map((n) => n.text))).toEqual([
      ["at a message that is not shown", "no number"].sort(),
      ["last"],
    ]);
  });

  test("P17 a note over hidden lifelines stands in the text only", () => {
    const diagram = project(noted, run, { hide: ["cfX"], level: "sip" });
    expect(diagram.items.filter((item) => item.type === "note").map((item) => item.over)).toEqual([
      ["coreX"],
      ["coreX", "coreB"],
    ]);
    expect(diagram.paragraphs[0]?.notes).toContainEqual({ number: "NOTE", text: "no number", entry: 2 });
  });
});

test("P18 a requirement is linked to the steps that carry its hops", () => {
  const of = flowOf(groupParticipants, {
    requirements: [
      { id: "A", level: "SHALL", text: "", steps: ["cfX>coreX INVITE#1", "coreX>coreB INVITE#1"] },
      { id: "B", level: "MAY", text: "", steps: ["coreX>coreB INVITE#1", "nobody>nowhere INVITE#1"] },
    ],
  });
  const diagram = project(of, handMadeRun([invite("cfX>coreX"), invite("coreX>coreB", { sent: 1 })]), {});
  expect(stepsOf(diagram).map((s) => s.requirements)).toEqual([["A"], ["A", "B"]]);
});

test("P19 steps are numbered from the view's start", () => {
  const run = handMadeRun([invite("cfX>coreX"), invite("coreX>coreB", { sent: 1 })]);
  expect(stepsOf(project(flow, run, { numbering: { start: 7 } })).map((s) => s.number)).toEqual(["7", "8"]);
});

import { describe, expect, it } from "vitest";
import { cannotRun, checkRun, checkScenario, computeRun } from "../electron/engine/index.ts";
import { type Flow, flowSchema, type Scenario } from "../shared/flow/flow.ts";
import { checkReferences } from "../shared/flow/references.ts";
import type { Choice } from "../shared/run/choice.ts";
import type { Run } from "../shared/run/run.ts";

/** Sessions that go from device to device, more than once, back, out of a group session, and at the wish of the target. */

type Act = Extract<Choice, { kind: "stimulate" }>;
const act = (participant: string, stimulus: Act["stimulus"], what?: string, more?: Partial<Act>): Act => ({
  kind: "stimulate",
  participant,
  stimulus,
  ...(what !== undefined && { what }),
  ...more,
});

const paths = ["serverInPath", "serverNotInPath"] as const;
type Path = (typeof paths)[number];

const networks = (...domains: string[]): Scenario["participants"] =>
  domains.flatMap((domain) => [
    { id: `core${domain}`, name: `SIP/IP Core ${domain}`, role: "core" as const, domain },
    {
      id: `pf${domain}`,
      name: `CPM Conversation Server ${domain} (participating function)`,
      role: "participatingFunction" as const,
      domain,
    },
  ]);
const device = (id: string, user: string) => ({ id, name: `CPM Client ${id}`, role: "client" as const, user });
const optionsOf = (path: Path): Scenario["options"] =>
  path === "serverInPath"
    ? { transferMediaPath: path }
    : { transferMediaPath: path, participatingFunction: "proxy", forking: "coreForksCoreCancels" };

/** User T with three devices in a session with R. */
function devices(path: Path, transfers: NonNullable<Scenario["transfers"]>): Flow {
  return flowSchema.parse({
    format: "callflow",
    version: 1,
    title: "Devices",
    scenario: {
      participants: [
        ...["T1", "T2", "T3"].map((id) => device(id, "T")),
        ...networks("T", "R"),
        { ...device("R1", "R"), answer: "auto" },
      ],
      users: [
        { id: "T", domain: "T" },
        { id: "R", domain: "R" },
      ],
      sessions: [{ id: "talk", from: "T1", to: "R1", media: ["messages"] }],
      transfers,
      chats: [
        { id: "toT", session: "talk", from: "R1", text: "Where are you?" },
        ...["T1", "T2", "T3"].map((from) => ({ id: `by${from}`, session: "talk", from, text: "Here" })),
      ],
      options: optionsOf(path),
    },
    variants: [{ id: "main", title: "Main", script: [] }],
  });
}

const push = (id: string, from: string, to: string) => ({ id, session: "talk", from, to });
const fetch = (id: string, from: string, to: string) => ({ ...push(id, from, to), requestedBy: "target" as const });

/** The run, come to rest, with every requirement kept. */
function run(flow: Flow, ...script: Choice[]): Run {
  expect(checkReferences(flow)).toEqual([]);
  const result = computeRun(flow.scenario, script);
  expect([result.end, result.divergence]).toEqual(["rest", undefined]);
  expect(result.turns.flatMap((turn) => turn.unexpected ?? [])).toEqual([]);
  const broken = checkRun(flow, result).filter(({ verdict }) => verdict === "fail");
  expect(broken.map(({ id, message }) => `${id}: ${message}`)).toEqual([]);
  return result;
}

const heard = (result: Run, to: string, method: string): number =>
  result.hops.filter((h) => h.to === to && h.message.method === method && h.message.status === undefined && !h.lost)
    .length;
const answers = (result: Run, to: string, method: string): (number | undefined)[] =>
  result.hops
    .filter((h) => h.to === to && h.message.method === method && (h.message.status ?? 0) >= 200)
    .map((h) => h.message.status);

describe.each(paths)("a session that is transferred, %s", (path) => {
  const twice = devices(path, [push("move", "T1", "T2"), push("again", "T2", "T3")]);
  const moved = [act("T1", "transfer", "move"), act("T2", "transfer", "again")];

  it("E110 is still the one that chats of the scenario mean, on both sides", () => {
    const result = run(twice, moved[0] as Choice, act("T2", "send", "byT2"), act("R1", "send", "toT"));
    expect([heard(result, "R1", "SEND"), heard(result, "T2", "SEND"), heard(result, "T1", "SEND")]).toEqual([1, 1, 0]);
  });

  it("E110 goes on to a third device, which has it alone then", () => {
    const result = run(twice, ...moved, act("T3", "send", "byT3"), act("R1", "send", "toT"));
    expect([heard(result, "R1", "SEND"), heard(result, "T3", "SEND"), heard(result, "T2", "SEND")]).toEqual([1, 1, 0]);
    expect(answers(result, "T2", "BYE")).toEqual([200]);
  });

  it.each(["T3", "R1"])("E110 ends on both sides when %s ends it", (who) => {
    const result = run(twice, ...moved, act(who, "end", "talk"));
    const [other, before] = who === "R1" ? ["T3", "T2"] : ["R1", "T2"];
    expect(heard(result, other, "BYE")).toBe(path === "serverInPath" || who === "R1" ? 1 : 3);
    expect(heard(result, before, "BYE")).toBe(0);
  });

  it("E110 stays with the second device when the third declines", () => {
    const result = run(twice, ...moved, act("T3", "decline", undefined, { now: true }), act("R1", "send", "toT"));
    expect([heard(result, "T2", "SEND"), heard(result, "T3", "SEND")]).toEqual([1, 0]);
  });

  it("E110 cannot be transferred once it has ended", () => {
    const result = run(twice, ...moved, act("R1", "end", "talk", { now: true }));
    expect(answers(result, "T2", "REFER")).toEqual([481]);
    expect(heard(result, "T3", "REFER")).toBe(0);
  });

  it("E111 is fetched by the device that asks for it, and fetched back", () => {
    const flow = devices(path, [fetch("fetch", "T1", "T2"), fetch("back", "T2", "T1")]);
    const once = run(flow, act("T2", "transfer"), act("R1", "send", "toT"));
    expect([heard(once, "T2", "SEND"), heard(once, "T1", "SEND")]).toEqual([1, 0]);
    expect(answers(once, "T2", "REFER")).toEqual([202]);
    const back = run(flow, act("T2", "transfer"), act("T1", "transfer"), act("R1", "send", "toT"));
    expect([heard(back, "T2", "SEND"), heard(back, "T1", "SEND")]).toEqual([0, 1]);
  });

  it("E111 is not fetched where the provider does not allow it, or when it is not there", () => {
    const denied = devices(path, [{ ...fetch("fetch", "T1", "T2"), allowed: false }]);
    expect(answers(run(denied, act("T2", "transfer")), "T2", "REFER")).toEqual([403]);
    const over = devices(path, [fetch("fetch", "T1", "T2")]);
    expect(answers(run(over, act("R1", "end", "talk"), act("T2", "transfer")), "T2", "REFER")).toEqual([481]);
  });

  it("E112 may be one of a group: another device of a member takes its place", () => {
    const flow = flowSchema.parse({
      format: "callflow",
      version: 1,
      title: "Group",
      scenario: {
        participants: [
          device("A1", "A"),
          device("A2", "A"),
          ...networks("A"),
          {
            id: "focus",
            name: "CPM Conversation Server X (controlling function)",
            role: "controllingFunction",
            domain: "X",
          },
          { id: "coreX", name: "SIP/IP Core X", role: "core", domain: "X" },
          ...networks("B", "C"),
          device("B1", "B"),
          device("B2", "B"),
          device("C1", "C"),
        ],
        users: ["A", "B", "C"].map((id) => ({ id, domain: id })),
        invitations: [
          { id: "all", from: "A1", focus: "focus", to: [{ user: "B" }, { user: "C" }], media: ["messages"] },
        ],
        transfers: [
          { id: "ofMember", session: "all", from: "B1", to: "B2" },
          { id: "ofOriginator", session: "all", from: "A1", to: "A2" },
        ],
        chats: [{ id: "hello", session: "all", from: "C1", text: "Hello" }],
        options: optionsOf(path),
      },
      variants: [{ id: "main", title: "Main", script: [] }],
    });
    const result = run(
      flow,
      act("A1", "invite"),
      act("B1", "accept"),
      act("C1", "accept"),
      act("B1", "transfer"),
      act("A1", "transfer"),
      act("C1", "send"),
    );
    const got = ["A1", "A2", "B1", "B2"].map((id) => heard(result, id, "SEND"));
    expect(got).toEqual([0, 1, 0, 1]);
  });
});

describe("a transfer without the server in the media path", () => {
  const flow = devices("serverNotInPath", [push("move", "T1", "T2")]);
  const ringing: Flow = {
    ...flow,
    scenario: {
      ...flow.scenario,
      participants: flow.scenario.participants.map((p) => (p.id === "R1" ? device("R1", "R") : p)),
    },
  };

  it("E113 that is given up takes the target's invitation back from the transferee", () => {
    const result = run(ringing, act("T1", "transfer"), {
      kind: "expire",
      participant: "pfT",
      timer: "T_replaced talk",
    });
    expect(heard(result, "R1", "CANCEL")).toBe(1);
    expect(answers(result, "T2", "INVITE")).toEqual([408]);
    expect(heard(result, "R1", "BYE")).toBe(0);
  });

  it("E113 that is given up too late has the target release what it has established", () => {
    const result = run(
      ringing,
      act("T1", "transfer"),
      { kind: "expire", participant: "pfT", timer: "T_replaced talk" },
      act("R1", "accept", "talk-transferred", { now: true }),
    );
    expect(answers(result, "T2", "INVITE")).toEqual([200]);
    expect(answers(result, "T2", "NOTIFY")).toEqual([481]);
    expect(answers(result, "T2", "BYE")).toEqual([200]);
  });
});

describe("transfers that make no sense", () => {
  const said = (...transfers: NonNullable<Scenario["transfers"]>) => devices("serverInPath", transfers).scenario;

  it("E71 to the same device, or to the other end of the session, are refused", () => {
    expect(cannotRun(said(push("move", "T1", "T1")))?.message).toBe(
      "Transfer move goes from CPM Client T1 to the same device: name another as its target.",
    );
    expect(cannotRun(said(push("move", "T1", "R1")))?.message).toBe(
      "Transfer move goes to CPM Client R1, which is at the other end of talk: name another device as its target.",
    );
  });

  it("E72 by a device that never has the session get a warning", () => {
    const found = checkScenario(said(push("again", "T2", "T3")));
    expect(found.map(({ code, severity }) => [code, severity])).toEqual([["never-there", "warning"]]);
    expect(checkScenario(said(push("move", "T1", "T2"), push("again", "T2", "T3")))).toEqual([]);
  });
});

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkRun, computeRun, enabled, explore, initial, readFreedoms, violatedBy } from "../electron/engine/index.ts";
import { type Flow, flowSchema } from "../shared/flow/flow.ts";
import type { Choice } from "../shared/run/choice.ts";
import type { Run } from "../shared/run/run.ts";

/** What operators and the target of a transfer may refuse while a flow runs. */

const read = (path: string): Flow =>
  flowSchema.parse(JSON.parse(readFileSync(new URL(`../flows/cpm/${path}.flow.json`, import.meta.url), "utf8")));

type Act = Extract<Choice, { kind: "stimulate" }>;
const act = (participant: string, stimulus: Act["stimulus"], more?: Partial<Act>): Act => ({
  kind: "stimulate",
  participant,
  stimulus,
  ...more,
});

/** The run, come to rest, with every requirement kept. */
function run(flow: Flow, ...script: Choice[]): Run {
  const result = computeRun(flow.scenario, script);
  expect([result.end, result.divergence]).toEqual(["rest", undefined]);
  expect(result.turns.flatMap((turn) => turn.unexpected ?? [])).toEqual([]);
  const broken = checkRun(flow, result).filter(({ verdict }) => verdict === "fail");
  expect(broken.map(({ id, message }) => `${id}: ${message}`)).toEqual([]);
  return result;
}

const finals = (result: Run, to: string): (number | undefined)[] =>
  result.hops
    .filter((hop) => hop.to === to && hop.message.method === "INVITE" && (hop.message.status ?? 0) >= 200)
    .map((hop) => hop.message.status);
const received = (result: Run, to: string): string[] =>
  result.hops.filter((hop) => hop.to === to).map((hop) => hop.name.replace(/^\S+ (.*)#\d+$/, "$1"));

describe("an operator", () => {
  it("E63 keeps an invitation from the user it serves: nobody is alerted, the inviter hears 403", () => {
    const group = read("group-invitation");
    const result = run(group, act("pfB", "refuse"), act("cfX", "invite"));
    expect(finals(result, "cfX")).toEqual([403]);
    for (const device of ["clientB1", "clientB2", "clientB3"]) expect(received(result, device)).toEqual([]);
    const own = run(group, act("pfB", "refuse", { code: 603 }), act("cfX", "invite"));
    expect(finals(own, "cfX")).toEqual([603]);
  });

  it("E63 keeps an invitation of the user it serves: it never leaves the network", () => {
    const result = run(read("one-to-one"), act("pfA", "refuse"), act("clientA", "invite"));
    expect(finals(result, "clientA")).toEqual([403]);
    expect(received(result, "coreB")).toEqual([]);
  });

  it("E63 of a controlling function does not let a group be made; the 1-1 session stays", () => {
    const result = run(read("extend-one-to-one"), act("cfX", "refuse"), act("clientA", "invite"));
    expect(finals(result, "clientA")).toEqual([403]);
    for (const client of ["clientB", "clientC"]) expect(received(result, client)).toEqual([]);
  });

  it("E66 a user declines beforehand where the client accepts by itself, until the invitation has come", () => {
    const group = read("extend-one-to-one");
    const declines = (more?: Partial<Act>) => act("clientB", "decline", { what: "group", now: true, ...more });
    const result = run(group, act("clientA", "invite"), declines({ code: 603 }));
    expect(received(result, "clientA").filter((name) => name === "BYE")).toEqual([]);
    expect(result.hops.map(({ name }) => name)).toContain("clientB>coreB 603#1");
    const invite: Choice = { kind: "deliver", hop: "coreB>clientB INVITE#1" };
    expect(computeRun(group.scenario, [act("clientA", "invite"), invite, declines()]).end).toBe("diverged");
    expect(computeRun(group.scenario, [declines(), declines(), act("clientA", "invite")]).end).toBe("diverged");
  });

  it("E63 of one invited user leaves the others alone", () => {
    const result = run(read("extend-one-to-one"), act("pfC", "refuse"), act("clientA", "invite"));
    expect(finals(result, "clientA")).toEqual([200]);
    expect([received(result, "clientB").includes("INVITE"), received(result, "clientC")]).toEqual([true, []]);
  });

  it("E63 refuses in time or not at all", () => {
    const { scenario } = read("group-invitation");
    const refuse = act("pfB", "refuse", { what: "group" });
    expect(enabled(initial(scenario))).toContainEqual(refuse);
    const late = computeRun(scenario, [act("cfX", "invite"), refuse]);
    expect(late.end).toBe("diverged");
  });

  it("E63 is asked for what it judges only", () => {
    const { scenario } = read("one-to-one");
    const stranger = {
      id: "pfZ",
      name: "CPM Conversation Server Z",
      role: "participatingFunction",
      domain: "Z",
    } as const;
    const with3 = { ...scenario, participants: [...scenario.participants, stranger] };
    const asked = enabled(initial(with3)).filter((c) => c.kind === "stimulate" && c.stimulus === "refuse");
    expect(asked.map((c) => "participant" in c && c.participant)).toEqual(["pfA", "pfB"]);
  });
});

describe.each(["transfer-server-in-path", "transfer-server-not-in-path"])("%s", (path) => {
  const flow = read(path);
  const transfer = act("clientT", "transfer");
  const untouched = (result: Run): void =>
    expect(result.hops.filter(({ name, from }) => name.includes(" BYE#") && /^client[TR]$/.test(from))).toEqual([]);

  it("E63 the transfer is refused by the transferor's operator: 403, the session is not touched", () => {
    const result = run(flow, act("pfT", "refuse"), transfer);
    expect(received(result, "clientT")).toEqual(["TRANSFER-403"]);
    untouched(result);
  });

  it("E67 480 of the transferor's operator says that the target is not available, another code that it is not allowed", () => {
    const rulesOf = (result: Run) => result.turns.flatMap(({ reactions }) => reactions.map(({ rule }) => rule));
    const unavailable = run(flow, act("pfT", "refuse", { code: 480 }), transfer);
    expect([received(unavailable, "clientT"), rulesOf(unavailable)]).toEqual([
      ["TRANSFER-480"],
      expect.arrayContaining(["TS-UNAVAILABLE"]),
    ]);
    const denied = run(flow, act("pfT", "refuse", { code: 606 }), transfer);
    expect([received(denied, "clientT"), rulesOf(denied)]).toEqual([
      ["TRANSFER-606"],
      expect.arrayContaining(["TS-DENIED"]),
    ]);
    untouched(unavailable);
    untouched(denied);
  });

  it("E63 the target's invitation is refused by its operator: a failure notice, the session is not touched", () => {
    const result = run(flow, act("pfG", "refuse"), transfer);
    expect(finals(result, "clientG")).toEqual([403]);
    expect(received(result, "clientT")).toContain("FAILURE-NOTE");
    untouched(result);
  });

  it("E64 the target's user declines: 603, a failure notice, the session is not touched", () => {
    const result = run(
      flow,
      transfer,
      { kind: "deliver", hop: "coreG>clientG JOIN#1" },
      act("clientG", "decline", { now: true }),
    );
    expect(result.hops.find(({ from }) => from === "clientG")?.message.status).toBe(603);
    expect(received(result, "clientT")).toContain("FAILURE-NOTE");
    untouched(result);
  });
});

/** Everything that comes of the freedoms, explored to its end with nothing broken: how it may end. */
function endings(path: string, free: string, ...script: Choice[]): readonly string[] {
  const flow = read(path);
  const freedoms = readFreedoms(free, flow.scenario);
  if (!freedoms.ok) throw new Error(freedoms.failure.message);
  const found = explore(flow.scenario, script, { freedoms: freedoms.value, violated: violatedBy(flow) });
  if (!found.ok) throw new Error(found.failure.message);
  const { complete, violations, outcomes } = found.value;
  expect({ complete, violations }).toEqual({ complete: true, violations: [] });
  return outcomes.map(({ summary }) => summary).toSorted();
}

describe("exploring the extension of a session", () => {
  const old = "session oneToOne of CPM Client A and CPM Client B";
  const gone = "CPM Client A and CPM Client B released from session oneToOne";
  const told = (code: number, user: string) => `CPM Controlling Function X is told ${code} for CPM User ${user}`;
  const inGroup = (...names: string[]) => `session group of ${names.map((name) => `CPM Client ${name}`).join(" and ")}`;

  it.each(["extend-one-to-one", "extend-one-to-one-hop-by-hop"])(
    "X36 %s: whoever refuses, B and A have one session with one another, the old one or the group's",
    (path) => {
      expect(endings(path, "invite,decline,refuse")).toEqual(
        [
          old,
          `session group of CPM Client A, CPM Client B and CPM Client C; ${gone}`,
          `${inGroup("A", "B")}; ${gone}; ${told(403, "C")}`,
          `${inGroup("A", "B")}; ${gone}; CPM Client C declined; ${told(486, "C")}`,
          `${inGroup("A", "C")}, ${old}; ${told(403, "B")}`,
          `${inGroup("A", "C")}, ${old}; CPM Client B declined; ${told(486, "B")}`,
          `${old}; CPM Client A is told 403`,
          `${old}; CPM Client A is told 403; ${told(403, "B")}; ${told(403, "C")}`,
          `${old}; CPM Client B and CPM Client C declined; CPM Client A is told 486; ${told(486, "B")}; ${told(486, "C")}`,
          `${old}; CPM Client B declined; CPM Client A is told 486; ${told(486, "B")}; ${told(403, "C")}`,
          `${old}; CPM Client C declined; CPM Client A is told 403; ${told(403, "B")}; ${told(486, "C")}`,
        ].toSorted(),
      );
    },
  );
});

describe("exploring the transfers", () => {
  const [transferor, target, transferee] = ["transferor", "target", "transferee"].map(
    (who) => `${who} CPM Client device`,
  );
  const old = `session existing of ${transferor} and ${transferee}`;
  const asks = act("clientT", "transfer");
  const moved = {
    "transfer-server-in-path": `session existing of ${transferee}, session existing-transferred of ${target}; ${transferor} released from session existing`,
    "transfer-server-not-in-path": `session existing-transferred of ${target} and ${transferee}; ${transferor} and ${transferee} released from session existing`,
  } as const;
  const paths = ["transfer-server-in-path", "transfer-server-not-in-path"] as const;

  it.each(paths)(
    "X28 %s: denied, unavailable, refused to the target and declined leave the session as it is",
    (path) => {
      expect(endings(path, "transfer,decline,refuse,refuse=480")).toEqual(
        [
          old,
          moved[path],
          `${old}; ${target} is told 403`,
          `${old}; ${target} is told 480`,
          `${old}; transfer refused to ${transferor} with 403`,
          `${old}; transfer refused to ${transferor} with 480`,
        ].toSorted(),
      );
    },
  );

  it.each(paths)("X37 %s: whoever ends the session meanwhile, nobody is left in half of one", (path) => {
    const found = endings(path, "transfer,decline,refuse,end");
    expect(found).toHaveLength(8);
    for (const summary of found)
      expect(summary.startsWith("no session; ") || summary.startsWith(old) || summary === moved[path]).toBe(true);
  });

  it("X37 with the server in the path, in whatever order the messages arrive", () => {
    const found = endings("transfer-server-in-path", "decline,end,order", asks);
    expect(found).toHaveLength(6);
  }, 60_000);

  it("X38 a transferee that is offline leaves the session as it is", () => {
    const flow = read("transfer-server-not-in-path");
    const variant = flow.variants.find(({ id }) => id === "transferee-offline");
    const script = [asks, ...(variant?.script ?? [])];
    const found = explore(flow.scenario, script, { freedoms: [], violated: violatedBy(flow) });
    expect(found.ok && found.value.outcomes.map(({ summary }) => summary)).toEqual([`${old}; ${target} is told 408`]);
    expect(found.ok && found.value.violations).toEqual([]);
  });
});

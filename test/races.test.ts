import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { computeRun } from "../electron/engine/index.ts";
import { flowSchema, type Scenario } from "../shared/flow/flow.ts";
import type { Choice } from "../shared/run/choice.ts";
import type { Run } from "../shared/run/run.ts";

/** Races and failures by the ids of the domain model, each reached by choosing turns in a bundled flow. */

const read = (path: string): Scenario =>
  flowSchema.parse(JSON.parse(readFileSync(new URL(`../flows/${path}.flow.json`, import.meta.url), "utf8"))).scenario;
const group = read("cpm/group-invitation");
const call = read("sip/no-answer");

type Act = Extract<Choice, { kind: "stimulate" }>;
const act = (participant: string, stimulus: Act["stimulus"], code?: number): Choice => ({
  kind: "stimulate",
  participant,
  stimulus,
  ...(code === undefined ? undefined : { code }),
});
const deliver = (hop: string): Choice => ({ kind: "deliver", hop });
const late = (hop: string): Choice => ({ kind: "deliver", hop, late: true });
const lose = (hop: string): Choice => ({ kind: "lose", hop });
const invite = act("cfX", "invite");

function run(scenario: Scenario, ...script: Choice[]): Run {
  const result = computeRun(scenario, script);
  expect(result.turns.flatMap((t) => t.unexpected ?? [])).toEqual([]);
  expect(result.end).toBe("rest");
  return result;
}

/** What one participant sends (<) and gets (>), in the order in which it arrives at the other end. */
function at(result: Run, participant: string): string[] {
  return result.hops
    .filter((h) => h.from === participant || (h.to === participant && h.received !== undefined))
    .map((h) => `${h.to === participant ? ">" : "<"}${h.name.split(" ")[1]?.split("#")[0]}`);
}
const sentTo = (result: Run, participant: string, token: string): string[] =>
  result.hops.filter((h) => h.to === participant && h.name.includes(` ${token}#`)).map((h) => h.from);
const finals = (result: Run, participant: string): (number | undefined)[] =>
  result.hops
    .filter((h) => h.to === participant && h.message.method === "INVITE" && (h.message.status ?? 0) >= 200)
    .map((h) => h.message.status);

const ringsAndIsCancelled = [">INVITE", "<ALERTING", ">CANCEL", "<CANCEL-200", "<487", ">ACK"];
const wins = [">INVITE", "<ALERTING", "<OK", ">ACK"];
const losesLate = [">INVITE", "<ALERTING", ">CANCEL", "<CANCEL-200", "<OK", ">ACK", ">BYE", "<BYE-200"];

describe("a user with several devices", () => {
  it("G1 B1 answers first: B2 is cancelled", () => {
    const result = run(group, invite, act("clientB1", "accept"));
    expect([at(result, "clientB1"), at(result, "clientB2")]).toEqual([wins, ringsAndIsCancelled]);
  });
  it("G2 B2 answers first: the mirror image", () => {
    const result = run(group, invite, act("clientB2", "accept"));
    expect([at(result, "clientB1"), at(result, "clientB2")]).toEqual([ringsAndIsCancelled, wins]);
  });
  it("G3 B2's OK crosses the CANCEL: it is acknowledged and released, one session remains", () => {
    const result = run(
      group,
      invite,
      act("clientB1", "accept"),
      act("clientB2", "accept"),
      deliver("coreB>clientB2 CANCEL#1"),
    );
    expect([at(result, "clientB1"), at(result, "clientB2")]).toEqual([wins, losesLate]);
  });
  it("G4 both answer at once: the first OK that arrives wins", () => {
    const result = run(
      group,
      invite,
      act("clientB1", "accept"),
      act("clientB2", "accept"),
      deliver("clientB2>coreB OK#1"),
      deliver("coreB>pfB OK#1"),
      deliver("clientB1>coreB OK#1"),
    );
    expect(at(result, "clientB2")).toEqual(wins);
    expect(at(result, "clientB1").slice(-2)).toEqual([">BYE", "<BYE-200"]);
  });
  it("G5 B1 answers before B2 has sent anything: the CANCEL waits for B2's first response", () => {
    const result = run(group, invite, act("clientB1", "accept"), deliver("coreB>clientB2 INVITE#1"));
    expect(at(result, "clientB2")).toEqual(ringsAndIsCancelled);
    const [ringing, cancel] = ["clientB2>coreB ALERTING#1", "coreB>clientB2 CANCEL#1"].map((name) =>
      result.hops.find((h) => h.name === name),
    );
    expect(cancel?.sent).toBe(ringing?.received);
  });
  it("G6 B1 is busy, B2 accepts: nothing is cancelled", () => {
    const result = run(group, invite, act("clientB1", "decline", 486), act("clientB2", "accept"));
    expect(result.hops.filter((h) => h.message.method === "CANCEL")).toEqual([]);
    expect(finals(result, "cfX")).toEqual([200]);
  });
  it("G7 B1 declines for all: B2 is cancelled and 603 goes upstream after its 487; a crossing OK wins", () => {
    const decline = act("clientB1", "decline", 603);
    const result = run(group, invite, decline);
    expect(at(result, "clientB2")).toEqual(ringsAndIsCancelled);
    expect(finals(result, "cfX")).toEqual([603]);
    const crossed = run(group, invite, decline, act("clientB2", "accept"), deliver("coreB>clientB2 CANCEL#1"));
    expect(finals(crossed, "cfX")).toEqual([200]);
    expect(at(crossed, "clientB2").slice(-2)).toEqual(["<OK", ">ACK"]);
  });
  it("G8 all decline: one best response goes upstream", () => {
    expect(finals(run(group, invite, act("clientB1", "decline", 486), act("clientB2", "decline", 480)), "cfX")).toEqual(
      [486],
    );
    expect(finals(run(group, invite, act("clientB1", "decline", 486), act("clientB2", "decline", 603)), "cfX")).toEqual(
      [603],
    );
  });
  it("G9 nobody answers: all are cancelled, and the inviter hears 408", () => {
    const result = run(group, invite);
    expect([at(result, "clientB1"), at(result, "clientB2")]).toEqual([ringsAndIsCancelled, ringsAndIsCancelled]);
    expect(finals(result, "cfX")).toEqual([408]);
  });
  it("G10 B2 is out of reach: its invitation is sent again and given up, nobody else is disturbed", () => {
    const away: Scenario = {
      ...group,
      participants: group.participants.map((p) =>
        p.role === "client" && p.id === "clientB2" ? { ...p, reachable: false } : p,
      ),
    };
    const result = run(away, invite, act("clientB1", "accept"));
    expect(at(result, "clientB1")).toEqual(wins);
    expect(result.hops.filter((h) => h.to === "clientB2").map((h) => h.message.again ?? 0)).toEqual([
      0, 1, 2, 3, 4, 5, 6,
    ]);
    const alone: Scenario = {
      ...away,
      participants: away.participants.filter((p) => p.id !== "clientB1" && p.id !== "clientB3"),
      timers: { T_noanswer: 60 },
    };
    expect(finals(run(alone, invite), "cfX")).toEqual([408]);
    expect(finals(run({ ...alone, options: { unreachableCode: 480 } }, invite), "cfX")).toEqual([480]);
  });
  it("G9 G11 nobody answers and the inviter cancels too: each device is cancelled once", () => {
    const expire: Choice = { kind: "expire", participant: "pfB", timer: "T_noanswer", now: true };
    const giveUp: Choice = { kind: "stimulate", participant: "cfX", stimulus: "cancel", now: true };
    for (const script of [
      [expire, giveUp],
      [giveUp, expire],
    ]) {
      const result = computeRun(group, [invite, act("clientB1", "decline"), ...script]);
      expect(result.end).toBe("rest");
      expect(sentTo(result, "clientB2", "CANCEL")).toEqual(["coreB"]);
      expect(finals(result, "cfX")).toHaveLength(1);
    }
  });
  it("G11 the inviter cancels while both ring: two 487, one upstream", () => {
    const result = run(group, invite, act("cfX", "cancel"));
    expect([at(result, "clientB1"), at(result, "clientB2")]).toEqual([ringsAndIsCancelled, ringsAndIsCancelled]);
    expect(finals(result, "cfX")).toEqual([487]);
  });
  it("G12 the inviter cancels while B1's OK is on its way: acknowledged and released", () => {
    const result = run(group, invite, act("clientB1", "accept"), act("cfX", "cancel"), deliver("clientB1>coreB OK#1"));
    expect(at(result, "clientB1").slice(-2)).toEqual([">BYE", "<BYE-200"]);
    expect(finals(result, "cfX")).toEqual([200]);
  });
});

describe("an exclusion that the core ignores", () => {
  it("G16 the excluded device rings too and is cancelled with the others", () => {
    const result = run({ ...group, rules: { off: ["CORE-EXCLUDE"] } }, invite, act("clientB1", "accept"));
    // Its missing media make this device refuse by itself; with them it rings and is cancelled.
    expect(at(result, "clientB3")).toEqual([">INVITE", "<488", ">ACK"]);
    const capable: Scenario = {
      ...group,
      participants: group.participants.map((p) =>
        p.id === "clientB3" && p.role === "client" ? { ...p, media: undefined } : p,
      ),
      policies: [{ domain: "B", clients: ["clientB3"] }],
      rules: { off: ["CORE-EXCLUDE"] },
    };
    expect(at(run(capable, invite, act("clientB1", "accept")), "clientB3")).toEqual(ringsAndIsCancelled);
  });
});

describe("a session between two", () => {
  it("G14 both ends release at once: two BYEs, two confirmations, one end", () => {
    const direct = read("sip/session-establishment");
    const result = run(
      direct,
      act("alice", "invite"),
      act("bob", "accept"),
      act("alice", "end"),
      act("bob", "end"),
      deliver("alice>bob BYE#1"),
    );
    for (const client of ["alice", "bob"])
      expect(
        at(result, client)
          .filter((m) => m.includes("BYE"))
          .sort(),
      ).toEqual(["<BYE", "<BYE-200", ">BYE", ">BYE-200"]);
  });
  it("G15 the callee hangs up before the acknowledgement: the release waits for it", () => {
    const result = run(
      call,
      act("alice", "invite"),
      act("bob", "accept"),
      act("bob", "end"),
      deliver("proxy2>bob ACK#1"),
    );
    expect(at(result, "bob").slice(-4)).toEqual(["<OK", ">ACK", "<BYE", ">BYE-200"]);
    expect(result.hops.find((h) => h.name === "bob>proxy2 BYE#1")?.sent).toBe(
      result.hops.find((h) => h.name === "proxy2>bob ACK#1")?.received,
    );
  });
  it("G13 a lost acknowledgement is sent again; one that never comes ends in a release", () => {
    // A timer that the script names waits for its turn.
    const lost = (times: number): Choice[] =>
      Array.from({ length: times }, (_, i): Choice[] => [
        ...(i > 0 ? [{ kind: "expire", participant: "proxy2", timer: "Timer_A" } as const] : []),
        lose(`proxy2>bob ACK#${i + 1}`),
      ]).flat();
    const once = run(call, act("alice", "invite"), act("bob", "accept"), ...lost(1));
    expect(at(once, "bob").slice(-2)).toEqual(["<OK", ">ACK"]);
    const never = run(call, act("alice", "invite"), act("bob", "accept"), ...lost(7));
    expect(at(never, "bob").slice(-2)).toEqual(["<BYE", ">BYE-200"]);
  });
});

describe("extending a 1-1 session", () => {
  const extend = read("cpm/extend-one-to-one");
  const asks = (...ids: string[]): Scenario => ({
    ...extend,
    participants: extend.participants.map((p) =>
      p.role === "client" && ids.includes(p.id) ? { ...p, answer: "user" } : p,
    ),
  });
  const start = act("clientA", "invite");
  const ended = (result: Run): string[] => sentTo(result, "clientA", "BYE");

  it("G17 B refuses, C accepts: a group of A and C, the 1-1 session stays", () => {
    const result = run(asks("clientB", "clientC"), start, act("clientB", "decline"), act("clientC", "accept"));
    expect([finals(result, "clientA"), ended(result)]).toEqual([[200], []]);
  });
  it("G18 A ends the 1-1 session while B does: both releases are confirmed", () => {
    const end: Choice = { kind: "stimulate", participant: "clientA", stimulus: "end", what: "oneToOne", now: true };
    const result = run(asks("clientB"), start, act("clientB", "accept"), end, deliver("clientB>coreB BYE#1"));
    expect(
      result.hops.filter((h) => h.message.method === "BYE" && h.message.status === 200 && h.to === "clientA"),
    ).toHaveLength(1);
    expect(
      result.hops.filter((h) => h.message.method === "BYE" && h.message.status === 200 && h.to === "clientB"),
    ).toHaveLength(1);
  });
  it("G19 C answers before B: A hears of C's acceptance, the replacement goes on", () => {
    const result = run(asks("clientB", "clientC"), start, act("clientC", "accept"), act("clientB", "accept"));
    expect([finals(result, "clientA"), ended(result)]).toEqual([[200], ["coreA"]]);
  });
  it("G20 all refuse: A is refused, the 1-1 session stays", () => {
    const result = run(asks("clientB", "clientC"), start, act("clientB", "decline"), act("clientC", "decline"));
    expect([finals(result, "clientA"), ended(result)]).toEqual([[486], []]);
  });
  it("G27 the session to be replaced has ended before the invitation arrives: 603", () => {
    const end: Choice = { kind: "stimulate", participant: "clientA", stimulus: "end", what: "oneToOne" };
    const result = run(
      asks("clientB", "clientC"),
      start,
      end,
      late("coreB>clientB INVITE#1"),
      act("clientC", "accept"),
    );
    const [refusal] = result.hops.filter((h) => h.from === "clientB" && h.message.method === "INVITE");
    expect(refusal?.message.status).toBe(603);
  });
});

describe("a session transfer", () => {
  const transfer = read("cpm/transfer-server-in-path");
  it("G21 not allowed, or the target not there: 403 or 480, the session is not touched", () => {
    const denied = run(
      { ...transfer, transfers: transfer.transfers?.map((t) => ({ ...t, allowed: false })) },
      act("clientT", "transfer"),
    );
    expect(at(denied, "clientT")).toEqual(["<TRANSFER", ">TRANSFER-403"]);
    const away: Scenario = {
      ...transfer,
      participants: transfer.participants.map((p) =>
        p.role === "client" && p.id === "clientG" ? { ...p, registered: false } : p,
      ),
    };
    expect(at(run(away, act("clientT", "transfer")), "clientT")).toEqual(["<TRANSFER", ">TRANSFER-480"]);
  });
  const untouched = (result: Run): void => {
    expect(
      result.hops.filter((h) => h.message.method === "BYE" && h.message.status === undefined && h.from === "clientT"),
    ).toEqual([]);
    expect(sentTo(result, "clientR", "BYE")).toEqual([]);
  };
  const without = read("cpm/transfer-server-not-in-path");
  const busy = (scenario: Scenario, id: string): Scenario => ({
    ...scenario,
    participants: scenario.participants.map((p) => (p.role === "client" && p.id === id ? { ...p, busy: true } : p)),
  });
  it("G22 the target declines, or is silent: a failure notice, the session is not touched", () => {
    for (const scenario of [transfer, without]) {
      const declined = run(busy(scenario, "clientG"), act("clientT", "transfer"));
      expect(at(declined, "clientT").slice(-2)).toEqual([">FAILURE-NOTE", "<FAILURE-NOTE-200"]);
      untouched(declined);
      const silent = run(
        scenario,
        act("clientT", "transfer"),
        { kind: "expire", participant: "pfG", timer: "T_join" },
        deliver("coreG>clientG JOIN#1"),
      );
      expect(at(silent, "clientT").filter((m) => m.includes("NOTE"))).toEqual([">FAILURE-NOTE", "<FAILURE-NOTE-200"]);
      untouched(silent);
    }
  });
  it("G23 the transferee refuses: the target is refused, a failure notice, the session is not touched", () => {
    const result = run(busy(without, "clientR"), act("clientT", "transfer"));
    expect(finals(result, "clientG")).toEqual([486]);
    expect(at(result, "clientT").slice(-2)).toEqual([">FAILURE-NOTE", "<FAILURE-NOTE-200"]);
    untouched(result);
  });
  it("G24 the transferor ends the session during the transfer: the target's session ends too", () => {
    const result = run(transfer, act("clientT", "transfer"), act("clientT", "end"), late("clientG>coreG REPLACED#1"));
    expect(sentTo(result, "clientG", "BYE")).toEqual(["coreG"]);
    expect(sentTo(result, "clientR", "BYE")).toEqual(["coreR"]);
  });
  it("G25 the transferor's release crosses the transferee's: both are confirmed", () => {
    const result = run(
      without,
      act("clientT", "transfer"),
      { kind: "stimulate", participant: "clientR", stimulus: "end", what: "existing" },
      deliver("clientT>coreT BYE#1"),
    );
    const confirmed = (id: string): number =>
      result.hops.filter((h) => h.to === id && h.message.method === "BYE" && h.message.status === 200).length;
    expect([confirmed("clientT"), confirmed("clientR")]).toEqual([1, 1]);
  });
  it("G26 the transfer request crosses the end of the session: 481", () => {
    const result = run(
      transfer,
      act("clientT", "transfer"),
      { kind: "stimulate", participant: "clientR", stimulus: "end", what: "existing" },
      late("clientT>coreT TRANSFER#1"),
    );
    expect(at(result, "clientT")).toContain(">TRANSFER-481");
  });
});

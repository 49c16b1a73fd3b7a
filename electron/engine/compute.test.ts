import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Flow, flowSchema, type Scenario } from "../../shared/flow/flow.ts";
import { sipStart } from "../../shared/flow/messages.ts";
import type { Choice } from "../../shared/run/choice.ts";
import type { Run } from "../../shared/run/run.ts";
import { computeRun, initial } from "./index.ts";

const bundled = (path: string): Flow =>
  flowSchema.parse(JSON.parse(readFileSync(new URL(`../../flows/${path}.flow.json`, import.meta.url), "utf8")));

const seed = bundled("cpm/group-invitation").scenario;

type Act = Extract<Choice, { kind: "stimulate" }>["stimulus"];
const act = (participant: string, stimulus: Act, more: { what?: string; code?: number } = {}): Choice => ({
  kind: "stimulate",
  participant,
  stimulus,
  ...more,
});
const deliver = (hop: string): Choice => ({ kind: "deliver", hop });
const invite = act("cfX", "invite");

function run(scenario: Scenario, ...script: Choice[]): Run {
  const result = computeRun(scenario, script);
  expect(result.turns.flatMap((t) => t.unexpected ?? [])).toEqual([]);
  return result;
}

const withOptions = (options: Scenario["options"]): Scenario => ({ ...seed, options });
const names = (result: Run): string[] => result.hops.map((h) => h.name);
/** Hops of one client's edge to the core and back, without the counts: "> INVITE", "< ALERTING". */
function seenBy(result: Run, client: string): string[] {
  return result.hops
    .filter((h) => h.from === client || h.to === client)
    .map((h) => `${h.to === client ? ">" : "<"} ${h.name.split(" ")[1]?.split("#")[0]}`);
}
const lastAt = (result: Run, participant: string): string => {
  const hop = result.hops.filter((h) => h.to === participant && h.message.class === "cpm").at(-1);
  return hop === undefined ? "" : sipStart(hop.message);
};

describe("seed 000", () => {
  it("E1 is complete at SIP level in every forking mode: 27, 29 and 32 messages", () => {
    const accept = act("clientB1", "accept");
    const counts = (["coreForksCoreCancels", "coreForksServerCancels", "serverForks"] as const).map(
      (forking) => run(withOptions({ forking }), invite, accept).hops.length,
    );
    expect(counts).toEqual([27, 29, 32]);
  });

  it("E2 B2 may answer first: the mirror image", () => {
    const result = run(seed, invite, act("clientB2", "accept"));
    expect(seenBy(result, "clientB1")).toEqual([
      "> INVITE",
      "< ALERTING",
      "> CANCEL",
      "< CANCEL-200",
      "< 487",
      "> ACK",
    ]);
    expect(seenBy(result, "clientB2")).toEqual(["> INVITE", "< ALERTING", "< OK", "> ACK"]);
    expect(seenBy(result, "clientB3")).toEqual([]);
  });

  it("E3 when B1 declines for its device and B2 accepts, nothing is cancelled", () => {
    for (const forking of ["coreForksCoreCancels", "coreForksServerCancels", "serverForks"] as const) {
      const result = run(withOptions({ forking }), invite, act("clientB1", "decline"), act("clientB2", "accept"));
      expect(names(result).filter((n) => n.includes("CANCEL"))).toEqual([]);
      expect(lastAt(result, "cfX")).toBe("200 OK (INVITE)");
    }
  });

  it("E4 a refusal for all devices cancels the others and wins upstream", () => {
    const result = run(seed, invite, act("clientB1", "decline", { code: 603 }));
    expect(seenBy(result, "clientB2")).toEqual([
      "> INVITE",
      "< ALERTING",
      "> CANCEL",
      "< CANCEL-200",
      "< 487",
      "> ACK",
    ]);
    expect(lastAt(result, "cfX")).toBe("603 Decline");
  });

  it("E5 when all decline one best response goes upstream", () => {
    const result = run(seed, invite, act("clientB1", "decline"), act("clientB2", "decline", { code: 480 }));
    expect(result.hops.filter((h) => h.to === "cfX" && (h.message.status ?? 0) >= 300)).toHaveLength(1);
    expect(["486 Busy Here", "480 Temporarily Unavailable"]).toContain(lastAt(result, "cfX"));
  });

  it("E6 when nobody answers the operator's time cancels everywhere and the inviter hears it", () => {
    const result = run(seed, invite);
    expect(seenBy(result, "clientB1").slice(2)).toEqual(["> CANCEL", "< CANCEL-200", "< 487", "> ACK"]);
    expect(seenBy(result, "clientB2").slice(2)).toEqual(["> CANCEL", "< CANCEL-200", "< 487", "> ACK"]);
    expect(lastAt(result, "cfX")).toBe("408 Request Timeout");
  });

  it("E7 when the inviter cancels, both devices are cancelled and one 487 comes back", () => {
    const result = run(seed, invite, act("cfX", "cancel"));
    expect(result.hops.filter((h) => h.to === "cfX" && h.message.status === 487)).toHaveLength(1);
    expect(seenBy(result, "clientB2")).toContain("> CANCEL");
  });

  it("E8 an acceptance that crosses the cancellation is acknowledged and released; one session remains", () => {
    const crossing = [
      invite,
      act("clientB1", "accept"),
      act("clientB2", "accept"),
      deliver("coreB>clientB2 CANCEL#1"),
    ] as const;
    for (const forking of ["coreForksCoreCancels", "coreForksServerCancels", "serverForks"] as const) {
      const result = run(withOptions({ forking }), ...crossing);
      expect(seenBy(result, "clientB2")).toEqual([
        "> INVITE",
        "< ALERTING",
        "> CANCEL",
        "< CANCEL-200",
        "< OK",
        "> ACK",
        "> BYE",
        "< BYE-200",
      ]);
      expect(seenBy(result, "clientB1")).toEqual(["> INVITE", "< ALERTING", "< OK", "> ACK"]);
      const cancel = result.hops.find((h) => h.name === "coreB>clientB2 CANCEL#1");
      const ok = result.hops.find((h) => h.name === "clientB2>coreB OK#1");
      expect([cancel?.passedOver, ok?.passedOver]).toEqual([true, true]);
    }
  });

  it("E9 clients are excluded each for its own reason, and the guard says so", () => {
    const scenario: Scenario = {
      ...seed,
      participants: [
        ...seed.participants.filter((p) => p.id !== "clientB3"),
        { id: "clientB3", name: "CPM Client B3", role: "client", user: "B" },
        { id: "clientB4", name: "CPM Client B4", role: "client", user: "B", media: ["messages"] },
        { id: "clientB5", name: "CPM Client B5", role: "client", user: "B" },
      ],
      users: [
        {
          id: "B",
          domain: "B",
          preferences: [{ media: "video", clients: ["clientB1", "clientB2", "clientB3", "clientB4"] }],
        },
      ],
    };
    const result = run(scenario, invite, act("clientB1", "accept"));
    const select = result.turns.flatMap((t) => t.reactions).find((r) => r.rule === "PF-SELECT");
    expect(select?.guards.map((g) => g.value).join()).toMatch(
      /CPM Client B4: no, does not support video; CPM Client B5: no, the user prefers other clients for video/,
    );
    expect(["clientB4", "clientB5"].flatMap((c) => seenBy(result, c))).toEqual([]);
    expect(seenBy(result, "clientB3")).toContain("> CANCEL");
  });

  it("E10 with everybody excluded the invitation is refused", () => {
    const scenario: Scenario = {
      ...seed,
      policies: [{ domain: "B", clients: ["clientB1", "clientB2", "clientB3"] }],
    };
    expect(lastAt(run(scenario, invite), "cfX")).toBe("480 Temporarily Unavailable");
  });

  it("E11 with nobody excluded three devices ring and two are cancelled", () => {
    const scenario: Scenario = {
      ...seed,
      participants: seed.participants.map((p) => (p.role === "client" ? { ...p, media: undefined } : p)),
    };
    const result = run(scenario, invite, act("clientB1", "accept"));
    expect(names(result).filter((n) => /^coreB>client.. CANCEL/.test(n))).toEqual([
      "coreB>clientB2 CANCEL#1",
      "coreB>clientB3 CANCEL#1",
    ]);
  });

  it("E12 an unreachable device loses its invitation and disturbs nobody", () => {
    const scenario: Scenario = {
      ...seed,
      participants: seed.participants.map((p) =>
        p.id === "clientB2" && p.role === "client" ? { ...p, reachable: false } : p,
      ),
    };
    const result = run(scenario, invite, act("clientB1", "accept"));
    expect(result.hops.find((h) => h.to === "clientB2")?.lost).toBeDefined();
    expect(lastAt(result, "cfX")).toBe("200 OK (INVITE)");
    expect(result.end).toBe("rest");
  });

  it("E13 a rule that is switched off does not fire", () => {
    const result = run({ ...seed, rules: { off: ["PF-CANCEL-OTHERS"] } }, invite, act("clientB1", "accept"));
    expect(names(result).filter((n) => n.includes("CANCEL"))).toEqual([]);
  });
});

describe("two invited users", () => {
  const two: Scenario = {
    ...seed,
    participants: [
      ...seed.participants,
      { id: "coreC", name: "SIP/IP Core C", domain: "C", role: "core" },
      {
        id: "pfC",
        name: "CPM Conversation Server C (participating function)",
        domain: "C",
        role: "participatingFunction",
      },
      { id: "clientC", name: "CPM Client C", role: "client", user: "C" },
    ],
    users: [...(seed.users ?? []), { id: "C", domain: "C" }],
    invitations: [{ id: "group", from: "cfX", to: [{ user: "B" }, { user: "C" }], media: ["messages", "video"] }],
  };

  it("E14 both accept; the session ends for the last when the other leaves", () => {
    const result = run(two, invite, act("clientB1", "accept"), act("clientC", "accept"), act("clientC", "end"));
    const milestones = result.turns.flatMap((t) => t.reactions.flatMap((r) => r.milestones.map((m) => m.id)));
    expect(milestones.filter((m) => m === "groupSessionEstablished")).toHaveLength(1);
    expect(seenBy(result, "clientB1").slice(-2)).toEqual(["> BYE", "< BYE-200"]);
  });

  it("E15 one declines, the session stands with the other", () => {
    const result = run(two, invite, act("clientC", "decline"), act("clientB2", "accept"));
    expect(seenBy(result, "clientB2")).toEqual(["> INVITE", "< ALERTING", "< OK", "> ACK"]);
  });
});

describe("seed 001", () => {
  const extend = bundled("cpm/extend-one-to-one").scenario;
  const withC = (answer: "user" | "auto", b: "user" | "auto"): Scenario => ({
    ...extend,
    participants: extend.participants.map((p) =>
      p.id === "clientB" && p.role === "client"
        ? { ...p, answer: b }
        : p.id === "clientC" && p.role === "client"
          ? { ...p, answer }
          : p,
    ),
  });
  const start = act("clientA", "invite");

  it("E16 B declines and C accepts: the 1-1 session stays", () => {
    const result = run(withC("user", "user"), start, act("clientB", "decline"), act("clientC", "accept"));
    expect(names(result).filter((n) => n.includes("BYE"))).toEqual([]);
    expect(lastAt(result, "clientA")).toBe("200 OK (INVITE)");
  });

  it("E17 C answers before B: A is answered after C, the replacement goes on", () => {
    const result = run(withC("user", "user"), start, act("clientC", "accept"), act("clientB", "accept"));
    const order = names(result);
    expect(order.indexOf("coreA>clientA OK#1")).toBeLessThan(order.indexOf("clientB>coreB OK#1"));
    expect(seenBy(result, "clientB").slice(-2)).toEqual(["< BYE", "> BYE-200"]);
  });

  it("E18 all decline: A is refused once, the 1-1 session stays", () => {
    const result = run(withC("user", "user"), start, act("clientB", "decline"), act("clientC", "decline"));
    expect(names(result).filter((n) => n.includes("BYE"))).toEqual([]);
    expect(result.hops.filter((h) => h.to === "clientA" && (h.message.status ?? 0) >= 300)).toHaveLength(1);
  });
});

describe("seed 004", () => {
  const transfer = bundled("cpm/transfer-server-in-path").scenario;
  const start = act("clientT", "transfer");

  it("E19 a transfer that is not allowed, or to a target that is not there, is refused and the session stays", () => {
    const denied = { ...transfer, transfers: transfer.transfers?.map((t) => ({ ...t, allowed: false })) };
    expect(lastAt(run(denied, start), "clientT")).toMatch(/^403/);
    const away = {
      ...transfer,
      participants: transfer.participants.map((p) =>
        p.id === "clientG" && p.role === "client" ? { ...p, registered: false } : p,
      ),
    };
    expect(lastAt(run(away, start), "clientT")).toMatch(/^480/);
    expect(names(run(away, start)).filter((n) => n.includes("BYE"))).toEqual([]);
  });

  it("E20 with one server for both devices nothing passes between servers", () => {
    const one: Scenario = {
      ...transfer,
      participants: transfer.participants
        .filter((p) => p.id !== "pfG" && p.id !== "coreG")
        .map((p) => (p.id === "clientG" ? { ...p, domain: "T" } : p)),
    };
    const result = run(one, start);
    expect(result.hops.filter((h) => h.message.class === "inner")).toEqual([]);
    expect(names(result).at(-1)).toBe("coreT>clientT BYE-200#1");
  });
});

describe("scripts", () => {
  it("E21 a choice that is not possible stops the run and says what is", () => {
    const result = computeRun(seed, [invite, act("clientB3", "accept")]);
    expect(result.end).toBe("diverged");
    expect(result.divergence?.at).toBe(1);
    expect(result.divergence?.enabled).toContainEqual(act("clientB1", "accept", { what: "group" }));
  });

  it("E22 a scripted run taken apart into its single turns gives the same hops", () => {
    const script = [invite, act("clientB1", "accept"), act("clientB2", "accept"), deliver("coreB>clientB2 CANCEL#1")];
    const first = computeRun(seed, script);
    const again = computeRun(
      seed,
      first.turns.map((t) => ("hop" in t.choice ? t.choice : { ...t.choice, now: true })),
    );
    expect(names(again)).toEqual(names(first));
    expect(again.end).toBe("rest");
  });

  it("E23 an author's messages stand beside the rules' and nobody's rule answers for them", () => {
    const inject: Choice = { kind: "inject", from: "clientB3", to: "coreB", message: { label: "Hello" } };
    const result = run(seed, invite, inject, act("clientB1", "accept"));
    const hop = result.hops.find((h) => h.name === "clientB3>coreB Hello#1");
    expect([hop?.origin, hop?.rule]).toEqual(["authored", undefined]);
    expect(lastAt(result, "cfX")).toBe("200 OK (INVITE)");
  });

  it("E24 a withheld hop is gone, an altered one carries the author's words", () => {
    const withheld = run(seed, invite, { kind: "withhold", hop: "coreB>clientB2 INVITE#1" }, act("clientB1", "accept"));
    expect(seenBy(withheld, "clientB2")).toEqual([]);
    const altered = run(seed, invite, {
      kind: "alter",
      hop: "coreX>cfX ALERTING#1",
      message: { label: "Progress", kind: "response" },
    });
    const hop = altered.hops.find((h) => h.name === "coreX>cfX ALERTING#1");
    expect([hop?.message.name, hop?.origin]).toEqual(["Progress", "authored"]);
  });

  it("E25 a run stops at its limit and says so", () => {
    expect(computeRun(seed, [invite], { turns: 5 }).end).toBe("limit");
  });

  it("E26 given sessions are up before the first turn and leave no trace", () => {
    const world = initial(bundled("cpm/extend-one-to-one").scenario);
    expect([world.flight.length, world.timers.size]).toEqual([0, 0]);
    const call = world.memories.get("clientB")?.get("call")?.get("clientA-1");
    expect(call).toMatchObject({ state: "established", session: "oneToOne" });
  });
});

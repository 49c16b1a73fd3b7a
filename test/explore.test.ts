import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { computeRun, explore, readFreedoms } from "../electron/engine/index.ts";
import { flowSchema, type Scenario } from "../shared/flow/flow.ts";
import { type Choice, choiceKey } from "../shared/run/choice.ts";
import type { Exploration, Freedom } from "../shared/run/exploration.ts";
import type { Run } from "../shared/run/run.ts";

const bundled = (path: string): Scenario =>
  flowSchema.parse(JSON.parse(readFileSync(new URL(`../flows/${path}.flow.json`, import.meta.url), "utf8"))).scenario;

type Client = Extract<Scenario["participants"][number], { role: "client" }>;
/** The scenario with some clients changed. */
const withClients = (scenario: Scenario, change: (client: Client) => Client): Scenario => ({
  ...scenario,
  participants: scenario.participants.map((p) => (p.role === "client" ? change(p) : p)),
});

function freedoms(text: string, scenario: Scenario): readonly Freedom[] {
  const read = readFreedoms(text, scenario);
  if (!read.ok) throw new Error(read.failure.message);
  return read.value;
}

type Requirements = (run: Run) => readonly string[];

function explored(scenario: Scenario, script: readonly Choice[], free: string, violated?: Requirements): Exploration {
  const found = explore(scenario, script, { freedoms: freedoms(free, scenario), violated });
  if (!found.ok) throw new Error(found.failure.message);
  return found.value;
}

/**
 * CPM-MLD-007 on a run: once a device of the user has accepted, every other device that had been invited and had not
 * answered when the acceptance reached the canceller is sent a cancellation.
 */
const mld007: Requirements = ({ hops }) => {
  const isAnswer = (status: number | undefined) => status !== undefined && status >= 200;
  const devices = ["clientB1", "clientB2", "clientB3"];
  const ok = hops.find(
    (h) => h.from === "coreB" && h.to === "pfB" && h.message.status === 200 && h.message.method === "INVITE",
  );
  const at = ok?.received;
  if (ok === undefined || at === undefined) return [];
  const outstanding = devices.filter((device) => {
    const invited = hops.some((h) => h.to === device && h.message.method === "INVITE" && h.sent < at);
    const answered = hops.some(
      (h) => h.from === device && h.message.method === "INVITE" && isAnswer(h.message.status) && h.sent < at,
    );
    return invited && !answered;
  });
  // What was cancelled upstream of a device may have been answered by it before the cancellation got there.
  // One that was sent because nobody answered in time, and that the acceptance crosses, reaches the same devices.
  const isCancelled = hops.some((h) => h.from === "pfB" && h.message.method === "CANCEL");
  return outstanding.length === 0 || isCancelled ? [] : ["MLD-007"];
};

/** FRK-2 on a run: at its end at most one device of the user is in the session. */
const frk2: Requirements = ({ hops }) => {
  const accepted = hops.filter(
    (h) => h.from.startsWith("clientB") && h.message.method === "INVITE" && h.message.status === 200,
  );
  const released = (device: string) =>
    hops.some((h) => h.to === device && h.message.method === "BYE" && h.received !== undefined);
  return accepted.filter((h) => !released(h.from)).length > 1 ? ["FRK-2"] : [];
};

const seed000 = bundled("cpm/group-invitation");
const three = withClients(seed000, (client) => (client.id === "clientB3" ? { ...client, media: undefined } : client));
const invite: Choice = { kind: "stimulate", participant: "cfX", stimulus: "invite" };

/** Explores the witness's own run again: it has to end as it was said to. */
function expectWitnesses(scenario: Scenario, { outcomes }: Exploration, free: string): void {
  for (const { summary, witness } of outcomes) {
    const run = computeRun(scenario, witness);
    expect(run.end).toBe("rest");
    const turns = run.turns.map(({ choice }) => ("hop" in choice ? choice : { ...choice, now: true as const }));
    // After a run has come to rest nothing is left to be found but how it ended.
    const after = explored(scenario, turns, free);
    expect(after.outcomes.map((o) => o.summary)).toContain(summary);
  }
}

describe("seed 000", () => {
  test("X20 with three clients: who answers, declines or stays silent, in any order, cancellations crossing", () => {
    const found = explored(three, [invite], "answers,order", (run) => [...mld007(run), ...frk2(run)]);
    expect(found.complete).toBe(true);
    expect(found.violations).toEqual([]);
    const summaries = found.outcomes.map((o) => o.summary);
    expect(new Set(summaries).size).toBe(summaries.length);
    expect(summaries).toHaveLength(36);
    expect(summaries).toContain("session with CPM Client B2; CPM Client B1 and CPM Client B3 cancelled");
    expect(summaries).toContain("session with CPM Client B3; CPM Client B1 declined; CPM Client B2 released");
    expect(
      summaries.some((s) => s.startsWith("no session; CPM Client B1, CPM Client B2 and CPM Client B3 declined")),
    ).toBe(true);
    // Exactly one device is in the session, or none.
    for (const s of summaries) expect(s).toMatch(/^(no session|session with CPM Client B[123])(;|$)/);
    expectWitnesses(three, { ...found, outcomes: found.outcomes.slice(0, 12) }, "accept");
  }, 120_000);

  test("X21 every outcome of two clients has a witness that replays to it, and no choice in it is idle", () => {
    const found = explored(seed000, [invite], "answers,order");
    expect(found.outcomes).toHaveLength(11);
    expectWitnesses(seed000, found, "accept");
    const crossing = found.outcomes.find((o) => o.summary === "session with CPM Client B1; CPM Client B2 released");
    expect(crossing?.witness.filter((c) => c.kind === "stimulate")).toHaveLength(3);
    const plain = found.outcomes.find((o) => o.summary === "session with CPM Client B2; CPM Client B1 cancelled");
    expect(plain?.witness.map(choiceKey)).toEqual(["stimulate cfX invite", "stimulate clientB2 accept group"]);
  }, 60_000);

  test("X22 without the rule that cancels, MLD-007 breaks, and the shortest script says how", () => {
    const without: Scenario = { ...seed000, rules: { off: ["PF-CANCEL-OTHERS"] } };
    const found = explored(without, [invite], "answers,order", mld007);
    expect(found.violations).toHaveLength(1);
    const [violation] = found.violations;
    expect(violation?.requirement).toBe("MLD-007");
    expect(violation?.witness.map((c) => choiceKey(c).replace(/B[12]/, "B?"))).toEqual([
      "stimulate cfX invite",
      "stimulate clientB? accept group",
    ]);
    expect(mld007(computeRun(without, violation?.witness ?? []))).toEqual(["MLD-007"]);
    expect(mld007(computeRun(seed000, violation?.witness ?? []))).toEqual([]);
  }, 60_000);

  test("X23 two explorations of the same are the same", () => {
    const once = () => explored(seed000, [invite], "answers,order,loss:coreB>clientB2", frk2);
    expect(once()).toEqual(once());
  }, 120_000);
});

describe("seed 001", () => {
  const scenario = withClients(bundled("cpm/extend-one-to-one"), (client) =>
    client.id === "clientA" ? client : { ...client, answer: "user" as const },
  );
  const begin: Choice = { kind: "stimulate", participant: "clientA", stimulus: "invite" };

  test("X24 whoever declines or stays silent, the 1-1 session is kept unless B is in the group", () => {
    const found = explored(scenario, [begin], "answers");
    expect(found.complete).toBe(true);
    expectWitnesses(scenario, found, "accept");
    for (const { summary } of found.outcomes) {
      const inGroup = /session group of (.*?)(?:, session|;|$)/.exec(summary)?.[1] ?? "";
      const kept = summary.includes("session oneToOne of CPM Client A and CPM Client B");
      expect(kept, summary).toBe(!inGroup.includes("CPM Client B"));
      if (inGroup !== "") expect(summary).toContain("session group of CPM Client A");
    }
    expect(
      found.outcomes.some((o) =>
        o.summary.startsWith(
          "session oneToOne of CPM Client A and CPM Client B; CPM Client B and CPM Client C declined",
        ),
      ),
    ).toBe(true);
    expect(
      found.outcomes.some((o) =>
        o.summary.startsWith("session group of CPM Client A and CPM Client C, session oneToOne"),
      ),
    ).toBe(true);
  }, 60_000);
});

describe("seed 004", () => {
  const transfer: Choice = { kind: "stimulate", participant: "clientT", stimulus: "transfer" };
  const original = "session existing of transferor CPM Client device and transferee CPM Client device";

  test("X25 in both scenarios a transfer that is not allowed leaves the session as it is", () => {
    for (const path of ["cpm/transfer-server-in-path", "cpm/transfer-server-not-in-path"]) {
      const scenario = bundled(path);
      const transfers = scenario.transfers?.map((t) => ({ ...t, allowed: false }));
      const denied = explored({ ...scenario, transfers }, [transfer], "order");
      expect(denied.outcomes).toHaveLength(1);
      expect(denied.outcomes[0]?.summary).toContain(original);
      const allowed = explored(scenario, [transfer], "order");
      expect(allowed.outcomes.map((o) => o.summary).every((s) => s.includes("session existing-transferred"))).toBe(
        true,
      );
      expect(allowed.complete).toBe(true);
    }
  }, 60_000);

  test("X26 a transferee that declines or stays silent keeps the session it has", () => {
    const scenario = withClients(bundled("cpm/transfer-server-not-in-path"), (client) =>
      client.id === "clientR" ? { ...client, answer: "user" } : client,
    );
    const found = explored(scenario, [transfer], "answers");
    const accepted = found.outcomes.filter((o) =>
      o.witness.some((c) => c.kind === "stimulate" && c.stimulus === "accept"),
    );
    const others = found.outcomes.filter((o) => !accepted.includes(o));
    expect(others.length).toBeGreaterThanOrEqual(2);
    for (const { summary } of others) expect(summary).toContain(original);
    expect(accepted.some((o) => !o.summary.includes(original))).toBe(true);
    expectWitnesses(scenario, found, "accept");
  }, 60_000);

  test("X27 the transferor may end the session meanwhile, and then nobody is left in one half", () => {
    const found = explored(bundled("cpm/transfer-server-in-path"), [transfer], "end:clientT,order");
    expect(found.complete).toBe(true);
    expect(found.outcomes.length).toBeGreaterThan(1);
    expectWitnesses(bundled("cpm/transfer-server-in-path"), found, "accept");
  }, 60_000);
});

describe("bounds", () => {
  test("X30 an exploration that is stopped says so, and why", () => {
    const list = freedoms("answers,order", three);
    const stopped = (bounds: { states?: number; depth?: number }, shouldStop?: () => boolean) => {
      const found = explore(three, [invite], { freedoms: list, bounds, shouldStop });
      return found.ok ? found.value : undefined;
    };
    const few = stopped({ states: 500 });
    expect(few).toMatchObject({ complete: false, stoppedBecause: "states" });
    // What was found stays true: the plain outcomes are among it, and no number is claimed to be exact.
    expect(few?.outcomes.length).toBeGreaterThan(10);
    expect(few?.outcomes.every((o) => o.atLeast)).toBe(true);
    expect(stopped({ depth: 10 })).toMatchObject({ complete: false, stoppedBecause: "depth" });
    expect(stopped({}, () => true)).toMatchObject({ complete: false, stoppedBecause: "asked" });
  }, 60_000);

  test("X31 progress is told, and the numbers only grow", () => {
    const told: number[] = [];
    explore(seed000, [invite], {
      freedoms: freedoms("answers,order", seed000),
      onProgress: (states) => told.push(states),
    });
    expect(told.length).toBeGreaterThan(2);
    expect(told.at(-1)).toBe(3221);
  }, 60_000);

  test("X32 a script that is not possible is refused in a sentence", () => {
    const found = explore(seed000, [{ kind: "stimulate", participant: "clientB1", stimulus: "accept" }], {
      freedoms: [],
    });
    expect(found).toEqual({
      ok: false,
      failure: expect.objectContaining({
        message: expect.stringMatching(/choice 1, “stimulate clientB1 accept”, is not possible/),
      }),
    });
  });
});

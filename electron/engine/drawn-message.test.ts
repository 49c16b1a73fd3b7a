import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Flow, flowSchema, type Scenario } from "../../shared/flow/flow.ts";
import { knownNames } from "../../shared/flow/messages.ts";
import type { Choice } from "../../shared/run/choice.ts";
import type { Hop, Run } from "../../shared/run/run.ts";
import { wholeScript } from "../../shared/run/tree.ts";
import { computeRun } from "./index.ts";

const folder = new URL("../../flows/", import.meta.url);
const flows = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".flow.json"))
  .map((file): Flow => flowSchema.parse(JSON.parse(readFileSync(new URL(file, folder), "utf8"))));
const scenarioOf = (id: string): Scenario =>
  flowSchema.parse(JSON.parse(readFileSync(new URL(`${id}.flow.json`, folder), "utf8"))).scenario;

const group = scenarioOf("cpm/group-invitation");
const invite: Choice = { kind: "stimulate", participant: "cfX", stimulus: "invite" };
const accept = (participant: string): Choice => ({ kind: "stimulate", participant, stimulus: "accept" });
const draw = (from: string, to: string, label: string, kind?: "request" | "response" | "media"): Choice => ({
  kind: "inject",
  from,
  to,
  message: { label, ...(kind && { kind }) },
});
/** The arrows that come of the drawn one, in the order of arrival. */
function after(run: Run, name: string): readonly string[] {
  const at = run.hops.findIndex((hop) => hop.name === name);
  return run.hops.slice(at).map((hop: Hop) => `${hop.from}>${hop.to} ${hop.message.name}`);
}
const complaints = (run: Run): readonly string[] => run.turns.flatMap(({ unexpected }) => unexpected ?? []);

describe("E23 a drawn message that means something is received as what it is", () => {
  it("a second ALERTING is passed on by the core to the inviting function", () => {
    const run = computeRun(group, [invite, draw("pfB", "coreB", "ALERTING response", "response"), accept("clientB1")]);
    expect(run.end).toBe("rest");
    expect(after(run, "pfB>coreB ALERTING response#1").slice(0, 3)).toEqual([
      "pfB>coreB ALERTING response",
      "coreB>coreX ALERTING response",
      "coreX>cfX ALERTING response",
    ]);
    expect(complaints(run)).toEqual([]);
    const [drawn, passed] = ["pfB>coreB ALERTING response#1", "coreB>coreX ALERTING#2"].map((name) =>
      run.hops.find((hop) => hop.name === name),
    );
    expect([drawn?.origin, drawn?.rule, passed?.relays]).toEqual(["authored", undefined, drawn?.name]);
  });

  it("an OK is an acceptance: it settles the invitation and the others are cancelled", () => {
    const run = computeRun(group, [invite, draw("clientB2", "coreB", "200 OK (INVITE)", "response")]);
    const got = (id: string) => run.hops.filter((hop) => hop.to === id).map((hop) => hop.message.method);
    expect(run.hops.filter((hop) => hop.to === "cfX").map((hop) => hop.message.status)).toContain(200);
    expect(got("clientB1")).toContain("CANCEL");
    expect(got("clientB2")).toContain("ACK");
  });

  it("a CANCEL belongs to the INVITE of its edge, a BYE to the session, an INVITE is the scenario's", () => {
    const cancelled = computeRun(group, [invite, draw("cfX", "coreX", "CANCEL")]);
    expect(cancelled.hops.filter((hop) => hop.to === "cfX").map((hop) => hop.message.status)).toContain(487);
    const released = computeRun(group, [invite, accept("clientB1"), draw("cfX", "coreX", "BYE")]);
    expect(released.hops.filter((h) => h.to === "clientB1").map((h) => h.message.method)).toContain("BYE");
    const call = scenarioOf("sip/no-answer");
    const caller = call.invitations?.[0]?.from ?? "";
    const ordinary = computeRun(call, [{ kind: "stimulate", participant: caller, stimulus: "invite" }]);
    const next = ordinary.hops[0]?.to ?? "";
    const begun = computeRun(call, [
      { kind: "stimulate", participant: caller, stimulus: "invite" },
      draw(caller, next, "INVITE"),
    ]);
    const invited = (run: Run) =>
      run.hops.filter(({ message }) => message.method === "INVITE" && message.status === undefined);
    expect(invited(begun).length).toBe(2 * invited(ordinary).length);
    expect(new Set(invited(begun).map(({ message }) => message.call)).size).toBe(2);
    expect(complaints(begun)).toEqual([]);
  });
});

describe("E27 a drawn message that belongs to nothing stays drawn, and a sentence says why", () => {
  it.each([
    ["clientB3", "coreB", "200 OK (INVITE)", "no request that this could still answer"],
    ["clientB1", "coreB", "CANCEL", "no INVITE that this could belong to"],
    ["clientB1", "coreB", "INVITE", "no invitation"],
    ["clientB3", "coreB", "BYE", "no session"],
  ])("%s sends %s %s", (from, to, label, why) => {
    const run = computeRun(group, [invite, draw(from, to, label)]);
    expect(complaints(run)[0]).toContain(why);
    expect(run.end).toBe("rest");
  });

  it("says nothing in a flow that is drawn by hand", () => {
    const run = computeRun({ participants: group.participants }, [
      draw("cfX", "coreX", "INVITE"),
      draw("coreX", "cfX", "200 OK"),
    ]);
    expect([complaints(run), run.hops.length]).toEqual([[], 2]);
  });
});

describe("E24 an altered message is received as what it has become", () => {
  it("a refusal in place of ALERTING refuses, and the run says what the rules send", () => {
    const altered = { kind: "alter", hop: "clientB1>coreB ALERTING#1", message: { label: "486 Busy Here" } } as const;
    const run = computeRun(group, [invite, altered]);
    const hop = run.hops.find((one) => one.name === altered.hop);
    expect(hop).toMatchObject({ origin: "authored", instead: { name: "ALERTING response", rule: "CL-ALERT" } });
    expect(
      run.hops.find((one) => one.from === "coreB" && one.to === "clientB1" && one.message.method === "ACK"),
    ).toMatchObject({
      message: { acknowledges: 486 },
    });
  });

  it("E28 what is withheld is listed, and reappears nowhere else", () => {
    const run = computeRun(group, [invite, { kind: "withhold", hop: "coreB>clientB2 INVITE#1" }]);
    expect(run.withheld?.map(({ name, rule }) => [name, rule])).toEqual([["coreB>clientB2 INVITE#1", "CORE-FORK"]]);
    expect(run.hops.some(({ name }) => name === "coreB>clientB2 INVITE#1")).toBe(false);
  });
});

describe("E29 whatever is drawn, wherever, the run comes to rest", () => {
  const names = knownNames().map(({ name }) => name);
  it("over all bundled flows", () => {
    let alive = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...flows.filter(({ scenario }) => scenario.participants.some((p) => p.role !== "other"))),
        fc.array(fc.record({ label: fc.constantFrom(...names), edge: fc.nat(), at: fc.nat(), alters: fc.boolean() }), {
          minLength: 1,
          maxLength: 4,
        }),
        (flow, drawn) => {
          const whole = wholeScript(flow, flow.variants[0]?.id ?? "");
          if (!whole.ok) throw new Error(whole.failure.message);
          let script = whole.value;
          for (const { label, edge, at, alters } of drawn) {
            const run = computeRun(flow.scenario, script, { turns: 20_000 });
            const hop = run.hops[edge % Math.max(run.hops.length, 1)];
            if (hop === undefined) continue;
            const [from, to] = at % 2 === 0 ? [hop.from, hop.to] : [hop.to, hop.from];
            const choice: Choice = alters
              ? { kind: "alter", hop: hop.name, message: { label } }
              : ({ ...draw(from, to, label), ...(at % 3 === 0 && { now: true }) } as Choice);
            script = script.toSpliced(at % (script.length + 1), 0, choice);
          }
          const run = computeRun(flow.scenario, script, { turns: 20_000 });
          expect(run.end).not.toBe("limit");
          if (run.hops.some(({ origin, message }) => origin === "authored" && message.method !== undefined)) alive++;
        },
      ),
      { numRuns: 600 },
    );
    expect(alive).toBeGreaterThan(100);
  });
});

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkRun, computeRun } from "../electron/engine/index.ts";
import { type Flow, flowSchema } from "../shared/flow/flow.ts";
import type { Choice } from "../shared/run/choice.ts";
import type { Run } from "../shared/run/run.ts";
import { losing } from "./arbitrary-scenario.ts";
import { act } from "./state-machines/row.ts";

/** What never gets through: who gives up, what is said of it, and that nobody is held to what could not follow. */

const read = (path: string): Flow =>
  flowSchema.parse(JSON.parse(readFileSync(new URL(`../flows/${path}.flow.json`, import.meta.url), "utf8")));
const oneToOne = read("cpm/one-to-one");
const twoProxies = read("sip/two-proxies");
const accepted = [act("clientA", "invite"), act("clientB", "accept")];

/** The run of `script` in which the message that the hop carries is lost for good. */
function without(hop: string, script: readonly Choice[], { scenario } = oneToOne): Run {
  const at = computeRun(scenario, script).hops.findIndex(({ name }) => name === hop);
  expect(at, `${hop} is sent`).toBeGreaterThanOrEqual(0);
  return losing(scenario, script, at)?.run as Run;
}

const verdicts = (run: Run, ...ids: string[]) =>
  checkRun(oneToOne, run)
    .filter(({ id }) => ids.includes(id))
    .map(({ id, verdict }) => `${id} ${verdict}`);

const names = (run: Run) => run.hops.map(({ name }) => name);

describe("E87 a request that never gets through", () => {
  const ends = [...accepted, act("clientA", "end")];
  const run = without("coreB>clientB BYE#1", ends);

  it("is answered 408 by who passed it on, and the release is confirmed to who asked for it", () => {
    expect(names(run)).toContain("coreB>pfB BYE-408#1");
    expect(names(run)).toContain("coreA>clientA BYE-200#1");
    expect(verdicts(run, "FIN-2", "SES-2")).toEqual(["FIN-2 pass", "SES-2 pass"]);
  });

  it("gives the same where the answer never gets through", () => {
    expect(names(without("clientB>coreB BYE-200#1", ends))).toContain("coreB>pfB BYE-408#1");
  });
});

describe("E88 a cancelled invitation whose final response never gets through", () => {
  it("ends 64*T1 later, and upstream hears 487", () => {
    const run = without("clientB>coreB 487#1", [act("clientA", "invite"), act("clientA", "cancel")]);
    expect(run.turns.some(({ choice }) => choice.kind === "expire" && choice.timer.startsWith("Timer_B"))).toBe(true);
    expect(names(run)).toContain("coreA>clientA 487#1");
    expect(verdicts(run, "FIN-1", "CAN-3")).toEqual(["FIN-1 pass", "CAN-3 pass"]);
  });
});

describe("R17 what gets lost", () => {
  it("has arrived when a copy gets through", () => {
    const run = computeRun(oneToOne.scenario, [...accepted, { kind: "lose", hop: "coreB>pfB OK#1" }]);
    expect(run.end).toBe("rest");
    expect(verdicts(run, "ACK-1", "SES-1", "FIN-1")).toEqual(["FIN-1 pass", "ACK-1 pass", "SES-1 pass"]);
  });

  it("is named where a requirement cannot be judged for it", () => {
    const both = [act("alice", "invite"), act("bob", "accept"), act("alice", "end"), act("bob", "end", { now: true })];
    const run = without("proxy2>bob BYE#1", both, twoProxies);
    const glare = checkRun(twoProxies, run).find(({ id }) => id === "SES-6");
    expect(glare?.verdict).toBe("cannot judge");
    expect(glare?.at).toContain("proxy2>bob BYE#1");
    expect(glare?.message).toMatch(/^The BYE from .* to Bob gets lost, so /);
  });
});

describe("R56 a run that stops inside its script", () => {
  it("leaves open whether what waits for an answer then would have got one", () => {
    const stopped = computeRun(oneToOne.scenario, [act("clientA", "invite"), act("clientA", "end")]);
    expect(stopped.end).toBe("diverged");
    const [first] = checkRun(oneToOne, stopped).filter(({ id }) => id === "FIN-1");
    expect(first?.verdict).toBe("cannot judge");
    expect(first?.message).toMatch(/^The run stops before the .+ is answered\./);
  });
});

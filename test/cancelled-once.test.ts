import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkRun, computeRun } from "../electron/engine/index.ts";
import { type Flow, flowSchema } from "../shared/flow/flow.ts";
import type { Choice } from "../shared/run/choice.ts";

const flow: Flow = flowSchema.parse(
  JSON.parse(readFileSync(new URL("../flows/cpm/group-invitation.flow.json", import.meta.url), "utf8")),
);
const act = (participant: string, stimulus: "invite" | "accept" | "cancel", now?: true): Choice => ({
  kind: "stimulate",
  participant,
  stimulus,
  ...(now && { now }),
});
const names = (...script: Choice[]): string[] => {
  const run = computeRun(flow.scenario, script);
  expect([run.end, run.divergence]).toEqual(["rest", undefined]);
  expect(checkRun(flow, run).filter(({ verdict }) => verdict === "fail")).toEqual([]);
  return run.hops.toSorted((a, b) => (a.received ?? 0) - (b.received ?? 0)).map(({ name }) => name);
};

describe("a cancellation", () => {
  it("E114 that an acceptance crosses is not sent again by the server that forks through the core", () => {
    const crossed = names(act("cfX", "invite"), act("clientB1", "accept"), act("cfX", "cancel", true));
    expect(crossed.filter((name) => name.startsWith("pfB>coreB CANCEL#"))).toEqual(["pfB>coreB CANCEL#1"]);
    expect(crossed).toContain("cfX>coreX BYE#1");
  });

  it("E114 because nobody has answered in time is not sent again when somebody does", () => {
    const expired: Choice = { kind: "expire", participant: "pfB", timer: "T_noanswer coreB>pfB INVITE#1" };
    const late = names(act("cfX", "invite"), expired, act("clientB1", "accept", true));
    expect(late.filter((name) => name.startsWith("pfB>coreB CANCEL#"))).toEqual(["pfB>coreB CANCEL#1"]);
    expect(late).toContain("cfX>coreX ACK#1");
  });

  it("E115 follows the response that it has waited for, so that no ALERTING comes after the final response", () => {
    const early = names(act("cfX", "invite"), act("cfX", "cancel", true));
    const at = (name: string) => early.indexOf(name);
    expect(at("coreB>pfB ALERTING#2")).toBeGreaterThan(-1);
    expect(at("coreB>pfB ALERTING#2")).toBeLessThan(at("coreB>clientB2 CANCEL#1"));
    expect(at("coreB>pfB ALERTING#2")).toBeLessThan(at("coreB>pfB 487#1"));
  });
});

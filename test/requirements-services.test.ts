import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Conformance, checkRun, computeRun, conform } from "../electron/engine/index.ts";
import { importSteps } from "../electron/import/steps.ts";
import type { Flow } from "../shared/flow/flow.ts";
import type { Choice } from "../shared/run/choice.ts";
import { authoredFrom, bundledRuns, withTheTimesOf } from "./authored-from-run.ts";

/** Ladders of usual services, and computed runs written down: nothing in them is broken, and what is put in is found. */

const folder = new URL("./published/services/", import.meta.url);
const tables = readdirSync(folder).filter((name) => name.endsWith(".tsv"));

function imported(name: string, change: (lines: string[]) => string[] = (lines) => lines): Flow {
  const lines = readFileSync(new URL(name, folder), "utf8").trimEnd().split("\n");
  const result = importSteps(change(lines).join("\n"), name);
  if (!result.ok) throw new Error(result.failure.message);
  return result.value.flow;
}

function failedOf(flow: Flow, script: readonly Choice[] = flow.variants[0]?.script ?? []) {
  const run = computeRun(flow.scenario, script);
  const failed = checkRun(flow, run).flatMap(({ id, verdict, at }) => (verdict === "fail" ? [{ id, at }] : []));
  return { run, failed };
}

function judged(flow: Flow) {
  const { run, failed } = failedOf(flow);
  return { failed, conformance: conform(flow, run) };
}

const departures = ({ steps }: Conformance) => steps.filter(({ verdict }) => verdict === "deviation");

describe("R5, R22: ladders of services", () => {
  it.each(tables)("%s breaks nothing and departs from no rule", (name) => {
    const { failed, conformance } = judged(imported(name));
    expect(failed).toEqual([]);
    expect(departures(conformance)).toEqual([]);
  });

  it.each([...bundledRuns()])("$name breaks nothing when it is written down and read again", ({ flow, run }) => {
    expect(failedOf(withTheTimesOf(run, authoredFrom(flow, run))).failed).toEqual([]);
  });
});

/** Lines of a table: without the one with the label, with it twice, or with another receiver. */
const without = (label: string) => (lines: string[]) => lines.filter((line) => !line.split("\t").includes(label));
const twice = (label: string) => (lines: string[]) =>
  lines.flatMap((line) => (line.split("\t").includes(label) ? [line, line] : [line]));
const between = (label: string, from: string, to: string) => (lines: string[]) =>
  lines.map((line) => {
    const cells = line.split("\t");
    return cells.includes(label) ? cells.with(2, from).with(3, to).join("\t") : line;
  });

describe("R6, R23: defects put into them", () => {
  it.each([
    ["consultation_hold.tsv", "FIN-2", "carol", without("200 OK F26")],
    ["consultation_hold.tsv", "FIN-2", "carol", between("BYE F24", "Carol", "Proxy")],
    ["transfer_attended.tsv", "FIN-2", "alice", without("202 Accepted F16")],
    ["transfer_unattended.tsv", "ACK-1", "carol", without("ACK F14")],
    ["forward_busy.tsv", "ACK-2", "bob1", without("ACK F5")],
    ["forward_no_answer.tsv", "CAN-3", "bob1", without("487 Request Terminated F8")],
    ["find_me_parallel.tsv", "CAN-6", "bob", without("CANCEL F11")],
    ["find_me_parallel.tsv", "MLD-007c", "bobHome", between("CANCEL F11", "Proxy", "Bob home")],
    ["redirect.tsv", "ED-1", "proxy3", twice("BYE F13")],
    ["cpm_group_two_members.tsv", "ACK-1", "clientB", without("acknowledgement")],
  ])("%s, changed in one place, breaks %s at %s", (name, id, place, change) => {
    const { failed } = judged(imported(name, change));
    const found = failed.filter((one) => one.id === id);
    expect(failed.map((one) => one.id)).toContain(id);
    expect(found.flatMap(({ at }) => at).join(" ")).toContain(place);
  });

  it.each([
    ["consultation_hold.tsv", "proxy>carol BYE F25#1", between("BYE F24", "Carol", "Proxy")],
    ["forward_busy.tsv", "bob1>proxy 486 Busy Here F4#1", without("ACK F5")],
    ["find_me_parallel.tsv", "proxy>bobHome CANCEL F11#1", between("CANCEL F11", "Proxy", "Bob home")],
    ["transfer_unattended.tsv", "carol>alice 200 OK F13#1", without("ACK F14")],
  ])("%s, changed in one place, departs at %s", (name, at, change) => {
    const { steps, firstDeviation = -1 } = judged(imported(name, change)).conformance;
    expect(steps[firstDeviation]?.at).toBe(at);
    expect(steps[firstDeviation]?.rule).toBeDefined();
  });
});

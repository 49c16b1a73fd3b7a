import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkRun, computeRun } from "../electron/engine/index.ts";
import { type Flow, flowSchema } from "../shared/flow/flow.ts";
import type { Choice } from "../shared/run/choice.ts";

/** R4: the change requests as they are printed, drawn message by message, get the verdicts that they deserve. */

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");
const bundled = (path: string): Flow => flowSchema.parse(JSON.parse(read(`../flows/${path}.flow.json`)));

function rowsOf(name: string): readonly Readonly<Record<string, string>>[] {
  const [head = "", ...rows] = read(`./published/${name}.tsv`).trimEnd().split("\n");
  const columns = head.split("\t");
  return rows.map((row) => Object.fromEntries(row.split("\t").map((cell, i) => [columns[i] ?? "", cell])));
}

function verdictsOf(table: string, path: string, options: Flow["scenario"]["options"] = {}): Map<string, string> {
  const flow = bundled(path);
  const scenario = { ...flow.scenario, options: { ...flow.scenario.options, ...options } };
  const ids = new Map(scenario.participants.map(({ id, name }) => [name, id]));
  const script = rowsOf(table).flatMap((row): Choice[] => {
    if (row.sip === "-" || row.sip === "?" || row.basis === "implied") return [];
    const from = ids.get(row.from ?? "");
    const to = ids.get(row.to ?? "");
    if (from === undefined || to === undefined) throw new Error(`${row.from} or ${row.to} is no participant`);
    return [{ kind: "inject", from, to, message: { label: row.message ?? "" } }];
  });
  const run = computeRun(scenario, script);
  return new Map(checkRun({ ...flow, scenario }, run).map(({ id, verdict }) => [id, verdict]));
}

/** The verdicts by kind; what is in no list does not apply, and must not fail. */
interface Expected {
  readonly pass: string;
  readonly fail: string;
}

function expectVerdicts(found: ReadonlyMap<string, string>, { pass, fail }: Expected): void {
  const words = (list: string) => list.split(" ").filter((id) => id !== "");
  expect(words(fail).filter((id) => found.get(id) !== "fail")).toEqual([]);
  expect(words(pass).filter((id) => found.get(id) !== "pass")).toEqual([]);
  const failed = [...found].filter(([, verdict]) => verdict === "fail").map(([id]) => id);
  expect(failed.toSorted()).toEqual(words(fail).toSorted());
}

describe("R4 seed 000 as printed", () => {
  const kept =
    "MLD-007 MLD-007b MLD-007c MLD-007d SEL-1 SEL-2 SEL-3 ALR-1 ALR-3 FIN-2 FIN-3 FIN-4 FIN-5 CAN-1 FRK-2 SES-2 SES-5";
  // The last one is of the figure: 12, 18 and 19 skip the core that 7, 8, 13 and 14 show.
  const broken = "MLD-007a FIN-1 ACK-1 ACK-2 CAN-3 SES-1 ED-4";
  it("where the server cancels and is a user agent on both sides", () => {
    const found = verdictsOf("000_as_printed", "cpm/group-invitation");
    expectVerdicts(found, { pass: `${kept} CAN-2`, fail: broken });
    for (const id of ["BEST-1", "CAN-4", "CAN-5", "FRK-1"]) expect(found.get(id)).toBe("cannot judge");
  });
  it("where the core forks and cancels: the server has nothing left to cancel, and the core cancels nothing", () => {
    const found = verdictsOf("000_as_printed", "cpm/group-invitation", { forking: "coreForksCoreCancels" });
    expectVerdicts(found, { pass: kept, fail: `${broken} CAN-2 CAN-6` });
  });
  it("where the server is a proxy: it may not keep back an ALERTING", () => {
    const found = verdictsOf("000_as_printed", "cpm/group-invitation", { participatingFunction: "proxy" });
    expect(found.get("ALR-2")).toBe("fail");
  });
});

describe("R4 seed 001 as printed", () => {
  it("lacks the ACKs and nothing else", () => {
    const found = verdictsOf("001_as_printed", "cpm/extend-one-to-one");
    expectVerdicts(found, {
      pass: "ALR-3 FIN-1 FIN-2 FIN-3 FIN-4 SES-2 SES-4 SES-5 CF-1 CF-2 CF-3 RPL-1 RPL-2 RPL-4",
      fail: "ACK-1 SES-1",
    });
    for (const id of ["MLD-007", "MLD-007a", "ACK-2", "RPL-3"]) expect(found.get(id)).toBe("cannot judge");
  });
});

describe("R4 seed 004 as printed", () => {
  const transfer = "FIN-3 RPL-2 TRF-1 TRF-2 TRF-3 TRF-4 TRF-5 TRF-8 TRF-11";
  it("scenario 1 lacks the OK, its ACK and the confirmations", () => {
    const found = verdictsOf("004_scenario1", "cpm/transfer-server-in-path");
    expectVerdicts(found, { pass: `${transfer} SES-2 TRF-6 TRF-10`, fail: "FIN-1 FIN-2 ACK-1 SES-1" });
    for (const id of ["MLD-007", "ACK-2", "RPL-3", "TRF-9"]) expect(found.get(id)).toBe("cannot judge");
  });
  it("scenario 2 lacks the confirmation of the release too", () => {
    const found = verdictsOf("004_scenario2", "cpm/transfer-server-not-in-path");
    expectVerdicts(found, { pass: `${transfer} TRF-7`, fail: "FIN-1 FIN-2 ACK-1 SES-1 SES-2" });
  });
});

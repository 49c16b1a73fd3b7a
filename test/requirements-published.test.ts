import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkRun, computeRun } from "../electron/engine/index.ts";
import { importSteps } from "../electron/import/steps.ts";
import type { Flow } from "../shared/flow/flow.ts";
import type { Choice } from "../shared/run/choice.ts";
import { mutationsOf, type Row } from "./mutations.ts";

/** Published ladders: none fails falsely, the defects that they do have are named, and one put into them is found. */

const folder = new URL("./published/steps/", import.meta.url);
const tables = readdirSync(folder).filter((name) => name.endsWith(".tsv"));

function imported(name: string, change: (text: string) => string = (text) => text): Flow {
  const result = importSteps(change(readFileSync(new URL(name, folder), "utf8")), name);
  if (!result.ok) throw new Error(result.failure.message);
  expect(result.value.diagnostics).toEqual([]);
  return result.value.flow;
}

function failuresOf(flow: Flow, script: readonly Choice[] = flow.variants[0]?.script ?? []) {
  const run = computeRun(flow.scenario, script);
  expect(run.end).toBe("rest");
  return checkRun(flow, run).filter(({ verdict }) => verdict === "fail");
}

/** What is really wrong with them. */
const defects: Readonly<Record<string, readonly [id: string, at: string]>> = {
  "rfc5407_appA.tsv": ["ED-1", "carol>proxy 200(To tag=B) F13#1"],
  "rfc5407_s3.2.4.tsv": ["SES-4", "bob>alice BYE F5#1"],
  "draft-service-examples-14_s2.4_transfer.tsv": ["ED-3", "alice>bob (unlabelled in the figure; 200 OK)#1"],
};

describe("R5: published flows", () => {
  it.each(tables)("%s fails in nothing but its own defects", (name) => {
    const failures = failuresOf(imported(name));
    const defect = defects[name];
    expect(failures.map(({ id }) => id)).toEqual(defect === undefined ? [] : [defect[0]]);
    if (defect !== undefined) expect(failures[0]?.at).toContain(defect[1]);
  });

  it("has F17 twice named, as in the conferencing draft's §5.7", () => {
    const twice = imported("draft-cc-conferencing-07_s5.10_10.tsv", (text) => text.replace("200 OK F18", "200 OK F17"));
    const [failure, ...more] = failuresOf(twice);
    expect([failure?.id, more]).toEqual(["ED-1", []]);
    expect(failure?.message).toContain("F17 stands on two arrows");
  });
});

/** What a mutation breaks is found at its place. The rest is legal, as a 180 more or less, or cannot be told from a flow that begins later. */
describe("R6: mutated published flows", () => {
  const asRows = (flow: Flow): readonly Row[] =>
    (flow.variants[0]?.script ?? []).flatMap((c) =>
      c.kind === "inject"
        ? [{ from: c.from, to: c.to, label: c.message.label, media: c.message.kind === "media" }]
        : [],
    );
  const asScript = (rows: readonly Row[]): readonly Choice[] =>
    rows.map(({ from, to, label, media }) => ({
      kind: "inject",
      from,
      to,
      message: { label, ...(media && { kind: "media" as const }) },
    }));

  it("finds at least nine of ten, and each where it is", () => {
    const found = { all: 0, detected: 0, placed: 0 };
    for (const name of tables) {
      const flow = imported(name);
      const rows = asRows(flow);
      const before = new Set(failuresOf(flow, asScript(rows)).map(({ id, message }) => id + message));
      for (const { rows: changed, touched } of mutationsOf(rows)) {
        const failures = failuresOf(flow, asScript(changed)).filter(({ id, message }) => !before.has(id + message));
        found.all++;
        if (failures.length === 0) continue;
        found.detected++;
        const ends = failures.flatMap(({ at }) => at.flatMap((hop) => hop.split(" ")[0]?.split(">") ?? []));
        if (ends.some((id) => touched.has(id))) found.placed++;
      }
    }
    expect(found.placed).toBe(found.detected);
    expect(found.detected / found.all).toBeGreaterThan(0.9);
  }, 60_000);
});

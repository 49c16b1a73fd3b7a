import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { computeRun } from "../electron/engine/index.ts";
import type { End } from "../shared/diagram/diagram.ts";
import { project } from "../shared/diagram/project.ts";
import { type Flow, flowSchema, type View } from "../shared/flow/flow.ts";

/** The bundled flows against the published ones: the same messages between the same participants in the same order. */

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");
const flow = (path: string): Flow => flowSchema.parse(JSON.parse(read(`../flows/${path}.flow.json`)));

function table(name: string): readonly Readonly<Record<string, string>>[] {
  const [head = "", ...rows] = read(`./published/${name}.tsv`).trimEnd().split("\n");
  const columns = head.split("\t");
  return rows.map((row) => Object.fromEntries(row.split("\t").map((cell, i) => [columns[i] ?? "", cell])));
}

function steps(of: Flow, view: View = of.view ?? {}) {
  const run = computeRun(of.scenario, of.variants[0]?.script ?? []);
  const diagram = project(of, run, view);
  const name = (end: End): string =>
    end.kind === "lifeline" ? (diagram.lifelines.find((l) => l.id === end.id)?.name ?? end.id) : end.kind;
  return diagram.items.flatMap((item) =>
    item.type === "step"
      ? [
          {
            number: item.number,
            from: name(item.from),
            to: name(item.to),
            name: item.name,
            sip: item.sip,
            state: item.state,
          },
        ]
      : [],
  );
}

const arrow = (row: { from?: string; to?: string }): string => `${row.from} → ${row.to}`;

describe("seed 000, C.1.2.3", () => {
  const of = flow("cpm/group-invitation");
  it("E31 prints the 19 steps with their numbers, participants and messages", () => {
    const printed = table("000_as_printed").map((r) => `${r.n} ${arrow(r)}: ${r.message}`);
    expect(steps(of).map((s) => `${s.number} ${arrow(s)}: ${s.name}`)).toEqual(printed);
  });
  it("E32 is told in the published ranges", () => {
    const run = computeRun(of.scenario, of.variants[0]?.script ?? []);
    const { paragraphs, lifelines } = project(of, run, of.view ?? {});
    expect(paragraphs.map((p) => p.label)).toEqual([
      "1.",
      "2.",
      "3.",
      "4.",
      "5 – 6.",
      "7 – 11.",
      "12.",
      "13 – 17.",
      "18.",
      "19.",
    ]);
    expect(lifelines.map((l) => l.id)).toContain("clientB3");
  });
  it("E33 is complete at SIP level, hop by hop, when the server cancels", () => {
    const rows = table("000_sip_complete_modeC2").map((r) => `${arrow(r)}: ${r.sip?.split(" ")[0]}`);
    const mine = steps(of, { ...of.view, level: "sip" }).map((s) => `${arrow(s)}: ${s.sip.split(" ")[0]}`);
    expect(mine).toEqual(rows);
  });
});

describe("seed 001, C.2.2.X", () => {
  it("E34 prints the 19 numbers, the last one a state", () => {
    const printed = table("001_as_printed");
    const mine = steps(flow("cpm/extend-one-to-one"));
    expect(mine.map((s) => s.number)).toEqual(printed.map((r) => r.n));
    expect(mine.slice(0, 18).map(arrow)).toEqual(printed.slice(0, 18).map(arrow));
    expect([mine[18]?.from, mine[18]?.state]).toEqual(["CPM Controlling Function X", true]);
  });
  it("E35 reads 9 – 14 as a release on every hop too", () => {
    const mine = steps(flow("cpm/extend-one-to-one-hop-by-hop")).slice(8, 14);
    expect(mine.map((s) => s.sip)).toEqual(["BYE", "200 OK (BYE)", "BYE", "200 OK (BYE)", "BYE", "200 OK (BYE)"]);
  });
  it("E36 keeps its ranges and notes", () => {
    const of = flow("cpm/extend-one-to-one");
    const { paragraphs } = project(of, computeRun(of.scenario, of.variants[0]?.script ?? []), of.view ?? {});
    expect(paragraphs.map((p) => p.label)).toEqual([
      "1-2.",
      "3-4.",
      "5-6.",
      "7-8.",
      "9-14.",
      "15-16.",
      "17-18.",
      "19.",
    ]);
    expect(paragraphs.flatMap((p) => p.notes.map((n) => n.number))).toEqual(["NOTE 1", "NOTE 2", "NOTE 3"]);
  });
});

describe.each([
  ["004_scenario1", "cpm/transfer-server-in-path", 20],
  ["004_scenario2", "cpm/transfer-server-not-in-path", 45],
])("seed 004, %s", (name, path, count) => {
  it(`E37 carries its stated and implied messages: ${count}`, () => {
    const rows = table(name).filter((r) => r.basis === "printed" || r.basis === "implied");
    const messages = rows.filter((r) => r.sip !== "-" && r.sip !== "?");
    const mine = steps(flow(path));
    expect(mine).toHaveLength(count);
    // Rows of the second table that stand for seven hops are given by their first hop.
    const spelled = messages.map((r) => `${arrow(r)}: ${r.sip?.split(" ")[0]}`);
    const found = mine.map((s) => `${arrow(s)}: ${s.sip.split(" ")[0]}`);
    let from = 0;
    for (const row of spelled) {
      const at = found.indexOf(row, from);
      expect(at, `${row} after ${found[from - 1]}`).toBeGreaterThanOrEqual(from);
      from = at + 1;
    }
  });
});

describe.each([
  ["rfc3665_s3.1", "sip/session-establishment"],
  ["rfc3665_s3.2", "sip/two-proxies"],
  ["rfc3665_s3.8", "sip/no-answer"],
  ["rfc3665_s3.9", "sip/busy"],
  ["rfc3665_s3.10", "sip/no-response"],
  ["rfc3665_s3.11", "sip/temporarily-unavailable"],
])("%s", (name, path) => {
  it("E38 is the RFC's flow, message by message in the RFC's order", () => {
    const rows = table(name).filter((r) => r.kind === "msg");
    const start = (label: string): string => label.split(" ")[0] ?? "";
    expect(steps(flow(path)).map((s) => `${arrow(s)}: ${start(s.sip)}`)).toEqual(
      rows.map((r) => `${arrow(r)}: ${start(r.label ?? "")}`),
    );
  });
});

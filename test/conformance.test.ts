import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Conformance, computeRun, conform } from "../electron/engine/index.ts";
import { importSteps } from "../electron/import/steps.ts";
import { type Flow, flowSchema } from "../shared/flow/flow.ts";
import type { Choice } from "../shared/run/choice.ts";
import { authoredFrom, bundledRuns, withTheTimesOf } from "./authored-from-run.ts";
import { mutationsOf, type Row } from "./mutations.ts";

/** Conformance on what the engine computes, on the seeds, on published ladders, and on all of them damaged. */

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");
const bundled = (path: string): Flow => flowSchema.parse(JSON.parse(read(`../flows/${path}.flow.json`)));

function conformanceOf(flow: Flow, script: readonly Choice[] = flow.variants[0]?.script ?? []): Conformance {
  return conform(flow, computeRun(flow.scenario, script));
}

/** Every verdict that is not what it should be, as a person would read it. */
const others = ({ steps }: Conformance, ...expected: string[]): readonly string[] =>
  steps.filter(({ verdict }) => !expected.includes(verdict)).map((s) => `${s.at}: ${s.verdict}: ${s.says}`);

describe("R20: what the engine computes, told by names, order and labels alone", () => {
  it.each([...bundledRuns()])("$name is explained throughout", ({ flow, run }) => {
    const authored = withTheTimesOf(run, authoredFrom(flow, run));
    const found = conformanceOf(authored);
    expect(others(found, "explained")).toEqual([]);
    expect(found.steps).toHaveLength(run.hops.length);
    for (const step of found.steps) expect([step.rule, step.clause].every((text) => (text ?? "") !== "")).toBe(true);
  });

  it.each([...bundledRuns()])("$name sends by the rules that are named", ({ flow, run }) => {
    const authored = withTheTimesOf(run, authoredFrom(flow, run));
    // A device that accepts by itself cannot be told from a person, nor a proxy in a dialog from a function in two.
    const rulesOf = (found: Conformance) =>
      found.steps.flatMap(({ rule = "" }) => (/^(?:CL|PF)-/.test(rule) ? [] : [rule])).toSorted();
    expect(rulesOf(conformanceOf(authored))).toEqual(rulesOf(conform(flow, run)));
  });
});

function rowsOf(name: string): readonly Readonly<Record<string, string>>[] {
  const [head = "", ...rows] = read(`./published/${name}.tsv`).trimEnd().split("\n");
  const columns = head.split("\t");
  return rows.map((row) => Object.fromEntries(row.split("\t").map((cell, i) => [columns[i] ?? "", cell])));
}

function seed(
  table: string,
  path: string,
  withImplied = false,
  options: Flow["scenario"]["options"] = {},
): Conformance {
  const flow = bundled(path);
  const scenario = { ...flow.scenario, options: { ...flow.scenario.options, ...options } };
  const ids = new Map(scenario.participants.map(({ id, name }) => [name, id]));
  const script = rowsOf(table).flatMap((row): Choice[] => {
    const from = ids.get(row.from ?? "");
    const to = ids.get(row.to ?? "");
    const isMessage = row.sip !== "-" && row.sip !== "?" && (withImplied || row.basis !== "implied");
    return isMessage && from !== undefined && to !== undefined
      ? [{ kind: "inject", from, to, message: { label: row.message ?? "" } }]
      : [];
  });
  const changed = { ...flow, scenario };
  return conform(changed, computeRun(scenario, script));
}

describe("R21: the seeds as printed", () => {
  it.each([
    ["000_as_printed", "cpm/group-invitation", false],
    ["000_sip_complete_modeC2", "cpm/group-invitation", true],
    ["001_as_printed", "cpm/extend-one-to-one", false],
    ["004_scenario1", "cpm/transfer-server-in-path", true],
  ])("%s is explained throughout", (table, path, implied) => {
    expect(others(seed(table, path, implied), "explained")).toEqual([]);
  });

  it("000 says that an arrow past the core stands for the path through it", () => {
    const past = seed("000_as_printed", "cpm/group-invitation").steps.find(({ at }) =>
      at.startsWith("clientB2>pfB ALERTING"),
    );
    expect(past).toMatchObject({ verdict: "explained", rule: "CORE-ALERT-MORE" });
    expect(past?.says).toContain("stands for the path through the SIP/IP Core B");
  });

  it("000 fits a core that cancels only by another option", () => {
    const found = seed("000_as_printed", "cpm/group-invitation", false, { forking: "coreForksCoreCancels" });
    const cancellation = found.steps.find(({ at }) => at.includes("cancellation request#1"));
    expect(cancellation).toMatchObject({ verdict: "legal alternative" });
    expect(cancellation?.says).toContain("forking: the core forks, the server cancels");
    expect(found.firstDeviation).toBeUndefined();
  });

  it.each([
    ["004_scenario1", "cpm/transfer-server-in-path"],
    ["004_scenario2", "cpm/transfer-server-not-in-path"],
  ])("%s has its first gap named, with rule and clause", (table, path) => {
    const found = seed(table, path);
    expect(found.steps[found.firstDeviation ?? -1]).toMatchObject({
      at: "coreT>clientT Accepted response#1",
      rule: "TS-ACCEPT",
      says: "Before this step the rules send the Accepted response from the CPM Conversation Server serving the transferor to the SIP/IP Core serving the transferor; the flow does not show it.",
    });
    expect(found.steps[found.firstDeviation ?? -1]?.clause).toContain("5.2.5.1");
  });
});

const folder = new URL("./published/steps/", import.meta.url);
const tables = readdirSync(folder).filter((name) => name.endsWith(".tsv"));

function imported(name: string): Flow {
  const result = importSteps(readFileSync(new URL(name, folder), "utf8"), name);
  if (!result.ok) throw new Error(result.failure.message);
  return result.value.flow;
}

describe("R22: published flows", () => {
  it.each(tables)("%s departs from no rule", (name) => {
    const found = conformanceOf(imported(name));
    expect(others(found, "explained", "legal alternative", "cannot judge")).toEqual([]);
    for (const { says } of found.steps) expect(says).toMatch(/[.!?”]$/);
  });
});

const asRows = (flow: Flow): readonly Row[] =>
  (flow.variants[0]?.script ?? []).flatMap((c) =>
    c.kind === "inject" ? [{ from: c.from, to: c.to, label: c.message.label, media: c.message.kind === "media" }] : [],
  );
const asScript = (rows: readonly Row[]): readonly Choice[] =>
  rows.map(({ from, to, label, media }) => ({
    kind: "inject",
    from,
    to,
    message: { label, ...(media && { kind: "media" as const }) },
  }));

/** What a mutation may do without breaking a rule: other orders of what is independent, ringing and 100 more or less, and so on. */
function isLegal(kind: string, { label }: Row, isFirst: boolean): boolean {
  if (/^1\d\d/.test(label)) return true;
  return kind === "swap" || (kind === "double" && label === "INVITE") || (kind === "drop" && isFirst);
}

describe("R23: a flow with one thing done to it", () => {
  // Where a transfer is refused or declined the picture shows so little of it that little can be missed.
  const small = [...bundledRuns()].filter(
    ({ name, run }) =>
      !/(?:denied|target-unavailable|target-declines)$/.test(name) &&
      run.hops.length <= 25 &&
      run.hops.every(({ lost }) => lost === undefined),
  );

  it.each(small)(
    "$name departs where that was done",
    ({ name, flow, run }) => {
      const elsewhere: string[] = [];
      const missed: string[] = [];
      const authored = authoredFrom(flow, run);
      const rows = asRows(authored);
      for (const { kind, rows: changed, row, touched } of mutationsOf(rows)) {
        const found = conformanceOf(authored, asScript(changed));
        const first = found.steps[found.firstDeviation ?? -1];
        const what = `${kind} ${row.from}>${row.to} ${row.label}`;
        if (first === undefined && !isLegal(kind, row, row === rows[0])) missed.push(what);
        const ends = first?.at.split(" ")[0]?.split(">") ?? [];
        if (first !== undefined && !ends.some((id) => touched.has(id))) elsewhere.push(`${what} at ${first.at}`);
      }
      expect(elsewhere).toEqual([]);
      // An arrow past an element stands for the path through it; that the figure skips it is ED-4's to say.
      expect(missed).toEqual(name === "no-answer main" ? ["misdirect proxy2>proxy1 200 OK (CANCEL)"] : []);
    },
    60_000,
  );

  it("says of a message that goes astray where the rules send it", () => {
    const flow = imported("rfc3665_s3.8_10.tsv");
    const rows = asRows(flow);
    const at = rows.findIndex(({ label }) => label.startsWith("INVITE F2"));
    const astray = rows.map((row, i) => (i === at ? { ...row, to: "bob" } : row));
    const found = conformanceOf(flow, asScript(astray));
    expect(found.steps[found.firstDeviation ?? -1]).toMatchObject({
      at: "proxy1>bob INVITE F2#1",
      rule: "CORE-HOME",
      says: "The rules send INVITE from Proxy 1 to Proxy 2, not to Bob.",
    });
  });
});

describe("R24: what cannot be judged", () => {
  it("is a flow without roles, which says so", () => {
    const flow = imported("rfc3665_s3.1_03.tsv");
    const participants = flow.scenario.participants.map(({ id, name }) => ({ id, name, role: "other" as const }));
    const found = conformanceOf({ ...flow, scenario: { participants } });
    expect(found.says).toBe("No participant has a role, so no rule says what it should do.");
    expect(others(found, "cannot judge")).toEqual([]);
  });

  it("is a message between those who have none, and one that no rule knows", () => {
    const flow = imported("rfc3665_s2.1_01.tsv");
    expect(conformanceOf(flow).steps.map(({ says }) => says)[0]).toBe("The rules know no REGISTER.");
  });

  it("is what belongs to a request before the first step", () => {
    const found = conformanceOf(imported("3gpp34229-1_C41_user_reject.tsv"));
    expect(others(found, "cannot judge")).toEqual([]);
  });
});

describe("R25: interventions in a computed run", () => {
  const flow = bundled("sip/session-establishment");
  const script = flow.variants[0]?.script ?? [];
  /** The flow with something done to it after so many of its own choices. */
  const judged = (after: number, ...interventions: Choice[]) =>
    conformanceOf(flow, [...script.slice(0, after), ...interventions, ...script.slice(after)]);

  it("say which rule a withheld message departs from", () => {
    const found = judged(2, { kind: "withhold", hop: "alice>bob ACK#1" });
    expect(found.steps[found.firstDeviation ?? -1]).toMatchObject({ at: "alice>bob ACK#1", rule: "CL-ESTABLISH" });
  });

  it("say what a changed message should be, and let another ringing pass", () => {
    const changed = judged(1, { kind: "alter", hop: "bob>alice ALERTING#1", message: { label: "486 Busy Here" } });
    expect(changed.steps[changed.firstDeviation ?? -1]).toMatchObject({
      rule: "CL-ALERT",
      says: "The rules send 180 Ringing, not “486 Busy Here”.",
    });
    const progress = judged(1, {
      kind: "alter",
      hop: "bob>alice ALERTING#1",
      message: { label: "183 Session Progress" },
    });
    expect(others(progress, "explained")).toEqual([
      "bob>alice ALERTING#1: legal alternative: Another code: the rules send 180.",
    ]);
  });

  it("judge what is drawn in by what could happen there", () => {
    const now = true;
    const drawn = (from: string, to: string, label: string): Choice => ({
      kind: "inject",
      from,
      to,
      message: { label },
    });
    const early = conformanceOf(flow, [
      ...script.slice(0, 1),
      { ...drawn("alice", "bob", "BYE"), now } as Choice,
      ...script.slice(1),
    ]);
    expect(early.steps[early.firstDeviation ?? -1]?.at).toBe("alice>bob BYE#1");
    const cancel = conformanceOf(flow, [...script.slice(0, 1), drawn("alice", "bob", "CANCEL"), ...script.slice(1)]);
    expect(cancel.steps.find(({ at }) => at === "alice>bob CANCEL#1")).toMatchObject({
      verdict: "legal alternative",
      rule: "CL-GIVE-UP",
    });
  });
});

describe("R26: the replay", () => {
  it("is the same each time, and ends however long the flow is", () => {
    const flow = imported("rfc3665_s3.8_10.tsv");
    expect(conformanceOf(flow)).toEqual(conformanceOf(flow));
    const rows = asRows(flow);
    const long = Array.from({ length: 12 }, () => rows).flat();
    const found = conformanceOf(flow, asScript(long));
    expect(found.steps.length).toBeGreaterThanOrEqual(long.length);
  }, 60_000);
});

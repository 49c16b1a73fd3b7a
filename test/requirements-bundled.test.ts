import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkDocument, checkRun, computeRun, requirements } from "../electron/engine/index.ts";
import { type Flow, flowSchema } from "../shared/flow/flow.ts";
import type { Choice } from "../shared/run/choice.ts";
import type { Run } from "../shared/run/run.ts";
import { wholeScript } from "../shared/run/tree.ts";

const folder = new URL("../flows/", import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".flow.json"));
const read = (file: string): Flow => flowSchema.parse(JSON.parse(readFileSync(new URL(file, folder), "utf8")));

function runOf(flow: Flow, variant: string): Run {
  const script = wholeScript(flow, variant);
  if (!script.ok) throw new Error(script.failure.message);
  return computeRun(flow.scenario, script.value);
}

const failuresOf = (flow: Flow, run: Run) =>
  checkRun(flow, run)
    .filter(({ verdict }) => verdict === "fail")
    .map(({ id, message }) => `${id}: ${message}`);

describe.each(files)("R7: %s", (file) => {
  const flow = read(file);
  it("keeps every requirement in every variant", () => {
    for (const { id } of flow.variants) expect(failuresOf(flow, runOf(flow, id)), id).toEqual([]);
  });
  it("is written without a fault", () => {
    const runs = flow.variants.map(({ id }) => runOf(flow, id));
    expect(checkDocument(flow, runs).filter(({ verdict }) => verdict === "fail")).toEqual([]);
  });
});

describe("R1: requirements", () => {
  it("have ids of their own, a level, a source and a sentence", () => {
    expect(new Set(requirements.map(({ id }) => id)).size).toBe(requirements.length);
    for (const { id, source, sentence } of requirements) {
      expect(source, id).not.toBe("");
      expect(sentence, id).toMatch(/^[A-Z0-9].*\.$/);
    }
  });
});

describe("R8: the group invitation", () => {
  const flow = read("cpm/group-invitation.flow.json");
  const verdict = (of: Flow, script: readonly Choice[], id: string) =>
    checkRun(of, computeRun(of.scenario, script)).find((judgement) => judgement.id === id);
  const script = flow.variants[0]?.script ?? [];

  it("breaks CPM-MLD-007 when the rule that cancels the others is off", () => {
    const without: Flow = { ...flow, scenario: { ...flow.scenario, rules: { off: ["PF-CANCEL-OTHERS"] } } };
    const broken = verdict(without, script, "MLD-007");
    expect(broken?.verdict).toBe("fail");
    expect(broken?.at).toEqual(["coreB>clientB2 INVITE#1"]);
    expect(verdict(flow, script, "MLD-007")?.verdict).toBe("pass");
  });

  it("is judged after an author's edit too: a cancellation held back is missed", () => {
    const edited: Choice[] = [...script, { kind: "withhold", hop: "coreB>clientB2 CANCEL#1" }];
    expect(verdict(flow, edited, "MLD-007")?.verdict).toBe("fail");
  });

  it("is judged after a message is added: a second cancellation to the winner", () => {
    const edited: Choice[] = [
      ...script,
      { kind: "inject", from: "coreB", to: "clientB1", message: { label: "CANCEL", kind: "request" } },
    ];
    expect(verdict(flow, edited, "MLD-007b")?.at).toEqual(["coreB>clientB1 CANCEL#1"]);
  });
});

describe("R9: what people write about a flow", () => {
  const flow = read("cpm/group-invitation.flow.json");
  const judged = (written: Partial<Flow>) => {
    const of = { ...flow, ...written };
    return new Map(checkDocument(of, [runOf(of, "main")]).map((j) => [j.id, j]));
  };
  const row = { id: "X-1", level: "SHALL", text: "It happens." } as const;

  it("ED-6 names a row that no step exercises, and one whose step never happens", () => {
    expect(judged({ requirements: [row] }).get("ED-6")?.message).toBe("X-1 is cited, but no step exercises it.");
    const gone = judged({ requirements: [{ ...row, steps: ["pfB>coreB NEVER#1"] }] });
    expect(gone.get("ED-6")?.at).toEqual(["pfB>coreB NEVER#1"]);
    expect(gone.get("X-1")?.verdict).toBe("cannot judge");
    const kept = judged({ requirements: [{ ...row, steps: ["pfB>coreB CANCEL#1"] }] });
    expect([kept.get("ED-6")?.verdict, kept.get("X-1")?.verdict]).toEqual(["pass", "pass"]);
  });
  it("ED-6 names a SHALL sentence that belongs to no step", () => {
    expect(judged({ introduction: "The server SHALL cancel." }).get("ED-6")?.verdict).toBe("fail");
  });
  it("ED-2, ED-5, ED-7 and ED-8 find the seeds' own slips", () => {
    const at = "pfB>coreB CANCEL#1";
    const found = judged({
      variants: flow.variants.slice(0, 1),
      notes: [
        { at, text: "NOTE 2: first." },
        { at, text: "NOTE 2: second." },
      ],
      prose: [{ at, text: "If determined that it is allowed, Client B1 goes on. The server SHOULD remains there." }],
    });
    for (const id of ["ED-2", "ED-5", "ED-7", "ED-8"]) expect(found.get(id)?.verdict, id).toBe("fail");
  });
});

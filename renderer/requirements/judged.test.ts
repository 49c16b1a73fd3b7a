import { describe, expect, it } from "vitest";
import type { Judgement, RequirementLevel, Verdict } from "../../shared/run/verdict.ts";
import { matches } from "../ui/matches.ts";
import { countBreaches, countVerdicts, sift, siftDiagnostics } from "./judged.ts";

const judgement = (id: string, verdict: Verdict, level: RequirementLevel = "SHALL"): Judgement => ({
  id,
  verdict,
  level,
  source: "RFC 3261",
  sentence: `What ${id} demands.`,
  message: "",
  at: [],
  findings: [],
});

describe("verdicts that are shown", () => {
  const all = [judgement("A-1", "pass"), judgement("B-2", "cannot judge"), judgement("C-3", "fail")];
  const ids = (list: readonly Judgement[]) => list.map(({ id }) => id);

  it("W70 failing ones come first, then kept ones", () => {
    expect(ids(sift(all, "all", ""))).toEqual(["C-3", "A-1", "B-2"]);
  });

  it("W71 a filter and words in any order and case leave some", () => {
    expect(ids(sift(all, "cannot judge", ""))).toEqual(["B-2"]);
    expect(ids(sift(all, "all", "demands a-1"))).toEqual(["A-1"]);
    expect(matches("rfc 3261", "RFC 3261 §9")).toBe(true);
    expect(matches("rfc 3265", "RFC 3261 §9")).toBe(false);
  });

  it("W71 a diagnostic counts as broken unless it only informs", () => {
    const found = (severity: "error" | "info") => ({ severity, code: "x", message: severity, at: "" });
    const both = [found("error"), found("info")];
    expect(siftDiagnostics(both, "fail", "")).toEqual([both[0]]);
    expect(siftDiagnostics(both, "all", "")).toEqual(both);
    expect(siftDiagnostics(both, "pass", "")).toEqual([]);
  });

  it("W74 only what must be kept counts as a breach", () => {
    const levels: RequirementLevel[] = ["SHALL", "MUST NOT", "SHOULD", "house style", "MAY"];
    const run = levels.map((level) => judgement(level, "fail", level));
    const checked = { run, rows: [judgement("own", "fail")], text: [judgement("kept", "pass")], diagnostics: [] };
    expect(countBreaches(checked)).toBe(3);
    expect(countVerdicts(checked)).toEqual({ fail: 6, pass: 1, "cannot judge": 0 });
  });
});

import { expect, it } from "vitest";
import type { Checked, Judgement } from "../../shared/run/verdict.ts";
import { flowOf, groupParticipants } from "../../test/hand-made-run.ts";
import { countProblems, problemsOf } from "./problems.ts";

const broken = (id: string, level: Judgement["level"], messages: readonly string[]): Judgement => ({
  id,
  level,
  verdict: "fail",
  source: "RFC 3261",
  sentence: `What ${id} demands.`,
  message: "",
  at: [],
  findings: messages.map((message) => ({ at: ["a>b X#1"], message })),
});
const flow = { ...flowOf(groupParticipants), prose: [{ at: "a>b X#1", text: "It is said." }] };
const diagnostic = { severity: "warning", code: "x", message: "A warning.", at: "/prose/0/text" } as const;

it("WD60 diagnostics and broken requirements are one list, errors first, each with its place", () => {
  const checked: Checked = {
    run: [broken("A-1", "SHALL", ["Here.", "There."]), { ...broken("A-2", "SHALL", []), verdict: "pass" }],
    rows: [],
    text: [broken("ED-1", "house style", ["Not nice."])],
    diagnostics: [diagnostic],
  };
  const problems = problemsOf(flow, [], checked);
  expect(problems.map(({ severity, message }) => `${severity} ${message}`)).toEqual([
    "error Here.",
    "error There.",
    "warning A warning.",
    "info Not nice.",
  ]);
  expect(countProblems(problems)).toBe(3);
  expect(problems[2]?.place).toEqual({ panel: "prose", hops: ["a>b X#1"], text: "Paragraph 1" });
});

it("WD60 while nothing is judged, the document's own diagnostics stand there", () => {
  const end = { severity: "error", code: "diverged", message: "It stops.", at: "/variants/0/script/3" } as const;
  expect(problemsOf(flow, [end], undefined)[0]?.place).toEqual({ variant: "main", text: "Variant: Main" });
});

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkRun, checkVariant, computeRun } from "../electron/engine/index.ts";
import { importMermaid } from "../electron/import/mermaid.ts";
import type { Flow } from "../shared/flow/flow.ts";
import { flowSchema } from "../shared/flow/flow.ts";
import { wholeScript } from "../shared/run/tree.ts";
import type { Judgement } from "../shared/run/verdict.ts";

function runOf(flow: Flow, variant: string) {
  const script = wholeScript(flow, variant);
  if (!script.ok) throw new Error(script.failure.message);
  return computeRun(flow.scenario, script.value);
}

const judged = (flow: Flow, variant = flow.variants[0]?.id ?? ""): readonly Judgement[] =>
  checkVariant(flow, variant, runOf(flow, variant));

/** What is broken: requirements with what they say. */
const broken = (judgements: readonly Judgement[]): string[] =>
  judgements.flatMap(({ id, findings }) => findings.map(({ message }) => `${id}: ${message}`));

const verdictOf = (id: string, judgements: readonly Judgement[]) =>
  judgements.find((judgement) => judgement.id === id)?.verdict;

function fromMermaid(lines: readonly string[]): Flow {
  const text = ["sequenceDiagram", "participant A as UA Alice", "participant B as UA Bob", ...lines].join("\n");
  const made = importMermaid(new TextEncoder().encode(text), "Ways.mmd");
  if (!made.ok) throw new Error(made.failure.message);
  return made.value.flow;
}

const invited = ["A->>B: INVITE", "B->>A: 180 Ringing"];
const accepts = ["B->>A: 200 OK (INVITE)", "A->>B: ACK", "A->>B: BYE", "B->>A: 200 OK (BYE)"];
const declines = ["B->>A: 486 Busy Here", "A->>B: ACK"];
const choice = (one: readonly string[], other: readonly string[]) =>
  fromMermaid([...invited, "alt Bob accepts", ...one, "else Bob declines", ...other, "end"]);

describe("ways through the fragments of a figure", () => {
  test("R50 each way is judged by itself, and a figure whose ways are kept breaks nothing", () => {
    const flow = choice(accepts, declines);
    // As one way through all that is drawn it would be broken.
    expect(broken(checkRun(flow, runOf(flow, flow.variants[0]?.id ?? ""))).join()).toContain("FIN-1");
    expect(broken(judged(flow))).toEqual([]);
    expect(verdictOf("FIN-1", judged(flow))).toBe("pass");
    expect(verdictOf("ACK-1", judged(flow))).toBe("pass");
    expect(verdictOf("ACK-2", judged(flow))).toBe("pass");
  });

  test("R50 R51 what one way breaks is broken, and the finding names that way with steps as they are drawn", () => {
    const flow = choice(accepts, declines.slice(0, 1));
    const acknowledged = judged(flow).find(({ id }) => id === "ACK-2");
    expect(acknowledged?.verdict).toBe("fail");
    expect(acknowledged?.findings.map(({ message }) => message)).toEqual([
      "Where “Bob declines”: The 486 Busy Here from UA Bob to UA Alice is not acknowledged.",
    ]);
    const names = new Set(runOf(flow, flow.variants[0]?.id ?? "").hops.map(({ name }) => name));
    for (const { at } of judged(flow)) for (const hop of at) expect(names).toContain(hop);
    expect(broken(judged(choice(accepts.toSpliced(1, 1), declines))).join()).toMatch(/ACK-1: Where “Bob accepts”: /);
  });

  test("R50 R51 what comes before or after the fragment is of every way, and is told once", () => {
    const again = fromMermaid([...invited, "alt Yes", ...accepts, "else No", ...declines, "end", "A->>B: BYE"]);
    const found = broken(judged(again)).filter((one) => one.startsWith("FIN-2"));
    expect(found).toHaveLength(1);
    expect(found[0]).not.toMatch(/Where|In “|On way/);
  });

  test("R50 an opt is gone through and past", () => {
    const released = (last: readonly string[]) =>
      fromMermaid([...invited, ...accepts.slice(0, 2), "opt Alice leaves", ...last, "end"]);
    expect(broken(judged(released(accepts.slice(2))))).toEqual([]);
    expect(broken(judged(released(accepts.slice(2, 3)))).join()).toContain("FIN-2: Where “Alice leaves”: ");
    const acknowledging = fromMermaid([...invited, ...accepts.slice(0, 1), "opt In time", "A->>B: ACK", "end"]);
    expect(broken(judged(acknowledging)).join()).toContain("ACK-1: Where no condition holds: ");
  });

  test("R52 of more ways than are counted nothing is said", () => {
    const opts = (count: number) =>
      fromMermaid(Array.from({ length: count }, (_, i) => [`opt ${i}`, "A->>B: OPTIONS", "end"]).flat());
    expect(verdictOf("FIN-2", judged(opts(5)))).toBe("fail");
    expect(new Set(judged(opts(6)).map(({ verdict }) => verdict))).toEqual(new Set(["cannot judge"]));
  });

  test("R52 a fragment around what rules send is of one run", () => {
    const group = flowSchema.parse(
      JSON.parse(readFileSync(new URL("../flows/cpm/group-invitation.flow.json", import.meta.url), "utf8")),
    );
    const run = runOf(group, "main");
    const hop = (n: number) => run.hops[n]?.name ?? "";
    const marked: Flow = {
      ...group,
      marks: [
        { kind: "fragment", id: "f", operator: "alt", at: hop(2) },
        { kind: "else", of: "f", at: hop(5) },
        { kind: "end", of: "f", at: hop(8) },
      ],
    };
    expect(checkVariant(marked, "main", run)).toEqual(checkRun(marked, run));
  });
});

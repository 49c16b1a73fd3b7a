import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkRun, checkVariant, computeRun } from "../electron/engine/index.ts";
import { importMermaid } from "../electron/import/mermaid.ts";
import { apartEdit, combined } from "../electron/workspace/combining.ts";
import { project } from "../shared/diagram/project.ts";
import { apply } from "../shared/flow/edit.ts";
import { type Flow, flowSchema, type View } from "../shared/flow/flow.ts";
import { ok } from "../shared/flow/result.ts";
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

const bundled = ["cpm", "sip"].flatMap((folder) =>
  readdirSync(new URL(`../flows/${folder}/`, import.meta.url)).map((file) => {
    const text = readFileSync(new URL(`../flows/${folder}/${file}`, import.meta.url), "utf8");
    return [file.replace(".flow.json", ""), flowSchema.parse(JSON.parse(text))] as const;
  }),
);
const several = bundled.filter(([, { variants }]) => variants.length > 1);
const named = (name: string) => bundled.find(([one]) => one === name)?.[1] as Flow;

function together(flow: Flow, view: View): Flow {
  const variants = flow.variants.map(({ id }) => id);
  const made = combined(flow, { variants, view, numbering: "continued" }, (id) => ok(runOf(flow, id)));
  if (!made.ok) throw new Error(made.failure.message);
  return made.value.flow;
}

/** The flow without one drawn message, the last of its name. */
function without(flow: Flow, from: string, to: string, label: string): Flow {
  const [variant] = flow.variants;
  if (variant === undefined) return flow;
  const at = variant.script.findLastIndex(
    (one) => one.kind === "inject" && one.from === from && one.to === to && one.message.label === label,
  );
  if (at < 0) throw new Error(`nobody draws ${label}`);
  return { ...flow, variants: [{ ...variant, script: variant.script.toSpliced(at, 1) }] };
}

describe("combined variants", () => {
  test.each(several)("R53 %s: combined at any level it breaks nothing, and judges what it did", (_, flow) => {
    for (const view of [flow.view ?? {}, { level: "sip" }, { relays: "each" }, { relays: "all" }] as const) {
      const made = together(flow, view);
      expect(flowSchema.parse(made)).toEqual(made);
      expect(broken(judged(made))).toEqual([]);
      expect(judged(made).filter(({ verdict }) => verdict === "pass").length).toBeGreaterThan(5);
    }
  });

  test.each([
    ["R51 an acknowledgement", "clientB", "ACK", /ACK-2: In “A gives up”: /],
    ["R51 the answer to a cancellation", "clientB", "CANCEL", /In “A gives up”: /],
  ])("%s that is missing on one way is missed there alone", (_, to, label, expected) => {
    const found = broken(judged(without(together(named("one-to-one"), { level: "sip" }), "coreB", to, label)));
    expect(found.join("\n")).toMatch(expected);
    for (const one of found) expect(one).toContain(": In “A gives up”: ");
  });

  test("R53 what the variants break themselves stays broken, way by way", () => {
    const group = named("group-invitation");
    const off: Flow = { ...group, scenario: { ...group.scenario, rules: { off: ["PF-CANCEL-OTHERS"] } } };
    const own = broken(checkRun(off, runOf(off, "main")));
    expect(own.join()).toContain("MLD-007");
    const made = together(off, { level: "sip" });
    const untold = (made.marks ?? []).flatMap((mark) => ("variant" in mark ? (mark.variant?.untold ?? []) : []));
    expect(untold.filter((id) => own.some((one) => one.startsWith(`${id}:`)))).toEqual([]);
  });

  test("R53 taken apart, the variants tell no more than the figure did", () => {
    const made = together(named("one-to-one"), {});
    const index = (made.marks ?? []).findIndex(({ kind }) => kind === "fragment");
    const edit = apartEdit(made, "combined", { mark: index }, ok(runOf(made, "combined")));
    const after = edit.ok ? apply(made, edit.value) : edit;
    if (!after.ok) throw new Error(after.failure.message);
    expect(after.value.variants.some(({ untold }) => untold?.includes("ACK-1"))).toBe(true);
    for (const { id } of after.value.variants) expect(broken(judged(after.value, id))).toEqual([]);
    const bare: Flow = { ...after.value, variants: after.value.variants.map(({ untold: _, ...one }) => one) };
    expect(broken(judged(bare)).join()).toContain("ACK-1");
  });

  test("R54 participants are drawn as what they were, and nothing is computed for them", () => {
    const flow = named("group-invitation");
    const made = together(flow, {});
    const roles = new Map(flow.scenario.participants.map(({ id, role }) => [id, role]));
    const run = runOf(made, "combined");
    expect(run.hops.every(({ origin }) => origin === "authored")).toBe(true);
    const heads = project(made, run, made.view ?? {}).lifelines;
    expect(heads.length).toBeGreaterThan(3);
    for (const { id, role } of heads) expect(role).toBe(roles.get(id));
  });
});

import { describe, expect, it } from "vitest";
import { checkScenario, computeRun, placeDiagnostics } from "../../electron/engine/index.ts";
import { apply, invert } from "../../shared/flow/edit.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { checkReferences } from "../../shared/flow/references.ts";
import type { Diagnostic } from "../../shared/flow/result.ts";
import { spellingDiagnostics } from "../../shared/flow/spelling.ts";
import { wholeScript } from "../../shared/run/tree.ts";
import { flowOf, groupParticipants } from "../../test/hand-made-run.ts";
import { fixesFor } from "./fixes.ts";

function diagnosticsOf(flow: Flow): readonly Diagnostic[] {
  const references = checkReferences(flow);
  const runs = flow.variants.flatMap(({ id }) => {
    const script = wholeScript(flow, id);
    return script.ok && checkScenario(flow.scenario).every(({ severity }) => severity !== "error")
      ? [computeRun(flow.scenario, script.value)]
      : [];
  });
  return [
    ...references,
    ...checkScenario(flow.scenario),
    ...placeDiagnostics(flow, runs),
    ...spellingDiagnostics(flow),
  ];
}

const plain = flowOf(groupParticipants);
const scenario = (patch: Partial<Flow["scenario"]>): Flow => ({ ...plain, scenario: { ...plain.scenario, ...patch } });
const [main = { id: "main", title: "Main", script: [] }] = plain.variants;

const wrong: readonly (readonly [code: string, flow: Flow])[] = [
  ["entity-spelling", { ...plain, introduction: "The CPM client B1 and the CPM Cleint B2." }],
  ["dangling-reference", { ...plain, notes: [{ text: "See step {coreB>clientB1 GONE#1}, {coreB>clientB1 GONE#1}." }] }],
  ["unknown-step", { ...plain, prose: [{ at: "coreB>clientB1 GONE#1", text: "It is gone." }] }],
  ["unknown-step", { ...plain, notes: [{ at: "coreB>clientB1 GONE#1", text: "It is gone." }, { text: "Stays." }] }],
  ["unknown-mark", { ...plain, notes: [{ under: "nothing", text: "Under nothing." }] }],
  ["unknown-participant", { ...plain, notes: [{ over: ["nobody"], text: "Over nobody." }] }],
  ["unknown-participant", { ...plain, view: { hide: ["core", "nobody"] } }],
  ["unknown-participant", { ...plain, boxes: [{ id: "b", participants: ["coreB", "nobody"] }] }],
  ["unknown-participant", { ...plain, prose: [{ at: "nobody>coreB X#1", text: "Nobody asks." }] }],
  ["unknown-rule", scenario({ rules: { off: ["no-such-rule"] } })],
  ["unknown-timer", scenario({ timers: { T_never: 3 } })],
  ["option-conflict", scenario({ options: { participatingFunction: "proxy" } })],
  ["option-conflict", scenario({ options: { declineCode: 487 } })],
  [
    "wrong-branch",
    { ...plain, variants: [main, { id: "v", title: "V", branch: { from: "main", keep: 9 }, script: [] }] },
  ],
  [
    "wrong-branch",
    { ...plain, variants: [main, { id: "v", title: "V", branch: { from: "nothing", keep: 0 }, script: [] }] },
  ],
  ["wrong-branch", { ...plain, variants: [main, { id: "v", title: "V", branch: { from: "v", keep: 0 }, script: [] }] }],
];

describe("repairs", () => {
  it.each(wrong)("WD61 each repair of %s takes the diagnostic away and can be undone", (code, flow) => {
    const found = diagnosticsOf(flow);
    const one = found.find((diagnostic) => diagnostic.code === code);
    if (one === undefined) throw new Error(`there is no ${code} among ${found.map(({ code: other }) => other)}`);
    const fixes = fixesFor(flow, one);
    expect(fixes.length).toBeGreaterThan(0);
    for (const { edit } of fixes) {
      const after = apply(flow, edit);
      if (!after.ok) throw new Error(after.failure.message);
      const left = diagnosticsOf(after.value);
      expect(left).not.toContainEqual(one);
      expect(left.length).toBeLessThan(found.length);
      const back = invert(flow, edit);
      expect(back.ok && apply(after.value, back.value)).toEqual({ ok: true, value: flow });
    }
  });

  it("WD61 where only the author can know, nothing is offered", () => {
    const unknown = {
      severity: "error",
      code: "unknown-user",
      message: "",
      at: "/scenario/participants/0/user",
    } as const;
    expect(fixesFor(plain, unknown)).toEqual([]);
  });
});

import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import type { Result } from "../../shared/flow/result.ts";
import { branchTo } from "../../shared/run/what-if.ts";
import { bundleIn } from "../host/bundle.ts";
import { disk } from "../host/disk.ts";
import { createWorkspace } from "./workspace.ts";

const bundle = bundleIn(resolve(import.meta.dirname, "../../flows"));

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

describe("what the window asks about a run", () => {
  it("W70 judges the run, the text and the flow's own rows apart, and says what is wrong with the document", async () => {
    const workspace = createWorkspace(disk, bundle);
    const { handle: bundled } = value(await workspace.openBundled("cpm/group-invitation"));
    const { flow } = value(workspace.find(bundled));
    const changed = {
      ...flow,
      scenario: { ...flow.scenario, rules: { off: ["PF-CANCEL-OTHERS"] } },
      requirements: [{ id: "OWN-1", level: "SHALL", text: "Somebody is asked.", steps: ["a>b X#1"] }],
      notes: [...(flow.notes ?? []), { at: "clientB1>coreB NEVER#1", text: "Never." }],
    };
    const { handle } = value(workspace.openText("changed.flow.json", JSON.stringify(changed)));
    const main = flow.variants[0]!.id;
    const checked = value(await workspace.check(handle, main));
    expect(checked.run.filter(({ verdict }) => verdict === "fail").map(({ id }) => id)).toContain("MLD-007");
    expect(checked.rows.map(({ id, verdict }) => [id, verdict])).toEqual([["OWN-1", "cannot judge"]]);
    expect(checked.text.map(({ id }) => id)).toContain("ED-6");
    expect(checked.diagnostics.map(({ code }) => code)).toContain("unknown-step");
    expect((await workspace.check(handle, "nobody")).ok).toBe(false);
    expect((await workspace.check("gone", main)).ok).toBe(false);
  });

  it("W80 says what else may happen, and a variant made of it has a run of its own", async () => {
    const workspace = createWorkspace(disk, bundle);
    const { handle, flow } = value(await workspace.openBundled("cpm/group-invitation"));
    const main = flow.variants[0]!.id;
    const run = value(await workspace.run(handle, main));
    const accept = run.turns.findIndex(({ choice }) => choice.kind === "stimulate" && choice.stimulus === "accept");
    const ways = value(await workspace.whatIf(handle, main, accept));
    expect(ways.filter(({ taken }) => taken)).toHaveLength(1);
    const decline = ways.find(({ group }) => group === "declines")!;
    const variant = { id: "declined", title: decline.says, ...branchTo(decline, main) };
    const text = JSON.stringify({ ...flow, variants: [...flow.variants, variant] });
    const branched = value(workspace.openText("branched.flow.json", text));
    const other = value(await workspace.run(branched.handle, "declined"));
    expect(other.turns[accept]?.choice).toMatchObject({ stimulus: "decline" });
    expect((await workspace.whatIf("gone", main, 0)).ok).toBe(false);
  });
});

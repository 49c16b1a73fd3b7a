import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { bundleIn } from "../electron/host/bundle.ts";
import { disk } from "../electron/host/disk.ts";
import { createWorkspace } from "../electron/workspace/workspace.ts";
import { layout } from "../shared/diagram/layout.ts";
import { project } from "../shared/diagram/project.ts";
import { light } from "../shared/diagram/theme.ts";
import type { Result } from "../shared/flow/result.ts";

// Through the whole of the app but its window: what a person does with the first flow, on real files.

const flows = resolve(import.meta.dirname, "../flows");
const folder = mkdtempSync(join(tmpdir(), "callflow-journey-"));
afterAll(() => rmSync(folder, { recursive: true }));

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

describe("a journey through the workspace", () => {
  const workspace = createWorkspace(disk, bundleIn(flows));

  it("S8, S9: opens the first flow, runs it and explains every step", async () => {
    const { handle, flow, diagnostics } = value(await workspace.openBundled("cpm/group-invitation"));
    expect(diagnostics).toEqual([]);
    const run = value(await workspace.run(handle, flow.variants[0]!.id));
    expect(run.end).toBe("rest");
    const diagram = project(flow, run, flow.view ?? {});
    const steps = diagram.items.filter((item) => item.type === "step");
    expect(steps.map((step) => step.number)).toEqual(Array.from({ length: 19 }, (_, i) => String(i + 1)));
    expect(layout(diagram, light).stepRows).toHaveLength(19);
    for (const step of steps) {
      const explanation = value(await workspace.explain(handle, flow.variants[0]!.id, step.sent));
      expect(explanation.turn).toBe(step.sent);
      expect(explanation.rules.length, `step ${step.number}`).toBeGreaterThan(0);
      expect(explanation.after.map((state) => state.participant)).toContain("clientB3");
    }
  });

  it("S10: every bundled flow saved, opened and saved again is the same bytes", async () => {
    const library = await workspace.library();
    expect(library.map(({ id }) => id)).toEqual([...(await bundleIn(flows).ids())]);
    for (const { id } of library) {
      const first = join(folder, `${id.replace("/", "-")}.flow.json`);
      const second = `${first}.copy`;
      const bundled = value(await workspace.openBundled(id));
      value(await workspace.save(bundled.handle, first));
      const opened = value(await workspace.openFile(first));
      expect(opened.flow).toEqual(bundled.flow);
      value(await workspace.save(opened.handle, second));
      expect(readFileSync(second, "utf8"), id).toBe(readFileSync(first, "utf8"));
      expect(readFileSync(first, "utf8"), id).toBe(readFileSync(join(flows, `${id}.flow.json`), "utf8"));
    }
  });

  it("S9: every variant of every bundled flow comes to rest, after saving as before", async () => {
    for (const { id } of await workspace.library()) {
      const { handle, flow } = value(await workspace.openBundled(id));
      const runs = new Map<string, unknown>();
      for (const variant of flow.variants) runs.set(variant.id, value(await workspace.run(handle, variant.id)));
      const saved = value(await workspace.save(handle, join(folder, `${id.replace("/", "-")}.again.flow.json`)));
      // A file that is open is not opened twice.
      workspace.close(handle);
      const again = value(await workspace.openFile(saved.path!));
      for (const variant of flow.variants) {
        const run = value(await workspace.run(again.handle, variant.id));
        expect(run.end, `${id} ${variant.id}`).toBe("rest");
        expect(run).toEqual(runs.get(variant.id));
      }
    }
  });
});

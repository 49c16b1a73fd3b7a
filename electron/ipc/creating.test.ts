import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { fail } from "../../shared/flow/result.ts";
import { templates } from "../../shared/flow/scenario/templates.ts";
import { bundleIn } from "../host/bundle.ts";
import { createWorkspace } from "../workspace/workspace.ts";
import { creatingHandlers } from "./creating.ts";

const bundle = bundleIn(join(resolve(import.meta.dirname, "../.."), "flows"));
const setUp = () => {
  const workspace = createWorkspace({ read: async () => fail("no"), write: async () => fail("no") }, bundle);
  return { workspace, create: creatingHandlers(workspace)["flow.new"] };
};

describe("new flows in the workspace", () => {
  it.each(templates)("SC1 $title opens unsaved, without a file, and its script plays to its end", async (template) => {
    const { workspace, create } = setUp();
    for (const count of new Set([template.count?.min ?? 1, template.count?.value ?? 1, 2])) {
      const opened = await create({ title: "My flow", from: { template: template.id, count } }, "");
      if (!opened.ok) throw new Error(opened.failure.message);
      expect(opened.value).toMatchObject({ name: "My flow", unsaved: true, revision: 0, diagnostics: [] });
      expect(opened.value.path).toBeUndefined();
      const run = await workspace.run(opened.value.handle, "main");
      if (!run.ok) throw new Error(run.failure.message);
      expect(run.value).toMatchObject({ end: "rest" });
      expect(run.value.hops.length > 0).toBe(template.id !== "blank");
    }
  });

  it("SC3 a copy of a bundled flow has all of it and a title of its own; it is not the bundled flow", async () => {
    const { workspace, create } = setUp();
    const opened = await create({ title: "Copy", from: { bundled: "sip/busy" } }, "");
    const original = await workspace.openBundled("sip/busy");
    if (!opened.ok || !original.ok) throw new Error("not opened");
    expect(opened.value.bundledId).toBeUndefined();
    expect(opened.value.unsaved).toBe(true);
    expect(opened.value.flow).toEqual({ ...original.value.flow, title: "Copy" });
    expect(await create({ title: "Copy", from: { bundled: "no/such" } }, "")).toMatchObject({
      failure: { message: "There is no bundled flow “no/such”." },
    });
  });
});

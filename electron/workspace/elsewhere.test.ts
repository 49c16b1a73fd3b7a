import { describe, expect, it } from "vitest";
import { whole } from "../../shared/content.ts";
import { writeFlow } from "../../shared/flow/file.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { fail, ok, type Result } from "../../shared/flow/result.ts";
import type { Bundle, Disk } from "./ports.ts";
import { createWorkspace } from "./workspace.ts";

const flow: Flow = {
  format: "callflow",
  version: 1,
  title: "Before",
  scenario: { participants: ["a", "b"].map((id) => ({ id, name: id.toUpperCase(), role: "other" as const })) },
  variants: [
    { id: "main", title: "Main", script: [{ kind: "inject", from: "a", to: "b", message: { label: "one" } }] },
  ],
};
const changed: Flow = {
  ...flow,
  title: "After",
  variants: [
    {
      id: "main",
      title: "Main",
      script: [...(flow.variants[0]?.script ?? []), { kind: "inject", from: "b", to: "a", message: { label: "two" } }],
    },
  ],
};

const value = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
};

function started() {
  const files = new Map([["/f.flow.json", writeFlow(flow)]]);
  const disk: Disk = {
    read: async (path) => {
      const text = files.get(path);
      return text === undefined ? fail(`There is no file “${path}”.`) : ok(new TextEncoder().encode(text));
    },
    write: async (path, content) => {
      files.set(path, String(whole(content)));
      return ok(undefined);
    },
  };
  const bundle: Bundle = { ids: async () => [], read: async () => fail("none") };
  const followed: string[][] = [];
  const workspace = createWorkspace(disk, bundle, { followed: (paths) => followed.push([...paths]) });
  return { files, workspace, followed };
}

describe("F7: another program changes the file of an open flow", () => {
  it("is noticed and told in sentences, and nothing is overwritten before a person decides", async () => {
    const { files, workspace, followed } = started();
    const { handle } = value(await workspace.openFile("/f.flow.json"));
    expect(followed.at(-1)).toEqual(["/f.flow.json"]);
    expect(value(await workspace.elsewhere(handle, "main"))).toEqual({ kind: "same" });
    files.set("/f.flow.json", writeFlow(changed));
    const found = value(await workspace.elsewhere(handle, "main"));
    expect(found).toMatchObject({ kind: "changed", says: expect.arrayContaining([expect.stringContaining("step 2")]) });
    expect(await workspace.save(handle, "/f.flow.json")).toMatchObject({ ok: false });
    expect(files.get("/f.flow.json")).toBe(writeFlow(changed));
  });

  it("is taken over as an edit that can be undone", async () => {
    const { files, workspace } = started();
    const { handle } = value(await workspace.openFile("/f.flow.json"));
    files.set("/f.flow.json", writeFlow(changed));
    const reloaded = value(await workspace.reload(handle, 0));
    expect(reloaded).toMatchObject({ kind: "changed", open: { flow: changed, unsaved: false } });
    expect(value(await workspace.elsewhere(handle, "main"))).toEqual({ kind: "same" });
    expect(value(workspace.undo(handle, 1))).toMatchObject({ open: { flow, unsaved: true } });
  });

  it("is replaced once the person has said so", async () => {
    const { files, workspace } = started();
    const { handle } = value(await workspace.openFile("/f.flow.json"));
    files.set("/f.flow.json", "{ not even a document");
    expect(value(await workspace.elsewhere(handle, "main"))).toMatchObject({ kind: "changed" });
    expect(await workspace.reload(handle, 0)).toMatchObject({ ok: false });
    expect(value(await workspace.keep(handle)).unsaved).toBe(true);
    value(await workspace.save(handle, "/f.flow.json"));
    expect(files.get("/f.flow.json")).toBe(writeFlow(flow));
  });

  it("may take the file away: saving writes it again", async () => {
    const { files, workspace } = started();
    const { handle } = value(await workspace.openFile("/f.flow.json"));
    files.delete("/f.flow.json");
    expect(value(await workspace.elsewhere(handle, "main"))).toEqual({ kind: "gone" });
    value(await workspace.save(handle, "/f.flow.json"));
    expect(files.has("/f.flow.json")).toBe(true);
  });

  it("F9: and no flow is saved over the file of another that is open", async () => {
    const { files, workspace } = started();
    files.set("/g.flow.json", writeFlow(changed));
    const f = value(await workspace.openFile("/f.flow.json"));
    value(await workspace.openFile("/g.flow.json"));
    expect(await workspace.save(f.handle, "/g.flow.json")).toMatchObject({
      failure: { message: expect.stringContaining("open in another tab") },
    });
  });
});

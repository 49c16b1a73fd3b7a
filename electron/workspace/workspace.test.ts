import { describe, expect, it } from "vitest";
import { whole } from "../../shared/content.ts";
import { writeFlow } from "../../shared/flow/file.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { fail, ok, type Result } from "../../shared/flow/result.ts";
import type { Bundle, Disk } from "./ports.ts";
import { createWorkspace } from "./workspace.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

const flow: Flow = {
  format: "callflow",
  version: 1,
  title: "Two talk",
  scenario: {
    participants: [
      { id: "a", name: "A", role: "other" },
      { id: "b", name: "B", role: "other" },
    ],
  },
  variants: [
    { id: "main", title: "M", script: [{ kind: "inject", from: "a", to: "b", message: { label: "Hello" } }] },
    { id: "lost", title: "L", branch: { from: "main", keep: 9 }, script: [] },
  ],
};
const text = writeFlow(flow);

function memoryDisk(files: Record<string, string>): Disk & { readonly files: Record<string, string> } {
  return {
    files,
    read: async (path) => {
      const found = files[path];
      return found === undefined ? fail(`There is no file “${path}”.`) : ok(bytes(found));
    },
    write: async (path, content) => {
      const one = whole(content);
      files[path] = typeof one === "string" ? one : new TextDecoder().decode(one);
      return ok(undefined);
    },
  };
}

const bundle: Bundle = {
  ids: async () => ["cpm/broken", "cpm/two"],
  read: async (id) => ok(bytes(id === "cpm/two" ? text : "{")),
};

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}
const message = (result: Result<unknown>) => (result.ok ? "" : result.failure.message);

function workspaceWith(files: Record<string, string> = {}) {
  const disk = memoryDisk(files);
  return { disk, workspace: createWorkspace(disk, bundle) };
}

describe("opening", () => {
  it("EX20: of a figure, its flow as a document in no file, shown as the figure was", async () => {
    const disk = memoryDisk({ "/a.b/my figure.svg": "<svg>", "/two.flow.json": text });
    const findCarried = async (content: Uint8Array) =>
      content[0] === 0x3c
        ? ok({ document: text, variant: "lost", view: { level: "sip" as const }, remark: "It was changed." })
        : undefined;
    const workspace = createWorkspace(disk, bundle, { findCarried });
    const open = value(await workspace.openFile("/a.b/my figure.svg"));
    expect(open).toMatchObject({ name: "my figure", unsaved: true, flow });
    expect(open.path).toBeUndefined();
    expect(open.start).toEqual({ variant: "lost", view: { level: "sip" }, remark: "It was changed." });
    expect(value(await workspace.openFile("/two.flow.json"))).toMatchObject({ unsaved: false, path: "/two.flow.json" });
  });

  it("S8: a bundled flow is called by its title, a file by its name, and F6: one that is open is not opened twice", async () => {
    const { workspace } = workspaceWith({ "/home/two.flow.json": text });
    const bundled = value(await workspace.openBundled("cpm/two"));
    const file = value(await workspace.openFile("/home/two.flow.json"));
    const again = value(await workspace.openFile("/home/two.flow.json"));
    expect(bundled).toMatchObject({ name: "Two talk", bundledId: "cpm/two" });
    expect(bundled.path).toBeUndefined();
    expect(file).toMatchObject({ name: "two.flow.json", path: "/home/two.flow.json" });
    expect(again.handle).toBe(file.handle);
    expect(bundled.handle).not.toBe(file.handle);
    expect(value(await workspace.openBundled("cpm/two")).handle).toBe(bundled.handle);
    value(workspace.edit(bundled.handle, { label: "T", edit: { kind: "set", field: "title", value: "New" } }, 0));
    const fresh = value(await workspace.openBundled("cpm/two"));
    expect(fresh.flow.title).toBe("Two talk");
    workspace.close(fresh.handle);
    expect(workspace.latest()?.handle).toBe(file.handle);
  });

  it("S8: what cannot be opened is a sentence", async () => {
    const { workspace } = workspaceWith();
    expect(message(await workspace.openBundled("cpm/none"))).toContain("cpm/none");
    expect(message(await workspace.openBundled("../../etc/passwd"))).toContain("no bundled flow");
    expect(message(await workspace.openFile("/none"))).toContain("/none");
    expect(message(workspace.openText("x", "{"))).toContain("“x”");
  });

  it("S8: the library lists what can be read", async () => {
    const { workspace } = workspaceWith();
    expect((await workspace.library()).map(({ id }) => id)).toEqual(["cpm/two"]);
  });

  it("E70: contradictory options open and are told, and no run is made of them", async () => {
    const { workspace } = workspaceWith();
    const server = { id: "pf", name: "Server", role: "participatingFunction" as const, domain: "Z" };
    const participants = [...flow.scenario.participants, server];
    const wrong = {
      ...flow,
      scenario: { ...flow.scenario, participants, options: { participatingFunction: "proxy" } },
    };
    const { handle, diagnostics } = value(workspace.openText("x", JSON.stringify(wrong)));
    const told = diagnostics.find(({ code }) => code === "option-conflict");
    expect(told?.severity).toBe("error");
    expect(await workspace.run(handle, "main")).toEqual({ ok: false, failure: { message: told?.message } });
  });

  it("S8: diagnostics of the document and of its scenario come with it", async () => {
    const { workspace } = workspaceWith();
    const wrong = { ...flow, scenario: { ...flow.scenario, rules: { off: ["no-such-rule"] } } };
    const { diagnostics } = value(workspace.openText("x", JSON.stringify(wrong)));
    expect(diagnostics.map(({ code }) => code)).toEqual(["wrong-branch", "unknown-rule"]);
  });
});

describe("running", () => {
  it("S9: a run is computed once", async () => {
    const { workspace } = workspaceWith();
    const { handle } = value(workspace.openText("x", text));
    const run = value(await workspace.run(handle, "main"));
    expect(run.hops.map((hop) => hop.message.name)).toEqual(["Hello"]);
    expect(value(await workspace.run(handle, "main"))).toBe(run);
  });

  it("S9, S13: a variant, a turn or a flow that is not there is a sentence", async () => {
    const { workspace } = workspaceWith();
    const { handle } = value(workspace.openText("x", text));
    expect(message(await workspace.run(handle, "none"))).toContain("none");
    expect(message(await workspace.run(handle, "lost"))).toContain("lost");
    expect(message(await workspace.explain(handle, "main", 99))).toContain("99");
    expect(value(await workspace.explain(handle, "main", 0)).turn).toBe(0);
    workspace.close(handle);
    for (const result of [
      workspace.find(handle),
      await workspace.run(handle, "main"),
      await workspace.explain(handle, "main", 0),
      await workspace.save(handle, "/a"),
    ]) {
      expect(message(result)).toBe("This flow is not open any more; open it again.");
    }
  });
});

describe("saving", () => {
  it("S10: writes canonical text and from then on belongs to that file", async () => {
    const { disk, workspace } = workspaceWith();
    const { handle } = value(await workspace.openBundled("cpm/two"));
    const saved = value(await workspace.save(handle, "/home/copy.flow.json"));
    expect(saved).toMatchObject({ handle, name: "copy.flow.json", path: "/home/copy.flow.json" });
    expect(saved.bundledId).toBeUndefined();
    expect(disk.files["/home/copy.flow.json"]).toBe(text);
    expect((await workspace.save(handle, "/home/copy.flow.json")).ok).toBe(true);
  });

  it("F2: what was done is undone over a save, and the saved document is known again", async () => {
    const { disk, workspace } = workspaceWith({ "/two": text });
    const { handle } = value(await workspace.openFile("/two"));
    const call = (title: string, base: number) =>
      workspace.edit(handle, { label: "T", edit: { kind: "set", field: "title", value: title }, merge: "t" }, base);
    value(call("One", 0));
    expect(value(workspace.find(handle)).unsaved).toBe(true);
    expect(value(await workspace.save(handle, "/two")).unsaved).toBe(false);
    value(call("Two", 1));
    expect(value(workspace.undo(handle, 2))).toMatchObject({ open: { unsaved: false, flow: { title: "One" } } });
    expect(value(workspace.undo(handle, 3))).toMatchObject({ open: { unsaved: true, flow: { title: "Two talk" } } });
    expect(value(workspace.redo(handle, 4))).toMatchObject({ open: { unsaved: false } });
    expect(disk.files["/two"]).toContain("One");
  });

  it("F2: what is done while the file is written is not saved by it", async () => {
    const disk = memoryDisk({ "/two": text });
    let written = () => {};
    const slow = { ...disk, write: () => new Promise<Result<void>>((done) => (written = () => done(ok(undefined)))) };
    const workspace = createWorkspace(slow, bundle);
    const { handle } = value(await workspace.openFile("/two"));
    const edit = { kind: "set", field: "title", value: "Late" } as const;
    const saving = workspace.save(handle, "/three");
    value(workspace.edit(handle, { label: "T", edit }, 0));
    written();
    expect(value(await saving).unsaved).toBe(true);
  });

  it("S11: does not overwrite what another program wrote", async () => {
    const { disk, workspace } = workspaceWith({ "/two": text });
    const { handle } = value(await workspace.openFile("/two"));
    disk.files["/two"] = text.replace("Two talk", "Two shout");
    expect(message(await workspace.save(handle, "/two"))).toContain("changed by another program");
    expect(disk.files["/two"]).toContain("Two shout");
    expect((await workspace.save(handle, "/three")).ok).toBe(true);
    disk.files["/three"] = "";
    expect(message(await workspace.save(handle, "/three"))).toContain("changed by another program");
  });

  it("S11: writes again a file that is gone", async () => {
    const { disk, workspace } = workspaceWith({ "/two": text });
    const { handle } = value(await workspace.openFile("/two"));
    delete disk.files["/two"];
    expect((await workspace.save(handle, "/two")).ok).toBe(true);
    expect(disk.files["/two"]).toBe(text);
  });

  it("S12: what was understood in part goes to another file only", async () => {
    const partly = JSON.stringify({ ...flow, colour: "red" });
    const { disk, workspace } = workspaceWith({ "/two": partly });
    const opened = value(await workspace.openFile("/two"));
    expect(opened.readOnly).toBeDefined();
    expect(message(await workspace.save(opened.handle, "/two"))).toBe(opened.readOnly);
    expect(disk.files["/two"]).toBe(partly);
    const saved = value(await workspace.save(opened.handle, "/copy"));
    expect(saved.readOnly).toBeUndefined();
    expect(disk.files["/copy"]).toBe(text);
  });

  it("S10: a failure of the disk is told and changes nothing", async () => {
    const disk = { ...memoryDisk({}), write: async () => fail("The disk is full.") };
    const workspace = createWorkspace(disk, bundle);
    const { handle } = value(await workspace.openBundled("cpm/two"));
    expect(message(await workspace.save(handle, "/a"))).toBe("The disk is full.");
    expect(value(workspace.find(handle)).path).toBeUndefined();
  });
});

describe("taking a text over", () => {
  it("T32: does not take the place of what was changed meanwhile", async () => {
    const { workspace } = workspaceWith();
    const { handle } = value(workspace.openText("two", text));
    const diagram = "sequenceDiagram\n  participant p1 as A\n  participant p2 as B\n  p1->>p2: ";
    const rewritings = ["Hello", "Good morning"].map((label) =>
      workspace.rewrite(handle, "main", {}, `${diagram}${label}\n`, 0),
    );
    value(workspace.edit(handle, { label: "T", edit: { kind: "set", field: "title", value: "New" } }, 0));
    for (const answer of await Promise.all(rewritings))
      expect(answer).toMatchObject({ ok: true, value: { kind: "stale" } });
    expect(value(workspace.find(handle))).toMatchObject({ revision: 1, flow: { title: "New" } });
    const rewritten = await workspace.rewrite(handle, "main", {}, `${diagram}Good morning\n`, 1);
    expect(rewritten).toMatchObject({ ok: true, value: { kind: "changed" } });
    expect(JSON.stringify(value(workspace.find(handle)).flow.variants)).toContain("Good morning");
  });
});

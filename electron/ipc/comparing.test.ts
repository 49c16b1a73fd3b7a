import { describe, expect, it } from "vitest";
import { writeFlow } from "../../shared/flow/file.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { fail, ok } from "../../shared/flow/result.ts";
import { calls } from "../../shared/ipc/contract.ts";
import { createWorkspace } from "../workspace/workspace.ts";
import { comparingHandlers } from "./comparing.ts";

const hello = (label: string, count = 1): Flow => ({
  format: "callflow",
  version: 1,
  title: "A talk",
  scenario: {
    participants: [
      { id: "a", name: "A", role: "other" },
      { id: "b", name: "B", role: "other" },
    ],
  },
  variants: [
    {
      id: "main",
      title: "Main",
      script: Array.from({ length: count }, () => ({
        kind: "inject" as const,
        from: "a",
        to: "b",
        message: { label },
      })),
    },
  ],
});

function setUp(files: Record<string, string>) {
  const disk = {
    read: async (path: string) => {
      const found = files[path];
      return found === undefined ? fail(`There is no file “${path}”.`) : ok(new TextEncoder().encode(found));
    },
    write: async () => ok(undefined),
  };
  const bundle = { ids: async () => ["talk"], read: async () => ok(new TextEncoder().encode(writeFlow(hello("Hi")))) };
  const workspace = createWorkspace(disk, bundle);
  let answer: string | undefined;
  const { "flow.compare": compare } = comparingHandlers(workspace, disk, { askOpen: async () => answer });
  return {
    workspace,
    compare: (request: Parameters<typeof compare>[0]) => compare(request, ""),
    choose: (path: string | undefined) => {
      answer = path;
    },
  };
}

describe("B40 flow.compare", () => {
  it("gives a variant and what its file holds, or what was bundled", async () => {
    const { workspace, compare } = setUp({ "/t": writeFlow(hello("Hello")) });
    const opened = await workspace.openFile("/t");
    if (!opened.ok) throw new Error(opened.failure.message);
    const { handle, flow } = opened.value;
    workspace.edit(handle, { label: "Title", edit: { kind: "set", field: "title", value: "New" } }, 0);
    const open = { from: "open", handle, variant: "main" } as const;
    const found = await compare({ a: open, b: { from: "saved", handle, variant: "main" } });
    expect(found).toMatchObject({ ok: true, value: { b: { flow, name: "t", variant: "main" } } });
    const bundled = await workspace.openBundled("talk");
    if (!bundled.ok) throw new Error(bundled.failure.message);
    const saved = { from: "saved", handle: bundled.value.handle, variant: "gone" } as const;
    expect(await compare({ a: open, b: saved })).toMatchObject({ ok: true, value: { b: { variant: "main" } } });
  });

  it("reads a file only once the person has chosen it", async () => {
    const { workspace, compare, choose } = setUp({ "/t": writeFlow(hello("Hello")), "/u": writeFlow(hello("Ahoy")) });
    const opened = await workspace.openFile("/t");
    if (!opened.ok) throw new Error(opened.failure.message);
    const a = { from: "open", handle: opened.value.handle, variant: "main" } as const;
    const file = { from: "file", path: "/u" } as const;
    expect(await compare({ a, b: file })).toMatchObject({ ok: false });
    expect(await compare({ a, b: { from: "dialog" } })).toEqual({ ok: true, value: null });
    choose("/u");
    const found = await compare({ a, b: { from: "dialog" } });
    expect(found).toMatchObject({ ok: true, value: { b: { compared: { ...file, variant: "main" }, name: "u" } } });
    expect(await compare({ a, b: file })).toMatchObject({ ok: true });
    choose("/nothing");
    expect(await compare({ a, b: { from: "dialog" } })).toMatchObject({ ok: false });
  });

  it("refuses what is too long, what is not open and what is not asked for properly", async () => {
    const { workspace, compare } = setUp({ "/t": writeFlow(hello("Hello", 20_001)) });
    const opened = await workspace.openFile("/t");
    if (!opened.ok) throw new Error(opened.failure.message);
    const a = { from: "open", handle: opened.value.handle, variant: "main" } as const;
    expect(await compare({ a, b: a })).toMatchObject({
      failure: { message: "“t” has 20,001 messages; at most 20,000 can be compared." },
    });
    expect(await compare({ a: { ...a, handle: "no" }, b: a })).toMatchObject({ ok: false });
    const { request } = calls["flow.compare"];
    expect(request.safeParse({ a, b: { ...a, path: "/etc/passwd" } }).success).toBe(false);
    expect(request.safeParse({ a, b: { from: "saved" } }).success).toBe(false);
  });
});

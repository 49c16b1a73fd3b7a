import { describe, expect, it, vi } from "vitest";
import { whole } from "../../shared/content.ts";
import { writeFlow } from "../../shared/flow/file.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { fail, ok, type Result } from "../../shared/flow/result.ts";
import { calls } from "../../shared/ipc/contract.ts";
import type { Memory, Remembered } from "../host/memory.ts";
import type { Recovery } from "../host/recovery.ts";
import type { Bundle, Disk } from "../workspace/ports.ts";
import { createWorkspace } from "../workspace/workspace.ts";
import type { Explorer } from "./exploring.ts";
import { createFilming } from "./filming.ts";
import { handlersFor, type Shell } from "./handlers.ts";

const flow: Flow = {
  format: "callflow",
  version: 1,
  title: 'Two: "A/B" talk',
  clause: "C.1",
  introduction: "They talk.",
  scenario: {
    participants: [
      { id: "a", name: "A", role: "other" },
      { id: "b", name: "B", role: "other" },
    ],
  },
  variants: [{ id: "main", title: "M", script: [{ kind: "inject", from: "a", to: "b", message: { label: "Hello" } }] }],
};
const text = writeFlow(flow);
const noRecovery: Recovery = {
  start: () => {},
  record: () => {},
  forget: () => {},
  list: () => [],
  read: () => fail("no"),
  discard: () => {},
  takenOver: () => {},
  flush: () => {},
};

const noExplorer: Explorer = {
  handlers: { "explore.start": async () => fail("no"), "explore.stop": async () => ok(null) },
  end: vi.fn(),
};

function setUp({ files = {}, remembered = {} }: { files?: Record<string, string>; remembered?: Remembered } = {}) {
  const disk: Disk = {
    read: async (path) => {
      const found = files[path];
      return found === undefined ? fail(`There is no file “${path}”.`) : ok(new TextEncoder().encode(found));
    },
    write: async (path, content) => {
      files[path] = String(whole(content));
      return ok(undefined);
    },
  };
  const bundle: Bundle = { ids: async () => ["cpm/two"], read: async () => ok(new TextEncoder().encode(text)) };
  let now = remembered;
  const memory: Memory = {
    now: () => now,
    change: (patch) => {
      now = { ...now, ...patch };
    },
    flush: () => {},
  };
  const shell = {
    askOpen: vi.fn<Shell["askOpen"]>(async () => undefined),
    askSave: vi.fn<Shell["askSave"]>(async () => undefined),
    askFolder: vi.fn<Shell["askFolder"]>(async () => undefined),
    lendGesture: vi.fn<Shell["lendGesture"]>(async () => {}),
    cutCopyPaste: vi.fn<Shell["cutCopyPaste"]>(),
    showInFolder: vi.fn<Shell["showInFolder"]>(),
    askUnsaved: vi.fn<Shell["askUnsaved"]>(async () => "cancel"),
    windowWidth: vi.fn<Shell["windowWidth"]>(() => 0),
    about: () => ({ version: "1", runtime: "R", chrome: "C", node: "N" }),
    showMenuState: vi.fn<Shell["showMenuState"]>(),
    pageIsReady: vi.fn<Shell["pageIsReady"]>(async () => ok(undefined)),
    remember: vi.fn<Shell["remember"]>(),
    showTheme: vi.fn<Shell["showTheme"]>(),
    showKeys: vi.fn<Shell["showKeys"]>(),
  };
  const workspace = createWorkspace(disk, bundle);
  return {
    files,
    memory,
    shell,
    workspace,
    handlers: handlersFor({
      workspace,
      memory,
      disk,
      recovery: noRecovery,
      explorer: noExplorer,
      filming: createFilming(() => {}),
      shell,
      tell: () => {},
    }),
  };
}

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}
const message = (result: Result<unknown>) => (result.ok ? "" : result.failure.message);

describe("opening", () => {
  it("the page hears of the first flow with the run that it shows of it", async () => {
    const { handlers, shell, workspace } = setUp({ files: { "/a": text } });
    expect(value(await handlers["app.ready"]({}, ""))).toEqual({ opened: null, others: [] });
    const opened = value(await workspace.openFile("/a"));
    shell.pageIsReady.mockResolvedValueOnce(ok(opened));
    const ready = value(await handlers["app.ready"]({}, ""));
    const variant = opened.flow.variants[0]?.id ?? "";
    const run = value(await handlers["flow.run"]({ handle: opened.handle, variant }, ""));
    expect(ready).toEqual({ opened, first: { variant, run }, others: [] });
  });

  it("S7: a path is opened only if it is among the recent files", async () => {
    const { handlers, shell } = setUp({ files: { "/a": text, "/b": text }, remembered: { recent: ["/a"] } });
    expect(value(await handlers["flow.openPath"]({ path: "/a" }, "")).path).toBe("/a");
    expect(shell.remember).toHaveBeenCalledWith("/a");
    expect(message(await handlers["flow.openPath"]({ path: "/b" }, ""))).toContain("not among the recent files");
  });

  it("S7: a dropped file is opened by the path the preload script tells, or not at all", async () => {
    const { handlers, shell } = setUp({ files: { "/a": text } });
    expect(value(await handlers["flow.openFile"]({}, "/a"))?.name).toBe("a");
    expect(value(await handlers["flow.openFile"]({}, ""))).toBeNull();
    expect(shell.remember).toHaveBeenCalledOnce();
  });

  it("S8: the dialog's file is opened; cancelling it is no failure; a broken file is a sentence and not remembered", async () => {
    const { handlers, shell } = setUp({ files: { "/a": text, "/b": "{" } });
    expect(value(await handlers["flow.openDialog"]({}, ""))).toBeNull();
    shell.askOpen.mockResolvedValueOnce("/a");
    expect(value(await handlers["flow.openDialog"]({}, ""))?.path).toBe("/a");
    shell.askOpen.mockResolvedValueOnce("/b");
    expect(message(await handlers["flow.openDialog"]({}, ""))).toContain("“b”");
    expect(shell.remember.mock.calls).toEqual([["/a"]]);
  });

  it("S4: what is opened and listed has the agreed form", async () => {
    const { handlers } = setUp({ remembered: { recent: ["/gone.flow.json"] } });
    const opened = value(await handlers["flow.openBundled"]({ id: "cpm/two" }, ""));
    expect(calls["flow.openBundled"].response.parse(opened).bundledId).toBe("cpm/two");
    const library = value(await handlers["library.list"]({}, ""));
    expect(calls["library.list"].response.parse(library)).toEqual({
      flows: [
        {
          id: "cpm/two",
          group: "cpm",
          title: flow.title,
          clause: "C.1",
          description: "They talk.",
          participants: ["A", "B"],
        },
      ],
      recent: [{ path: "/gone.flow.json", name: "gone.flow.json", missing: true }],
    });
  });
});

describe("writing", () => {
  it("S10: saves where the person says, suggests a file name, and does nothing when cancelled", async () => {
    const { handlers, shell, files } = setUp();
    const { handle } = value(await handlers["flow.openBundled"]({ id: "cpm/two" }, ""));
    expect(value(await handlers["flow.saveAs"]({ handle }, ""))).toBeNull();
    expect(shell.askSave.mock.calls[0]?.[0]).toBe("Two A B talk.flow.json");
    shell.askSave.mockResolvedValueOnce("/home/two.flow.json");
    expect(value(await handlers["flow.saveAs"]({ handle }, ""))).toMatchObject({
      name: "two.flow.json",
      path: "/home/two.flow.json",
      unsaved: false,
    });
    expect(files).toEqual({ "/home/two.flow.json": text });
    expect(shell.remember).toHaveBeenCalledWith("/home/two.flow.json");
  });

  it("S13: an unknown handle is a sentence, and nobody is asked for a file", async () => {
    const { handlers, shell } = setUp();
    expect(message(await handlers["flow.saveAs"]({ handle: "x" }, ""))).toContain("not open");
    expect(shell.askSave).not.toHaveBeenCalled();
  });
});

describe("closing", () => {
  const rename = { label: "Rename", edit: { kind: "set", field: "title", value: "New" } } as const;

  it("F1: saves to its own file without asking, and asks where there is none", async () => {
    const { handlers, shell, files, workspace } = setUp({ files: { "/a": text } });
    const { handle } = value(await handlers["flow.openFile"]({}, "/a")) ?? { handle: "" };
    value(workspace.edit(handle, rename, 0));
    expect(value(await handlers["flow.save"]({ handle }, ""))).toMatchObject({ path: "/a", unsaved: false });
    expect(shell.askSave).not.toHaveBeenCalled();
    expect(files["/a"]).toContain("New");
    const bundled = value(await handlers["flow.openBundled"]({ id: "cpm/two" }, ""));
    expect(value(await handlers["flow.save"]({ handle: bundled.handle }, ""))).toBeNull();
    expect(shell.askSave).toHaveBeenCalledOnce();
  });

  it("F3: asks before what is not saved is closed, and does what the person says", async () => {
    const { handlers, shell, files, workspace } = setUp({ files: { "/a": text } });
    const { handle } = value(await handlers["flow.openFile"]({}, "/a")) ?? { handle: "" };
    value(workspace.edit(handle, rename, 0));
    expect(value(await handlers["flow.close"]({ handle }, ""))).toEqual({ closed: false });
    expect(shell.askUnsaved).toHaveBeenCalledWith(["a"]);
    expect(files["/a"]).toBe(text);
    files["/a"] = "of another program";
    shell.askUnsaved.mockResolvedValue("save");
    expect(message(await handlers["flow.close"]({ handle }, ""))).toContain("changed by another program");
    expect(workspace.find(handle).ok).toBe(true);
    files["/a"] = text;
    expect(value(await handlers["flow.close"]({ handle }, ""))).toEqual({ closed: true });
    expect(files["/a"]).toContain("New");
    expect(workspace.find(handle).ok).toBe(false);
  });

  it("F3: what is saved, or not changed, is closed without a question", async () => {
    const { handlers, shell } = setUp();
    const { handle } = value(await handlers["flow.openBundled"]({ id: "cpm/two" }, ""));
    expect(value(await handlers["flow.close"]({ handle }, ""))).toEqual({ closed: true });
    expect(shell.askUnsaved).not.toHaveBeenCalled();
  });
});

describe("settings", () => {
  it("S14: a patch changes what it names", async () => {
    const { handlers, shell } = setUp();
    expect(value(await handlers["settings.get"]({}, ""))).toEqual({ panels: { library: false } });
    shell.windowWidth.mockReturnValue(1440);
    expect(value(await handlers["settings.get"]({}, ""))).toEqual({ panels: { library: true } });
    await handlers["settings.set"]({ patch: { theme: "dark", panels: { side: false } } }, "");
    await handlers["settings.set"]({ patch: { speed: 2, panels: { library: true } } }, "");
    expect(value(await handlers["settings.get"]({}, ""))).toEqual({
      theme: "dark",
      speed: 2,
      panels: { side: false, library: true },
    });
    expect(shell.showTheme.mock.calls).toEqual([["dark"]]);
  });
});

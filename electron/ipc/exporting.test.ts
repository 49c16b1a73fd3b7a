import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { exportSettings } from "../../shared/export-settings.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { fail, ok, type Result } from "../../shared/flow/result.ts";
import type { Request } from "../../shared/ipc/contract.ts";
import { exportDisk } from "../host/disk.ts";
import { createWorkspace } from "../workspace/workspace.ts";
import { exportingHandlers } from "./exporting.ts";

const say = { from: "a", to: "b", message: { label: "Hello", kind: "request" } } as const;
const flow: Flow = {
  format: "callflow",
  version: 1,
  title: "Two: a talk",
  scenario: {
    participants: [
      { id: "a", name: "A", role: "other" },
      { id: "b", name: "B", role: "other" },
    ],
  },
  variants: [
    { id: "main", title: "Main", script: [{ kind: "inject", ...say }] },
    { id: "none", title: "Nobody speaks", script: [] },
  ],
};

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "callflow-exports-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function setUp() {
  const bundle = { ids: async () => ["two"], read: async () => ok(new TextEncoder().encode(JSON.stringify(flow))) };
  const workspace = createWorkspace(exportDisk, bundle);
  const shell = {
    askSave: vi.fn(async (): Promise<string | undefined> => undefined),
    askOpen: vi.fn(async (): Promise<string | undefined> => undefined),
    askFolder: vi.fn(async (): Promise<string | undefined> => folder),
    showInFolder: vi.fn(),
  };
  const told: number[] = [];
  const tell = ({ done }: { readonly done: number }) => told.push(done);
  const noWindow = async () => fail("There is no window.");
  const handlers = exportingHandlers({ workspace, shell, disk: exportDisk, encode: noWindow, tell });
  const { handle } = value(await workspace.openBundled("two"));
  const write = (more: Partial<Request<"export.write">>) =>
    handlers["export.write"](
      { handle, variant: "main", view: {}, formats: [{ format: "md", settings: {} }], of: "variant", ...more },
      "",
    );
  const preview = (format: string, settings = {}) =>
    handlers["export.preview"]({ handle, variant: "main", view: {}, format, settings }, "");
  return { workspace, shell, told, handlers, handle, write, preview };
}

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}
const message = (result: Result<unknown>) => (result.ok ? "" : result.failure.message);

describe("writing", () => {
  it.each(["svg", "md", "json"])("S10: writes %s where the person says, and nothing when cancelled", async (format) => {
    const { write, shell, handlers } = await setUp();
    expect(value(await write({ formats: [{ format, settings: {} }] }))).toBeNull();
    expect(readdirSync(folder)).toEqual([]);
    const out = join(folder, "out");
    shell.askSave.mockResolvedValueOnce(out);
    expect(value(await write({ formats: [{ format, settings: {} }] }))).toEqual({ paths: [out], remarks: [] });
    expect(readdirSync(folder)).toEqual(["out"]);
    await handlers["export.reveal"]({}, "");
    expect(shell.showInFolder).toHaveBeenCalledWith(out);
  });

  it("S13: an unknown format, variant, setting or handle is a sentence, and nobody is asked", async () => {
    const { write, shell } = await setUp();
    expect(message(await write({ formats: [{ format: "exe", settings: {} }] }))).toContain("“exe”");
    expect(message(await write({ formats: [{ format: "md", settings: { theme: "dark" } }] }))).toContain("“theme”");
    expect(message(await write({ variant: "x" }))).toContain("“x”");
    expect(message(await write({ handle: "x" }))).toContain("not open");
    expect(shell.askSave).not.toHaveBeenCalled();
  });

  it("EX92: writes every format of every variant into a folder, and never over a file that is there", async () => {
    const { write, told } = await setUp();
    writeFileSync(join(folder, "Two a talk.md"), "mine");
    const formats = ["md", "csv"].map((format) => ({ format, settings: {} }));
    const written = value(await write({ formats, of: "variants" }));
    expect(written?.paths).toHaveLength(4);
    expect(readdirSync(folder).toSorted()).toEqual([
      "Two a talk (2).md",
      "Two a talk – Nobody speaks.csv",
      "Two a talk – Nobody speaks.md",
      "Two a talk.csv",
      "Two a talk.md",
    ]);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
  });

  it("EX92: writes the main variant of every open flow", async () => {
    const { write, workspace } = await setUp();
    value(await workspace.openText("other.flow.json", JSON.stringify({ ...flow, title: "Other" })));
    expect(value(await write({ of: "flows" }))?.paths.map((path) => path.slice(folder.length + 1))).toEqual([
      "Two a talk.md",
      "Other.md",
    ]);
  });

  it("EX93: ends when told to, and says what is written by then", async () => {
    const { write, handlers } = await setUp();
    const formats = ["md", "csv", "tsv", "json"].map((format) => ({ format, settings: {} }));
    const going = write({ formats });
    expect(message(await write({}))).toContain("under way");
    await handlers["export.stop"]({}, "");
    expect(message(await going)).toMatch(/^The export was cancelled; /);
    expect(readdirSync(folder).length).toBeLessThan(4);
  });

  it("EX93: what cannot be written is a sentence; of several files the others are written", async () => {
    const { write, shell } = await setUp();
    shell.askSave.mockResolvedValueOnce(join(folder, "no such", "out.md"));
    expect(message(await write({}))).toContain("There is no folder");
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("choosing", () => {
  it("EX91: shows a text as it will be, and of everything else the figure", async () => {
    const { preview } = await setUp();
    expect(value(await preview("csv"))).toMatchObject({
      kind: "text",
      more: false,
      text: expect.stringContaining("Hello"),
    });
    expect(value(await preview("svg", { theme: "dark" }))).toMatchObject({
      kind: "picture",
      svg: expect.stringMatching(/^<svg/),
    });
    expect(value(await preview("png"))).toMatchObject({ kind: "picture" });
    expect(message(await preview("svg", { theme: "pink" }))).toContain("print, light, dark");
  });

  it("EX94: only a setting that names a file can ask for one", async () => {
    const { handlers, shell } = await setUp();
    expect(message(await handlers["export.chooseFile"]({ setting: "theme" }, ""))).toContain("“theme”");
    expect(message(await handlers["export.chooseFile"]({ setting: "toString" }, ""))).toContain("“toString”");
    expect(shell.askOpen).not.toHaveBeenCalled();
    const named = Object.entries(exportSettings).find(([, { kind }]) => kind === "file")?.[0];
    if (named !== undefined) expect(value(await handlers["export.chooseFile"]({ setting: named }, ""))).toBeNull();
  });

  it("EX94: nothing is revealed before anything was written", async () => {
    const { handlers } = await setUp();
    expect(await handlers["export.reveal"]({}, "")).toEqual(fail("Nothing was exported yet."));
  });
});

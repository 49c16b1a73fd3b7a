import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { whole } from "../../shared/content.ts";
import { project } from "../../shared/diagram/project.ts";
import { exportSettings } from "../../shared/export-settings.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { fail, ok, type Result } from "../../shared/flow/result.ts";
import type { Request } from "../../shared/ipc/contract.ts";
import { computeRun } from "../engine/index.ts";
import type { ExportInput } from "../export/formats.ts";
import { exportSvg } from "../export/svg.ts";
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

describe("several documents in one", () => {
  const docx = [{ format: "docx", settings: {} }];
  const text = (path: string) => strFromU8(unzipSync(readFileSync(path))["word/document.xml"]!);

  it("EX95: puts other open flows, and flows of files, into the document", async () => {
    const { write, workspace, shell, handlers } = await setUp();
    const open = value(await workspace.openText("other.flow.json", JSON.stringify({ ...flow, title: "Other" })));
    const [one, two] = ["a", "b"].map((name) => join(folder, name, "same.flow.json"));
    for (const [i, path] of [one!, two!].entries()) {
      mkdirSync(dirname(path));
      writeFileSync(path, JSON.stringify({ ...flow, title: `File ${i + 1}` }));
      shell.askOpen.mockResolvedValueOnce(path);
    }
    const names = [await choose(), await choose()];
    async function choose() {
      return value(await handlers["export.chooseFile"]({ setting: "others" }, ""))!.name;
    }
    expect(names).toEqual(["same.flow.json", "same.flow.json (2)"]);
    const out = join(folder, "out.docx");
    shell.askSave.mockResolvedValueOnce(out);
    const others = [{ file: names[1]! }, { handle: open.handle }, { file: names[0]! }];
    value(await write({ formats: docx, of: "together", others }));
    const xml = text(out);
    const places = ["Two: a talk", "File 2", "Other", "File 1"].map((title) => xml.indexOf(`>${title}<`));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
  });

  it("EX95: refuses what nobody chose, and formats that hold one flow", async () => {
    const { write, shell } = await setUp();
    expect(message(await write({ of: "together" }))).toContain("Figure and Steps (Word)");
    expect(shell.askSave).not.toHaveBeenCalled();
    shell.askSave.mockResolvedValue(join(folder, "out.docx"));
    expect(message(await write({ formats: docx, of: "together", others: [{ file: "x.json" }] }))).toContain("again");
    expect(message(await write({ formats: docx, of: "together", others: [{ handle: "x" }] }))).toContain("not open");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("EX96: compares with a flow in a file, also with the one that a picture carries", async () => {
    const { write, shell, handlers } = await setUp();
    const before = { ...flow, variants: [{ ...flow.variants[0]!, script: [] }] };
    const [file, picture] = [join(folder, "before.flow.json"), join(folder, "before.svg")];
    writeFileSync(file, JSON.stringify(before));
    const carried = await exportSvg({ ...drawnOf(before), settings: { theme: "print", font: false } });
    writeFileSync(picture, whole(value(carried).content));
    for (const path of [file, picture]) {
      shell.askOpen.mockResolvedValueOnce(path);
      const { name } = value(await handlers["export.chooseFile"]({ setting: "base" }, ""))!;
      const out = join(folder, `${name}.docx`);
      shell.askSave.mockResolvedValueOnce(out);
      value(await write({ formats: [{ format: "docx", settings: { base: name } }] }));
      expect(text(out)).toMatch(/<w:ins /);
    }
    shell.askSave.mockResolvedValueOnce(join(folder, "gone.docx"));
    expect(message(await write({ formats: [{ format: "docx", settings: { base: "gone.json" } }] }))).toContain("again");
    shell.askOpen.mockResolvedValueOnce(join(folder, "nothing.json"));
    expect(message(await handlers["export.chooseFile"]({ setting: "base" }, ""))).not.toBe("");
  });

  it("EX96: compares several flows with those that a Word document carries, and with their variants", async () => {
    const { write, shell, handlers, workspace } = await setUp();
    const other = { ...flow, title: "Other", variants: [flow.variants[0]!] };
    const openOther = async (name: string, script: Flow["variants"][number]["script"]) =>
      value(
        await workspace.openText(name, JSON.stringify({ ...other, variants: [{ ...other.variants[0]!, script }] })),
      );
    const before = await openOther("before.flow.json", []);
    const now = await openOther("now.flow.json", [{ kind: "inject", ...say }]);
    const old = join(folder, "old.docx");
    shell.askSave.mockResolvedValueOnce(old);
    value(await write({ formats: docx, of: "together", variant: "none", others: [{ handle: before.handle }] }));
    shell.askOpen.mockResolvedValueOnce(old);
    const { name } = value(await handlers["export.chooseFile"]({ setting: "base" }, ""))!;
    const out = join(folder, "out.docx");
    shell.askSave.mockResolvedValueOnce(out);
    const others = [{ handle: now.handle }];
    value(await write({ formats: [{ format: "docx", settings: { base: name } }], of: "together", others }));
    // In each flow the one step is new, and the empty figure is another one now.
    expect(text(out).match(/<w:ins [^>]*><w:r><w:drawing>/g)).toHaveLength(2);
    expect(text(out).match(/<w:del [^>]*><w:r><w:drawing>/g)).toHaveLength(2);
    shell.askSave.mockResolvedValue(out);
    const none = { formats: [{ format: "docx", settings: { base: "none" } }], of: "together" as const, others };
    expect(message(await write(none))).toBe("“Other” has no variant “none” with which it could be compared.");
  });

  it("EX97: suggests the name of the document that is brought up to date", async () => {
    const { write, shell, handlers } = await setUp();
    const out = join(folder, "mine.docx");
    shell.askSave.mockResolvedValueOnce(out);
    value(await write({ formats: docx }));
    shell.askOpen.mockResolvedValueOnce(out);
    const { name } = value(await handlers["export.chooseFile"]({ setting: "update" }, ""))!;
    await write({ formats: [{ format: "docx", settings: { update: name } }] });
    expect(shell.askSave).toHaveBeenLastCalledWith("mine.docx", expect.anything());
  });
});

function drawnOf(of: Flow): ExportInput {
  const run = computeRun(of.scenario, of.variants[0]!.script);
  return { flow: of, variant: "main", run, diagram: project(of, run, {}) };
}

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
    const moment = value(await preview("gif", { "frame-size": "1920x1080" }));
    expect(moment).toMatchObject({
      kind: "picture",
      svg: expect.stringMatching(/width="1920" height="1080".*<circle/s),
    });
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

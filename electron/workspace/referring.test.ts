import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeFlow } from "../../shared/flow/file.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { checkReferences } from "../../shared/flow/references.ts";
import type { Refers } from "../../shared/flow/refers.ts";
import { disk } from "../host/disk.ts";
import { nearby } from "../host/nearby.ts";
import { createWorkspace } from "./workspace.ts";

let folder = "";

const flowWith = (title: string, refers?: Refers): Flow => ({
  format: "callflow",
  version: 1,
  title,
  scenario: {
    participants: [
      { id: "a", name: `A of ${title}`, role: "other" },
      { id: "b", name: `B of ${title}`, role: "other" },
    ],
  },
  variants: [
    {
      id: "main",
      title: "Main",
      script: [{ kind: "inject", from: "a", to: "b", message: { label: title } }],
    },
    { id: "other", title: "Other", script: [] },
  ],
  ...(refers !== undefined && {
    marks: [
      { kind: "fragment", id: "part", operator: "ref", guard: "Part", refers },
      { kind: "end", of: "part" },
    ],
  }),
});

const write = (path: string, flow: Flow) => writeFileSync(join(folder, path), writeFlow(flow));

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "callflow-refers-"));
  mkdirSync(join(folder, "home/parts"), { recursive: true });
  write("outside.flow.json", flowWith("Outside"));
  write("home/parts/part.flow.json", flowWith("Part"));
  write("home/loop.flow.json", flowWith("Loop", { flow: "loop.flow.json" }));
  symlinkSync(join(folder, "outside.flow.json"), join(folder, "home/link.flow.json"));
  symlinkSync(folder, join(folder, "home/up"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bundle = { ids: async () => [], read: () => Promise.reject(new Error("there is none")) };

async function entering(refers: Refers) {
  const workspace = createWorkspace(disk, bundle, { nearby });
  write("home/main.flow.json", flowWith("Whole", refers));
  const open = await workspace.openFile(join(folder, "home/main.flow.json"));
  if (!open.ok) throw new Error(open.failure.message);
  return { workspace, open: open.value, entered: await workspace.enter(open.value.handle, 0) };
}

test("B72 a flow in the folder is opened as a copy with the names of the one that refers to it", async () => {
  const { entered, open } = await entering({
    flow: "parts/part.flow.json",
    variant: "other",
    participants: [{ there: "a", here: "b" }],
  });
  if (!entered.ok) throw new Error(entered.failure.message);
  const { flow, path, unsaved, cameFrom, start } = entered.value;
  expect(flow.scenario.participants.map(({ name }) => name)).toEqual(["B of Whole", "B of Part"]);
  expect({ path, unsaved, cameFrom }).toEqual({
    path: undefined,
    unsaved: false,
    cameFrom: { handle: open.handle, title: "Whole" },
  });
  expect(start?.variant).toBe("other");
  expect(start?.remark).toContain("“B of Part” stands for nobody");
});

test.each([
  "../outside.flow.json",
  "/etc/x.flow.json",
  "parts/../../outside.flow.json",
  "parts\\..\\x.flow.json",
  "C:x.flow.json",
])("B71 %s is not read, and is a finding", async (flow) => {
  const { entered, open } = await entering({ flow });
  expect(entered).toMatchObject({ ok: false });
  expect(open.diagnostics.map(({ code }) => code)).toEqual(["wrong-reference"]);
  expect(checkReferences(open.flow)).toHaveLength(1);
});

test.each(["link.flow.json", "up/outside.flow.json"])("B71 %s, a link that leads out, is not read", async (flow) => {
  const { entered } = await entering({ flow });
  expect(entered).toMatchObject({ ok: false, failure: { message: expect.stringContaining("leads out") } });
});

test("B73 what is not there, a circle and a flow without a file are told", async () => {
  const missing = await entering({ flow: "gone.flow.json" });
  expect(missing.entered).toMatchObject({ failure: { message: expect.stringContaining("gone.flow.json") } });
  const unknown = await entering({ flow: "cpm/nothing" });
  expect(unknown.entered).toMatchObject({ failure: { message: expect.stringContaining("no bundled flow") } });
  const { workspace, entered } = await entering({ flow: "loop.flow.json" });
  if (!entered.ok) throw new Error(entered.failure.message);
  const again = await workspace.enter(entered.value.handle, 0);
  expect(again).toMatchObject({ failure: { message: expect.stringContaining("refers to itself") } });
  const text = workspace.openText("x", writeFlow(flowWith("Apart", { flow: "parts/part.flow.json" })));
  const homeless = text.ok ? await workspace.enter(text.value.handle, 0) : text;
  expect(homeless).toMatchObject({ failure: { message: expect.stringContaining("save the flow first") } });
});

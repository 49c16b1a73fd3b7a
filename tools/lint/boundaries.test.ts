import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { cruise, type ICruiseOptions, type ICruiseResult } from "dependency-cruiser";
import { afterAll, describe, expect, test } from "vitest";
import config from "../../.dependency-cruiser.mjs";
import { root } from "../setup/paths.mjs";

const layers = ["shared", "electron", "renderer", "test", "tools"];

/** What is there to be imported. Empty packages, so that the tree needs no install. */
const tree: Record<string, string> = {
  "package.json": JSON.stringify({ dependencies: { zod: "1", react: "1", electron: "1" } }),
  "node_modules/zod/package.json": JSON.stringify({ name: "zod", main: "index.js" }),
  "node_modules/zod/index.js": "",
  "node_modules/react/package.json": JSON.stringify({ name: "react", main: "index.js" }),
  "node_modules/react/index.js": "",
  "node_modules/electron/package.json": JSON.stringify({ name: "electron", main: "index.js" }),
  "node_modules/electron/index.js": "",
  "node_modules/undeclared/package.json": JSON.stringify({ name: "undeclared", main: "index.js" }),
  "node_modules/undeclared/index.js": "",
  "shared/flow.ts": "export const flow = 1;",
  "shared/ipc/contract.ts": "export const contract = 1;\nexport interface Call {}",
  "electron/engine/index.ts": 'export { step } from "./step.ts";',
  "electron/engine/step.ts": "export const step = 1;",
  "electron/workspace/workspace.ts":
    'export { step } from "../engine/index.ts";\nexport { flow } from "../../shared/flow.ts";',
  "electron/host/disk.ts": 'export { readFileSync } from "node:fs";',
  "electron/window.ts": 'export { BrowserWindow } from "electron";',
  "electron/main.ts": 'import "./window.ts";\nimport "./host/disk.ts";',
  "renderer/bridge/bridge.ts": 'export { contract } from "../../shared/ipc/contract.ts";',
  "renderer/main.tsx":
    'import "react";\nimport "./bridge/bridge.ts";\nimport type { Call } from "../shared/ipc/contract.ts";\nexport type C = Call;',
  "renderer/view.ts": "export const view = 1;",
  "test/journey.ts": 'export { step } from "../electron/engine/step.ts";',
  "tools/build.mjs": "export const build = 1;",
};

/** For each rule a file that breaks it: where it stands and what it says. */
const broken: Record<string, readonly [file: string, text: string]> = {
  "shared-stands-alone": ["shared/a.ts", 'import "react";'],
  "engine-is-pure": ["electron/engine/a.ts", 'import "node:path";'],
  "engine-by-its-door": ["electron/a.ts", 'import { step } from "./engine/step.ts";\nexport const a = step;'],
  "workspace-imports-door-and-shared": ["electron/workspace/a.ts", 'import "../host/disk.ts";'],
  "export-is-value-to-bytes": ["electron/export/a.ts", 'import "../workspace/workspace.ts";'],
  "import-is-bytes-to-flow": ["electron/import/a.ts", 'import "../workspace/workspace.ts";'],
  "effects-stay-in-the-host": ["electron/export/b.ts", 'import "node:fs";'],
  "only-the-shell-knows-electron": ["electron/host/a.ts", 'import type { App } from "electron";\nexport type A = App;'],
  "command-line-without-electron": ["electron/cli.ts", 'import "./menu-by-mistake.ts";'],
  "nobody-imports-an-entry": ["electron/b.ts", 'import "./main.ts";'],
  "page-and-main-meet-in-shared": ["renderer/a.ts", 'import "../electron/workspace/workspace.ts";'],
  "main-does-not-import-the-page": ["electron/c.ts", 'import "../renderer/view.ts";'],
  "bridge-alone-speaks-to-main": ["renderer/b.ts", 'import "../shared/ipc/contract.ts";'],
  "page-has-no-node": ["renderer/c.ts", 'import "node:fs";'],
  "nobody-imports-tests": ["renderer/d.ts", 'import "../test/journey.ts";'],
  "product-without-tools": ["electron/d.ts", 'import "../tools/build.mjs";'],
  "no-cycles": ["shared/b.ts", 'import "./b2.ts";\nexport const b = 1;'],
  "only-what-resolves": ["shared/c.ts", 'import "./nowhere.ts";'],
  "only-declared-packages": ["electron/e.ts", 'import "undeclared";'],
};

/** What a broken case needs beside it. */
const companions: Record<string, string> = {
  "electron/menu-by-mistake.ts": 'import "./window.ts";',
  "shared/b2.ts": 'import { b } from "./b.ts";\nexport const b2 = b;',
};

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function writeTree(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), "callflow-boundaries-"));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

async function judge(baseDir: string): Promise<ICruiseResult> {
  const { options, ...ruleSet } = config;
  const { enhancedResolveOptions, ...rest } = options ?? {};
  const cruiseOptions: ICruiseOptions = { ...rest, baseDir, validate: true, ruleSet };
  const { output } = await cruise(layers, cruiseOptions, enhancedResolveOptions);
  if (typeof output === "string") throw new Error("A report was expected, not text.");
  return output;
}

test("a tree that keeps the rules has no violation", async () => {
  const { summary } = await judge(writeTree(tree));
  expect(summary.violations).toEqual([]);
  expect(summary.totalCruised).toBeGreaterThan(10);
});

describe("each rule, broken once", async () => {
  const { summary } = await judge(writeTree({ ...tree, ...companions, ...Object.fromEntries(Object.values(broken)) }));

  test.each((config.forbidden ?? []).map((rule) => rule.name ?? ""))("%s", (name) => {
    const [file] = broken[name] ?? [];
    expect(file, "every rule needs a case that breaks it").toBeDefined();
    const found = summary.violations.filter((violation) => violation.rule.name === name).map((found) => found.from);
    expect(found).toContain(file);
  });
});

test("every rule teaches", () => {
  for (const rule of config.forbidden ?? []) expect(rule.comment?.length, rule.name).toBeGreaterThan(40);
});

test("the repository keeps the rules, and is really read", async () => {
  const { summary, modules } = await judge(root);
  expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
  for (const layer of ["shared/", "electron/engine/", "tools/"]) {
    expect(modules.filter((module) => module.source.startsWith(layer)).length, layer).toBeGreaterThan(0);
  }
}, 60_000);

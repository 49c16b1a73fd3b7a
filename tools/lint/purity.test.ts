import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { root } from "../setup/paths.mjs";

/** One impure line for each thing that is forbidden. */
const impure = [
  "export const a = Date.now();",
  "export const a = new Date(0);",
  "export const a = performance.now();",
  "setTimeout(() => {}, 1);",
  "setInterval(() => {}, 1);",
  "queueMicrotask(() => {});",
  "export const a = Math.random();",
  "export const a = crypto.randomUUID();",
  "export const a = globalThis;",
  "export const a = process.env;",
  'export const a = new Intl.Collator("de");',
  'export const a = "a".localeCompare("b");',
  'export const a = "a".toLocaleUpperCase();',
  "export const a = (1).toLocaleString();",
  "export const a = (b?: number) => b?.toLocaleString();",
];
const pure = 'export const today = (date: string) => [...date].sort().join("");\n';

const folder = mkdtempSync(join(tmpdir(), "callflow-purity-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string) {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

/** Lints the folder with the repository's own configuration; the files the purity rule complains of. */
function complaints(): string[] {
  const { vcs: _, $schema: __, ...config } = JSON.parse(readFileSync(join(root, "biome.json"), "utf8"));
  write("biome.json", JSON.stringify(config));
  mkdirSync(join(folder, "tools/lint"), { recursive: true });
  cpSync(join(root, "tools/lint/purity.grit"), join(folder, "tools/lint/purity.grit"));
  const biome = join(root, "node_modules/@biomejs/biome/bin/biome");
  const run = spawnSync(process.execPath, [biome, "lint", "--reporter=json", "--max-diagnostics=none", "."], {
    cwd: folder,
    encoding: "utf8",
  });
  const { diagnostics } = JSON.parse(run.stdout) as { diagnostics: Diagnostic[] };
  const found = diagnostics.filter((diagnostic) => diagnostic.category === "plugin" && diagnostic.severity === "error");
  return found.map((diagnostic) => diagnostic.location.path);
}

interface Diagnostic {
  readonly category: string;
  readonly severity: string;
  readonly location: { readonly path: string };
}

describe("the purity rule", () => {
  impure.forEach((line, index) => {
    write(`electron/engine/impure-${index}.ts`, `${line}\n`);
    write(`shared/run/impure-${index}.ts`, `${line}\n`);
  });
  write("shared/pure.ts", pure);
  write("electron/host/clock.ts", "export const now = () => Date.now();\n");
  write("electron/engine/step.test.ts", "export const now = Date.now();\n");
  const found = complaints();

  test.each(impure)("refuses: %s", (line) => {
    expect(found).toContain(`electron/engine/impure-${impure.indexOf(line)}.ts`);
    expect(found).toContain(`shared/run/impure-${impure.indexOf(line)}.ts`);
  });

  test("lets pure code, other layers and tests be", () => {
    expect(found.filter((path) => !path.includes("impure-"))).toEqual([]);
  });
});

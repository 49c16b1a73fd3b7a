import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fingerprint } from "./freshness.mjs";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "callflow-freshness-"));
  for (const layer of ["shared", "electron", "renderer"]) mkdirSync(join(folder, layer));
  writeFileSync(join(folder, "shared/flow.ts"), "1");
  writeFileSync(join(folder, "electron/main.ts"), "1");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("stays while nothing changes", () => {
  expect(fingerprint("electron", folder)).toBe(fingerprint("electron", folder));
});

test("changes with a source's time, size and name", () => {
  const seen = new Set([fingerprint("electron", folder)]);
  utimesSync(join(folder, "electron/main.ts"), 1, 1);
  seen.add(fingerprint("electron", folder));
  writeFileSync(join(folder, "shared/flow.ts"), "12");
  seen.add(fingerprint("electron", folder));
  renameSync(join(folder, "shared/flow.ts"), join(folder, "shared/flows.ts"));
  seen.add(fingerprint("electron", folder));
  expect(seen.size).toBe(4);
});

test("of one part does not depend on the other's sources, nor on tests", () => {
  const before = fingerprint("renderer", folder);
  writeFileSync(join(folder, "electron/window.ts"), "1");
  writeFileSync(join(folder, "shared/flow.test.ts"), "1");
  expect(fingerprint("renderer", folder)).toBe(before);
});

import { execFileSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { type LaunchedApp, launchApp } from "./launch.ts";
import { choose } from "./menu.ts";

// A file that cannot be written keeps what is in it, and the window what was done, in the real app.

const bundled = join(resolve(import.meta.dirname, "../.."), "flows/sip/busy.flow.json");
const isRoot = process.getuid?.() === 0;
let folder = "";
let mounted = false;
let launched: LaunchedApp | undefined;

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "callflow-saving-"));
});

test.afterEach(async () => {
  await launched?.close();
  launched = undefined;
  if (mounted) execFileSync("umount", ["-l", folder]);
  mounted = false;
  chmodSync(folder, 0o755);
  rmSync(folder, { recursive: true, force: true });
});

/** A disk of its own of so many bytes; false where this may not be done here. */
function mountDisk(options: string): boolean {
  if (!isRoot || process.platform !== "linux") return false;
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder], { stdio: "ignore" });
    mounted = true;
  } catch {
    // A container may not.
  }
  return mounted;
}

const remount = (options: string) => execFileSync("mount", ["-o", `remount,${options}`, folder]);

/** Opens the file and changes its title; what it held before. */
async function openChanged(file: string): Promise<{ readonly page: Page; readonly before: string }> {
  const before = readFileSync(file, "utf8");
  launched = await launchApp({ args: [file] });
  const { page } = launched;
  await expect(page).toHaveTitle("busy.flow.json – Callflow");
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await page.locator(".canvas").focus();
  await choose(launched.app, "edit.message");
  await page.getByRole("combobox", { name: "Message" }).fill("Kept in the window");
  await page.keyboard.press("Enter");
  await expect(page.locator(".row .label", { hasText: "Kept in the window" })).toHaveCount(1);
  await expect(page).toHaveTitle("• busy.flow.json – Callflow");
  return { page, before };
}

const save = () => launched && choose(launched.app, "file.save");
const alert = (page: Page) => page.getByRole("alert").filter({ hasText: "busy.flow.json" });

/** Nothing was written, nothing is lost, and a sentence says why. */
async function expectKept(page: Page, file: string, before: string, why: RegExp): Promise<void> {
  await save();
  await expect(alert(page).filter({ hasText: why }).first()).toBeVisible();
  expect(readFileSync(file, "utf8")).toBe(before);
  expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  await expect(page).toHaveTitle("• busy.flow.json – Callflow");
  await expect(page.locator(".row .label", { hasText: "Kept in the window" })).toHaveCount(1);
}

async function expectSaved(page: Page, file: string): Promise<void> {
  await save();
  await expect(page).toHaveTitle("busy.flow.json – Callflow");
  expect(readFileSync(file, "utf8")).toContain("Kept in the window");
  expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
}

test("F15: on a full disk the file stays as it was, and is saved once there is space", async () => {
  test.skip(!mountDisk("size=64k"), "only who may mount a disk can fill one");
  const file = join(folder, "busy.flow.json");
  copyFileSync(bundled, file);
  const { page, before } = await openChanged(file);
  const filler = join(folder, "filler");
  try {
    writeFileSync(filler, Buffer.alloc(64 * 1024));
  } catch {
    // As much as there is room for.
  }
  await expectKept(page, file, before, /no space left/);
  rmSync(filler);
  await expectSaved(page, file);
});

test("F15: in a folder that cannot be written the file stays as it was, and is saved once it can", async () => {
  const onDisk = mountDisk("size=1m");
  test.skip(isRoot && !onDisk, "root writes into every folder");
  const file = join(folder, "busy.flow.json");
  copyFileSync(bundled, file);
  const { page, before } = await openChanged(file);
  if (onDisk) remount("ro");
  else chmodSync(folder, 0o555);
  await expectKept(page, file, before, /read-only|no permission/);
  if (onDisk) remount("rw");
  else chmodSync(folder, 0o755);
  await expectSaved(page, file);
});

test("F7, F15: what another program put in the place of the file is not overwritten", async () => {
  const file = join(folder, "busy.flow.json");
  copyFileSync(bundled, file);
  const { page, before } = await openChanged(file);
  const other = before.replace(/"title": "[^"]*"/, '"title": "Another program was here"');
  writeFileSync(join(folder, "other"), other);
  renameSync(join(folder, "other"), file);
  await expectKept(page, file, other, /changed by another program/);
});

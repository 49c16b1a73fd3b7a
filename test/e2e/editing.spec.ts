import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import type { Exposed } from "../../shared/ipc/channels.ts";
import { launchApp } from "./launch.ts";

// What is not saved survives the app, in the real app.

declare global {
  interface Window {
    readonly callflow?: Exposed;
  }
}

const bundled = join(resolve(import.meta.dirname, "../.."), "flows/sip/busy.flow.json");
let folder = "";

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "callflow-editing-"));
});
test.afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Changes the title as the page would, so many times. */
function changeTitle(page: Page, times: number): Promise<void> {
  return page.evaluate(async (count) => {
    for (let base = 0; base < count; base++) {
      const edit = { kind: "set", field: "title", value: `Title ${base + 1}` };
      const request = { handle: "flow-1", base, label: "Change Title", edit };
      const answer = JSON.parse((await window.callflow?.call("flow.edit", JSON.stringify(request))) ?? "{}");
      if (answer.ok !== true) throw new Error(JSON.stringify(answer));
    }
  }, times);
}

test("F10, F13: work that was lost is offered at the next start, and the file is written only when it is saved", async () => {
  const file = join(folder, "busy.flow.json");
  copyFileSync(bundled, file);
  const before = readFileSync(file, "utf8");
  const userData = join(folder, "settings");
  const first = await launchApp({ args: [file], userData });
  await expect(first.page).toHaveTitle(/busy\.flow\.json/);
  await changeTitle(first.page, 5);
  await first.page.waitForTimeout(500);
  const ended = new Promise((done) => first.app.process().once("exit", done));
  first.app.process().kill("SIGKILL");
  await ended;

  const { app, page, close } = await launchApp({ userData });
  const banner = page.getByRole("alert", { name: "Recovery" });
  await expect(banner).toContainText("1 flow can be recovered");
  expect(readFileSync(file, "utf8")).toBe(before);
  await page.getByRole("button", { name: "Recover busy.flow.json" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Title 5");
  await expect(banner).toHaveCount(0);
  await expect(page).toHaveTitle("• busy.flow.json – Callflow");
  expect(readFileSync(file, "utf8")).toBe(before);
  await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById("file.save")?.click());
  await expect(page).toHaveTitle("busy.flow.json – Callflow");
  expect(readFileSync(file, "utf8")).toContain("Title 5");
  await close();
});

test("F7: a change by another program is shown before anything is overwritten, and can be taken over", async () => {
  const file = join(folder, "busy.flow.json");
  copyFileSync(bundled, file);
  const { page, close } = await launchApp({ args: [file] });
  await expect(page).toHaveTitle(/busy\.flow\.json/);
  const changed = readFileSync(file, "utf8").replace(/"title": "[^"]*"/, '"title": "Busy, as another program says"');
  writeFileSync(file, changed);
  const banner = page.getByRole("alert").filter({ hasText: "changed by another program" });
  await expect(banner).toBeVisible();
  await banner.getByRole("button", { name: "Show Differences" }).click();
  await expect(banner.getByRole("list", { name: "Differences" })).toContainText("title");
  await banner.getByRole("button", { name: "Reload" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("as another program says");
  await expect(banner).toHaveCount(0);
  expect(readFileSync(file, "utf8")).toBe(changed);
  await close();
});

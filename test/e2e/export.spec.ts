import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { type LaunchedApp, launchApp } from "./launch.ts";
import { choose } from "./menu.ts";

// The export dialog, in the real app. Each test goes on from the one before.

test.describe.configure({ mode: "serial" });

let launched: LaunchedApp;
let page: Page;
const folder = mkdtempSync(join(tmpdir(), "callflow-export-"));

test.beforeAll(async () => {
  launched = await launchApp();
  page = launched.page;
  await expect(page.locator(".row[data-step]").first()).toBeVisible();
  await launched.app.evaluate(({ dialog, shell }, path) => {
    dialog.showSaveDialog = async (...asked: unknown[]) => {
      const { defaultPath = "" } = asked.at(-1) as { defaultPath?: string };
      return { canceled: false, filePath: `${path}/${defaultPath}` };
    };
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
    shell.showItemInFolder = (shown) => {
      (globalThis as { shown?: string }).shown = shown;
    };
  }, folder);
});

test.afterAll(async () => {
  await launched?.close();
  rmSync(folder, { recursive: true, force: true });
});

const dialog = () => page.getByRole("dialog", { name: "Export" });
const preview = () => dialog().getByRole("region", { name: "Preview" });
const format = (name: string) => dialog().getByRole("button", { name });
const exportNow = () =>
  dialog()
    .getByRole("button", { name: /^Export/ })
    .click();

test("EX91 the dialog shows the figure, and follows its settings", async () => {
  await choose(launched.app, "file.export");
  const picture = preview().getByRole("img");
  await expect(picture).toBeVisible();
  const first = await picture.getAttribute("src");
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(300);
  await dialog().getByLabel("Colours").selectOption("dark");
  await expect(picture).not.toHaveAttribute("src", first ?? "");
});

test("EX91 a text is shown as it will be written", async () => {
  await format("Step Table (CSV)").click();
  await expect(preview()).toContainText("CPM Session Invitation");
  await expect(dialog().getByText("There is nothing to choose for this format.")).toBeVisible();
});

test("EX90, EX94 what is exported is written where the person says, and shown in its folder", async () => {
  await format("Picture (SVG)").click();
  await exportNow();
  await expect(dialog().getByRole("status")).toContainText("is written");
  const [name = ""] = readdirSync(folder);
  expect(name).toMatch(/\.svg$/);
  expect(readFileSync(join(folder, name), "utf8")).toContain("#12171f");
  await dialog().getByRole("button", { name: "Show in Folder" }).click();
  await expect
    .poll(() => launched.app.evaluate(() => (globalThis as { shown?: string }).shown))
    .toBe(join(folder, name));
});

test("EX92 several formats of all variants go into a folder", async () => {
  const before = readdirSync(folder).length;
  await dialog().getByRole("checkbox", { name: "Write Text (Markdown)" }).check();
  await dialog().getByLabel("Of what documents are made").selectOption("variants");
  await exportNow();
  await expect(dialog().getByRole("status")).toContainText("files are written");
  const written = readdirSync(folder);
  expect(written.length - before).toBeGreaterThanOrEqual(4);
  expect(written.some((name) => name.includes("(2)"))).toBe(true);
});

test("EX0 nothing that assistive technology could not use", async () => {
  const { violations } = await new AxeBuilder({ page }).include("[role=dialog]").setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
});

test("EX90 the choices are there again", async () => {
  await dialog().getByRole("button", { name: "Close" }).first().click();
  await expect(dialog()).toHaveCount(0);
  await choose(launched.app, "file.export");
  await expect(dialog().getByRole("checkbox", { name: "Write Text (Markdown)" })).toBeChecked();
  await format("Picture (SVG)").click();
  await expect(dialog().getByLabel("Colours")).toHaveValue("dark");
});

import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { type LaunchedApp, launchApp } from "./launch.ts";
import { choose } from "./menu.ts";
import { dropFlow, pictureOf } from "./picture.ts";

// Work with several flows and files, in the real app.

test.describe.configure({ mode: "serial" });

const bundled = join(resolve(import.meta.dirname, "../.."), "flows/sip/busy.flow.json");
let launched: LaunchedApp;
let page: Page;

test.beforeAll(async () => {
  launched = await launchApp();
  page = launched.page;
  await expect(page.locator(".row[data-step]").first()).toBeVisible();
});

test.afterAll(async () => {
  await launched?.close();
});

const undo = () => choose(launched.app, "edit.undo");
const labels = async () => (await page.locator(".row[data-step] .label").allTextContents()).map((text) => text.trim());

for (const template of ["Blank", "CPM 1-1 session", "CPM group session", "Session transfer", "SIP proxy chain"])
  test(`SC1: the template “${template}” makes a flow without problems`, async () => {
    await choose(launched.app, "file.new");
    const dialog = page.getByRole("dialog", { name: "New flow" });
    await dialog.getByRole("radio", { name: new RegExp(template, "i") }).check();
    await dialog.getByLabel("Title").fill(`Made of ${template}`);
    await dialog.getByLabel("Title").press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Made of ${template}`);
    if (template === "Blank") await expect(page.locator(".row[data-step]")).toHaveCount(0);
    else await expect(page.locator(".row[data-step]").nth(3)).toBeVisible();
    await choose(launched.app, "view.problems");
    await expect(page.locator(".problem-error")).toHaveCount(0);
    await page.screenshot({ path: test.info().outputPath("template.png") });
  });

test("I13, I21: heads are dragged to another order, and that is undone", async () => {
  await dropFlow(page, "Order", ["Ann", "Ben", "Cleo"]);
  const picture = pictureOf(page);
  await picture.work();
  const heads = async () => page.locator(".canvas-heads .head title").allTextContents();
  const before = await heads();
  const head = await picture.boxOf(".canvas-heads .head rect");
  const from = { x: head.x + head.width / 2, y: head.y + head.height / 2 };
  await picture.drag(from, { x: (await picture.lifeline("Cleo")) + 30, y: from.y });
  await expect.poll(async () => (await heads()).at(-1)).toContain("Ann");
  await undo();
  await expect.poll(heads).toEqual(before);
});

/** What the keys for copying and pasting do to the page. */
const clip = (type: "copy" | "paste", content?: Record<string, string>) =>
  page.evaluate(
    ([kind, given]) => {
      const data = new DataTransfer();
      for (const [format, text] of Object.entries(given ?? {})) data.setData(format, text);
      document.dispatchEvent(new ClipboardEvent(kind, { clipboardData: data, bubbles: true, cancelable: true }));
      return Object.fromEntries(data.types.map((format) => [format, data.getData(format)]));
    },
    [type, content] as const,
  );

test("I9: several chosen messages are copied into another flow, with those of whom they tell", async () => {
  const picture = pictureOf(page);
  for (const [i, name] of ["one", "two", "three"].entries()) {
    const y = await picture.below(i);
    await picture.drag({ x: await picture.lifeline("Ann"), y }, { x: await picture.lifeline("Ben"), y });
    await page.getByRole("combobox", { name: "Message" }).fill(name);
    await page.keyboard.press("Enter");
    await expect(picture.label(i + 1)).toHaveText(name);
  }
  const row = (step: number) => page.locator(`.row[data-step="${step - 1}"] .row-hit`);
  await row(2).click({ position: { x: 4, y: 8 } });
  await row(3).click({ position: { x: 4, y: 8 }, modifiers: ["Shift"] });
  await expect(page.locator(".editor-selected")).toHaveCount(2);
  const content = await clip("copy");
  await dropFlow(page, "Into", ["Ben"]);
  await picture.work();
  await page.locator(".canvas").focus();
  await clip("paste", content);
  await expect.poll(labels).toEqual(["two", "three"]);
  await expect(page.locator(".canvas-heads .head title", { hasText: "Ann" })).toHaveCount(1);
  await undo();
  await expect(page.locator(".row[data-step]")).toHaveCount(0);
  await expect(page.locator(".canvas-heads .head title", { hasText: "Ann" })).toHaveCount(0);
});

test("F3: what is not saved is asked about before it is closed, and stays open where that is cancelled", async () => {
  const asked = () =>
    launched.app.evaluate(({ dialog }) => {
      const answers = dialog as unknown as { asked?: number };
      return answers.asked ?? 0;
    });
  await launched.app.evaluate(({ dialog }) => {
    const counting = dialog as unknown as { asked: number };
    counting.asked = 0;
    dialog.showMessageBox = async () => {
      counting.asked++;
      // The last button cancels, whatever the others are.
      return { response: 2, checkboxChecked: false };
    };
  });
  const tabs = page.locator(".tab");
  await choose(launched.app, "file.new");
  const dialog = page.getByRole("dialog", { name: "New flow" });
  await dialog.getByRole("radio", { name: /Blank/ }).check();
  await dialog.getByLabel("Title").fill("Not saved");
  await dialog.getByLabel("Title").press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Not saved");
  const before = await tabs.count();
  await choose(launched.app, "file.close");
  await expect.poll(asked).toBe(1);
  await expect(tabs).toHaveCount(before);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Not saved");
});

test("F7: two apps with one file do not overwrite each other", async () => {
  const folder = mkdtempSync(join(tmpdir(), "callflow-two-"));
  const file = join(folder, "busy.flow.json");
  copyFileSync(bundled, file);
  const apps = [await launchApp({ args: [file] }), await launchApp({ args: [file] })] as const;
  try {
    for (const [i, { app, page: window }] of apps.entries()) {
      await expect(window).toHaveTitle("busy.flow.json – Callflow");
      await window.locator(".row[data-step]").first().waitFor();
      await window.locator(".canvas").focus();
      await choose(app, "edit.message");
      await window.getByRole("combobox", { name: "Message" }).fill(`Of app ${i + 1}`);
      await window.keyboard.press("Enter");
      await expect(window).toHaveTitle("• busy.flow.json – Callflow");
    }
    const [first, second] = apps;
    await choose(first.app, "file.save");
    await expect(first.page).toHaveTitle("busy.flow.json – Callflow");
    await choose(second.app, "file.save");
    await expect(
      second.page.getByRole("alert").filter({ hasText: "changed by another program" }).first(),
    ).toBeVisible();
    expect(readFileSync(file, "utf8")).toContain("Of app 1");
    expect(readFileSync(file, "utf8")).not.toContain("Of app 2");
    await expect(second.page).toHaveTitle("• busy.flow.json – Callflow");
  } finally {
    for (const { close } of apps) await close();
    rmSync(folder, { recursive: true, force: true });
  }
});

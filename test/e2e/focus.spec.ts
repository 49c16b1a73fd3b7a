import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { sidePanels } from "../../shared/side-panels.ts";
import { type LaunchedApp, launchApp } from "./launch.ts";
import { choose } from "./menu.ts";

// Where the focus is as panels and dialogs come and go, and what a window shows that has little room or nothing to show.

let launched: LaunchedApp;
let page: Page;
let folder: string;

const flow = (title: string, names: readonly string[]) => ({
  format: "callflow",
  version: 1,
  title,
  scenario: { participants: names.map((name) => ({ id: name.toLowerCase(), name, role: "other" })) },
  variants: [{ id: "main", title: "Main", script: [] }],
});

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "callflow-focus-"));
  writeFileSync(join(folder, "nobody.flow.json"), JSON.stringify(flow("Nobody", [])));
  writeFileSync(join(folder, "silence.flow.json"), JSON.stringify(flow("Silence", ["Alice", "Bob"])));
  launched = await launchApp();
  page = launched.page;
  await expect(page.locator(".row[data-step]").first()).toBeVisible();
});

test.afterAll(async () => {
  await launched?.close();
  rmSync(folder, { recursive: true, force: true });
});

const canvas = () => page.getByRole("application").first();
const side = () => page.locator("aside.pane");
async function resize(width: number, height: number): Promise<void> {
  await launched.app.evaluate(
    ({ BrowserWindow }, [w = 0, h = 0]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w, h),
    [width, height],
  );
  await expect.poll(() => page.evaluate(() => innerWidth)).toBe(width);
}

test("V60 a panel that is closed from within leaves the focus to the picture", async () => {
  for (const { id, title } of sidePanels) {
    if ((await page.getByRole("complementary", { name: title, exact: true }).count()) === 0)
      await choose(launched.app, `view.${id}`);
    await page.getByRole("button", { name: `Close ${title}`, exact: true }).focus();
    await page.keyboard.press("Enter");
    await expect(side()).toHaveCount(0);
    await expect(canvas()).toBeFocused();
  }
  await page.locator(".library input").focus();
  await choose(launched.app, "file.library");
  await expect(canvas()).toBeFocused();
  await choose(launched.app, "file.library");
});

test("V61 a dialog begins at its first field and gives the focus back", async () => {
  const before = page.getByRole("toolbar", { name: "Panels" }).getByRole("button", { name: "Why" });
  for (const [id, first] of [
    ["file.new", page.getByRole("radio", { name: /^Blank/ })],
    ["help.shortcuts", page.getByPlaceholder("Search shortcuts")],
    ["edit.reference", page.getByRole("dialog").locator("select").first()],
    ["help.about", page.getByRole("button", { name: "Close", exact: true })],
  ] as const) {
    await before.focus();
    await choose(launched.app, id);
    await expect(first).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(before).toBeFocused();
  }
});

test("V62 in a narrow window library and panel take turns beside the picture", async () => {
  const shown = async (library: number, panel: number) => {
    await expect(page.locator(".library")).toHaveCount(library);
    await expect(side()).toHaveCount(panel);
  };
  await resize(1280, 800);
  if ((await page.locator(".library").count()) === 0) await choose(launched.app, "file.library");
  if ((await side().count()) === 0) await choose(launched.app, "view.why");
  await shown(1, 1);
  await resize(1024, 640);
  await shown(0, 1);
  await choose(launched.app, "file.library");
  await shown(1, 0);
  await choose(launched.app, "view.rules");
  await shown(0, 1);
  await resize(1280, 800);
  await choose(launched.app, "file.library");
  await shown(1, 1);
});

test("V63 a flow without steps says how to come to some", async () => {
  const open = (name: string) =>
    launched.app.evaluate(
      ({ app }, path) => void app.emit("second-instance", {}, [], "", { files: [path] }),
      join(folder, name),
    );
  await open("nobody.flow.json");
  await page.getByRole("button", { name: "Add participants" }).click();
  await expect(page.getByRole("complementary", { name: "Scenario" })).toBeVisible();
  await open("silence.flow.json");
  await expect(page.getByRole("heading", { name: "Nothing is sent yet" })).toBeVisible();
  await page.getByRole("button", { name: "Edit the picture" }).click();
  await expect(page.getByRole("heading", { name: "Nothing is sent yet" })).toHaveCount(0);
  await expect(page.locator(".transport")).toContainText("Drag from one lifeline to another");
});

test("V64 files that are dropped anywhere in the window are opened", async () => {
  const texts = ["First", "Second"].map(
    (title) => [`${title}.flow.json`, JSON.stringify(flow(title, ["Alice"]))] as const,
  );
  await page.evaluate((files) => {
    const data = new DataTransfer();
    for (const [name, text] of files) data.items.add(new File([text], name, { type: "application/json" }));
    const on = document.querySelector(".rail");
    for (const type of ["dragenter", "dragover", "drop"])
      on?.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
  }, texts);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Second");
  await expect(page.locator(".drop")).toHaveCount(0);
});

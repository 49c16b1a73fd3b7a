import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { type LaunchedApp, launchApp } from "./launch.ts";
import { choose } from "./menu.ts";

// Two variants compared side by side, in one ladder and word by word; a flow with its file and with another one.

let launched: LaunchedApp;
let page: Page;
let folder: string;
let file: string;

const original = readFileSync(resolve(import.meta.dirname, "../../flows/cpm/group-invitation.flow.json"), "utf8");

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "callflow-compare-"));
  file = join(folder, "group.flow.json");
  writeFileSync(file, original);
  launched = await launchApp({ args: [file] });
  page = launched.page;
  await expect(page.locator(".row[data-step]").first()).toBeVisible();
});

test.afterAll(async () => {
  await launched?.close();
  rmSync(folder, { recursive: true, force: true });
});

test.afterEach(async () => {
  await page.keyboard.press("Escape");
  await expect(view()).toHaveCount(0);
});

const view = () => page.getByRole("main", { name: "Comparison" });
const panes = () => view().locator(".compare-pane");
const summary = () => view().getByRole("region", { name: "Summary" });
const changes = () => view().getByRole("list", { name: "Changes" }).getByRole("button");
const detail = () => view().getByRole("region", { name: "What differs" });

const variantsPanel = async () => {
  const panel = page.getByRole("complementary", { name: "Variants" });
  if ((await panel.count()) === 0)
    await page.getByRole("toolbar", { name: "Panels" }).getByRole("button", { name: "Variants" }).click();
  return panel;
};

const second = async (title: string) => {
  await choose(launched.app, "compare.begin");
  await expect(panes().first().locator(".row[data-step]").first()).toBeVisible();
  await view().getByLabel("Second: what").selectOption({ label: title });
};

test("B46 a variant is compared with the main one, and F7 goes from change to change", async () => {
  await choose(launched.app, "compare.begin");
  await expect(summary()).toContainText("From step 13 the CPM Client B2 accepts instead of the CPM Client B1.");
  await expect(summary()).toContainText("18 – 19 now cancel the CPM Client B1 instead of the CPM Client B2.");
  await expect(panes()).toHaveCount(2);
  await expect(changes()).toHaveCount(3);
  await choose(launched.app, "compare.next");
  await expect(changes().first()).toHaveAttribute("aria-current", "true");
  await expect(detail()).toContainText("CPM Client B2");
  await choose(launched.app, "compare.previous");
  await expect(changes().last()).toHaveAttribute("aria-current", "true");
  await choose(launched.app, "compare.next");
  await expect(changes().first()).toHaveAttribute("aria-current", "true");
  // Both sides mark the change, and not by colour alone.
  for (const pane of await panes().all()) await expect(pane.locator(".compare-sign[data-current]")).toHaveText("≠");
});

test("B44 both sides scroll and zoom together, what stands for one another at one height", async () => {
  await second("Both decline");
  await expect(summary()).toContainText("declines");
  const [left, right] = [panes().nth(0), panes().nth(1)];
  const heightOf = async (pane: typeof left, text: string) =>
    (await pane.locator(".row[data-step]").filter({ hasText: text }).last().boundingBox())?.y ?? -1;
  const level = async () =>
    expect(Math.abs((await heightOf(left, "OK response")) - (await heightOf(right, "BUSY response")))).toBeLessThan(2);
  await level();
  for (let i = 0; i < 4; i++) await choose(launched.app, "view.zoomIn");
  const zooms = () =>
    view()
      .locator(".world")
      .evaluateAll((all) => all.map((one) => /scale\(([^)]*)/.exec(one.getAttribute("transform") ?? "")?.[1]));
  await expect.poll(async () => new Set(await zooms()).size).toBe(1);
  await left.locator(".canvas").hover();
  await page.mouse.wheel(0, 120);
  await expect.poll(() => left.locator(".canvas").evaluate((one) => one.scrollTop)).toBeGreaterThan(0);
  const tops = () =>
    view()
      .locator(".canvas")
      .evaluateAll((all) => all.map((one) => Math.round(one.scrollTop)));
  await expect.poll(async () => new Set(await tops()).size).toBe(1);
  await level();
});

test("B43 merged, what went and what came stand in one ladder", async () => {
  await second("Both decline");
  await view().getByText("Merged", { exact: true }).click();
  await expect(panes()).toHaveCount(1);
  await expect(panes().locator('.row[data-mark="onlyB"]')).toHaveCount(1);
  await expect(panes().locator('.row[data-mark="onlyA"]')).toHaveCount(2);
  await expect(panes().locator('.row[data-mark="changed"]').first()).toContainText("was OK response");
  for (let i = 0; i < 7; i++) await choose(launched.app, "compare.next");
  // The change a person is at stays in sight when the look of the comparison changes.
  await expect(panes().locator(".compare-sign[data-current]").first()).toBeInViewport();
  await view().getByText("Side by Side", { exact: true }).click();
  await expect(panes()).toHaveCount(2);
  await expect(panes().locator(".compare-sign[data-current]").first()).toBeInViewport();
});

test("B45 texts are compared word by word", async () => {
  await choose(launched.app, "compare.begin");
  await view().getByText("Text", { exact: true }).click();
  const texts = view().getByRole("region", { name: "Texts that differ" });
  await expect(texts.getByRole("article").first().locator("del")).toContainText("B1");
  await expect(texts.getByRole("article").first().locator("ins")).toContainText("B2");
  await view().getByText("Side by Side", { exact: true }).click();
});

test("B47 from the list of variants; another level is compared at once; the sides can be exchanged", async () => {
  const panel = await variantsPanel();
  await panel.getByRole("button", { name: /^Compare “B2 answers first”/ }).click();
  await expect(summary()).toContainText("From step 13 the CPM Client B2 accepts");
  await choose(launched.app, "view.level.sip");
  await expect(summary()).not.toContainText("From step 13 ");
  await choose(launched.app, "view.level.cpm");
  await view().getByRole("button", { name: "Exchange the sides" }).click();
  await expect(summary()).toContainText("From step 13 the CPM Client B1 accepts instead of the CPM Client B2.");
});

test("B40 with what the file holds, and with another file", async () => {
  writeFileSync(file, original.replace(/"title": "[^"]*"/, '"title": "Another title"'));
  await second("As it was saved");
  await expect(summary()).toContainText("Another title");
  const other = join(folder, "other.flow.json");
  writeFileSync(other, original);
  await launched.app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, other);
  await view().getByLabel("Second: what").selectOption({ label: "Another file…" });
  await expect(view().getByLabel("Second: variant")).toBeVisible();
  await view().getByLabel("Second: variant").selectOption({ label: "B2 answers first" });
  await expect(summary()).toContainText("From step 13 the CPM Client B2 accepts instead of the CPM Client B1.");
  writeFileSync(other, "no flow at all");
  await view().getByRole("button", { name: "Exchange the sides" }).click();
  await expect(view().getByRole("alert")).toBeVisible();
  writeFileSync(file, original);
});

test("B42 renumbered steps are passed over until a person wants them", async () => {
  await second("B1 declines, B2 accepts");
  const renumbered = view().getByRole("button", { name: /^Renumbered: [1-9]/ });
  await expect(renumbered).toHaveAttribute("aria-pressed", "false");
  const count = await changes().count();
  await renumbered.click();
  await expect(changes()).toHaveCount(count + 1);
  await renumbered.click();
  await expect(changes()).toHaveCount(count);
});

test("B47 what is edited is compared anew", async () => {
  const panel = await variantsPanel();
  await panel.getByRole("textbox", { name: "Name" }).fill("Called so now");
  await panel.getByRole("textbox", { name: "Name" }).press("Enter");
  await second("As it was saved");
  await expect(summary()).toContainText("“Called so now” is now “B1 answers first”.");
  await choose(launched.app, "edit.undo");
  await expect(summary()).toContainText("The two are the same.");
});

test("B40 what another program did to the file is compared from the banner", async () => {
  writeFileSync(file, original.replace('"B2 answers first"', '"B2 is the first"'));
  const banner = page.getByRole("alert").filter({ hasText: "changed by another program" });
  await banner.getByRole("button", { name: "Compare" }).click();
  await expect(summary()).toContainText("“B2 answers first” is now “B2 is the first”.");
  writeFileSync(file, original);
  await page.keyboard.press("Escape");
  await expect(banner).toHaveCount(0);
});

test("B48 the list is one Tab stop, and there is nothing that assistive technology could not use", async () => {
  for (const theme of ["dark", "light"]) {
    await second("Both decline");
    await choose(launched.app, `view.theme.${theme}`);
    await choose(launched.app, "compare.next");
    await expect(view().locator('[data-roving][tabindex="0"]')).toHaveCount(1);
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(", ")}`)).toEqual([]);
    await page.keyboard.press("Escape");
  }
});

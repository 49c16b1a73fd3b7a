import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { type LaunchedApp, launchApp } from "./launch.ts";

// The verdicts on a run that breaks requirements: nobody cancels the losing devices.

const folder = mkdtempSync(join(tmpdir(), "callflow-requirements-"));
const file = join(folder, "uncancelled.flow.json");
let launched: LaunchedApp;
let page: Page;

test.beforeAll(async () => {
  const bundled = resolve(import.meta.dirname, "../../flows/cpm/group-invitation.flow.json");
  const flow = JSON.parse(readFileSync(bundled, "utf8"));
  flow.scenario.rules = { off: ["PF-CANCEL-OTHERS"] };
  flow.requirements = [
    ...(flow.requirements ?? []),
    { id: "OWN-1", level: "SHALL", text: "Alice is asked first.", steps: [] },
  ];
  writeFileSync(file, JSON.stringify(flow));
  launched = await launchApp({ args: [file] });
  page = launched.page;
  await expect(page.locator(".row[data-step]").first()).toBeVisible();
});

test.afterAll(async () => {
  await launched?.close();
  rmSync(folder, { recursive: true });
});

const rail = () => page.getByRole("toolbar", { name: "Panels" });
const panel = () => page.getByRole("complementary", { name: "Requirements" });
const position = () => page.locator(".transport-position");

async function show(): Promise<void> {
  const button = rail().getByRole("button", { name: "Requirements" });
  if ((await button.getAttribute("aria-pressed")) !== "true") await button.click();
  await expect(panel().locator(".entry").first()).toBeVisible();
}

test("W74 the button counts what is broken and has to be kept", async () => {
  await expect(rail().getByRole("button", { name: /Requirements \d+ broken/ })).toBeVisible();
});

test("W70, W72 what is broken stands first and leads to its steps, which are marked", async () => {
  await show();
  const first = panel().locator(".entry").first();
  await expect(first).toHaveAttribute("data-verdict", "fail");
  const broken = panel()
    .getByRole("button", { name: /Broken: MLD-007/ })
    .first();
  await broken.click();
  await expect(broken).toHaveAttribute("aria-expanded", "true");
  await expect(position()).toHaveText(/^Step \d+ of/);
  await expect(page.locator(".canvas .marked-band").first()).toBeAttached();
  const link = panel().locator(".entry[data-open] .step-link").first();
  await expect(link).toHaveAttribute("aria-current", "step");
  await broken.click();
  await expect(page.locator(".canvas .marked-band")).toHaveCount(0);
});

test("W71 filter and search", async () => {
  await show();
  await panel()
    .getByText(/^Kept \d+$/)
    .click();
  await expect(panel().locator('.entry:not([data-verdict="pass"])')).toHaveCount(0);
  await expect(panel().locator(".entry").first()).toBeVisible();
  await panel().getByText("All", { exact: true }).click();
  const search = panel().getByRole("textbox", { name: "Search requirements" });
  await search.fill("alice asked");
  await expect(panel().locator(".entry")).toHaveCount(1);
  await expect(panel().getByRole("region", { name: "This flow's own requirements" })).toContainText("OWN-1");
  await search.fill("zzz");
  await expect(panel()).toContainText("Nothing here says “zzz”.");
  await search.press("Escape");
  await expect(search).toHaveValue("");
});

test("R55 what the figure does not tell is left open, and judged again", async () => {
  await show();
  const broken = panel().locator('.entry[data-verdict="fail"]').first();
  const id = (await broken.locator(".entry-id").textContent()) ?? "";
  const entry = panel()
    .locator(".entry")
    .filter({ has: page.locator(".entry-id").getByText(id, { exact: true }) });
  await expect(entry).toHaveAttribute("data-verdict", "fail");
  await entry.getByRole("button").first().click();
  await entry.getByRole("button", { name: "The figure does not tell" }).click();
  await expect(entry).toHaveAttribute("data-verdict", "cannot judge");
  const open = async () => {
    if ((await entry.getAttribute("data-open")) === null) await entry.getByRole("button").first().click();
  };
  await open();
  await expect(entry).toContainText("The figure leaves out something on which this rests.");
  await entry.getByRole("button", { name: "Judge it again" }).click();
  await expect(entry).toHaveAttribute("data-verdict", "fail");
});

test("W75 one Tab stop, walked by the arrows", async () => {
  await show();
  await expect(panel().locator('[data-roving][tabindex="0"]')).toHaveCount(1);
  await panel().locator('[data-roving][tabindex="0"]').focus();
  await page.keyboard.press("ArrowDown");
  await expect(panel().locator(".entry").nth(1).getByRole("button")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(panel().locator(".entry").nth(1)).toHaveAttribute("data-open", "true");
  await page.keyboard.press("Enter");
});

test("W0 nothing that assistive technology could not use", async () => {
  await show();
  await panel().locator(".entry button").first().click();
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(", ")}`)).toEqual([]);
});

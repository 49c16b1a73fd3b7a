import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { type LaunchedApp, launchApp } from "./launch.ts";
import { choose } from "./menu.ts";

// The outcomes of the first flow as a map: which turns lead where, and which of them break something.

const folder = mkdtempSync(join(tmpdir(), "callflow-outcome-map-"));
const bundled = resolve(import.meta.dirname, "../../flows/cpm/group-invitation.flow.json");

test.afterAll(() => rmSync(folder, { recursive: true }));

const dialogOf = (page: Page) => page.getByRole("dialog", { name: "Outcome map" });

/** Explores the flow shown by the command, with what is usual, and shows the map. */
async function mapped(args: readonly string[] = []): Promise<LaunchedApp> {
  const launched = await launchApp({ args });
  const { app, page } = launched;
  await expect(page.locator(".row[data-step]").first()).toBeVisible();
  await choose(app, "play.explore");
  const start = page.getByRole("complementary", { name: "Explore" }).getByRole("button", { name: "Start" });
  await expect(start).toBeFocused();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Show as a Map" }).click({ timeout: 60_000 });
  await expect(dialogOf(page).locator(".map-outcome").first()).toBeVisible();
  return launched;
}

test("W110, W111, W112 the map shows decisions and outcomes; one is chosen by the keyboard, kept and played", async () => {
  const launched = await mapped();
  const { page } = launched;
  const dialog = dialogOf(page);
  await expect(dialog.locator(".explore-headline")).toHaveText(/^[\d,]+ orders → (\d+) outcomes$/);
  const count = Number(/→ (\d+)/.exec(await dialog.locator(".explore-headline").innerText())?.[1]);
  await expect(dialog.locator(".map-outcome")).toHaveCount(count);
  await expect(dialog.locator('.map-outcome[data-verdict="fail"]')).toHaveCount(0);
  await expect(
    dialog
      .locator(".map-label")
      .filter({ hasText: /^CPM Client B1 accepts$/ })
      .first(),
  ).toBeAttached();
  const start = dialog.getByRole("button", { name: /^Start/ });
  await expect(dialog.locator('[data-node][tabindex="0"]')).toHaveCount(1);
  await start.focus();
  await page.keyboard.press("Enter");
  const chosen = dialog.getByRole("region", { name: "Chosen" });
  await expect(chosen).toContainText(`Start: ${count} of ${count} outcomes left`);
  for (let times = 0; times < 12; times++) await page.keyboard.press("ArrowRight");
  await expect(dialog.locator(".map-outcome:focus")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(chosen).toContainText(/shortest by/);
  await expect(dialog.locator(".map-way[data-way]").first()).toBeAttached();
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(", ")}`)).toEqual([]);
  await dialog.getByRole("button", { name: "Fit the map" }).click();
  await dialog
    .getByRole("button", { name: /^No session; CPM Client B1 declined; CPM Client B2 cancelled/ })
    .first()
    .click();
  await chosen.getByRole("button", { name: "Keep as Variant" }).click();
  await expect(chosen).toContainText("Kept as variant");
  await chosen.getByRole("button", { name: "Play" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.locator(".toolbar-variant-title")).toHaveText(/^No session/);
  await expect(page.getByRole("button", { name: /Pause/ })).toBeVisible();
  await launched.close();
});

test("W113 the list has what the picture has", async () => {
  const launched = await mapped();
  const { page } = launched;
  const dialog = dialogOf(page);
  const labels = await dialog.locator(".map-label").count();
  await dialog.locator(".segmented-option", { hasText: "List" }).click();
  const first = dialog.getByRole("region", { name: "Start" });
  await expect(first.getByRole("button", { name: /CPM Client B1 accepts/ })).toBeVisible();
  await expect(dialog.locator(".map-list section:not(:last-child) .entry")).toHaveCount(labels);
  await first.getByRole("button").first().focus();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("button", { name: "Keep as Variant" })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(", ")}`)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await launched.close();
});

test("W114 what breaks a requirement stands out, and the map of a flow that was not explored says so", async () => {
  const flow = JSON.parse(readFileSync(bundled, "utf8"));
  flow.scenario.rules = { off: ["PF-CANCEL-OTHERS"] };
  const file = join(folder, "uncancelled.flow.json");
  writeFileSync(file, JSON.stringify(flow));
  const launched = await launchApp({ args: [file] });
  const { app, page } = launched;
  await expect(page.locator(".row[data-step]").first()).toBeVisible();
  await choose(app, "play.outcomeMap");
  await dialogOf(page).getByRole("button", { name: "Explore Outcomes…" }).click();
  const panel = page.getByRole("complementary", { name: "Explore" });
  await panel.getByRole("button", { name: "Start" }).click();
  await expect(panel.locator(".explore-headline")).toBeVisible({ timeout: 60_000 });
  await choose(app, "play.outcomeMap");
  const broken = dialogOf(page).locator('.map-outcome[data-verdict="fail"]');
  await expect(broken.first()).toContainText("Breaks MLD-007");
  await dialogOf(page).getByRole("button", { name: "Fit the map" }).click();
  await broken.first().click();
  await expect(dialogOf(page).getByRole("region", { name: "Chosen" })).toContainText("Breaks MLD-007");
  await launched.close();
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { launchApp } from "./launch.ts";

// A transfer of which only the success is drawn: what the rules provide for besides is offered.

test("B84 the branches that no variant takes are offered with rule and clause; a press makes one a variant", async () => {
  const folder = mkdtempSync(join(tmpdir(), "callflow-missing-"));
  const bundled = resolve(import.meta.dirname, "../../flows/cpm/transfer-server-not-in-path.flow.json");
  const flow = JSON.parse(readFileSync(bundled, "utf8"));
  const file = join(folder, "transfer.flow.json");
  writeFileSync(file, JSON.stringify({ ...flow, variants: flow.variants.slice(0, 1) }));
  const launched = await launchApp({ args: [file] });
  const { page } = launched;
  await expect(page.locator(".row[data-step]").first()).toBeVisible();
  await page.getByRole("toolbar", { name: "Panels" }).getByRole("button", { name: "Variants" }).click();
  const panel = page.getByRole("complementary", { name: "Variants" });
  await panel.locator(".segmented-option", { hasText: "Missing" }).click();
  const missing = panel.getByRole("list", { name: "Missing branches" }).getByRole("button");
  const denied = missing.filter({ hasText: "TS-DENIED" });
  await expect(denied).toContainText("5.2.5.1.1");
  for (const rule of ["TS-UNAVAILABLE", "TT-REFUSE"]) await expect(missing.filter({ hasText: rule })).toHaveCount(1);
  await expect(missing.filter({ hasText: /transferee CPM Client device cannot be reached/ })).toHaveCount(1);
  await expect(panel.locator('[data-roving][tabindex="0"]')).toHaveCount(1);
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(", ")}`)).toEqual([]);
  const count = await missing.count();
  await denied.click();
  await expect(page.locator(".toolbar-variant-title")).toHaveText(/^The operator of .* refuses/);
  await expect(page.getByRole("button", { name: /Pause/ })).toBeVisible();
  await expect(denied).toHaveCount(0);
  await expect(missing).toHaveCount(count - 1);
  await panel.locator(".segmented-option", { hasText: "List" }).click();
  await expect(panel.locator(".variant-entry")).toHaveCount(2);
  await launched.close();
  rmSync(folder, { recursive: true });
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { stageApp } from "../../tools/package.mjs";
import { launchApp } from "./launch.ts";

// The app as it stands in a package: what was built and the bundled flows, nothing of this repository beside it.

test("X34 a packaged app finds its exploration thread", async () => {
  const root = mkdtempSync(join(tmpdir(), "callflow-packaged-"));
  stageApp(root);
  const launched = await launchApp({ root });
  const { page } = launched;
  await expect(page.locator(".row[data-step]").first()).toBeVisible();
  await page.getByRole("toolbar", { name: "Panels" }).getByRole("button", { name: "Explore" }).click();
  const panel = page.getByRole("complementary", { name: "Explore" });
  await panel.getByRole("button", { name: "Start" }).click();
  await expect(panel.locator(".explore-headline, .explore-failed")).toHaveText(/orders → \d+ outcomes$/, {
    timeout: 60_000,
  });
  await launched.close();
  rmSync(root, { recursive: true });
});

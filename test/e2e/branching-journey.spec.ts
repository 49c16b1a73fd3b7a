import { expect, type Page, test } from "@playwright/test";
import { appWithFirstFlow } from "./launch.ts";
import { choose } from "./menu.ts";

// One way through everything about variants: branch, play, compare, edit above the fork, repair, combine, take all back.

let page: Page;
const launched = appWithFirstFlow((opened) => {
  page = opened;
});

const position = () => page.locator(".transport-position");
const panel = (name: string) => page.getByRole("complementary", { name });
const rows = () => page.locator(".variant-row");
const troubled = () => page.locator(".variant-entry[data-trouble]");
const banner = () => page.locator(".banner-warning").filter({ hasText: "cannot go on" });

async function goTo(step: string): Promise<void> {
  await page.locator(".canvas").first().focus();
  await page.keyboard.type(step);
  await page.keyboard.press("Enter");
  await expect(position()).toHaveText(new RegExp(`^Step ${step} of`));
}

test("W82 from the menu of step 12 another way is taken and played", async () => {
  await page.locator(".row[data-step='11']").click();
  const branch = page.getByRole("menuitem", { name: /^Branch Here/ });
  // The menu is loaded after the first picture.
  await expect(async () => {
    await page.locator(".row[data-step='11']").click({ button: "right" });
    await expect(branch).toBeVisible({ timeout: 500 });
  }).toPass();
  await branch.click();
  const whatIf = panel("What If");
  await expect(whatIf.locator(".list-body:not([data-stale]) .entry").first()).toBeVisible();
  await whatIf.locator(".entry:not([data-taken]) button, button.entry:not([data-taken])").first().click();
  await page.getByRole("button", { name: /Pause/ }).click();
  await expect(page.locator(".toolbar-variant-title")).toHaveText("CPM Client B1 accepts");
});

test("B46 it is compared with the main one", async () => {
  await choose(launched.app, "compare.begin");
  await expect(page.getByRole("region", { name: "Summary" })).toContainText("From step ");
  await page.keyboard.press("Escape");
});

test("I6 B29 an edit above the forks reaches every variant; those that do not fit are marked", async () => {
  await page.getByRole("toolbar", { name: "Panels" }).getByRole("button", { name: "Variants" }).click();
  await expect(rows()).toHaveCount(8);
  await expect(troubled()).toHaveCount(0);
  await rows().first().locator(".variant-entry").click();
  await page.getByRole("button", { name: /Pause/ }).click();
  // The invitation of B2, above all forks: nobody there can answer any more.
  await goTo("6");
  await page.keyboard.press("Delete");
  await expect(troubled()).toHaveCount(4);
  await expect(troubled().first()).toContainText("CPM Client B2 accepts”, is not possible any more");
  await expect(rows().first()).toContainText("departs from the rules once");
});

test("B12 one is repaired", async () => {
  await troubled().first().click();
  await expect(banner()).toBeVisible();
  await banner()
    .getByRole("button", { name: /^Instead CPM Client B1 accepts/ })
    .click();
  await expect(banner()).toHaveCount(0);
  await expect(troubled()).toHaveCount(3);
});

test("B60 they are combined, and all is taken back", async () => {
  await choose(launched.app, "edit.combine");
  const dialog = page.getByRole("dialog", { name: "Combine variants" });
  await dialog.getByRole("button", { name: "Combine" }).click();
  await expect(page.locator(".tab-name")).toHaveCount(2);
  await expect(page.locator(".frame-operator").first()).toBeVisible();
  await page.locator(".tab-name").first().click();
  for (let i = 0; i < 3; i++) await choose(launched.app, "edit.undo");
  await expect(rows()).toHaveCount(7);
  await expect(troubled()).toHaveCount(0);
  await goTo("19");
  await expect(position()).toHaveText("Step 19 of 19");
});

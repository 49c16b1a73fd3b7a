import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { appWithFirstFlow } from "./launch.ts";

// The variants of the first flow: looked at, played, named, copied, moved, removed and made main.

let page: Page;
const launched = appWithFirstFlow(async (opened) => {
  page = opened;
  await page.getByRole("toolbar", { name: "Panels" }).getByRole("button", { name: "Variants" }).click();
  await expect(entries().nth(1)).toContainText(/steps, leaves at \d+/);
});

const panel = () => page.getByRole("complementary", { name: "Variants" });
const entries = () => panel().getByRole("list", { name: "Variants" }).locator(".variant-entry");
const shown = () => page.locator(".toolbar-variant-title");
const undo = () =>
  launched.app.evaluate(({ Menu }) =>
    Menu.getApplicationMenu()
      ?.items.flatMap((item) => item.submenu?.items ?? [])
      .find((item) => item.label.startsWith("Undo"))
      ?.click(),
  );

test("B25 each says how long it is, where it leaves and how it ends; a press plays it from there", async () => {
  await expect(entries().first()).toContainText(/Session with CPM Client B1/);
  const other = entries().nth(1);
  const title = await other.locator(".variant-title").textContent();
  await other.click();
  await expect(shown()).toHaveText(title ?? "");
  await expect(other).toHaveAttribute("aria-current", "true");
  await page.getByRole("button", { name: /Pause/ }).click();
  await expect(page.locator(".transport-position")).toHaveText(/^Step \d+ of/);
});

test("B26 named, copied, removed; all can be undone", async () => {
  const count = await entries().count();
  const name = panel().getByRole("textbox", { name: "Name" });
  await name.fill("A name of its own");
  await name.press("Enter");
  await expect(shown()).toHaveText("A name of its own");
  await panel().getByRole("button", { name: "Duplicate" }).click();
  await expect(entries()).toHaveCount(count + 1);
  await expect(shown()).toHaveText("Copy of A name of its own");
  await panel().getByRole("button", { name: "Remove it" }).click();
  await expect(entries()).toHaveCount(count);
  await undo();
  await expect(entries()).toHaveCount(count + 1);
  await undo();
  await expect(entries()).toHaveCount(count);
});

test("B27 another variant is made main", async () => {
  await entries().nth(1).click();
  await page.getByRole("button", { name: /Pause/ }).click();
  const title = await shown().textContent();
  await panel().getByRole("button", { name: "Make main" }).click();
  await expect(entries().first().locator(".variant-title")).toHaveText(title ?? "");
  await expect(entries().nth(1)).toContainText("leaves at");
  await undo();
  await expect(entries().first().locator(".variant-title")).not.toHaveText(title ?? "");
});

test("B28 the tree shows the same; the list is one Tab stop, and nothing that assistive technology could not use", async () => {
  await expect(panel().locator('[data-roving][tabindex="0"]')).toHaveCount(1);
  const count = await entries().count();
  const look = async () => {
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(", ")}`)).toEqual([]);
  };
  await look();
  await panel().getByText("Tree", { exact: true }).click();
  await expect(panel().locator(".variant-card").first()).toBeVisible();
  expect(await panel().locator(".variant-card").count()).toBeLessThanOrEqual(count);
  await panel().locator(".variant-card").nth(1).click();
  await expect(panel().locator(".variant-card[data-shown]")).toHaveCount(1);
  await look();
});

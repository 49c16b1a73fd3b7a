import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { appWithFirstFlow } from "./launch.ts";

// What else may happen at a step of the first flow, and the way there and back.

let page: Page;
appWithFirstFlow((opened) => {
  page = opened;
});

const panel = () => page.getByRole("complementary", { name: "What If" });
const position = () => page.locator(".transport-position");
const variant = () => page.locator(".toolbar-variant-title");

async function goTo(step: string): Promise<void> {
  await page.locator(".canvas").focus();
  await page.keyboard.type(step);
  await page.keyboard.press("Enter");
  await expect(position()).toHaveText(new RegExp(`^Step ${step} of`));
}

/** Step 13 is the acceptance of the first device. */
async function ask(): Promise<void> {
  await goTo("13");
  await page.keyboard.press("b");
  await expect(panel().locator(".list-body:not([data-stale]) .entry").first()).toBeVisible();
}

test("W80 the choices are grouped, say what they lead to, and the one that the run takes is marked", async () => {
  await ask();
  await expect(panel().locator(".what-if-where")).toContainText("13");
  const answers = panel().getByRole("region", { name: "Answers" });
  await expect(answers.locator(".entry")).not.toHaveCount(0);
  await expect(panel().getByRole("region", { name: "Declines" })).toContainText("CPM Client B1 declines");
  await expect(panel().locator(".entry[data-taken]")).toHaveCount(1);
  await expect(panel().locator(".entry .entry-source").first()).not.toBeEmpty();
});

test("W82 the key gives the list the focus, arrows move and Enter branches; the variant plays from the fork", async () => {
  await ask();
  await expect(panel().locator('[data-roving][tabindex="0"]')).toBeFocused();
  const declines = panel().getByRole("region", { name: "Declines" }).getByRole("button").first();
  for (let i = 0; i < 40 && !(await declines.evaluate((it) => it === document.activeElement)); i++)
    await page.keyboard.press("ArrowDown");
  await expect(declines).toBeFocused();
  const says = await declines.locator(".way-says").textContent();
  await page.keyboard.press("Enter");
  await expect(variant()).toHaveText(says ?? "");
  await expect(position()).toHaveText(/^Step 1[2-9] of/);
  await expect(page.getByRole("button", { name: /Pause/ })).toBeVisible();
});

test("W84 back to where the variant branches; the same choice leads to the variant that is there", async () => {
  await page.locator(".canvas").focus();
  const kept = await variant().textContent();
  await page.keyboard.press("Backspace");
  await expect(variant()).not.toHaveText(kept ?? "");
  await expect(position()).toHaveText(/^Step 13 of/);
  await page.keyboard.press("b");
  const again = panel().getByRole("button", { name: `Kept as variant “${kept}”` });
  await again.click();
  await expect(variant()).toHaveText(kept ?? "");
  await page.getByRole("button", { name: /Pause/ }).click();
  await page.locator(".toolbar-variant").click();
  await expect(page.getByRole("menuitemradio", { name: kept ?? "" })).toHaveCount(1);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Backspace");
  await expect(position()).toHaveText(/^Step 13 of/);
});

test("W81 the moments of a step: before it is sent, and on its way", async () => {
  await ask();
  const moments = panel().getByRole("combobox", { name: "Moment" });
  await moments.selectOption({ index: 1 });
  await expect(panel().getByRole("region", { name: /network/ })).toContainText("is lost");
});

test("W0 nothing that assistive technology could not use", async () => {
  await ask();
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(", ")}`)).toEqual([]);
});

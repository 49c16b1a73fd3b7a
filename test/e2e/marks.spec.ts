import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { appWithFirstFlow } from "./launch.ts";
import { choose } from "./menu.ts";

// What stands beside messages, put into the picture by its menu, in the real app.

let page: Page;
const launched = appWithFirstFlow(async (opened) => {
  page = opened;
  await choose(launched.app, "view.fitPage");
  await page.getByRole("button", { name: "Edit", exact: true }).click();
});

const row = (step: number) => page.locator(`.row[data-step="${step - 1}"] .row-hit`);
const near = { position: { x: 4, y: 6 } };

async function menu(step: number, ...entries: string[]): Promise<void> {
  await row(step).click({ button: "right", ...near });
  for (const name of entries.slice(0, -1)) {
    await page.getByRole("menuitem", { name, exact: true }).focus();
    await page.keyboard.press("ArrowRight");
  }
  await page
    .getByRole("menuitem", { name: entries.at(-1) ?? "", exact: true })
    .last()
    .click();
}

test("I23: chosen steps are put in a fragment, its guard is written in place, and it is taken away", async () => {
  await menu(3, "Put in a Fragment", "alt");
  const guard = page.getByRole("combobox", { name: "Guard" });
  await expect(guard).toBeFocused();
  await guard.fill("B1 is reachable");
  await guard.press("Enter");
  await expect(page.locator(".frame-box-alt")).toContainText("[B1 is reachable]");
  await expect(page.locator(".canvas")).toBeFocused();

  await menu(3, "Take Fragment Away");
  await expect(page.locator(".frame-box-alt")).toHaveCount(0);
  await choose(launched.app, "edit.undo");
  await expect(page.locator(".frame-box-alt")).toBeVisible();
});

test("I24: a divider is put below a step, and two clicks write other words", async () => {
  await menu(5, "Put Below", "Divider");
  const words = page.getByRole("combobox", { name: "Divider" });
  await words.fill("Session established");
  await words.press("Enter");
  const divider = page.locator(".divider");
  await expect(divider).toContainText("Session established");
  const box = await divider.locator("text").first().boundingBox();
  if (box === null) throw new Error("no divider");
  await page.mouse.dblclick(box.x + box.width / 2, box.y + box.height / 2);
  await words.fill("Media");
  await words.press("Enter");
  await expect(divider).toContainText("Media");
});

test("I25: a message is coloured, and all of it can be undone", async () => {
  await menu(2, "Colour", "Message", "teal");
  await expect(page.locator('.row[data-step="1"]')).toHaveAttribute("data-tint", "teal");
  const found = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(found.violations).toEqual([]);
  await page.screenshot({ path: test.info().outputPath("marks.png") });
  for (let i = 0; i < 6; i++) await choose(launched.app, "edit.undo");
  await expect(page.locator(".frame-box-alt, .divider, [data-tint]")).toHaveCount(0);
});

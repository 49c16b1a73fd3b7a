import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { appWithFirstFlow } from "./launch.ts";
import { choose } from "./menu.ts";

// The command palette and a person's own shortcuts, in the real app.

let page: Page;
const launched = appWithFirstFlow((opened) => {
  page = opened;
});

const input = () => page.getByRole("combobox", { name: "Commands, steps, variants and flows" });
const position = () => page.locator(".transport-position");
const accelerator = (id: string) =>
  launched.app.evaluate(({ Menu }, wanted) => Menu.getApplicationMenu()?.getMenuItemById(wanted)?.accelerator, id);
const breaches = async () => {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).include("[role=dialog]").analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(", ")}`);
};

test("WD70 the palette goes to a step, does a command and opens a flow", async () => {
  await choose(launched.app, "help.palette");
  await expect(input()).toBeFocused();
  expect(await breaches()).toEqual([]);
  await input().fill("12");
  await page.keyboard.press("Enter");
  await expect(position()).toHaveText(/^Step 12 of/);
  await choose(launched.app, "help.palette");
  await input().fill("sip level");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("radio", { name: "SIP" })).toBeChecked();
  await choose(launched.app, "help.palette");
  await input().fill("open session establishment");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Session Establishment");
});

test("WD81, WD82 a shortcut is recorded, refused where it is taken, followed by the menu, and reset", async () => {
  await choose(launched.app, "help.shortcuts");
  const keys = page.getByRole("button", { name: /^Shortcut of Next Step:/ });
  expect(await breaches()).toEqual([]);
  await keys.click();
  await page.keyboard.press("Control+s");
  await expect(page.getByRole("alert")).toHaveText(/is the shortcut of Save/);
  await page.keyboard.press("l");
  await expect(keys).toHaveAccessibleName("Shortcut of Next Step: L");
  const network = page.getByRole("button", { name: /^Shortcut of Network:/ });
  await network.click();
  await page.keyboard.press("Control+j");
  await expect(network).toHaveAccessibleName(/Ctrl\+J$/);
  await expect.poll(() => accelerator("view.network")).toBe("CmdOrCtrl+J");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.locator(".canvas").focus();
  await page.keyboard.press("l");
  await expect(position()).toHaveText(/^Step 1 of/);
  await choose(launched.app, "help.shortcuts");
  await page.getByRole("button", { name: "Reset All" }).click();
  await expect(keys).toHaveAccessibleName(/→$/);
  await page.keyboard.press("Escape");
});

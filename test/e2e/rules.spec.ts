import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { appWithFirstFlow } from "./launch.ts";

// The engine's rules beside the first flow: where they fired, and what becomes of the run without one.

let page: Page;
appWithFirstFlow(async (opened) => {
  page = opened;
  await page.getByRole("toolbar", { name: "Panels" }).getByRole("button", { name: "Rules" }).click();
  await expect(panel().locator(".rule").first()).toBeVisible();
});

const panel = () => page.getByRole("complementary", { name: "Rules" });
const position = () => page.locator(".transport-position");
const search = () => panel().getByRole("textbox", { name: "Search rules" });
const rule = (id: string) =>
  panel()
    .locator(".rule")
    .filter({ has: page.getByRole("switch", { name: `Rule ${id}` }) });

test("W90 rules by role, with clause, guard and a search", async () => {
  await expect(panel().getByRole("region", { name: "SIP/IP Core" })).toBeVisible();
  await search().fill("cancel others");
  await rule("PF-CANCEL-OTHERS").locator("[aria-expanded]").click();
  await expect(rule("PF-CANCEL-OTHERS").locator(".rule-when li").first()).toHaveText(/^When /);
  await expect(rule("PF-CANCEL-OTHERS").locator(".rule-when li").nth(1)).toHaveText(/^and /);
});

test("W91 where a rule fired: its steps, marked, and a filter", async () => {
  await expect(position()).toHaveText(/^Step \d+ of 19/);
  await expect(page.locator(".canvas .marked-band").first()).toBeAttached();
  await rule("PF-CANCEL-OTHERS").locator(".step-link").first().click();
  await expect(position()).toHaveText("Step 18 of 19");
  await search().fill("");
  await panel()
    .getByText(/^Fired \d+$/)
    .click();
  await expect(panel().locator(".rule:not(:has(.rule-fired))")).toHaveCount(0);
  await panel()
    .getByText(/^All \d+$/)
    .click();
});

test("W92 without the rule that cancels the run is another one, and says so; with it again, it is as before", async () => {
  await search().fill("PF-CANCEL-OTHERS");
  const control = page.getByRole("switch", { name: "Rule PF-CANCEL-OTHERS" });
  await expect(control).toBeChecked();
  await control.click();
  await expect(position()).toHaveText(/of 18/);
  await expect(control).not.toBeChecked();
  await expect(page.locator(".banner-note")).toContainText("1 rule is switched off: PF-CANCEL-OTHERS");
  await search().fill("");
  await page.locator(".banner-note").getByRole("button", { name: "Show" }).click();
  await expect(panel().locator(".rule")).toHaveCount(1);
  await expect(page.getByRole("button", { name: /Requirements \d+ broken/ })).toBeVisible();
  await control.click();
  await expect(position()).toHaveText(/of 19/);
  await expect(page.locator(".banner-note")).toHaveCount(0);
  await expect(panel()).toContainText("Every rule is on.");
  await panel()
    .getByText(/^All \d+$/)
    .click();
});

test("W93 a timer and an option that a rule reads are set where it is shown", async () => {
  await search().fill("CL-RING-TIMEOUT");
  await rule("CL-RING-TIMEOUT").locator("[aria-expanded]").click();
  const seconds = panel().getByRole("spinbutton", { name: "Seconds of T_ring" });
  await expect(seconds).toHaveValue("60");
  await seconds.fill("20");
  await seconds.press("Enter");
  await expect(seconds).toHaveValue("20");
  const code = panel().getByRole("spinbutton", { name: "Code when it stops ringing" });
  await code.fill("9999");
  await code.press("Enter");
  await expect(code).toHaveValue("480");
  await search().fill("");
});

test("W0 nothing that assistive technology could not use", async () => {
  await search().fill("PF-SELECT");
  await rule("PF-SELECT").locator("[aria-expanded]").first().click();
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(", ")}`)).toEqual([]);
});

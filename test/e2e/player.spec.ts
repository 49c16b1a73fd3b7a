import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { appWithFirstFlow } from "./launch.ts";

let page: Page;
const launched = appWithFirstFlow((opened) => {
  page = opened;
});

test.beforeEach(async () => {
  await page.emulateMedia({ reducedMotion: null });
  await page.locator(".canvas").focus();
  await page.keyboard.press("Home");
});

const position = () => page.locator(".transport-position");
const button = (name: string) => page.getByRole("button", { name, exact: true });
const caption = () => page.locator("#step-caption");

test("the flow of C.1.2.3 is shown, computed, with its 19 steps", async () => {
  await expect(page.getByRole("heading", { level: 1 })).toContainText("CPM Pre-defined Group Session Invitation");
  await expect(position()).toHaveText("Start of 19 steps");
  await expect(page.locator(".row[data-step]")).toHaveCount(19);
  await expect(page.locator(".head")).toHaveCount(7);
  await expect(page.locator(".head title")).toContainText(["CPM Conversation Server X (controlling function)"]);
  // V2: before the first step nothing is pale.
  await expect(page.locator('.row:not([data-phase="rest"])')).toHaveCount(0);
});

test("V3, V4, V25 the arrow keys step, Home and End go to the ends, and buttons that lead nowhere are disabled", async () => {
  await expect(button("Previous step")).toBeDisabled();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(position()).toHaveText("Step 2 of 19");
  await expect(page.locator('.row[data-phase="current"]')).toHaveAttribute("data-step", "1");
  await expect(page.locator('.row[data-phase="past"]')).toHaveCount(1);
  await page.keyboard.press("ArrowLeft");
  await expect(position()).toHaveText("Step 1 of 19");
  await page.keyboard.press("End");
  await expect(position()).toHaveText("Step 19 of 19");
  await expect(button("Next step")).toBeDisabled();
  await expect(button("Last step")).toBeDisabled();
  await page.keyboard.press("Home");
  await expect(button("First step")).toBeDisabled();
});

test("V23 a sentence is spoken for each step", async () => {
  await page.keyboard.type("12");
  await page.keyboard.press("Enter");
  await expect(caption()).toHaveAttribute("aria-live", "polite");
  await expect(caption()).toHaveText(
    "Step 12 of 19: CPM Client B2 to CPM Conversation Server B (participating function): ALERTING response",
  );
});

test("V11 typed digits go to a step by themselves after a moment", async () => {
  await page.keyboard.type("7");
  await expect(page.locator(".typed")).toHaveText("Go to step 7");
  await expect(position()).toHaveText("Step 7 of 19");
  await expect(page.locator(".typed")).toHaveCount(0);
});

test("V1 while playing the message travels along its arrow, and a pause holds it", async () => {
  const dot = page.locator(".token g");
  await page.keyboard.press("Space");
  await expect(button("Pause")).toBeVisible();
  await expect(page.locator('.token[data-shown="true"]')).toHaveCount(1);
  const first = await dot.getAttribute("transform");
  await expect.poll(() => dot.getAttribute("transform")).not.toBe(first);
  await expect(position()).toHaveText("Step 3 of 19");
  await page.keyboard.press("Space");
  await expect(button("Play")).toBeVisible();
  const held = await dot.getAttribute("transform");
  await page.waitForTimeout(200);
  expect(await dot.getAttribute("transform")).toBe(held);
});

test("V9 with reduced motion nothing travels and a step is there at once", async () => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.keyboard.press("ArrowRight");
  await expect(position()).toHaveText("Step 1 of 19");
  await expect(page.locator('.token[data-shown="true"]')).toHaveCount(0);
});

test("a click on a step goes there, and the pointer marks it", async () => {
  const row = page.locator('.row[data-step="8"] .row-hit');
  await row.hover();
  await expect(page.locator('.row[data-step="8"]')).toHaveAttribute("data-hovered", "true");
  await row.click();
  await expect(position()).toHaveText("Step 9 of 19");
  await expect(page.locator('.head[data-part="sender"]')).toHaveCount(1);
});

test("V10 the bracket keys stop at notes and forks", async () => {
  await page.keyboard.press("]");
  const first = await position().textContent();
  expect(first).toMatch(/^Step \d+ of 19$/);
  await page.keyboard.press("]");
  await expect(position()).not.toHaveText(first ?? "");
  await page.keyboard.press("[");
  await expect(position()).toHaveText(first ?? "");
});

test("V12 the SIP level numbers anew and keeps the place", async () => {
  await page.keyboard.type("12");
  await page.keyboard.press("Enter");
  await page.getByText("SIP", { exact: true }).click();
  await expect(position()).toHaveText(/^Step \d+ of 2[79]$/);
  await expect(page.locator(".caption-label")).toContainText("180");
  await page.getByText("CPM", { exact: true }).click();
  await expect(position()).toHaveText("Step 12 of 19");
});

test("cores that are hidden are not drawn, and the steps are numbered anew", async () => {
  await page.getByTitle("What is shown").click();
  await page.getByRole("menuitemcheckbox", { name: "SIP/IP cores" }).click();
  await expect(page.locator(".head")).toHaveCount(5);
  await expect(position()).not.toHaveText("Start of 19 steps");
  await page.getByRole("menuitemcheckbox", { name: "SIP/IP cores" }).click();
  await page.keyboard.press("Escape");
  await expect(page.locator(".head")).toHaveCount(7);
});

test("V24 the scrubber is a slider, by pointer and by keys", async () => {
  const slider = page.getByRole("slider", { name: "Step" });
  await expect(slider).toHaveAttribute("aria-valuemax", "19");
  const box = await slider.boundingBox();
  if (box === null) throw new Error("The scrubber is not drawn.");
  await page.mouse.click(box.x + box.width - 1, box.y + box.height / 2);
  await expect(slider).toHaveAttribute("aria-valuenow", "19");
  await slider.focus();
  await page.keyboard.press("PageDown");
  await expect(slider).toHaveAttribute("aria-valuenow", "9");
  await expect(slider).toHaveAttribute("aria-valuetext", /^Step 9 of 19: /);
});

test("V21 commands come from the menu too", async () => {
  await launched.app.evaluate(({ Menu }) => {
    type Items = readonly { label: string; submenu?: { items: Items } | null; click?: () => void }[];
    const find = (items: Items, label: string): (() => void) | undefined => {
      for (const item of items) {
        if (item.label.replace("&", "") === label) return item.click?.bind(item);
        const found = !item.submenu ? undefined : find(item.submenu.items, label);
        if (found !== undefined) return found;
      }
      return undefined;
    };
    const menu = Menu.getApplicationMenu() as unknown as { items: Items } | null;
    find(menu?.items ?? [], "Last Step")?.();
  });
  await expect(position()).toHaveText("Step 19 of 19");
});

test("F1 shows the shortcuts, and Escape leaves them", async () => {
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(dialog).toContainText("Previous Note or Fork");
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
});

test("V22 a control with the focus keeps its keys", async () => {
  await page.getByRole("radio", { name: "CPM" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("radio", { name: "SIP" })).toBeChecked();
  await expect(position()).toHaveText(/^Start of/);
  await page.keyboard.press("ArrowLeft");
  await expect(page.getByRole("radio", { name: "CPM" })).toBeChecked();
});

for (const theme of ["light", "dark"] as const) {
  test(`no accessibility rule is broken in the ${theme} theme`, async () => {
    await page.emulateMedia({ colorScheme: theme });
    await expect(page.locator(`html[data-theme="${theme}"]`)).toHaveCount(1);
    await page.keyboard.press("ArrowRight");
    await expect(position()).toHaveText("Step 1 of 19");
    // Two packages bring two declarations of the same page.
    const builder = new AxeBuilder({ page: page as never });
    const { violations } = await builder.setLegacyMode(true).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(", ")}`)).toEqual([]);
    await page.emulateMedia({ colorScheme: null });
  });
}

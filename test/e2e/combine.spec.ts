import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { appWithFirstFlow } from "./launch.ts";
import { choose } from "./menu.ts";

// Variants of the first flow become one flow, and that its variants again.

let page: Page;
const launched = appWithFirstFlow((opened) => {
  page = opened;
});

const position = () => page.locator(".transport-position");
const dialog = () => page.getByRole("dialog", { name: "Combine variants" });
const tabs = () => page.locator(".tab-name");

async function goTo(step: string): Promise<void> {
  await page.locator(".canvas").focus();
  await page.keyboard.type(step);
  await page.keyboard.press("Enter");
  await expect(position()).toHaveText(new RegExp(`^Step ${step} of`));
}

test("W82 a branch at step 12 is played", async () => {
  await goTo("12");
  await page.keyboard.press("b");
  const panel = page.getByRole("complementary", { name: "What If" });
  await expect(panel.locator(".list-body:not([data-stale]) .entry").first()).toBeVisible();
  await panel.locator(".entry:not([data-taken]) button, button.entry:not([data-taken])").first().click();
  await expect(page.getByRole("button", { name: /Pause/ })).toBeVisible();
  await page.getByRole("button", { name: /Pause/ }).click();
});

test("B60 B65 the chosen variants become a flow in a tab of its own; what was combined stays", async () => {
  await choose(launched.app, "edit.combine");
  await expect(dialog()).toBeVisible();
  await dialog().getByRole("checkbox", { name: /^All / }).click();
  await expect(dialog().getByRole("button", { name: "Combine" })).toBeDisabled();
  await dialog().getByRole("checkbox", { name: "B1 answers first" }).check();
  await dialog().getByRole("checkbox", { name: "B2 answers first" }).check();
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(", ")}`)).toEqual([]);
  await dialog().getByRole("button", { name: "Combine" }).click();
  await expect(tabs()).toHaveCount(2);
  await expect(position()).toHaveText(/of 26\b/);
  await page.locator(".canvas").focus();
  await page.keyboard.press("End");
  await expect(page.locator(".frame-operator").first()).toHaveText("alt");
});

test("B66 B67 taken apart, undone and done again", async () => {
  await goTo("14");
  await choose(launched.app, "edit.takeApart");
  await expect(position()).toHaveText(/of 19\b/);
  await page.locator(".toolbar-variant").click();
  await expect(page.getByRole("menuitemradio")).toHaveCount(2);
  await page.getByRole("menuitemradio", { name: /B2 answers first/ }).click();
  await expect(position()).toHaveText(/of 19\b/);
  await choose(launched.app, "edit.undo");
  await expect(position()).toHaveText(/of 26\b/);
  await expect(page.locator(".toolbar-variant")).toHaveCount(0);
  await choose(launched.app, "edit.redo");
  await expect(position()).toHaveText(/of 19\b/);
  await choose(launched.app, "edit.undo");
});

test("B67 a step outside of such a fragment is told apart with a sentence", async () => {
  await goTo("3");
  await choose(launched.app, "edit.takeApart");
  await expect(page.getByText("Go to a step within a fragment", { exact: false })).toBeVisible();
});

test("B76 a fragment within another is taken apart by itself, and the one around it after it", async () => {
  await tabs().first().click();
  await choose(launched.app, "edit.combine");
  await dialog().getByRole("checkbox", { name: /^All / }).click();
  for (const name of ["B1 answers first", "B2 answers first", /^Both accept/])
    await dialog().getByRole("checkbox", { name }).check();
  await dialog().getByRole("button", { name: "Combine" }).click();
  await expect(tabs()).toHaveCount(3);
  await goTo("20");
  await expect(page.locator(".frame-operator")).toHaveText(["alt", "alt"]);
  const ways = async (): Promise<number> => {
    const several = await page.locator(".toolbar-variant").count();
    if (several === 0) return 1;
    await page.locator(".toolbar-variant").click();
    const count = await page.getByRole("menuitemradio").count();
    await page.keyboard.press("Escape");
    return count;
  };
  expect(await ways()).toBe(1);
  await page.locator(".row[data-step='19']").click({ button: "right" });
  await page.getByRole("menuitem", { name: "Take Fragment Apart", exact: true }).focus();
  await page.keyboard.press("ArrowRight");
  await page.getByRole("menuitem", { name: /^alt / }).nth(1).click();
  await expect(page.locator(".frame-operator")).toHaveText(["alt"]);
  expect(await ways()).toBe(2);
  await choose(launched.app, "edit.takeApart");
  await expect(page.locator(".frame-operator")).toHaveCount(0);
  expect(await ways()).toBe(3);
  await choose(launched.app, "edit.undo");
  await choose(launched.app, "edit.undo");
  await expect(page.locator(".frame-operator")).toHaveText(["alt", "alt"]);
});

test("the branch is undone too", async () => {
  await tabs().first().click();
  await choose(launched.app, "edit.undo");
  await expect(page.locator(".toolbar-variant-title")).toHaveText("B1 answers first");
});

test("B72 B74 B75 a reference is put below a step, gone into and come back from", async () => {
  await goTo("3");
  await choose(launched.app, "edit.reference");
  const form = page.getByRole("dialog", { name: "Refer to a flow" });
  await form.getByRole("combobox", { name: "Flow" }).selectOption({ label: "CPM 1-1 Session" });
  await form.getByRole("combobox", { name: "CPM Client A" }).selectOption({ label: "CPM Client B1" });
  await form.getByRole("button", { name: "Put It Below" }).click();
  await expect(page.locator(".frame-operator").first()).toHaveText("ref");
  await page.locator(".canvas").focus();
  await page.keyboard.press("o");
  await expect(page.getByRole("heading", { level: 1, name: "CPM 1-1 Session" })).toBeVisible();
  await expect(page.locator(".canvas")).toContainText("CPM Client B1");
  await expect(page.getByText("of the flow that refers here", { exact: false })).toBeVisible();
  await page.locator(".canvas").focus();
  await page.keyboard.press("Backspace");
  await expect(position()).toHaveText(/^Step 3 of/);
  await expect(tabs()).toHaveCount(3);
  // By pointer: the frame leads in, the button in the toolbar back; while the picture is worked on only the mark at its edge.
  const frame = page.getByRole("button", { name: "Go into “CPM 1-1 Session”" });
  await expect(frame).toHaveAttribute("title", "Go into “CPM 1-1 Session” (O)");
  await frame.click({ position: { x: 40, y: 8 } });
  await expect(page.getByRole("heading", { level: 1, name: "CPM 1-1 Session" })).toBeVisible();
  await page.getByRole("button", { name: "Back", exact: true }).click();
  await expect(position()).toHaveText(/^Step 3 of/);
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await frame.locator(".reference-link-mark").click();
  await expect(page.getByRole("heading", { level: 1, name: "CPM 1-1 Session" })).toBeVisible();
  await page.getByRole("button", { name: "Back", exact: true }).click();
  await expect(tabs()).toHaveCount(3);
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await choose(launched.app, "edit.undo");
  await expect(page.locator(".frame-operator")).toHaveCount(0);
  await expect(frame).toHaveCount(0);
});

test("B71 B73 a path that leads out of the folder is not followed", async () => {
  await choose(launched.app, "edit.reference");
  const form = page.getByRole("dialog", { name: "Refer to a flow" });
  await form.getByRole("combobox", { name: "Flow" }).selectOption({ label: "A file in the folder of this flow" });
  await form.getByRole("textbox", { name: "File" }).fill("../secret.flow.json");
  await expect(form.getByRole("alert")).toContainText("does not lead to a file in the folder");
  await expect(form.getByRole("button", { name: "Put It Below" })).toBeDisabled();
  await page.keyboard.press("Escape");
});

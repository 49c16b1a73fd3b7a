import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { appWithFirstFlow } from "./launch.ts";
import { choose } from "./menu.ts";

// Writing paragraphs, notes and numbers in the prose panel, in the real app.

let page: Page;
const launched = appWithFirstFlow((opened) => {
  page = opened;
});

const prose = () => page.getByRole("article", { name: "Prose" });
const paragraph = (label: string) =>
  prose()
    .locator(".prose-paragraph")
    .filter({ has: page.locator(".prose-label", { hasText: new RegExp(`^${label.replace(".", "\\.")}$`) }) });
const text = (label: string) => paragraph(label).locator(".prose-text");
const labels = () => prose().locator(".prose-label").allTextContents();
const menu = async (label: string, entry: string) => {
  await paragraph(label).hover();
  await paragraph(label).getByRole("button", { name: /^More/ }).click();
  await page.getByRole("menuitem", { name: entry, exact: true }).click();
};
const undo = () => choose(launched.app, "edit.undo");

test("WD1, WD2, WD10 a paragraph is written in place, refers to a step, and goes back to the engine's words", async () => {
  const engine = (await text("2.").textContent()) ?? "";
  await text("2.").dblclick();
  const field = page.getByRole("textbox", { name: "Text of step 2." });
  await expect(field).toBeFocused();
  await expect(field).toHaveValue(engine);
  await field.fill("As after step 1, it goes on.");
  await field.press("Control+Enter");
  await expect(text("2.")).toHaveText("As after step 1, it goes on.");
  await expect(paragraph("2.")).toHaveAttribute("data-origin", "authored");
  // The focus is back at the paragraph: F2 opens it again, Escape gives up.
  await page.keyboard.press("F2");
  await expect(field).toHaveValue("As after step 1, it goes on.");
  await field.fill("Never mind.");
  await field.press("Escape");
  await expect(text("2.")).toHaveText("As after step 1, it goes on.");
  await page.getByRole("button", { name: "Numbering" }).click();
  await page.getByLabel("First number").fill("5");
  await expect(text("6.")).toHaveText("As after step 5, it goes on.");
  await page.keyboard.press("Escape");
  await menu("6.", "Back to the Engine’s Words");
  await expect(text("6.")).toHaveText(engine);
  for (let i = 0; i < 3; i++) await undo();
  await expect(text("2.")).toHaveText(engine);
});

test("WD1 leaving the field finishes", async () => {
  await text("3.").dblclick();
  await page.getByRole("textbox", { name: "Text of step 3." }).fill("Left behind.");
  await prose().locator(".prose-title").click();
  await expect(text("3.")).toHaveText("Left behind.");
  await undo();
  await expect(text("3.")).not.toHaveText("Left behind.");
});

test("WD3 paragraphs are joined and split", async () => {
  const before = await labels();
  await menu("2.", "Join with the Next");
  await expect(prose().locator(".prose-label").nth(1)).toHaveText(/^2 – /);
  await menu((await labels())[1] ?? "", "Split Before Step 3");
  await expect(prose().locator(".prose-label").nth(1)).toHaveText("2.");
  await undo();
  await undo();
  await expect.poll(labels).toEqual(before);
});

test("WD4 a note is added, written, left without a number and taken away", async () => {
  await menu("1.", "Add Note Below");
  const field = prose().getByRole("textbox");
  await expect(field).toBeFocused();
  await field.fill("Said of step 1.");
  await field.press("Control+Enter");
  const note = prose().locator(".prose-note", { hasText: "Said of step 1." });
  await expect(note).toContainText(/NOTE \d:/);
  await note.click({ button: "right" });
  await page.getByRole("menuitem", { name: "Without Number" }).click();
  await expect(note.getByRole("button")).toHaveText("NOTE:");
  await note.dblclick();
  await prose().getByRole("textbox").fill("");
  await page.keyboard.press("Control+Enter");
  await expect(note).toHaveCount(0);
  for (let i = 0; i < 4; i++) await undo();
});

test("WD40 a step is numbered by its menu, in figure and prose alike", async () => {
  await menu("2.", "Same Number as Above");
  await expect(prose().locator(".prose-label").nth(1)).toHaveText("1.");
  await expect(page.locator('.row[data-step="1"]')).toContainText("1");
  await undo();
  await menu("2.", "Number…");
  await page.getByLabel("Number of the step").fill("X1");
  await page.keyboard.press("Enter");
  await expect(prose().locator(".prose-label").nth(1)).toHaveText("X1.");
  await expect(page.locator('.row[data-step="1"]')).toContainText("X1");
  await undo();
  await expect(prose().locator(".prose-label").nth(1)).toHaveText("2.");
});

test("WD1 everything is reached by the keyboard, and the panel has no accessibility breach", async () => {
  await prose().locator(".prose-label").first().focus();
  await page.keyboard.press("ArrowUp");
  await expect(page.locator(":focus")).toHaveAttribute("aria-label", /^Edit /);
  await page.keyboard.press("F2");
  await expect(prose().getByRole("textbox")).toBeFocused();
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).include(".pane").analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(", ")}`)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(page.locator(":focus")).toHaveAttribute("aria-label", /^Edit /);
});

import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { appWithFirstFlow } from "./launch.ts";
import { choose } from "./menu.ts";

// The flow as Mermaid text and as a picture: what is done to either shows in the other.

let page: Page;
const launched = appWithFirstFlow(async (opened) => {
  page = opened;
  await choose(launched.app, "view.text");
  await expect(editor()).toContainText("sequenceDiagram");
});

const editor = () => page.getByRole("textbox", { name: "The flow as Mermaid text" });
const label = (step: number) => page.locator(`.row[data-step="${step - 1}"] .label`);
const said = () => page.locator(".text-said");

/** Puts the caret to the end of the line that holds some words. */
async function endOfLine(words: string): Promise<void> {
  await editor().locator(".cm-line", { hasText: words }).first().click();
  await page.keyboard.press("End");
}

test("T24: a line that is typed is a step of the picture, and undo takes it back in both", async () => {
  await endOfLine("p2->>p3: CPM Session Invitation");
  await page.keyboard.press("Enter");
  await page.keyboard.type("p2->>p3: Something else");
  await expect(label(3)).toHaveText("Something else");
  await expect(page.locator(".transport-position")).toContainText("20");
  await choose(launched.app, "edit.undo");
  await expect(page.locator(".transport-position")).toContainText("19");
  await expect(label(3)).toHaveText("CPM Session Invitation");
});

test("T25: what cannot be understood is marked at its line, and the last good picture stays", async () => {
  await endOfLine("p2->>p3: CPM Session Invitation");
  await page.keyboard.press("Enter");
  await page.keyboard.type("p2->>");
  await expect(said()).toContainText(/^Line \d+/);
  await expect(page.locator(".cm-lint-marker-error")).toHaveCount(1);
  await expect(page.locator(".transport-position")).toContainText("19");
  await page.keyboard.type("p1: done");
  await expect(page.locator(".transport-position")).toContainText("20");
  await expect(page.locator(".cm-lint-marker-error")).toHaveCount(0);
  await choose(launched.app, "edit.undo");
  await expect(page.locator(".transport-position")).toContainText("19");
});

test("T26: the caret leads to the step, and the current step is marked in the text", async () => {
  await page.locator(".canvas").focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("End");
  await expect(page.locator(".text-current")).toContainText("confirmation of the cancellation request");
  await endOfLine("p6-->>p4: ALERTING response");
  await expect(page.locator(".transport-position")).toHaveText("Step 12 of 19");
  await expect(page.locator(".text-current")).toContainText("ALERTING response");
});

test("T27: what is done to the picture is in the text", async () => {
  await page.locator(".canvas").focus();
  await choose(launched.app, "edit.name");
  await page.getByRole("combobox", { name: "Name of step 12" }).fill("BUSY response");
  await page.keyboard.press("Enter");
  await expect(editor()).toContainText("p6-->>p3: BUSY response");
  await choose(launched.app, "edit.undo");
  await expect(editor()).not.toContainText("BUSY response");
});

test("T28: a participant is renamed in the text, the figure and the prose", async () => {
  await editor().locator(".cm-line", { hasText: "as CPM Client B3" }).click();
  await page.keyboard.press("End");
  await page.keyboard.type("x");
  await expect(page.locator(".canvas-heads .head title", { hasText: "CPM Client B3x" })).toHaveCount(1);
  await choose(launched.app, "edit.undo");
  await expect(page.locator(".canvas-heads .head title", { hasText: "CPM Client B3x" })).toHaveCount(0);
});

test("T29: the text can be used by assistive technology", async () => {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
});

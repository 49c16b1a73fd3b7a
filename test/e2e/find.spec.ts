import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { appWithFirstFlow } from "./launch.ts";
import { choose } from "./menu.ts";

// Find and replace in the real app.

let page: Page;
const launched = appWithFirstFlow((opened) => {
  page = opened;
});

const field = () => page.getByRole("textbox", { name: "Find", exact: true });
const status = () => page.locator(".list-about[role=status]");
const position = () => page.locator(".transport-position");

test("WD50 finds as one types, goes on by Enter and F3, and to the step of a hit", async () => {
  await choose(launched.app, "edit.find");
  await expect(field()).toBeFocused();
  await field().fill("ALERTING");
  await expect(status()).toContainText("found");
  await field().press("Enter");
  await expect(status()).toContainText("1 of");
  await choose(launched.app, "edit.findPrevious");
  await expect(position()).toHaveText(/^Step \d+ of/);
  await field().fill("no such words");
  await expect(status()).toContainText("Nothing says");
  await expect(page.locator(".find-hit")).toHaveCount(0);
});

test("WD52 replaces everywhere as one edit, and says what the rules name", async () => {
  await choose(launched.app, "edit.replace");
  await field().fill("Client B1");
  await page.getByRole("button", { name: "Match case" }).click();
  const hits = page.locator(".find-hit");
  await expect(hits).not.toHaveCount(0);
  const before = await hits.count();
  await page.getByRole("textbox", { name: "Replace with" }).fill("Client B9");
  await page.getByRole("button", { name: "Replace All" }).click();
  await expect(hits).toHaveCount(0);
  await expect(page.locator(".canvas-heads")).toContainText("Client B9");
  await choose(launched.app, "edit.undo");
  await expect(hits).toHaveCount(before);
  await field().fill("ALERTING");
  await expect(status()).toContainText("by the rules");
});

test("WD52 names of drawn messages and what is written are taken back by one undo", async () => {
  await page.locator(".canvas").focus();
  await choose(launched.app, "edit.message");
  await page.getByRole("combobox", { name: "Message" }).fill("Client B1 asks");
  await page.keyboard.press("Enter");
  await expect(page.locator(".row .label", { hasText: "Client B1 asks" })).toHaveCount(1);
  await choose(launched.app, "edit.replace");
  await field().fill("Client B1");
  const hits = page.locator(".find-hit");
  const before = await hits.count();
  await page.getByRole("textbox", { name: "Replace with" }).fill("Client B9");
  await page.getByRole("button", { name: "Replace All" }).click();
  await expect(hits).toHaveCount(0);
  await expect(page.locator(".row .label", { hasText: "Client B9 asks" })).toHaveCount(1);
  await expect(page.locator(".canvas-heads")).toContainText("Client B9");
  await choose(launched.app, "edit.undo");
  await expect(hits).toHaveCount(before);
  await expect(page.locator(".row .label", { hasText: "Client B1 asks" })).toHaveCount(1);
  await choose(launched.app, "edit.undo");
});

test("WD50 the panel has no accessibility breach", async () => {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).include(".pane").analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(", ")}`)).toEqual([]);
});

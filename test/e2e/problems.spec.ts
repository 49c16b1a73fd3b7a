import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import type { Flow } from "../../shared/flow/flow.ts";
import { type LaunchedApp, launchApp } from "./launch.ts";
import { choose } from "./menu.ts";

// The problems panel and its repairs, in the real app.

let launched: LaunchedApp;
let page: Page;
let folder: string;

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "callflow-problems-"));
  const bundled = resolve(import.meta.dirname, "../../flows/cpm/group-invitation.flow.json");
  const flow = JSON.parse(readFileSync(bundled, "utf8")) as Flow;
  const file = join(folder, "wrong.flow.json");
  const introduction = "The CPM client B1 rings, see step {clientB1>coreB GONE#1}.";
  const scenario = { ...flow.scenario, rules: { off: ["no-such-rule"] } };
  writeFileSync(file, JSON.stringify({ ...flow, introduction, scenario }));
  launched = await launchApp({ args: [file] });
  page = launched.page;
  await expect(page.locator(".row[data-step]").first()).toBeVisible();
  await choose(launched.app, "view.problems");
});

test.afterAll(async () => {
  await launched?.close();
  rmSync(folder, { recursive: true, force: true });
});

const problem = (text: string) => page.locator(".entry", { hasText: text });

test("WD60, WD61 problems are listed, repaired by one press, and come back by undo", async () => {
  const spelling = problem("is written “CPM Client B1”");
  await expect(spelling).toBeVisible();
  await expect(problem("refers to the step")).toBeVisible();
  await expect(problem("There is no rule")).toBeVisible();
  await expect(page.getByRole("button", { name: /Problems.*problems/ })).toBeVisible();
  await page.getByRole("button", { name: "Write “CPM Client B1”" }).click();
  await expect(spelling).toHaveCount(0);
  await choose(launched.app, "edit.undo");
  await expect(spelling).toBeVisible();
  await page.getByRole("button", { name: "Take it out of the list" }).click();
  await expect(problem("There is no rule")).toHaveCount(0);
  await page.getByRole("button", { name: "Name the message instead" }).click();
  await expect(problem("refers to the step")).toHaveCount(0);
});

test("WD60 the panel has no accessibility breach, and an entry leads to where it is", async () => {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).include(".pane").analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(", ")}`)).toEqual([]);
  await problem("is written “CPM Client B1”").getByRole("button").first().click();
  await expect(page.getByRole("article", { name: "Prose" })).toBeVisible();
});

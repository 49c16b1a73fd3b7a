import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { type LaunchedApp, launchApp } from "./launch.ts";

// What may come of the first flow: as it is, with a rule switched off, and cancelled.

const folder = mkdtempSync(join(tmpdir(), "callflow-explore-"));
const bundled = resolve(import.meta.dirname, "../../flows/cpm/group-invitation.flow.json");

function flowFile(name: string, change: (flow: { scenario: Record<string, unknown> }) => void): string {
  const flow = JSON.parse(readFileSync(bundled, "utf8"));
  change(flow);
  const file = join(folder, `${name}.flow.json`);
  writeFileSync(file, JSON.stringify(flow));
  return file;
}

test.afterAll(() => rmSync(folder, { recursive: true }));

const panelOf = (page: Page) => page.getByRole("complementary", { name: "Explore" });

async function shown(args: readonly string[] = []): Promise<LaunchedApp> {
  const launched = await launchApp({ args });
  const { page } = launched;
  await expect(page.locator(".row[data-step]").first()).toBeVisible();
  await page.getByRole("toolbar", { name: "Panels" }).getByRole("button", { name: "Explore" }).click();
  await expect(panelOf(page).getByRole("button", { name: "Start" })).toBeVisible();
  return launched;
}

test("W100, W103 a flow is explored, an outcome opened and played; the same one again is the same variant", async () => {
  const launched = await shown();
  const { page } = launched;
  const panel = panelOf(page);
  await expect(panel.getByRole("checkbox", { name: /^Accept/ })).toBeChecked();
  await panel.getByRole("button", { name: "Start" }).click();
  await expect(panel.locator(".explore-headline")).toHaveText(/^[\d,]+ orders → [\d,]+ outcomes$/, { timeout: 60_000 });
  const outcomes = panel.getByRole("region", { name: "Outcomes" });
  await expect(panel.getByRole("region", { name: "Can be broken" })).toHaveCount(0);
  await expect(outcomes.locator('.entry:not([data-verdict="pass"])')).toHaveCount(0);
  // What a variant shows already is known, whether it spells out what it is about or not.
  await expect(
    outcomes.getByRole("button", { name: /^Session with CPM Client B2; CPM Client B1 cancelled/i }),
  ).toContainText("Kept as variant “B2 answers first”");
  const other = outcomes.getByRole("button", { name: /^Session with CPM Client B2; CPM Client B1 released/i }).first();
  await other.click();
  const variant = page.locator(".toolbar-variant-title");
  await expect(variant).toHaveText(/^Session with CPM Client B2/);
  await expect(page.getByRole("button", { name: /Pause/ })).toBeVisible();
  await page.getByRole("button", { name: /Pause/ }).click();
  await expect(other).toContainText("Kept as variant");
  await page.locator(".toolbar-variant").click();
  const before = await page.getByRole("menuitemradio").count();
  await page.keyboard.press("Escape");
  await other.click();
  await page.locator(".toolbar-variant").click();
  await expect(page.getByRole("menuitemradio")).toHaveCount(before);
  await page.keyboard.press("Escape");
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(", ")}`)).toEqual([]);
  await launched.close();
});

test("W104 without the cancelling rule a requirement breaks, and its witness opens at the step", async () => {
  const file = flowFile("uncancelled", ({ scenario }) => {
    scenario.rules = { off: ["PF-CANCEL-OTHERS"] };
  });
  const launched = await shown([file]);
  const { page } = launched;
  const panel = panelOf(page);
  await panel.getByRole("button", { name: "Start" }).click();
  const broken = panel.getByRole("region", { name: "Can be broken" }).getByRole("button", { name: /MLD-007/ });
  await expect(broken).toContainText("SHALL", { timeout: 60_000 });
  await broken.click();
  await expect(broken).toContainText("Kept as variant");
  await expect(page.locator(".canvas .marked-band").first()).toBeAttached();
  await expect(page.locator(".transport-position")).toHaveText(/^Step \d+ of/);
  await launched.close();
});

test("W102 an exploration can be cancelled: what was found is shown, and said not to be all", async () => {
  const file = flowFile("endless", ({ scenario }) => {
    for (const user of scenario.users as { media?: string[] }[]) user.media = ["messages", "video"];
  });
  const launched = await shown([file]);
  const { page } = launched;
  const panel = panelOf(page);
  await panel.getByRole("checkbox", { name: /^Loss/ }).check();
  await panel.getByRole("textbox", { name: "At most" }).fill("3");
  await panel.getByRole("checkbox", { name: /^End the session/ }).check();
  await panel.getByRole("textbox", { name: "Worlds" }).fill("5000000");
  await panel.getByRole("button", { name: "Start" }).click();
  await expect(panel.getByRole("progressbar")).toBeVisible();
  await expect(panel.locator(".explore-going")).toContainText(/[1-9][\d,]* worlds, [\d,]+ transitions/);
  await panel.getByRole("button", { name: "Cancel" }).click();
  await expect(panel.locator(".explore-early")).toContainText("You cancelled it", { timeout: 60_000 });
  await expect(panel.locator(".explore-headline")).toHaveText(/^At least /);
  await launched.close();
});

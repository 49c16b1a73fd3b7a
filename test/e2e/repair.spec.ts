import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { type LaunchedApp, launchApp } from "./launch.ts";
import { choose } from "./menu.ts";

// A script that asks for what is not possible yet, and the ways on that the window offers.

let launched: LaunchedApp;
let page: Page;

test.beforeAll(async () => {
  const flow = JSON.parse(readFileSync("flows/cpm/one-to-one.flow.json", "utf8"));
  const [invite, accept, send, end] = flow.variants[0].script;
  flow.variants = [{ id: "main", title: "Too early", script: [invite, send, accept, end] }];
  const path = join(mkdtempSync(join(tmpdir(), "callflow-repair-")), "early.flow.json");
  writeFileSync(path, JSON.stringify(flow));
  launched = await launchApp({ args: [path] });
  page = launched.page;
});

test.afterAll(async () => {
  await launched?.close();
});

const banner = () => page.locator(".banner-warning").filter({ hasText: "cannot go on" });

test("B10 B12 the window says in words where the script stops and offers ways on", async () => {
  await expect(banner()).toContainText("CPM Client A sends a message");
  await expect(banner()).not.toContainText("stimulate");
  await expect(banner().getByRole("button", { name: /^Leave out: CPM Client A sends a message/ })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().include(".banners").analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
});

test("B12 choosing one is one edit that can be taken back; the rest is replayed", async () => {
  const position = page.locator(".transport-position");
  const stopped = (await position.textContent()) ?? "";
  await banner()
    .getByRole("button", { name: /^Later, once CPM Client B accepts/ })
    .click();
  await expect(banner()).toHaveCount(0);
  await expect(position).not.toHaveText(stopped);
  await choose(launched.app, "edit.undo");
  await expect(banner()).toBeVisible();
});

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { type LaunchedApp, launchApp } from "./launch.ts";
import { choose } from "./menu.ts";

// The player for the browser: exported by the real app, then opened in a plain window without the app's preload.

test.describe.configure({ mode: "serial" });

let launched: LaunchedApp;
let page: Page;
const folder = mkdtempSync(join(tmpdir(), "callflow-handout-"));
const file = join(folder, "handout.html");

test.beforeAll(async () => {
  launched = await launchApp();
  await expect(launched.page.locator(".row[data-step]").first()).toBeVisible();
  await launched.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, file);
  await choose(launched.app, "file.export.html");
  await expect.poll(() => existsSync(file)).toBe(true);
  const opened = launched.app.waitForEvent("window");
  await launched.app.evaluate(({ BrowserWindow }) => {
    const window = new BrowserWindow({
      width: 1280,
      height: 800,
      webPreferences: { sandbox: true, partition: "plain" },
    });
    const asked: string[] = [];
    (globalThis as { asked?: string[] }).asked = asked;
    window.webContents.session.webRequest.onBeforeRequest(({ url }, decide) => {
      if (!/^(data|blob|devtools):/.test(url)) asked.push(url);
      decide({});
    });
    void window.loadURL("about:blank");
  });
  page = await opened;
  await goTo("");
});

test.afterAll(async () => {
  await launched?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Opens the handout as if its address had been given by somebody. */
async function goTo(hash: string, handout = file): Promise<void> {
  const url = `${pathToFileURL(handout)}${hash}`;
  await launched.app.evaluate(async ({ BrowserWindow }, address) => {
    const plain = BrowserWindow.getAllWindows().find((one) => !one.webContents.getURL().startsWith("app:"));
    await plain?.loadURL("about:blank");
    await plain?.loadURL(address);
  }, url);
}

const position = () => page.locator(".transport-position");

test("EX75 plays with the keys of the app, and asks for nothing but itself", async () => {
  await expect(page.getByRole("heading", { level: 1 })).toContainText("CPM Pre-defined Group Session");
  await expect(position()).toHaveText(/of 19 steps/);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(position()).toHaveText("Step 2 of 19");
  await page.keyboard.press("End");
  await expect(position()).toHaveText("Step 19 of 19");
  await page.keyboard.press("7");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Steps 7 – 11." })).toHaveAttribute("aria-current", "step");
  const asked = await launched.app.evaluate(() => (globalThis as { asked?: string[] }).asked ?? []);
  expect(new Set(asked.map((url) => new URL(url).protocol))).toEqual(new Set(["file:"]));
});

test("EX77 the address names the variant and the step, and leads there", async () => {
  await expect.poll(() => page.evaluate(() => location.hash)).toContain("step=7");
  await page.getByRole("button", { name: /^Variant:/ }).click();
  await page.getByRole("menuitemradio", { name: /B2 answers first/ }).click();
  await page.keyboard.press("Escape");
  const address = /variant=([^&]+)/;
  await expect.poll(() => page.evaluate(() => location.hash)).not.toContain("variant=main");
  const variant = address.exec(await page.evaluate(() => location.hash))?.[1] ?? "";
  await goTo(`#variant=${variant}&step=13`);
  await expect(position()).toHaveText(/Step 13 of/);
  await expect(page.getByRole("button", { name: /^Variant: B2 answers first/ })).toBeVisible();
});

test("EX75 compares variants, and shows the network and every SIP message", async () => {
  await page.getByRole("button", { name: "Compare variants" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "Summary" })).toContainText(/[Ff]rom step 13/);
  await expect(page.getByLabel("First: what").locator("option")).not.toHaveCount(0);
  await expect(page.locator("option", { hasText: "file" })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Compare variants" })).toBeFocused();
  await page.getByRole("radio", { name: "SIP" }).check({ force: true });
  await expect(position()).not.toHaveText(/of 19/);
  await page.getByRole("button", { name: "Network view" }).click();
  await page.getByRole("menuitemradio", { name: "Beside the sequence" }).click();
  await expect(page.locator(".react-flow__node").first()).toBeVisible();
});

test("EX78 nothing that assistive technology could not use", async () => {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
});

test("EX79 of a hostile flow nothing runs, whatever its texts and the address say", async () => {
  const attack = `</script><script>globalThis.pwned='script'</script><!--<script><img src=x onerror="globalThis.pwned='image'">`;
  const participants = ["constructor", "toString"].map((id) => ({ id, name: `${id} ${attack}`, role: "other" }));
  const message = { label: `javascript:globalThis.pwned='label' ${attack}` };
  const hostile = {
    format: "callflow",
    version: 1,
    title: attack,
    clause: attack,
    introduction: `[a link](javascript:globalThis.pwned='link') ${attack}`,
    source: attack,
    scenario: { participants },
    variants: [
      {
        id: "constructor",
        title: attack,
        script: [{ kind: "inject", from: "constructor", to: "toString", message }],
      },
      { id: "valueOf", title: attack, branch: { from: "constructor", keep: 0 }, script: [] },
    ],
    notes: [{ text: attack }],
  };
  const path = join(folder, "hostile.flow.json");
  const made = join(folder, "hostile.html");
  writeFileSync(path, JSON.stringify(hostile));
  const root = resolve(import.meta.dirname, "../..");
  execFileSync(process.execPath, [join(root, "tools/callflow.mjs"), "export", path, "--to", "html", "-o", made]);
  for (const hash of [
    "",
    "#variant=__proto__&step=1",
    `#variant=valueOf&step=${encodeURIComponent(attack)}`,
    "#step=1e9",
  ]) {
    await goTo(hash, made);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(attack);
    await page.keyboard.press("End");
    const found = await page.evaluate(() => ({
      pwned: (globalThis as { pwned?: unknown }).pwned,
      made: document.querySelectorAll("#root script, #root img, #root iframe, #root a[href^=javascript]").length,
    }));
    expect(found).toEqual({ made: 0 });
  }
  await goTo("#step=1", made);
  await expect(page.locator(".row[data-step]")).toHaveCount(1);
});

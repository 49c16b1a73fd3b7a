import { expect, test } from "@playwright/test";
import { type LaunchedApp, launchApp } from "./launch.ts";

let launched: LaunchedApp;

test.beforeAll(async () => {
  launched = await launchApp();
});

test.afterAll(async () => {
  await launched?.close();
});

test("opens one window that is shown", async () => {
  const shown = () =>
    launched.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.isVisible()));
  // It is shown with its first picture, a moment after the page has loaded.
  await expect.poll(shown).toEqual([true]);
});

test("the page is served by the app's own scheme and draws something", async () => {
  expect(new URL(launched.page.url()).protocol).toBe("app:");
  await expect(launched.page.locator("#root > *").first()).toBeVisible();
});

test("the page has no Node", async () => {
  const found = await launched.page.evaluate(() =>
    ["require", "process", "module", "Buffer", "global", "__dirname"].filter((name) => name in globalThis),
  );
  expect(found).toEqual([]);
});

test("the window is sandboxed, isolated and without Node integration", async () => {
  const preferences = await launched.app.evaluate(({ BrowserWindow }) => {
    // Not in the declarations, but the only place that tells what is in force.
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>;
    };
    const { sandbox, contextIsolation, nodeIntegration, webSecurity } = contents.getLastWebPreferences();
    return { sandbox, contextIsolation, nodeIntegration, webSecurity };
  });
  expect(preferences).toEqual({ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true });
});

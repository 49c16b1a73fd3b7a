import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { _electron, type ElectronApplication, expect, type Page, test } from "@playwright/test";

export interface LaunchedApp {
  readonly app: ElectronApplication;
  /** The first window, its page loaded. */
  readonly page: Page;
  /** Closes the app and forgets its settings. */
  readonly close: () => Promise<void>;
}

export interface LaunchOptions {
  /** Files to open, or switches of the app. */
  readonly args?: readonly string[];
  /** Settings folder to keep between two launches; without it every launch is a first one. */
  readonly userData?: string;
  /** The app's folder; without it this repository. */
  readonly root?: string;
}

const repository = resolve(import.meta.dirname, "../..");

/** Starts the built app as a person would, with settings of its own. Run through `npm run test:e2e` or `npm test`. */
export async function launchApp({ args = [], userData, root = repository }: LaunchOptions = {}): Promise<LaunchedApp> {
  if (!process.env.CALLFLOW_RUNTIME)
    throw new Error("Start end-to-end tests by `npm run test:e2e`: it finds Electron.");
  const settings = userData ?? mkdtempSync(join(tmpdir(), "callflow-e2e-"));
  const env = Object.fromEntries(Object.entries(process.env).filter((entry) => entry[1] !== undefined));
  const app = await _electron.launch({
    args: [root, `--user-data-dir=${settings}`, ...args],
    env: env as Record<string, string>,
  });
  const page = await app.firstWindow();
  await page.waitForLoadState("load");
  const close = async () => {
    // Nobody is there to answer whether to save.
    const answered = app.evaluate(({ dialog }) => {
      dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false });
    });
    await answered.catch(unlessCollected);
    await app.close();
    if (userData === undefined) rmSync(settings, { recursive: true, force: true });
  };
  return { app, page, close };
}

/**
 * The app for all tests of a file: started before the first, with its first flow drawn, and closed after the last. Only
 * then has it anything to give. `ready` hears of the page, and may do what the tests begin with.
 */
export function appWithFirstFlow(ready: (page: Page) => void | Promise<void>): Pick<LaunchedApp, "app"> {
  let launched: LaunchedApp | undefined;
  test.beforeAll(async () => {
    launched = await launchApp();
    await expect(launched.page.locator(".row[data-step]").first()).toBeVisible();
    await ready(launched.page);
  });
  test.afterAll(async () => {
    await launched?.close();
  });
  return {
    get app() {
      if (launched === undefined) throw new Error("The app is not started before the tests of the file.");
      return launched.app;
    },
  };
}

/** The debugger may lose the answer of a call to main to the collector: what was asked has been done all the same. */
export function unlessCollected(error: Error): void {
  if (!/garbage collected/.test(error.message)) throw error;
}

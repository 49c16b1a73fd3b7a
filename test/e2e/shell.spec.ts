import { spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type ElectronApplication, expect, type Page, test } from "@playwright/test";
import { commands, isAccelerator } from "../../shared/commands.ts";
import type { Exposed } from "../../shared/ipc/channels.ts";
import { launchApp } from "./launch.ts";
import { choose } from "./menu.ts";

// The window, the menu and what is remembered, in the real app.

declare global {
  interface Window {
    readonly callflow?: Exposed;
  }
}

const root = resolve(import.meta.dirname, "../..");
const bundled = (id: string) => join(root, "flows", `${id}.flow.json`);
let folder = "";

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "callflow-shell-"));
});

test.afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const heading = { level: 1 } as const;

interface Entry {
  readonly enabled: boolean;
  readonly checked: boolean;
  readonly accelerator: string | undefined;
  readonly registered: boolean;
}

async function menuEntry(app: ElectronApplication, id: string): Promise<Entry | undefined> {
  const read = () =>
    app.evaluate(({ Menu }, wanted) => {
      const item = Menu.getApplicationMenu()?.getMenuItemById(wanted);
      if (!item) return undefined;
      const { enabled, checked, accelerator, registerAccelerator } = item;
      return { enabled, checked, accelerator: accelerator?.toString(), registered: registerAccelerator };
    }, id);
  // The debugger may lose an answer to the collector; asking again is all that helps.
  return read().catch((error: Error) => (/garbage collected/.test(error.message) ? read() : Promise.reject(error)));
}

function recentEntries(app: ElectronApplication): Promise<string[]> {
  return app.evaluate(({ Menu }) => {
    const file = Menu.getApplicationMenu()?.items.find((item) => item.label === "File");
    const recent = file?.submenu?.items.find((item) => item.label === "Open Recent");
    return recent?.submenu?.items.filter((item) => item.type === "normal").map((item) => item.label) ?? [];
  });
}

test("S29: shows the first bundled flow", async () => {
  const { page, close } = await launchApp();
  await expect(page.getByRole("heading", heading)).toContainText("CPM Pre-defined Group Session Invitation");
  await close();
});

test("S29: a page whose process ended is offered again, and shows what was open", async () => {
  const file = join(folder, "busy.flow.json");
  copyFileSync(bundled("sip/busy"), file);
  const { app, page, close } = await launchApp({ args: [file] });
  await expect(page).toHaveTitle(/busy\.flow\.json/);
  // The test driver does not follow a page that crashed: main is asked instead, once the page is there again.
  await app.evaluate(async ({ BrowserWindow, dialog }) => {
    dialog.showMessageBox = async () => ({ response: 0, checkboxChecked: false });
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const loaded = new Promise<void>((done) => contents?.once("did-finish-load", () => done()));
    contents?.forcefullyCrashRenderer();
    await loaded;
  });
  const shown = () =>
    app.evaluate(
      ({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
          "document.title + ' ' + document.querySelector('h1')?.textContent",
        ) as Promise<string>,
    );
  await expect.poll(shown).toMatch(/busy\.flow\.json.*Busy/);
  await close();
});

test("S29: opens the file it was started with, and S14: remembers it among the recent ones", async () => {
  const file = join(folder, "mine & yours.flow.json");
  copyFileSync(bundled("sip/busy"), file);
  const userData = join(folder, "settings");
  const first = await launchApp({ args: [file], userData });
  await expect(first.page.getByRole("heading", heading)).toContainText("Busy");
  await expect(first.page).toHaveTitle(/mine & yours\.flow\.json/);
  expect(await recentEntries(first.app)).toEqual([file.replaceAll("&", "&&"), "Clear"]);
  await first.close();

  const second = await launchApp({ userData });
  await expect(second.page.getByRole("heading", heading)).toContainText("CPM Pre-defined Group Session");
  expect(await recentEntries(second.app)).toEqual([file.replaceAll("&", "&&"), "Clear"]);
  await second.close();
});

test("S29: a file that cannot be opened is said in a sentence", async () => {
  const file = join(folder, "broken.flow.json");
  writeFileSync(file, '{"format":');
  const { page, close } = await launchApp({ args: [file] });
  await expect(page.locator("#root")).toContainText("“broken.flow.json” is not valid JSON");
  await close();
});

test("S7: a file that the person gave the page is opened by its path", async () => {
  const file = join(folder, "given.flow.json");
  copyFileSync(bundled("sip/busy"), file);
  const { app, page, close } = await launchApp();
  await page.evaluate(() => {
    const input = document.createElement("input");
    input.type = "file";
    input.id = "given";
    document.body.append(input);
  });
  await page.locator("#given").setInputFiles(file);
  const answer = await page.evaluate(() => {
    const input = document.querySelector<HTMLInputElement>("#given");
    return window.callflow?.call("flow.openFile", "{}", input?.files?.[0]);
  });
  expect(JSON.parse(answer ?? "")).toMatchObject({ ok: true, value: { path: file, name: "given.flow.json" } });
  expect(await recentEntries(app)).toEqual([file, "Clear"]);
  await close();
});

test("S28: a second start hands its files to the first and ends", async () => {
  const file = join(folder, "second.flow.json");
  copyFileSync(bundled("sip/two-proxies"), file);
  const userData = join(folder, "settings");
  const { app, page, close } = await launchApp({ userData });
  await expect(page.getByRole("heading", heading)).toContainText("CPM");
  const binary = await app.evaluate(() => process.execPath);
  const switches = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const started = spawn(binary, [...switches, root, `--user-data-dir=${userData}`, "second.flow.json"], {
    cwd: folder,
  });
  const code = await new Promise((ended) => started.once("exit", ended));
  expect(code).toBe(0);
  await expect(page).toHaveTitle(/second\.flow\.json/);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  await close();
});

test("S14: a panel is as wide as it was made", async () => {
  const userData = join(folder, "settings");
  const library = (page: Page) => page.getByRole("navigation", { name: "Library" });
  const widthOf = async (page: Page) => Math.round((await library(page).boundingBox())?.width ?? 0);
  const first = await launchApp({ userData });
  await expect(library(first.page)).toBeVisible();
  const usual = await widthOf(first.page);
  await first.page.getByRole("separator").first().press("ArrowRight");
  await expect.poll(() => widthOf(first.page)).toBeGreaterThan(usual);
  const wide = await widthOf(first.page);
  await first.close();
  const second = await launchApp({ userData });
  await expect.poll(() => widthOf(second.page)).toBe(wide);
  await second.close();
});

test("S14, S16: theme, panels and the window's place are kept, and the window has the page's ground", async () => {
  const userData = join(folder, "settings");
  const first = await launchApp({ userData });
  await expect(first.page.getByRole("heading", heading)).toContainText("CPM");
  await choose(first.app, "view.theme.dark");
  await choose(first.app, "view.prose");
  await expect.poll(() => menuEntry(first.app, "view.prose")).toMatchObject({ checked: false });
  expect(await first.app.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe("dark");
  const place = { x: 60, y: 40, width: 1030, height: 650 };
  await first.app.evaluate(({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setBounds(bounds), place);
  await first.close();

  const second = await launchApp({ userData });
  await expect.poll(() => menuEntry(second.app, "view.theme.dark")).toMatchObject({ checked: true });
  expect(await menuEntry(second.app, "view.prose")).toMatchObject({ checked: false });
  const found = await second.app.evaluate(({ BrowserWindow, nativeTheme }) => ({
    bounds: BrowserWindow.getAllWindows()[0]?.getBounds(),
    theme: nativeTheme.themeSource,
    ground: BrowserWindow.getAllWindows()[0]?.getBackgroundColor().toLowerCase(),
  }));
  const surface = await second.page.evaluate(() =>
    getComputedStyle(document.documentElement).getPropertyValue("--surface").trim(),
  );
  expect(found).toEqual({ bounds: place, theme: "dark", ground: surface });
  await second.close();
});

test("S16: a window that no display shows any more opens where one does", async () => {
  const userData = join(folder, "settings");
  const first = await launchApp({ userData });
  await first.close();
  const settings = { window: { x: 90_000, y: -90_000, width: 900, height: 600, maximized: false } };
  writeFileSync(join(userData, "settings.json"), JSON.stringify(settings));
  const second = await launchApp({ userData });
  const bounds = await second.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
  expect(bounds).toMatchObject({ width: 900, height: 600 });
  expect(bounds?.x).toBeLessThan(10_000);
  expect(bounds?.y).toBeGreaterThanOrEqual(0);
  await second.close();
});

test("S15, S17, S30, S32: broken settings are set aside in the folder named, which has the log and what is compiled too", async () => {
  const userData = join(folder, "elsewhere");
  process.env.CALLFLOW_USER_DATA = userData;
  try {
    await (await launchApp()).close();
    writeFileSync(join(userData, "settings.json"), '{"settings":');
    const { page, close } = await launchApp();
    await expect(page.getByRole("heading", heading)).toContainText("CPM");
    await close();
  } finally {
    delete process.env.CALLFLOW_USER_DATA;
  }
  expect(readFileSync(join(userData, "settings.json.broken"), "utf8")).toBe('{"settings":');
  const log = readFileSync(join(userData, "callflow.log"), "utf8");
  expect(log).toContain("settings.json.broken");
  expect(log).toContain(`on ${process.env.CALLFLOW_RUNTIME}`);
  expect(existsSync(join(userData, "settings.json.new"))).toBe(false);
  expect(readdirSync(join(userData, "compiled"))).toContainEqual(expect.stringMatching(/^services-.*\.compiled$/));
});

test("S25, S26: every command is in the menu, and only shortcuts with a modifier are the menu's", async () => {
  const { app, close } = await launchApp();
  for (const { id, keys } of commands) {
    const entry = await menuEntry(app, id);
    expect(entry, id).toBeDefined();
    if (keys[0] === undefined) expect(entry?.accelerator, id).toBeFalsy();
    else expect(entry, id).toMatchObject({ registered: isAccelerator(keys[0]) });
  }
  await close();
});

test("S27: the menu follows the page", async () => {
  const { app, page, close } = await launchApp();
  await expect.poll(() => menuEntry(app, "play.next")).toMatchObject({ enabled: true });
  expect(await menuEntry(app, "view.level.cpm")).toMatchObject({ checked: true });
  await choose(app, "view.level.sip");
  await expect.poll(() => menuEntry(app, "view.level.sip")).toMatchObject({ checked: true });
  expect(await menuEntry(app, "view.level.cpm")).toMatchObject({ checked: false });
  await expect(page.getByRole("radio", { name: "SIP" })).toBeChecked();
  await choose(app, "view.cores");
  await expect.poll(() => menuEntry(app, "view.cores")).toMatchObject({ checked: false });
  await choose(app, "file.close");
  await expect.poll(() => menuEntry(app, "play.next")).toMatchObject({ enabled: false });
  expect(await menuEntry(app, "file.open")).toMatchObject({ enabled: true });
  await close();
});

test("S10: saves where the person says, and opens it again by the dialog", async () => {
  const file = join(folder, "saved.flow.json");
  const { app, page, close } = await launchApp();
  await expect(page.getByRole("heading", heading)).toContainText("CPM");
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] });
  }, file);
  await choose(app, "file.saveAs");
  await expect(page).toHaveTitle(/saved\.flow\.json/);
  expect(readFileSync(file, "utf8")).toBe(readFileSync(bundled("cpm/group-invitation"), "utf8"));
  await choose(app, "file.close");
  await expect(page).toHaveTitle("Callflow");
  await choose(app, "file.open");
  await expect(page).toHaveTitle(/saved\.flow\.json/);
  for (const format of ["svg", "md", "json"]) {
    const out = join(folder, `figure.${format}`);
    await app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    }, out);
    await choose(app, `file.export.${format}`);
    await expect.poll(() => (existsSync(out) ? readFileSync(out, "utf8") : "")).toContain("ALERTING response");
  }
  await close();
});

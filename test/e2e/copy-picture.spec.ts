import { expect, test } from "@playwright/test";
import { type LaunchedApp, launchApp, unlessCollected } from "./launch.ts";
import { choose } from "./menu.ts";

let launched: LaunchedApp;

test.beforeAll(async () => {
  launched = await launchApp();
  await expect(launched.page.locator("[data-step]").first()).toBeVisible();
});
test.afterAll(() => launched.close());

/** The clipboard of the fallback runtime; the product's has `read` instead. */
interface EarlierClipboard {
  readonly readBuffer?: (type: string) => Buffer;
}

/** What the system's clipboard holds, by the type. */
async function held(type: string): Promise<Buffer> {
  const read = launched.app.evaluate(async ({ clipboard }, wanted) => {
    const { readBuffer } = clipboard as unknown as EarlierClipboard;
    if (readBuffer !== undefined) return readBuffer(wanted).toString("base64");
    const [item] = await clipboard.read();
    if (item?.types.includes(wanted) !== true) return "";
    const data = (await item.getType(wanted)) as unknown as Blob;
    return Buffer.from(await data.arrayBuffer()).toString("base64");
  }, type);
  const base64 = (await read.catch(unlessCollected)) ?? "";
  return Buffer.from(base64, "base64");
}

test("EX24: Copy as Picture puts the figure on the clipboard, as PNG and as SVG", async () => {
  await launched.app.evaluate(({ clipboard }) => clipboard.clear()).catch(unlessCollected);
  // Without a window manager no window has the focus, which the clipboard asks for.
  const focused = launched.app.evaluate(async ({ BrowserWindow }) => {
    const { debugger: page } = BrowserWindow.getAllWindows()[0]?.webContents ?? {};
    page?.attach("1.3");
    await page?.sendCommand("Emulation.setFocusEmulationEnabled", { enabled: true });
  });
  await focused.catch(unlessCollected);
  await launched.page.mouse.click(300, 300);
  await expect.poll(() => launched.page.evaluate(() => document.hasFocus())).toBe(true);
  await choose(launched.app, "edit.copyPicture");
  await expect(async () => {
    const png = await held("image/png");
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    expect(png.readUInt32BE(16)).toBeGreaterThan(1500);
    const svg = (await held("image/svg+xml")).toString("utf8");
    expect(svg).toContain("<svg");
    expect(svg).toContain("CPM Session Invitation");
  }).toPass({ timeout: 20_000 });
  await expect(launched.page.getByRole("status", { name: "Done" })).toHaveText("The picture is copied.");
  await expect(launched.page.getByRole("alert")).toHaveCount(0);
});

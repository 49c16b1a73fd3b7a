// Makes the README's picture with the app itself: `node tools/with-electron.mjs tools/picture.mjs`. Read by people only, so
// it is made anew by hand when the window has changed.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { _electron } from "@playwright/test";

const root = fileURLToPath(new URL("..", import.meta.url));
const settings = mkdtempSync(join(tmpdir(), "callflow-picture-"));
const app = await _electron.launch({ args: [root, `--user-data-dir=${settings}`] });
const page = await app.firstWindow();
await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1440, 860));
await page.getByRole("application").first().waitFor();
await page.waitForTimeout(1500);
for (const key of ["1", "2", "Enter"]) await page.keyboard.press(key);
// Half of the way of the message at normal speed.
await page.waitForTimeout(420);
await page.screenshot({ path: join(root, "docs/images/app.png") });
await app.close();
rmSync(settings, { recursive: true, force: true });

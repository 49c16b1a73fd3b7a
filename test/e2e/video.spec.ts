import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { ALL_FORMATS, EncodedPacketSink, FilePathSource, Input } from "mediabunny";
import { type LaunchedApp, launchApp } from "./launch.ts";
import { choose } from "./menu.ts";

// Videos, in the real app. Each test goes on from the one before.

test.describe.configure({ mode: "serial" });

let launched: LaunchedApp;
let page: Page;
const folder = mkdtempSync(join(tmpdir(), "callflow-video-"));

test.beforeAll(async () => {
  launched = await launchApp();
  page = launched.page;
  await expect(page.locator(".row[data-step]").first()).toBeVisible();
  await launched.app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = async (...asked: unknown[]) => {
      const { defaultPath = "" } = asked.at(-1) as { defaultPath?: string };
      return { canceled: false, filePath: `${path}/${defaultPath}` };
    };
  }, folder);
});

test.afterAll(async () => {
  await launched?.close();
  rmSync(folder, { recursive: true, force: true });
});

const dialog = () => page.getByRole("dialog", { name: "Export" });
const exportNow = () =>
  dialog()
    .getByRole("button", { name: /^Export/ })
    .click();

/** Size, frames and length of a video, by reading it packet by packet. */
async function measured(path: string) {
  const input = new Input({ source: new FilePathSource(path), formats: ALL_FORMATS });
  const track = await input.getPrimaryVideoTrack();
  if (track === null) throw new Error("no video");
  const times: number[] = [];
  for await (const packet of new EncodedPacketSink(track).packets()) times.push(packet.timestamp);
  const size = { width: track.displayWidth, height: track.displayHeight };
  return {
    ...size,
    codec: track.codec,
    times: times.toSorted((a, b) => a - b),
    duration: await input.computeDuration(),
  };
}

for (const [id, extension] of [
  ["webm", "webm"],
  ["mp4", "mp4"],
] as const) {
  test(`EX84, EX86 a ${extension} video has the frames of the film`, async () => {
    test.setTimeout(120_000);
    await choose(launched.app, `file.export.${id}`);
    await dialog().getByLabel("Size", { exact: true }).selectOption("854x480");
    await dialog().getByLabel("Frames per second").fill("10");
    await dialog().getByLabel("Frames per second").press("Tab");
    await dialog().getByLabel("Steps", { exact: true }).fill("1 – 3");
    await dialog().getByLabel("Steps", { exact: true }).press("Tab");
    await exportNow();
    await expect(dialog().getByRole("status").filter({ hasText: "is written" })).toBeVisible({ timeout: 90_000 });
    const name = readdirSync(folder).find((each) => each.endsWith(`.${extension}`)) ?? "";
    const { width, height, times, duration } = await measured(join(folder, name));
    expect({ width, height }).toEqual({ width: 854, height: 480 });
    expect(times.length).toBeGreaterThan(60);
    expect(Math.abs(duration - times.length / 10)).toBeLessThan(0.02);
    for (const [i, time] of times.entries()) expect(Math.abs(time - i / 10)).toBeLessThan(0.002);
    await page.keyboard.press("Escape");
  });
}

test("EX84 a video that is stopped leaves no file", async () => {
  const before = readdirSync(folder);
  await choose(launched.app, "file.export.webm");
  await dialog().getByLabel("Size", { exact: true }).selectOption("3840x2160");
  await dialog().getByLabel("Frames per second").fill("50");
  await dialog().getByLabel("Frames per second").press("Tab");
  await dialog().getByLabel("Steps", { exact: true }).fill("");
  await dialog().getByLabel("Steps", { exact: true }).press("Tab");
  for (const name of before) rmSync(join(folder, name));
  await exportNow();
  await expect(dialog().getByRole("progressbar")).toHaveAttribute("value", /0\.0*[1-9]/, { timeout: 60_000 });
  await dialog().getByRole("button", { name: "Stop" }).click();
  await expect(dialog().getByRole("alert")).toContainText("nothing was written");
  expect(readdirSync(folder)).toEqual([]);
});

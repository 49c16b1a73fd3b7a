import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { type LaunchedApp, launchApp } from "./launch.ts";
import { choose } from "./menu.ts";

const STEPS = 5000;
let folder: string;
let launched: LaunchedApp;
let page: Page;

/** A flow drawn by hand: messages round and round between eight participants. */
function longFlow(): string {
  const participants = Array.from({ length: 8 }, (_, i) => ({ id: `p${i}`, name: `Participant ${i}`, role: "other" }));
  const script = Array.from({ length: STEPS }, (_, i) => ({
    kind: "inject",
    from: `p${i % 8}`,
    to: `p${(i + 1 + (i % 5)) % 8}`,
    message: { label: `Message ${i + 1}` },
  }));
  const variants = [{ id: "main", title: "Main", script }];
  return JSON.stringify({ format: "callflow", version: 1, title: "Long", scenario: { participants }, variants });
}

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "callflow-canvas-"));
  const file = join(folder, "long.flow.json");
  writeFileSync(file, longFlow());
  launched = await launchApp({ args: [file] });
  page = launched.page;
  await expect(page.locator(".transport-position")).toHaveText(`Start of ${STEPS} steps`);
});

test.afterAll(async () => {
  await launched?.close();
  rmSync(folder, { recursive: true, force: true });
});

const rows = () => page.locator(".row").count();
const scrollTop = () => page.locator(".canvas").evaluate((canvas) => canvas.scrollTop);
const zoom = async () => Number.parseInt((await page.locator(".transport-percent").textContent()) ?? "", 10);

test("V16 of 5,000 steps only those in sight are in the page, at every place", async () => {
  const canvas = page.locator(".canvas");
  for (const place of [0, 0.3, 0.7, 1]) {
    await canvas.evaluate((element, share) => {
      element.scrollTop = share * (element.scrollHeight - element.clientHeight);
    }, place);
    await expect.poll(rows).toBeLessThan(120);
    expect(await rows()).toBeGreaterThan(10);
  }
  await expect(page.locator(`.row[data-step="${STEPS - 1}"]`)).toHaveCount(1);
  const elements = await page.evaluate(() => document.querySelectorAll("*").length);
  expect(elements).toBeLessThan(3000);
});

test("V19 the canvas goes where the player goes, and stays where a person scrolls", async () => {
  await page.locator(".canvas").focus();
  await page.keyboard.type("2500");
  await page.keyboard.press("Enter");
  await expect(page.locator('.row[data-phase="current"]')).toBeVisible();
  await expect(page.locator(".caption-label")).toHaveText("Message 2500");
  await page.keyboard.press("Space");
  await page.locator(".canvas").hover();
  await page.mouse.wheel(0, -4000);
  await expect(page.locator(".back-to-step")).toBeVisible();
  const scrolled = await scrollTop();
  await page.waitForTimeout(1500);
  expect(await scrollTop()).toBe(scrolled);
  await page.locator(".back-to-step").click();
  await expect(page.locator('.row[data-phase="current"]')).toBeVisible();
  await page.keyboard.press("Space");
});

test("V17, V18 Ctrl and wheel zoom at the pointer, from 10 % to 400 %", async () => {
  const box = await page.locator(".canvas").boundingBox();
  if (box === null) throw new Error("The canvas is not drawn.");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const under = () =>
    page.evaluate(([x, y]) => document.elementFromPoint(x, y)?.closest("[data-step]")?.getAttribute("data-step"), [
      box.x + box.width / 2,
      box.y + box.height / 2,
    ] as const);
  await page.keyboard.press("0");
  await expect.poll(zoom).toBe(100);
  const before = await under();
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -120);
  await expect.poll(zoom).toBeGreaterThan(110);
  expect(await under()).toBe(before);
  for (let i = 0; i < 12; i++) await page.mouse.wheel(0, -120);
  await expect.poll(zoom).toBe(400);
  for (let i = 0; i < 30; i++) await page.mouse.wheel(0, 120);
  await page.keyboard.up("Control");
  await expect.poll(zoom).toBe(10);
  expect(await rows()).toBeLessThan(700);
  await page.keyboard.press("0");
  await expect.poll(zoom).toBe(100);
});

test("dragging the background moves the picture and goes to no step", async () => {
  await page.keyboard.press("Home");
  const box = await page.locator(".canvas").boundingBox();
  if (box === null) throw new Error("The canvas is not drawn.");
  await page.mouse.move(box.x + 300, box.y + 400);
  await page.mouse.down();
  await page.mouse.move(box.x + 300, box.y + 200, { steps: 5 });
  await page.mouse.up();
  await expect.poll(scrollTop).toBeGreaterThan(150);
  await expect(page.locator(".transport-position")).toHaveText(`Start of ${STEPS} steps`);
});

/** Drops a file on the window, as the page sees it. */
function drop(name: string, text: string): Promise<void> {
  return page.evaluate(
    ([name, text]) => {
      const data = new DataTransfer();
      data.items.add(new File([text], name, { type: "application/json" }));
      document.querySelector(".stage")?.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true }));
    },
    [name, text] as const,
  );
}

test("V13 a file that is no flow is told in one sentence, and the flow stays", async () => {
  await drop("broken.flow.json", "{ this is not JSON");
  await expect(page.getByRole("alert")).toContainText("broken.flow.json");
  await expect(page.locator(".transport-position")).toHaveText(`Start of ${STEPS} steps`);
  await page.getByRole("button", { name: "Dismiss" }).click();
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("a script that cannot go on is shown up to there, with the place", async () => {
  const participants = ["a", "b"].map((id) => ({ id, name: `Participant ${id}`, role: "other" }));
  const script = [
    { kind: "inject", from: "a", to: "b", message: { label: "Hello" } },
    { kind: "deliver", hop: "b>a NEVER#1" },
  ];
  const variants = [{ id: "main", title: "Main", script }];
  const flow = { format: "callflow", version: 1, title: "Diverged", scenario: { participants }, variants };
  await drop("diverged.flow.json", JSON.stringify(flow));
  await expect(page.locator(".banner-warning")).toContainText("NEVER#1 from Participant b to Participant a");
  await expect(page.locator(".transport-position")).toHaveText("Start of 1 step");
});

test("the network stands beside or in place of the sequence, and the transport stays", async () => {
  const pick = async (name: string) => {
    await page.getByRole("button", { name: "Network view" }).click();
    await page.getByRole("menuitemradio", { name }).click();
  };
  await pick("In place of the sequence");
  await expect(page.locator(".canvas")).toHaveCount(0);
  await page.keyboard.press("ArrowRight");
  await expect(page.locator(".transport-position")).toHaveText("Step 1 of 1");
  await pick("Beside the sequence");
  await expect(page.locator('.row[data-phase="current"]')).toHaveCount(1);
  await pick("Not shown");
  await expect(page.locator(".canvas")).toBeVisible();
});

test("closing the last flow leaves an invitation, and the library opens the next", async () => {
  // Flows that were opened before this test may stand beside the one that is shown.
  await expect(async () => {
    await launched.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.send(
        "callflow:event",
        "command",
        JSON.stringify({ id: "file.close" }),
      ),
    );
    await expect(page.getByRole("heading", { name: "Open a call flow" })).toBeVisible({ timeout: 1000 });
  }).toPass();
  await page
    .getByRole("option", { name: /CPM 1-1 Session/ })
    .first()
    .click();
  await expect(page.locator(".row[data-step]").first()).toBeVisible();
});

test("everything fits into 1024 × 640", async () => {
  await launched.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1024, 640));
  await expect.poll(() => page.evaluate(() => innerWidth)).toBe(1024);
  const outside = await page.evaluate(() =>
    [...document.querySelectorAll(".toolbar button, .transport button, .toolbar label, .scrubber")]
      .filter((element) => {
        const { left, right, bottom, width } = element.getBoundingClientRect();
        return width > 0 && (left < 0 || right > innerWidth || bottom > innerHeight);
      })
      .map((element) => element.outerHTML.slice(0, 120)),
  );
  expect(outside).toEqual([]);
  // Nothing but the picture is scrolled sideways, the library open too.
  if ((await page.locator(".library").count()) === 0) await choose(launched.app, "file.library");
  await expect(page.locator(".library")).toBeVisible();
  const wide = await page.evaluate(() =>
    [...document.querySelectorAll("body *")]
      .filter(
        (element) =>
          !element.matches(".canvas") &&
          element.scrollWidth > element.clientWidth + 1 &&
          ["auto", "scroll"].includes(getComputedStyle(element).overflowX),
      )
      .map((element) => element.outerHTML.slice(0, 120)),
  );
  expect(wide).toEqual([]);
});

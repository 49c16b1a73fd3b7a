import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { type LaunchedApp, launchApp } from "./launch.ts";
import { choose } from "./menu.ts";

// Figures and documents that the app wrote, opened again: dropped on the window and by the dialog. And the form of a change
// request, as it comes out. Each test goes on from the one before.

test.describe.configure({ mode: "serial" });

let launched: LaunchedApp;
let page: Page;
/** What the flow is called. */
let shown = "";
const folder = mkdtempSync(join(tmpdir(), "callflow-carriers-"));
const endings = ["svg", "png", "pdf", "docx", "pptx"];
const file = (ending: string) => join(folder, `figure.${ending}`);

test.beforeAll(async () => {
  launched = await launchApp();
  page = launched.page;
  await expect(page.locator(".row[data-step]").first()).toBeVisible();
});
test.afterAll(async () => {
  await launched?.close();
  rmSync(folder, { recursive: true, force: true });
});

const title = () => page.getByRole("heading", { level: 1 });
const notice = () => page.getByRole("status", { name: "Done" });
const problem = () => page.locator(".banner-danger");

/** Exports by the menu into this file. */
async function write(format: string, path: string): Promise<void> {
  await launched.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, path);
  await choose(launched.app, `file.export.${format}`);
  await expect.poll(() => existsSync(path), { timeout: 20_000 }).toBe(true);
}

/** Drops a file of the disk on the window: one that the page was given by an input has its path. */
async function drop(path: string): Promise<void> {
  await page.evaluate(() => {
    const input = document.createElement("input");
    input.type = "file";
    input.id = "dropped";
    document.body.append(input);
  });
  await page.locator("#dropped").setInputFiles(path);
  await page.locator("#dropped").evaluate((input: HTMLInputElement) => {
    const data = new DataTransfer();
    const given = input.files?.[0];
    if (given !== undefined) data.items.add(given);
    for (const type of ["dragenter", "dragover", "drop"])
      document
        .querySelector(".stage")
        ?.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
    input.remove();
  });
}

/** Opens a file by the menu. */
async function open(path: string): Promise<void> {
  await launched.app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
  }, path);
  await choose(launched.app, "file.open");
}

/** The flow that is open is in no file yet, as its name in the window's says. */
const isNew = () => expect.poll(() => page.title()).toMatch(/^• /);

async function closeFlow(): Promise<void> {
  await launched.app.evaluate(({ dialog }) => {
    dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false });
  });
  await choose(launched.app, "file.close");
  await expect(page.getByRole("heading", { name: "Open a call flow" })).toBeVisible();
}

test("EX20 pictures and documents open as the flow that they show, dropped and by the dialog", async () => {
  test.setTimeout(120_000);
  shown = (await title().textContent()) ?? "";
  for (const ending of endings) await write(ending, file(ending));
  for (const ending of endings) {
    for (const way of [drop, open]) {
      await way(file(ending));
      await isNew();
      await expect(title()).toHaveText(shown);
      await expect(problem()).toHaveCount(0);
      await closeFlow();
    }
  }
});

test("EX21 one that was changed by hand says so, and opens all the same", async () => {
  test.setTimeout(120_000);
  const inZip = (path: string, part: RegExp, from: string, to: string) => {
    const parts = unzipSync(readFileSync(path));
    const name = Object.keys(parts).find((one) => part.test(one)) ?? "";
    const text = strFromU8(parts[name] ?? new Uint8Array());
    expect(text).toContain(from);
    writeFileSync(path, zipSync({ ...parts, [name]: strToU8(text.replaceAll(from, to)) }));
  };
  const changes: readonly (readonly [string, (path: string) => void])[] = [
    ["svg", (path) => writeFileSync(path, readFileSync(path, "utf8").replaceAll("ALERTING", "RINGING"))],
    ["pptx", (path) => inZip(path, /slides\/slide4\.xml$/, "Conversation", "Chat")],
  ];
  for (const [ending, change] of changes) {
    change(file(ending));
    for (const way of [drop, open]) {
      await way(file(ending));
      await isNew();
      await expect(title()).toHaveText(shown);
      await expect(problem()).toContainText("was changed since Callflow wrote it");
      await closeFlow();
    }
  }
  writeFileSync(file("svg"), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await drop(file("svg"));
  await expect(page.getByRole("alert")).toContainText("figure.svg");
  await open(resolve("flows/cpm/group-invitation.flow.json"));
  await expect(title()).toHaveText(shown);
});

test("EX24 an export by the menu says that the file is written", async () => {
  await write("md", file("md"));
  await expect(notice()).toHaveText("“figure.md” is written.");
});

test("EX35 what the form of a change request says stands in the exported one", async () => {
  const button = page.getByRole("navigation", { name: "Panels" }).getByRole("button", { name: "Change Request" });
  await button.click();
  const panel = page.getByRole("complementary", { name: "Change Request" });
  const fill = async (label: string, text: string) => {
    const field = panel.getByLabel(label, { exact: true });
    await field.fill(text);
    await field.blur();
  };
  await fill("a) Justification", "A late answer is not described; see step 12.");
  await fill("b) Clauses affected", "7.1.2");
  await fill("2 Impact on backward compatibility", "None for clients of version 2.1.");
  await fill("5 Recommendation", "Agree to the change.");
  await panel.getByRole("button", { name: "Add a change" }).click();
  const change = panel.getByLabel("Title", { exact: true }).last();
  await change.fill("Describe the late answer");
  await change.blur();
  await write("cr", file("cr.docx"));
  const xml = strFromU8(unzipSync(readFileSync(file("cr.docx")))["word/document.xml"] ?? new Uint8Array());
  const text = xml.replace(/<w:instrText[^>]*>[^<]*<\/w:instrText>/g, "").replace(/<[^>]+>/g, "");
  for (const said of [
    "A late answer is not described; see step 12.",
    "7.1.2",
    "None for clients of version 2.1.",
    "Agree to the change.",
    "Describe the late answer",
  ])
    expect(text).toContain(said);
});

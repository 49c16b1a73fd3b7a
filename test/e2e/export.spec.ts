import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { type LaunchedApp, launchApp } from "./launch.ts";
import { choose } from "./menu.ts";

// The export dialog, in the real app. Each test goes on from the one before.

test.describe.configure({ mode: "serial" });

let launched: LaunchedApp;
let page: Page;
const folder = mkdtempSync(join(tmpdir(), "callflow-export-"));

test.beforeAll(async () => {
  launched = await launchApp();
  page = launched.page;
  await expect(page.locator(".row[data-step]").first()).toBeVisible();
  await launched.app.evaluate(({ dialog, shell }, path) => {
    dialog.showSaveDialog = async (...asked: unknown[]) => {
      const { defaultPath = "" } = asked.at(-1) as { defaultPath?: string };
      return { canceled: false, filePath: `${path}/${defaultPath}` };
    };
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
    shell.showItemInFolder = (shown) => {
      (globalThis as { shown?: string }).shown = shown;
    };
  }, folder);
});

test.afterAll(async () => {
  await launched?.close();
  rmSync(folder, { recursive: true, force: true });
});

const dialog = () => page.getByRole("dialog", { name: "Export" });
const preview = () => dialog().getByRole("region", { name: "Preview" });
const format = (name: string) => dialog().getByRole("button", { name });
const exportNow = () =>
  dialog()
    .getByRole("button", { name: /^Export/ })
    .click();

test("EX91 the dialog shows the figure, and follows its settings", async () => {
  await choose(launched.app, "file.export");
  const picture = preview().getByRole("img");
  await expect(picture).toBeVisible();
  const first = await picture.getAttribute("src");
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(300);
  await dialog().getByLabel("Colours").selectOption("dark");
  await expect(picture).not.toHaveAttribute("src", first ?? "");
});

test("EX98 a figure is what is on the screen", async () => {
  await dialog().getByRole("button", { name: "Close" }).first().click();
  for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowRight");
  await expect(page.locator(".transport-position")).toHaveText(/^Step 3 of/);
  await choose(launched.app, "file.export");
  await dialog().getByRole("button", { name: "As on the Screen" }).click();
  await expect(dialog().getByLabel("Highlighted step")).toHaveValue("3");
  await expect(dialog().getByLabel("Later steps")).toHaveValue("pale");
  await expect(dialog().getByLabel("Colours")).toHaveValue(/light|dark/);
  await dialog().getByLabel("Colours").selectOption("dark");
});

test("EX91 a text is shown as it will be written", async () => {
  await format("Step Table (CSV)").click();
  await expect(preview()).toContainText("CPM Session Invitation");
  await expect(dialog().getByText("There is nothing to choose for this format.")).toBeVisible();
});

test("EX90, EX94 what is exported is written where the person says, and shown in its folder", async () => {
  await format("Picture (SVG)").click();
  await exportNow();
  await expect(dialog().getByRole("status")).toContainText("is written");
  const [name = ""] = readdirSync(folder);
  expect(name).toMatch(/\.svg$/);
  expect(readFileSync(join(folder, name), "utf8")).toContain("#12171f");
  await dialog().getByRole("button", { name: "Show in Folder" }).click();
  await expect
    .poll(() => launched.app.evaluate(() => (globalThis as { shown?: string }).shown))
    .toBe(join(folder, name));
});

test("EX92 several formats of all variants go into a folder", async () => {
  const before = readdirSync(folder).length;
  await dialog().getByRole("checkbox", { name: "Write Text (Markdown)" }).check();
  await dialog().getByLabel("Of what documents are made").selectOption("variants");
  await exportNow();
  await expect(dialog().getByRole("status")).toContainText("files are written");
  const written = readdirSync(folder);
  expect(written.length - before).toBeGreaterThanOrEqual(4);
  expect(written.some((name) => name.includes("(2)"))).toBe(true);
});

test("EX0 nothing that assistive technology could not use", async () => {
  const { violations } = await new AxeBuilder({ page }).include("[role=dialog]").setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
});

test("EX90 the choices are there again", async () => {
  await dialog().getByRole("button", { name: "Close" }).first().click();
  await expect(dialog()).toHaveCount(0);
  await choose(launched.app, "file.export");
  await expect(dialog().getByRole("checkbox", { name: "Write Text (Markdown)" })).toBeChecked();
  await format("Picture (SVG)").click();
  await expect(dialog().getByLabel("Colours")).toHaveValue("dark");
});

/** What the next question for a file is answered with. */
const answerWith = (path: string) =>
  launched.app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
  }, path);

const documentIn = (path: string) => strFromU8(unzipSync(readFileSync(path))["word/document.xml"] ?? new Uint8Array());

/** Only this format is written, under this name. */
async function only(title: string, file: string): Promise<string> {
  await format(title).click();
  await dialog()
    .getByRole("checkbox", { name: `Write ${title}` })
    .check();
  const ticked = dialog().getByRole("checkbox", { checked: true, name: /^Write/ });
  const names = await ticked.evaluateAll((boxes) => boxes.map((box) => box.getAttribute("aria-label") ?? ""));
  for (const name of names.filter((one) => one !== `Write ${title}`))
    await dialog().getByRole("checkbox", { name, exact: true }).uncheck();
  await format(title).click();
  const path = join(folder, file);
  await launched.app.evaluate(({ dialog: native }, filePath) => {
    native.showSaveDialog = async (...asked: unknown[]) => {
      (globalThis as { suggested?: string }).suggested = (asked.at(-1) as { defaultPath?: string }).defaultPath ?? "";
      return { canceled: false, filePath };
    };
  }, path);
  return path;
}

test("EX96 a change request against a flow in a file has revisions", async () => {
  const flow = JSON.parse(readFileSync("flows/cpm/group-invitation.flow.json", "utf8"));
  const base = join(folder, "before.flow.json");
  writeFileSync(base, JSON.stringify({ ...flow, introduction: "What it said before." }));
  const path = await only("Change Request (Word)", "against.docx");
  await answerWith(base);
  await dialog().getByRole("button", { name: "Choose a file: Changes since" }).click();
  await expect(dialog().getByLabel("Changes since", { exact: true })).toHaveValue("before.flow.json");
  await exportNow();
  await expect(dialog().getByRole("status")).toContainText("is written");
  expect(documentIn(path)).toMatch(/<w:del [^>]*>.*What it said before\./s);
  // What is no flow is said at the field.
  writeFileSync(join(folder, "nothing.json"), "[]");
  await answerWith(join(folder, "nothing.json"));
  await dialog().getByRole("button", { name: "Choose a file: Changes since" }).click();
  await expect(dialog().getByRole("alert")).toContainText("nothing.json");
  await dialog().getByLabel("Changes since", { exact: true }).selectOption("");
});

test("EX95 several flows go into one document: open ones, and files", async () => {
  const path = await only("Figure and Steps (Word)", "together.docx");
  await dialog().getByLabel("Of what documents are made").selectOption("together");
  const list = dialog().getByRole("group", { name: /^In one document/ });
  await answerWith(resolve("flows/sip/busy.flow.json"));
  await list.getByRole("button", { name: "Add a File…" }).click();
  await expect(list.getByRole("checkbox", { name: "busy.flow.json" })).toBeChecked();
  await exportNow();
  await expect(dialog().getByRole("status")).toContainText("is written");
  const xml = documentIn(path);
  const { title } = JSON.parse(readFileSync("flows/sip/busy.flow.json", "utf8"));
  expect(xml.match(/w:name="Callflow_/g)).toHaveLength(2);
  expect(xml).toContain(title);
  // A picture cannot hold several: then what is shown is exported.
  await dialog().getByRole("checkbox", { name: "Write Picture (SVG)" }).check();
  await expect(dialog().getByLabel("Of what documents are made")).toHaveValue("variant");
  await dialog().getByRole("checkbox", { name: "Write Picture (SVG)" }).uncheck();
  await dialog().getByLabel("Of what documents are made").selectOption("variant");
});

test("EX45, EX97 a document is brought up to date, or says why not", async () => {
  const path = await only("Figure and Steps (Word)", "again.docx");
  await answerWith(join(folder, "together.docx"));
  await dialog().getByRole("button", { name: "Choose: Update the flow in" }).click();
  await expect(dialog().getByRole("button", { name: "Choose: Update the flow in" })).toHaveText("together.docx");
  await exportNow();
  await expect(dialog().getByRole("status")).toContainText("is written");
  expect(await launched.app.evaluate(() => (globalThis as { suggested?: string }).suggested)).toMatch(
    /together\.docx$/,
  );
  const words = (document: string) => documentIn(document).replace(/<[^>]*>/g, "\n");
  expect(words(path) === words(join(folder, "together.docx"))).toBe(true);
  // Edited by hand.
  const parts = unzipSync(readFileSync(path));
  const xml = documentIn(path).replace("ALERTING", "SHOUTING");
  writeFileSync(join(folder, "edited.docx"), zipSync({ ...parts, "word/document.xml": strToU8(xml) }));
  await answerWith(join(folder, "edited.docx"));
  await dialog().getByRole("button", { name: "Choose: Update the flow in" }).click();
  await exportNow();
  await expect(dialog().getByRole("alert")).toContainText("SHOUTING");
});

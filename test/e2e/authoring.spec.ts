import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { appWithFirstFlow } from "./launch.ts";
import { choose } from "./menu.ts";
import { dropFlow, pictureOf } from "./picture.ts";

// A flow written from nothing, and a computed one changed, by mouse and keyboard in the real app.

test.describe.configure({ mode: "serial" });

let page: Page;
let picture: ReturnType<typeof pictureOf>;
const folder = mkdtempSync(join(tmpdir(), "callflow-authoring-"));

const launched = appWithFirstFlow((opened) => {
  page = opened;
  picture = pictureOf(page);
});

test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

const names = (list: readonly string[]) => list.map((name) => name.trim());
const count = (steps: number) => expect(page.locator(".transport-position")).toContainText(`of ${steps}`);
const undo = () => choose(launched.app, "edit.undo");
const why = () => page.getByRole("region", { name: "What the rules would have done" });

/** The document as it would be saved now. */
let copies = 0;
async function saved(): Promise<unknown> {
  const filePath = join(folder, `copy-${++copies}.flow.json`);
  await launched.app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: path });
  }, filePath);
  await choose(launched.app, "file.saveAs");
  await expect(page).toHaveTitle(`copy-${copies}.flow.json – Callflow`);
  return JSON.parse(readFileSync(filePath, "utf8"));
}

const clickStep = (step: number, button: "left" | "right" = "left") =>
  page.locator(`.row[data-step="${step - 1}"] .row-hit`).click({ button, position: { x: 4, y: 8 } });

/** Opens the picture for editing, all of it in sight. */
async function startEditing(): Promise<void> {
  await choose(launched.app, "view.fitPage");
  await picture.work();
}

async function openFlow(title: string, participants: readonly string[]): Promise<void> {
  await dropFlow(page, title, participants);
  await startEditing();
}

test("I27–I29: the second ALERTING of a group invitation is routed on; accepted, reverted, undone", async () => {
  const before = await saved();
  await startEditing();
  await count(19);
  const end = await picture.tip(12);
  await picture.drag(end, { x: await picture.lifeline("SIP/IP Core X"), y: end.y });
  // The engine goes on from it: Core X passes the ALERTING on.
  await count(21);
  await expect(picture.label(14)).toHaveText("ALERTING response");
  await expect(page.locator('.row[data-step="13"]')).not.toHaveAttribute("data-authored", "true");
  await choose(launched.app, "view.why");
  await clickStep(13);
  await expect(why()).toContainText("once, and it has been sent before");
  // What the rules send is told with the step above its place.
  await clickStep(12);
  await expect(why()).toContainText(
    "The rules send “ALERTING response” from SIP/IP Core B to CPM Conversation Server B",
  );
  await expect(why()).toContainText("CORE-ALERT-MORE");
  await expect(why()).toContainText("Source:");
  const mark = page.locator(".editor-withheld");
  await expect(mark).toHaveCount(1);
  await why()
    .getByRole("button", { name: /^Accept/ })
    .click();
  await expect(why()).toContainText("Accepted");
  await expect(mark).toHaveCount(0);
  await expect(page.locator('.row[data-step="12"]')).not.toHaveAttribute("data-authored", "true");
  await undo();
  await expect(mark).toHaveCount(1);
  await mark.click();
  await page.getByRole("menuitem", { name: "Revert to the Rules" }).click();
  await count(19);
  await undo();
  await count(21);
  await undo();
  await count(19);
  expect(await saved()).toEqual(before);
});

test("I10, I11: the beginning of a group invitation is drawn from nothing, with names by completion", async () => {
  const [cf, coreX, coreB, pf, b1, b2] = ["Controlling", "Core X", "Core B", "Participating", "Client B1", "Client B2"];
  const all = [cf, coreX, coreB, pf, b1, b2] as string[];
  await openFlow("Drawn", all);
  const invite = ["CPM Session Inv", "CPM Session Invitation"] as const;
  const alert = ["alert", "ALERTING response"] as const;
  const wanted = [
    [cf, coreX, invite],
    [coreX, coreB, invite],
    [coreB, pf, invite],
    [pf, coreB, invite],
    [coreB, b1, invite],
    [coreB, b2, invite],
    [b1, coreB, alert],
    [coreB, pf, alert],
    [pf, coreB, alert],
    [coreB, coreX, alert],
    [coreX, cf, alert],
  ] as const;
  const field = page.getByRole("combobox", { name: "Message" });
  for (const [i, [from, to, [typed, name]]] of wanted.entries()) {
    const y = await picture.below(i);
    await picture.drag({ x: await picture.lifeline(from ?? ""), y }, { x: await picture.lifeline(to ?? ""), y });
    await expect(field).toBeFocused();
    await field.fill(typed);
    await page.getByRole("option", { name, exact: true }).click();
    await count(i + 1);
    await expect(page.locator(`.row[data-step="${i}"]`)).toHaveAttribute(
      "data-line",
      name === "ALERTING response" ? "dashed" : "solid",
    );
  }
  const drawn = await page.locator(".row[data-step] .label").allTextContents();
  expect(names(drawn).sort()).toEqual(wanted.map(([, , [, name]]) => name).sort());
  // Tab finishes a message and begins the next one.
  await clickStep(11);
  await page.locator(".canvas").focus();
  await page.keyboard.press("n");
  await field.fill("OK response");
  await page.keyboard.press("Tab");
  await count(12);
  await expect(field).toBeFocused();
  await page.keyboard.press("Escape");
  for (let i = 0; i < 12; i++) await undo();
  await expect(page.locator(".row[data-step]")).toHaveCount(0);
});

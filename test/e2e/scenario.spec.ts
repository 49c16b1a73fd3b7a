import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { appWithFirstFlow } from "./launch.ts";
import { choose } from "./menu.ts";

// A new flow and the forms of its scenario, in the real app. Each test goes on from the one before.

test.describe.configure({ mode: "serial" });

let page: Page;
const launched = appWithFirstFlow((opened) => {
  page = opened;
});

const panel = () => page.getByRole("complementary", { name: "Scenario" });
const tab = (name: string) => panel().getByRole("tab", { name }).click();
const participants = () => panel().getByRole("list", { name: "Participants" });
const row = (name: string) => participants().getByRole("button", { name, exact: false }).first();
const names = async () => (await participants().locator(".thing-name").allTextContents()).map((name) => name.trim());
const undo = () => choose(launched.app, "edit.undo");

async function steps(): Promise<number> {
  const text = (await page.locator(".transport-position").textContent()) ?? "";
  return Number(/of (\d+)/.exec(text)?.[1]);
}
const settled = (count: number) => expect.poll(steps).toBe(count);
async function accessible(part: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include(part).setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
}
async function open(item: Locator): Promise<void> {
  if ((await item.getAttribute("aria-expanded")) !== "true") await item.click();
}

let fresh: readonly string[] = [];
let plain = 0;

test("SC1: a new flow is made from a template, unsaved and ready to be edited", async () => {
  await choose(launched.app, "file.new");
  const dialog = page.getByRole("dialog", { name: "New flow" });
  await dialog.getByRole("radio", { name: /CPM group session/ }).check();
  await dialog.getByLabel("Title").fill("Family");
  await dialog.getByLabel("Invited network").fill("C");
  await accessible(".dialog");
  await dialog.getByLabel("Title").press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Family");
  await expect(page).toHaveTitle("• Family – Callflow");
  await expect(page.locator(".editor")).toBeVisible();
  await choose(launched.app, "view.scenario");
  await expect(row("CPM Client C2")).toBeVisible();
  fresh = await names();

  plain = await steps();
});

test("SC10: a client is added; without the media offered it gets no invitation", async () => {
  await panel().getByRole("button", { name: "Add a participant" }).click();
  const form = panel().getByRole("form", { name: "New participant" });
  await expect(form.getByLabel("Name")).toHaveValue("CPM Client C3");
  await form.getByLabel("Name").press("Enter");
  await expect(row("CPM Client C3")).toHaveAttribute("aria-expanded", "true");
  await expect.poll(steps).toBeGreaterThan(plain);
  await accessible(".scenario");
  await participants().getByLabel("Media Stream Types", { exact: true }).last().selectOption("audio");
  await settled(plain);
  await expect(row("CPM Client C3")).toContainText("audio");
});

test("SC34: a bad combination of options is said at its field and goes once it is put right", async () => {
  await tab("Options");
  await panel()
    .getByRole("radio", { name: /^A proxy/ })
    .check();
  const forking = panel().getByRole("group", { name: "Forking" });
  await expect(forking).toContainText("has nothing left to cancel");
  await expect(page.getByRole("alert")).toContainText("has nothing left to cancel");
  await accessible(".scenario");
  await forking.getByRole("radio", { name: /core forks and cancels/ }).check();
  await expect(forking).not.toContainText("has nothing left to cancel");
  await expect(page.getByRole("alert")).toHaveCount(0);
  await expect(panel().getByRole("tab", { name: "Options" })).toHaveText("Options");
});

test("SC11: participants are renamed everywhere, and put in order by keyboard and by dragging", async () => {
  await tab("Participants");
  await open(row("CPM Client C2"));
  const name = participants().getByRole("textbox", { name: "Name" });
  await name.fill("Tablet");
  await name.press("Enter");
  await expect(page.locator(".canvas-heads")).toContainText("Tablet");
  await row("Tablet").click();
  await row("Tablet").press("Alt+ArrowUp");
  await expect.poll(names).toEqual([...fresh.slice(0, -2), "Tablet", "CPM Client C1", "CPM Client C3"]);
  await expect(row("Tablet")).toBeFocused();
  await participants()
    .locator(".thing", { hasText: "CPM Client C3" })
    .locator(".thing-grip")
    .dragTo(participants().locator(".thing", { hasText: "Tablet" }));
  await expect.poll(names).toEqual([...fresh.slice(0, -2), "CPM Client C3", "Tablet", "CPM Client C1"]);
});

test("SC20–SC23: one that is taken out is missed where it is named, and can be put back or replaced", async () => {
  const missing = panel().getByRole("region", { name: "Missing participants" });
  await participants().getByRole("button", { name: "Remove CPM Client C1" }).click();
  await expect(missing).toContainText("CPM Client C1 is not a participant any more");
  await expect(page.getByText(/script cannot go on/)).toBeVisible();
  await accessible(".scenario");
  await missing.getByRole("button", { name: "Put it back" }).click();
  await expect(missing).toHaveCount(0);
  await expect.poll(names).toEqual([...fresh.slice(0, -2), "CPM Client C3", "Tablet", "CPM Client C1"]);

  await participants().getByRole("button", { name: "Remove CPM Client C1" }).click();
  await missing.getByRole("combobox").selectOption({ label: "Tablet" });
  await expect(missing).toHaveCount(0);
  await expect(page.getByText(/script cannot go on/)).toHaveCount(0);
  await tab("Turns");
  await expect(panel().getByRole("list", { name: "Turns" })).toContainText("Tablet accepts");

  await undo();
  await page
    .getByRole("button", { name: /^Leave out/ })
    .first()
    .click();
  await expect(page.getByText(/script cannot go on/)).toHaveCount(0);
  await expect(missing).toHaveCount(0);
  await expect(panel().getByRole("list", { name: "Turns" }).locator(".thing")).toHaveCount(1);
  await accessible(".scenario");
});

test("SC30: users, sessions and the head of the flow have their forms", async () => {
  await tab("Users");
  await panel().getByRole("button", { name: "Add a policy" }).click();
  await accessible(".scenario");
  await tab("Sessions");
  await panel().getByRole("list", { name: "Invitations" }).getByRole("button").first().click();
  await panel().getByLabel("Group", { exact: true }).fill("Friends");
  // What is being typed is taken over when another part is shown.
  await tab("Flow");
  await panel().getByLabel("Clause").fill("C.9");
  await panel().getByLabel("Clause").press("Enter");
  await accessible(".scenario");
  await expect(page.locator(".toolbar-title")).toContainText("C.9");
  await tab("Sessions");
  await expect(panel().getByRole("list", { name: "Invitations" })).toContainText("Friends");
});

test("ED5: all of it is undone", async () => {
  const last = () =>
    launched.app.evaluate(({ Menu }) => {
      return Menu.getApplicationMenu()?.getMenuItemById("edit.undo")?.label;
    });
  await page.locator(".canvas").focus();
  for (let times = 0; (await last()) !== "Undo" && times < 40; times++) {
    const before = await last();
    await undo();
    await expect.poll(last).not.toBe(before);
  }
  await tab("Participants");
  await expect.poll(names).toEqual(fresh);
  await settled(plain);
});

test("SC36: of a long list only the rows in sight are in the page", async () => {
  await choose(launched.app, "file.new");
  const dialog = page.getByRole("dialog", { name: "New flow" });
  await dialog.getByRole("spinbutton", { name: "Participants" }).fill("200");
  await dialog.getByRole("button", { name: "Create" }).click();
  await expect(row("Participant 1")).toBeVisible();
  expect(await participants().locator(".thing").count()).toBeLessThan(60);
  await row("Participant 1").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(row("Participant 3")).toBeFocused();
  await accessible(".scenario");
});

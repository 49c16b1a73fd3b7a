import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { appWithFirstFlow } from "./launch.ts";
import { choose } from "./menu.ts";

// Work on the picture by mouse and keyboard, in the real app.

let page: Page;
const launched = appWithFirstFlow(async (opened) => {
  page = opened;
  await choose(launched.app, "view.fitPage");
});

const label = (step: number) => page.locator(`.row[data-step="${step - 1}"] .label`);
const labels = async () => {
  const rows = await page
    .locator(".row[data-step]")
    .evaluateAll((all) =>
      all.map(
        (row) => [Number((row as SVGElement).dataset.step), row.querySelector(".label")?.textContent ?? ""] as const,
      ),
    );
  return rows.sort(([a], [b]) => a - b).map(([, text]) => text);
};
const steps = (count: number) => expect(page.locator(".transport-position")).toContainText(`${count}`);

/** Places on the screen: of a lifeline, and of the lower edge of a step. */
async function lifeline(name: string): Promise<number> {
  const box = await page
    .locator(".canvas-heads .head", { has: page.locator("title", { hasText: name }) })
    .first()
    .locator("rect")
    .boundingBox();
  if (box === null) throw new Error(`no lifeline ${name}`);
  return box.x + box.width / 2;
}
async function below(step: number): Promise<number> {
  const box = await page.locator(`.row[data-step="${step - 1}"] .row-hit`).boundingBox();
  if (box === null) throw new Error(`no step ${step}`);
  return box.y + box.height - 2;
}
async function drag(from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2);
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
}
async function tip(step: number): Promise<{ x: number; y: number }> {
  const box = await page.locator(`.row[data-step="${step - 1}"] .arrow-tip`).boundingBox();
  if (box === null) throw new Error(`no arrow ${step}`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

test("I10: a message is drawn from lifeline to lifeline, named from the catalogue, and undone", async () => {
  const before = await labels();
  await page.locator(".canvas").focus();
  await page.keyboard.press("e");
  await expect(page.locator(".editor")).toBeVisible();
  const y = await below(11);
  await drag({ x: await lifeline("CPM Client B2"), y }, { x: await lifeline("SIP/IP Core B"), y });
  const field = page.getByRole("combobox", { name: "Message" });
  await expect(field).toBeFocused();
  await field.fill("alert");
  await expect(page.getByRole("option", { name: "ALERTING response" })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await steps(20);
  await expect(page.locator(".transport-position")).toHaveText("Step 12 of 20");
  await expect(page.locator('.row[data-step="11"]')).toHaveAttribute("data-authored", "true");
  // The numbers of what comes after follow, in the prose too.
  await expect(page.getByRole("article", { name: "Prose" })).toContainText("20.");
  await choose(launched.app, "edit.undo");
  await steps(19);
  expect(await labels()).toEqual(before);
});

test("I11: a computed message is changed; the rules take over again when that is reverted", async () => {
  await page.keyboard.press("Escape");
  await page.locator('.row[data-step="11"] .row-hit').click({ position: { x: 4, y: 8 } });
  await choose(launched.app, "edit.name");
  const field = page.getByRole("combobox", { name: "Name of step 12" });
  await field.fill("BUSY response");
  await page.keyboard.press("Enter");
  await expect(label(12)).toHaveText("BUSY response");
  await page.locator('.row[data-step="11"] .row-hit').click({ button: "right", position: { x: 4, y: 8 } });
  await page.getByRole("menuitem", { name: "Revert to the Rules" }).click();
  await expect(label(12)).toHaveText("ALERTING response");
  await choose(launched.app, "edit.undo");
  await expect(label(12)).toHaveText("BUSY response");
  await choose(launched.app, "edit.undo");
  await expect(label(12)).toHaveText("ALERTING response");
});

test("I12: what is deleted does not happen, with all that comes of it; undo brings it back", async () => {
  const before = await labels();
  await page.locator('.row[data-step="4"] .row-hit').click({ position: { x: 4, y: 8 } });
  await page.locator(".canvas").focus();
  await page.keyboard.press("Delete");
  // Without its invitation the first client neither rings nor answers.
  const answers = async () => (await labels()).filter((text) => text === "OK response").length;
  await expect.poll(answers).toBe(0);
  await choose(launched.app, "edit.undo");
  await expect.poll(labels).toEqual(before);
});

test("I13: a flow of one's own is drawn, re-routed, re-ordered, copied and taken back", async () => {
  const empty = {
    format: "callflow",
    version: 1,
    title: "Own",
    scenario: { participants: ["A", "B", "C"].map((id) => ({ id, name: `Node ${id}`, role: "other" })) },
    variants: [{ id: "main", title: "Main", script: [] }],
  };
  const text = JSON.stringify(empty);
  await page.evaluate(async (content) => {
    const data = new DataTransfer();
    data.items.add(new File([content], "own.flow.json", { type: "application/json" }));
    const target = document.querySelector(".stage");
    for (const type of ["dragenter", "dragover", "drop"])
      target?.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
  }, text);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Own");
  await choose(launched.app, "view.fitPage");
  if ((await page.locator(".editor").count()) === 0) await page.keyboard.press("e");

  // By keyboard: each Tab goes on with the answer.
  await page.locator(".canvas").focus();
  await page.keyboard.press("n");
  await page.getByRole("combobox", { name: "Message" }).fill("INVITE");
  await page.keyboard.press("Tab");
  await expect(label(1)).toHaveText("INVITE");
  await page.getByRole("combobox", { name: "Message" }).fill("200 OK");
  await page.keyboard.press("Tab");
  await expect(label(2)).toHaveText("200 OK");
  await page.getByRole("combobox", { name: "Message" }).fill("ACK");
  await page.keyboard.press("Enter");
  await expect(label(3)).toHaveText("ACK");
  await expect(page.locator('.row[data-step="1"]')).toHaveAttribute("data-line", "dashed");

  const arrow = await tip(2);
  await drag(arrow, { x: await lifeline("Node C"), y: arrow.y });
  await expect(page.locator(".transport")).toBeVisible();
  await page.locator('.row[data-step="1"] .row-hit').click({ position: { x: 4, y: 8 } });
  await expect(page.locator(".transport")).toContainText("Node C");

  const line = await page.locator('.row[data-step="0"] .label').boundingBox();
  if (line === null) throw new Error("no label");
  await drag({ x: line.x + line.width / 2, y: line.y + line.height / 2 }, { x: line.x, y: (await below(3)) + 4 });
  await expect(label(1)).toHaveText("200 OK");
  expect(await labels()).toEqual(["200 OK", "ACK", "INVITE"]);

  for (let i = 0; i < 5; i++) await choose(launched.app, "edit.undo");
  await expect(page.locator(".row[data-step]")).toHaveCount(0);
});

test("I40: the keys go back to the picture when a name is written, or stay where the person went", async () => {
  await page.locator(".canvas").focus();
  await page.keyboard.press("n");
  const field = page.getByRole("combobox", { name: "Message" });
  await field.fill("INVITE");
  await page.keyboard.press("Enter");
  await expect(page.locator(".canvas")).toBeFocused();
  await page.keyboard.press("n");
  await field.fill("BYE");
  const elsewhere = page.getByRole("button", { name: "Edit", exact: true });
  await elsewhere.focus();
  await expect(label(2)).toHaveText("BYE");
  await expect(elsewhere).toBeFocused();
  for (let i = 0; i < 2; i++) await choose(launched.app, "edit.undo");
  await expect(page.locator(".row[data-step]")).toHaveCount(0);
});

test("I14: the editor has no accessibility violations", async () => {
  await page.locator(".canvas").focus();
  await page.keyboard.press("n");
  await expect(page.getByRole("combobox", { name: "Message" })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  await page.keyboard.press("Escape");
});

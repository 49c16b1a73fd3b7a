import { expect, type Page, test } from "@playwright/test";
import { appWithFirstFlow } from "./launch.ts";
import { choose } from "./menu.ts";
import { dropFlow, pictureOf } from "./picture.ts";

// What is drawn by the pointer besides a message from one lifeline to another, in the real app.

test.describe.configure({ mode: "serial" });

let page: Page;
let picture: ReturnType<typeof pictureOf>;

const launched = appWithFirstFlow(async (opened) => {
  page = opened;
  picture = pictureOf(page);
  // Heads as narrow as they get: there is little room beside them.
  await dropFlow(page, "Two", ["A", "B"]);
  await picture.work();
});

const field = () => page.getByRole("combobox", { name: "Message" });
const undo = () => choose(launched.app, "edit.undo");

async function write(name: string): Promise<void> {
  await expect(field()).toBeFocused();
  await field().fill(name);
  await field().press("Enter");
}

/** Draws from A to B below a step. */
async function message(below: number, name: string): Promise<void> {
  const y = await picture.below(below);
  await picture.drag({ x: await picture.lifeline("A"), y }, { x: await picture.lifeline("B"), y });
  await write(name);
  await expect(picture.label(below + 1)).toHaveText(name);
}

test("I30: a message that is found is drawn from beside the lifelines, wherever below the last step", async () => {
  await message(0, "one");
  const a = await picture.lifeline("A");
  const head = await picture.boxOf(".canvas-heads .head rect");
  for (const down of [2, 40]) {
    const y = (await picture.below(1)) + down;
    await picture.drag({ x: a - head.width * 0.45, y }, { x: await picture.lifeline("B"), y });
    await expect(page.locator(".editor-ends select")).toHaveCount(1);
    await write("found");
    await expect(picture.label(2)).toHaveText("found");
    // From outside: its line begins left of A's lifeline.
    const arrow = await picture.boxOf('.row[data-step="1"] .arrow-line');
    expect(arrow.x).not.toBeCloseTo(a, 0);
    await undo();
    await expect(page.locator(".row[data-step]")).toHaveCount(1);
  }
});

test("I30: a message that is lost is drawn to beside the lifelines, and an arrow's end dragged there loses it", async () => {
  const y = await picture.below(1);
  const b = await picture.lifeline("B");
  await picture.drag({ x: b, y }, { x: b + 40, y });
  await expect(page.locator(".editor-ends select")).toHaveCount(1);
  await write("lost");
  await expect(picture.label(2)).toHaveText("lost");
  expect((await picture.tip(2)).x).toBeGreaterThan(b);
  await undo();
  await expect(page.locator(".row[data-step]")).toHaveCount(1);
  await picture.drag(await picture.tip(1), { x: b + 40, y: (await picture.tip(1)).y });
  await expect(picture.row(1)).toHaveAttribute("data-lost", "true");
  await undo();
  await expect(picture.row(1)).not.toHaveAttribute("data-lost", "true");
});

test("I31: an arrow whose end is dragged below the next falls", async () => {
  await message(1, "two");
  const end = await picture.tip(1);
  await picture.drag(end, { x: end.x, y: (await picture.below(2)) + 4 });
  await expect(picture.label(2)).toHaveText("one");
  const line = await picture.boxOf('.row[data-step="1"] .arrow-line');
  expect(line.height).toBeGreaterThan(10);
  await undo();
  await expect(picture.label(1)).toHaveText("one");
  await undo();
  await expect(page.locator(".row[data-step]")).toHaveCount(1);
});

test("I33: from a lifeline back to it a message to itself is drawn, also at the outermost ones", async () => {
  for (const name of ["A", "B"]) {
    const x = await picture.lifeline(name);
    const y = await picture.below(1);
    await picture.drag({ x, y }, { x: x + 18, y: y + 14 });
    await expect(page.locator(".editor-ends select")).toHaveCount(2);
    await write("check");
    await expect(picture.label(2)).toHaveText("check");
    // It goes out and comes back lower.
    expect((await picture.boxOf('.row[data-step="1"] .arrow-line')).height).toBeGreaterThan(8);
    await undo();
    await expect(page.locator(".row[data-step]")).toHaveCount(1);
  }
});

test("I13: Escape gives up what is being dragged", async () => {
  const from = await picture.tip(1);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 20, from.y);
  await page.mouse.move((await picture.lifeline("B")) + 40, from.y, { steps: 4 });
  await expect(page.locator(".editor-arrow")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(page.locator(".editor-arrow")).toHaveCount(0);
  await page.mouse.up();
  await expect(picture.row(1)).not.toHaveAttribute("data-lost", "true");
});

test("I32: a note is chosen, moved, written, coloured and deleted by the pointer, and all of it undone", async () => {
  await message(1, "two");
  const menu = async (entry: string) => {
    await page.locator('.row[data-step="0"] .row-hit').click({ button: "right", position: { x: 4, y: 6 } });
    await page.getByRole("menuitem", { name: entry, exact: true }).click();
  };
  await menu("Note Below…");
  const note = page.locator(".note");
  await page.getByRole("textbox", { name: "Note", exact: true }).fill("see step 2");
  await page.keyboard.press("Enter");
  await expect(note).toContainText("see step 2");
  const y = async () => (await picture.center(".note")).y;
  const chosen = page.locator(".editor-selected");

  // Chosen by a click; two clicks write it, and its reference stays one.
  const at = await picture.center(".note");
  await page.mouse.click(at.x, at.y);
  await expect(chosen).toHaveCount(1);
  await page.mouse.dblclick(at.x, at.y);
  const words = page.getByRole("textbox", { name: "NOTE 1" });
  await expect(words).toHaveValue("see step 2");
  await words.fill("now see step 2");
  await words.press("Enter");
  await expect(note).toContainText("now see step 2");

  // Below the second step, then over B alone.
  const second = (await picture.center('.row[data-step="1"] .label')).y;
  expect(await y()).toBeLessThan(second);
  const from = await picture.center(".note");
  await picture.drag(from, { x: from.x, y: (await picture.below(2)) + 10 });
  await expect.poll(async () => (await y()) > (await picture.center('.row[data-step="1"] .label')).y).toBe(true);
  await expect(chosen).toHaveCount(1);
  const box = await picture.boxOf(".note rect");
  await picture.drag({ x: box.x, y: box.y + 8 }, { x: await picture.lifeline("B"), y: box.y + 8 });
  await expect.poll(async () => (await picture.boxOf(".note rect")).x).toBeGreaterThan(box.x + 20);

  await page.mouse.click((await picture.center(".note")).x, await y(), { button: "right" });
  await page.getByRole("menuitem", { name: "Colour", exact: true }).focus();
  await page.keyboard.press("ArrowRight");
  await page.getByRole("menuitem", { name: "teal", exact: true }).click();
  await expect(note).toHaveAttribute("data-tint", "teal");
  await page.screenshot({ path: test.info().outputPath("note.png") });
  await page.locator(".canvas").focus();
  await page.keyboard.press("Delete");
  await expect(note).toHaveCount(0);
  await expect(page.locator(".row[data-step]")).toHaveCount(2);
  for (let i = 0; i < 5; i++) await undo();
  await expect(note).toHaveText("NOTE 1:see step 2");
  expect(await y()).toBeLessThan((await picture.center('.row[data-step="1"] .label')).y);
  await undo();
  await expect(note).toHaveCount(0);
});

test("I32: a divider is dragged to another place, and without a pointer by the menu of the step above", async () => {
  await page.locator('.row[data-step="0"] .row-hit').click({ button: "right", position: { x: 4, y: 6 } });
  await page.getByRole("menuitem", { name: "Put Below", exact: true }).focus();
  await page.keyboard.press("ArrowRight");
  await page.getByRole("menuitem", { name: "Divider", exact: true }).click();
  await page.getByRole("combobox", { name: "Divider" }).fill("later");
  await page.keyboard.press("Enter");
  const isBelow = async () =>
    (await picture.center(".divider text")).y > (await picture.center('.row[data-step="1"] .label')).y;
  await expect.poll(isBelow).toBe(false);
  const from = await picture.center(".divider text");
  await picture.drag(from, { x: from.x, y: (await picture.below(2)) + 10 });
  await expect.poll(isBelow).toBe(true);
  await page.locator('.row[data-step="1"] .row-hit').click({ button: "right", position: { x: 4, y: 6 } });
  await page.getByRole("menuitem", { name: "Divider: later", exact: true }).focus();
  await page.keyboard.press("ArrowRight");
  await page.getByRole("menuitem", { name: "Move Up", exact: true }).last().click();
  await expect.poll(isBelow).toBe(false);
});

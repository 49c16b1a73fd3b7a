import { expect, type Page, test } from "@playwright/test";
import { appWithFirstFlow } from "./launch.ts";
import { choose } from "./menu.ts";
import { dropFlow, pictureOf } from "./picture.ts";

// Fragments under the pointer, and copying with what stands beside the messages, in the real app.

test.describe.configure({ mode: "serial" });

let page: Page;
let picture: ReturnType<typeof pictureOf>;

const launched = appWithFirstFlow(async (opened) => {
  page = opened;
  picture = pictureOf(page);
  const at = (n: number) => `p0>p1 m${n}#1`;
  const script = [1, 2, 3, 4].map((n) => ({ kind: "inject", from: "p0", to: "p1", message: { label: `m${n}` } }));
  await dropFlow(page, "Fragment", ["A", "B"], {
    variants: [{ id: "main", title: "Main", script }],
    notes: [{ at: at(2), over: ["p0", "p1"], text: "Within." }],
    marks: [
      { kind: "fragment", id: "opt", operator: "opt", guard: "once", at: at(1) },
      { kind: "activation", on: "p1", event: "start", at: at(1) },
      { kind: "end", of: "opt", at: at(2) },
    ],
  });
  await picture.work();
});

const frame = () => picture.boxOf(".frame-box rect");
const undo = () => choose(launched.app, "edit.undo");
const labels = () => page.locator(".row[data-step] .label").allTextContents();
/** Whether a step is drawn within the fragment. */
const isIn = async (step: number) => {
  const { y, height } = await frame();
  const own = (await picture.center(`.row[data-step="${step - 1}"] .label`)).y;
  return own > y && own < y + height;
};

/** Chooses a step by its name. */
async function press(step: number): Promise<void> {
  const { x, y } = await picture.center(`.row[data-step="${step - 1}"] .label`);
  await page.mouse.click(x, y);
}

async function menu(step: number, ...entries: readonly string[]): Promise<void> {
  const row = page.locator(`.row[data-step="${step - 1}"] .row-hit`);
  await row.click({ button: "right", position: { x: 4, y: 6 } });
  for (const name of entries.slice(0, -1)) {
    await page.getByRole("menuitem", { name, exact: true }).focus();
    await page.keyboard.press("ArrowRight");
  }
  const last = page.getByRole("menuitem", { name: entries.at(-1) ?? "", exact: true });
  await last.last().click();
}

test("I37: the lower edge of a fragment is dragged over a further message and back, and the upper one by menu", async () => {
  const { x, y, height } = await frame();
  await picture.drag({ x: x + 20, y: y + height }, { x: x + 20, y: await picture.below(3) });
  await expect.poll(() => isIn(3)).toBe(true);
  await picture.drag({ x: x + 20, y: (await frame()).y + (await frame()).height }, { x: x + 20, y: y + 30 });
  // Not smaller than one message.
  await expect.poll(() => isIn(3)).toBe(false);
  expect(await isIn(2)).toBe(true);
  await undo();
  await undo();
  await expect.poll(() => isIn(2)).toBe(true);
  await menu(1, "Fragment: once", "Reach", "Begin a Step Earlier");
  await expect.poll(() => isIn(1)).toBe(true);
  await undo();
  await expect.poll(() => isIn(1)).toBe(false);
});

test("I39: a message is dragged out of a fragment over its edge alone, and drawn in its last place", async () => {
  const at = await picture.center('.row[data-step="1"] .label');
  const { y, height } = await frame();
  await picture.drag(at, { x: at.x, y: y + height + 8 });
  await expect.poll(() => isIn(2)).toBe(false);
  expect(await labels()).toEqual(["m1", "m2", "m3", "m4"]);
  await undo();
  await expect.poll(() => isIn(2)).toBe(true);

  await press(2);
  await page.keyboard.press("n");
  const field = page.getByRole("combobox", { name: "Message" });
  await field.fill("last");
  await field.press("Enter");
  await expect.poll(labels).toEqual(["m1", "m2", "last", "m3", "m4"]);
  await expect.poll(() => isIn(3)).toBe(true);
  await undo();
  await expect.poll(labels).toEqual(["m1", "m2", "m3", "m4"]);
});

test("I35: what was just renamed is chosen still, and deleted by key", async () => {
  await press(4);
  await page.keyboard.press("n");
  const field = page.getByRole("combobox", { name: "Message" });
  await field.fill("x");
  await field.press("Enter");
  await expect.poll(labels).toEqual(["m1", "m2", "m3", "m4", "x"]);
  const last = await picture.center('.row[data-step="4"] .label');
  await page.mouse.dblclick(last.x, last.y);
  const name = page.getByRole("combobox", { name: "Name of step 5" });
  await name.fill("y");
  await name.press("Enter");
  await expect.poll(labels).toEqual(["m1", "m2", "m3", "m4", "y"]);
  await expect(page.locator(".editor-selected")).toHaveCount(1);
  await page.keyboard.press("Delete");
  await expect.poll(labels).toEqual(["m1", "m2", "m3", "m4"]);
});

test("I36, I38: by menu a message is copied with its note, moved, and given another sender", async () => {
  await menu(2, "Copy");
  await menu(4, "Paste");
  await expect.poll(labels).toEqual(["m1", "m2", "m3", "m4", "m2"]);
  await expect(page.locator(".note")).toHaveCount(2);
  await choose(launched.app, "edit.moveUp");
  await expect.poll(labels).toEqual(["m1", "m2", "m3", "m2", "m4"]);
  await menu(5, "Way", "Turn Around");
  const b = await picture.lifeline("B");
  await expect.poll(async () => (await picture.tip(5)).x < b - 20).toBe(true);
  await menu(5, "Way", "Receiver", "B");
  await menu(1, "Start of Activity: B", "Delete Start of Activity");
  await expect(page.locator(".activation")).toHaveCount(0);
  await choose(launched.app, "edit.selectAll");
  await expect(page.locator(".editor-selected")).toHaveCount(5);
});

test("F5: what was closed is opened again", async () => {
  await page.getByRole("option", { name: /^Unsuccessful Busy/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Unsuccessful Busy");
  await choose(launched.app, "file.close");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Fragment");
  await choose(launched.app, "file.reopen");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Unsuccessful Busy");
});

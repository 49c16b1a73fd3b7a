import { expect, type Page } from "@playwright/test";

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** The picture of a page, as a hand finds its way in it. Places are of the screen. */
export function pictureOf(page: Page) {
  const boxOf = async (what: string, found = page.locator(what)) => {
    const box = await found.first().boundingBox();
    if (box === null) throw new Error(`not in sight: ${what}`);
    return box;
  };
  const center = async (what: string): Promise<Place> => {
    const { x, y, width, height } = await boxOf(what);
    return { x: x + width / 2, y: y + height / 2 };
  };
  return {
    boxOf,
    center,
    label: (step: number) => page.locator(`.row[data-step="${step - 1}"] .label`),
    row: (step: number) => page.locator(`.row[data-step="${step - 1}"]`),
    tip: (step: number) => center(`.row[data-step="${step - 1}"] .arrow-tip`),
    /** The x of a participant's lifeline. */
    lifeline: async (name: string) => {
      const heads = page.locator(".canvas-heads .head", { has: page.locator("title", { hasText: name }) });
      const { x, width } = await boxOf(name, heads.first().locator("rect"));
      return x + width / 2;
    },
    /** A height right below a step; below the heads for step 0. */
    below: async (step: number) => {
      const box = await boxOf(step === 0 ? ".canvas-heads .head rect" : `.row[data-step="${step - 1}"] .row-hit`);
      return box.y + box.height + (step === 0 ? 20 : 6);
    },
    drag: async (from: Place, to: Place) => {
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2);
      await page.mouse.move(to.x, to.y, { steps: 4 });
      await page.mouse.up();
    },
    /** Opens the picture for work, and waits until nothing in it moves. */
    work: async () => {
      if ((await page.locator(".editor").count()) === 0) {
        await page.locator(".canvas").focus();
        await page.keyboard.press("e");
      }
      await expect(page.locator(".editor")).toBeVisible();
      let last = "";
      await expect
        .poll(async () => {
          const box = JSON.stringify(await page.locator(".canvas-heads .head rect").last().boundingBox());
          const still = box === last;
          last = box;
          return still;
        })
        .toBe(true);
    },
  };
}

/** Drops a flow drawn by hand on the window: participants of these names, and what else the document has. */
export async function dropFlow(page: Page, title: string, names: readonly string[], more: object = {}): Promise<void> {
  const flow = {
    format: "callflow",
    version: 1,
    title,
    scenario: { participants: names.map((name, i) => ({ id: `p${i}`, name, role: "other" })) },
    variants: [{ id: "main", title: "Main", script: [] }],
    ...more,
  };
  await page.evaluate(
    async ([name, content]) => {
      const data = new DataTransfer();
      data.items.add(new File([content], name, { type: "application/json" }));
      for (const type of ["dragenter", "dragover", "drop"])
        document
          .querySelector(".stage")
          ?.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
    },
    [`${title}.flow.json`, JSON.stringify(flow)] as const,
  );
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
}

// Editing in the real app: from the key that commits an edit to the frame that shows it, and typing in the text pane.

/** @typedef {import("@playwright/test").Page} Page */

/**
 * `shown`: from each key that commits an edit to the painted frame with the new label; `refreshed`: the same from the
 * display's first refresh after the key, before which nothing can be shown; `blocked`: how long at most the page could do
 * nothing else meanwhile, 0 for less than 50 ms.
 * @typedef {{ shown: number[], refreshed: number[], blocked: number[] }} Edits
 */

/**
 * Renames messages in sight, each time another, by keys.
 * @param {Page} page with the canvas in sight
 * @param {number} count
 * @param {number} [displayFrame] milliseconds between two refreshes
 * @returns {Promise<Edits>}
 */
export async function editsToPaint(page, count, displayFrame = 1000 / 60) {
  await page.evaluate(watchBlocking);
  await page.keyboard.press("e");
  await page.locator(".editor").waitFor();
  /** @type {Edits} */
  const edits = { shown: [], refreshed: [], blocked: [] };
  for (let i = 0; i <= count; i++) {
    const label = `Edited ${i}`;
    // The picture may still be on its way to where the edit before has put it.
    await page.waitForTimeout(400);
    const box = await page
      .locator(".row[data-step] .label")
      .nth(2 + (i % 3))
      .boundingBox();
    if (box === null) throw new Error("No message is in sight.");
    await page.mouse.dblclick(box.x + box.width / 2, box.y + box.height / 2);
    const field = page.getByRole("combobox", { name: /^Name of step/ });
    await field.fill(label);
    await page.waitForTimeout(250 + ((i * 7) % 23));
    await page.evaluate(awaitLabel, { label, displayFrame });
    await page.keyboard.press("Enter");
    const { shown, refreshed, blocked } = await page.evaluate(() => /** @type {any} */ (globalThis).labelShown);
    // The first one warms up.
    if (i === 0) continue;
    edits.shown.push(shown);
    edits.refreshed.push(refreshed);
    edits.blocked.push(blocked);
  }
  return edits;
}

/** In the page: keeps how long the longest task took; one of less than 50 ms is none. */
function watchBlocking() {
  let longest = 0;
  const note = (/** @type {PerformanceEntryList} */ entries) => {
    for (const { duration } of entries) longest = Math.max(longest, duration);
  };
  const observer = new PerformanceObserver((list) => note(list.getEntries()));
  observer.observe({ type: "longtask" });
  Object.assign(globalThis, {
    takeLongest: () => {
      note(observer.takeRecords());
      const found = longest;
      longest = 0;
      return found;
    },
  });
}

/**
 * In the page: from the next key that is pressed until the label stands in a painted frame.
 * @param {{ label: string, displayFrame: number }} asked
 */
function awaitLabel({ label, displayFrame }) {
  const { takeLongest } = /** @type {any} */ (globalThis);
  const labelShown = new Promise((resolve, reject) => {
    addEventListener(
      "keydown",
      (event) => {
        takeLongest();
        let refresh = 0;
        let found = false;
        const painted = () => {
          if (found) return;
          found = true;
          const now = performance.now();
          const times = { shown: now - event.timeStamp, refreshed: now - refresh };
          // What follows the picture blocks as well.
          setTimeout(() => resolve({ ...times, blocked: takeLongest() }), 200);
        };
        const look = (/** @type {number} */ time) => {
          // Where nothing moved before, a frame need not wait for a refresh: its time is that of the one before the key.
          const since = Math.max(0, time - event.timeStamp);
          refresh ||= event.timeStamp + (since % displayFrame);
          if (performance.now() - event.timeStamp > 10_000) return reject(new Error(`“${label}” is not shown.`));
          const there = [...document.querySelectorAll(".row[data-step]")].some((row) =>
            row.textContent?.includes(label),
          );
          if (!there) return requestAnimationFrame(look);
          // Right after the frame, before whatever else waits for its turn but keys and another frame.
          void scheduler.postTask(painted, { priority: "user-blocking" });
          requestAnimationFrame(painted);
        };
        requestAnimationFrame(look);
      },
      { capture: true, once: true },
    );
  });
  Object.assign(globalThis, { labelShown });
}

/**
 * Types in the text pane at a person's speed, with pauses in which the text is taken over.
 * @param {Page} page
 * @returns {Promise<number[]>} for each key, how long the page was blocked at most until the next
 */
export async function typingBlocked(page) {
  await page.getByRole("button", { name: "Text", exact: true }).first().click();
  const editor = page.getByRole("textbox", { name: "The flow as Mermaid text" });
  await editor.locator(".cm-line", { hasText: "->>" }).first().click();
  await page.keyboard.press("End");
  await page.waitForTimeout(1000);
  /** @type {number[]} */
  const blocked = [];
  for (const [i, key] of [..." again and once more"].entries()) {
    await page.evaluate(() => /** @type {any} */ (globalThis).takeLongest());
    await page.keyboard.press(key === " " ? "Space" : key);
    await page.waitForTimeout(i % 5 === 4 ? 900 : 90 + ((i * 7) % 23));
    blocked.push(await page.evaluate(() => /** @type {any} */ (globalThis).takeLongest()));
  }
  return blocked;
}

// Measures frames inside a page. The functions marked "in the page" are sent there as text: they use nothing from here.

/**
 * @typedef {{ deltas: number[], work: number[] }} Frames
 * `deltas` from frame to frame; `work` from the start of a frame until everything in it was painted and handed over
 */

/**
 * The frames of a page while something is done to it.
 * @param {import("@playwright/test").Page} page
 * @param {() => Promise<void>} act
 * @returns {Promise<Frames>}
 */
export async function framesWhile(page, act) {
  await page.evaluate(startRecording);
  await act();
  return page.evaluate(stopRecording);
}

/** In the page. */
function startRecording() {
  /** @type {Frames} */
  const frames = { deltas: [], work: [] };
  const channel = new MessageChannel();
  let before = Number.NaN;
  let going = true;
  // A task that was posted while a frame is made runs when that frame is done.
  channel.port1.onmessage = () => {
    frames.work.push(performance.now() - before);
  };
  const tick = (/** @type {number} */ time) => {
    if (!Number.isNaN(before)) frames.deltas.push(time - before);
    before = time;
    channel.port2.postMessage(undefined);
    if (going) requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  Object.assign(globalThis, {
    stopFrames: () => {
      going = false;
      return frames;
    },
  });
}

/** In the page. @returns {Frames} */
function stopRecording() {
  return /** @type {any} */ (globalThis).stopFrames();
}

/**
 * What passes from a key press to its picture, for each press: `painted` from the press itself; `refreshed` from the
 * display's first refresh after the press, before which nothing can be shown; `work` is what the page has to do for it.
 * @typedef {{ painted: number[], refreshed: number[], work: number[] }} Presses
 */

/**
 * @param {import("@playwright/test").Page} page
 * @param {string} key
 * @param {number} count how often it is pressed
 * @param {number} displayFrame milliseconds between two refreshes
 * @returns {Promise<Presses>}
 */
export async function pressesToPaint(page, key, count, displayFrame) {
  await page.evaluate(startListening, displayFrame);
  for (let i = 0; i < count; i++) {
    await page.keyboard.press(key);
    // Not in step with the display: a person's presses are not.
    await page.waitForTimeout(40 + ((i * 7) % 23));
  }
  return page.evaluate(() => /** @type {any} */ (globalThis).presses);
}

/** In the page. @param {number} displayFrame */
function startListening(displayFrame) {
  /** @type {Presses} */
  const presses = { painted: [], refreshed: [], work: [] };
  Object.assign(globalThis, { presses });
  addEventListener(
    "keydown",
    (event) => {
      const began = performance.now();
      const handled = new MessageChannel();
      const painted = new MessageChannel();
      let handling = 0;
      handled.port1.onmessage = () => {
        handling = performance.now() - began;
      };
      handled.port2.postMessage(undefined);
      let frame = 0;
      let refresh = 0;
      painted.port1.onmessage = () => {
        const now = performance.now();
        presses.painted.push(now - event.timeStamp);
        presses.refreshed.push(now - refresh);
        presses.work.push(handling + now - frame);
      };
      requestAnimationFrame((time) => {
        frame = performance.now();
        // The frame may have had to wait for a later refresh.
        refresh = time - displayFrame * Math.max(0, Math.floor((time - event.timeStamp) / displayFrame));
        painted.port2.postMessage(undefined);
      });
    },
    { capture: true },
  );
}

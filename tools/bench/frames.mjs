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
 * From a key press to the picture it makes, `count` times.
 * @param {import("@playwright/test").Page} page
 * @param {string} key
 * @param {number} count
 * @returns {Promise<{ painted: number[], work: number[] }>} from the press to the painted frame, and from the moment the
 * page was told of it until its answer was ready to be painted
 */
export async function pressesToPaint(page, key, count) {
  await page.evaluate(startListening);
  for (let i = 0; i < count; i++) {
    await page.keyboard.press(key);
    // Not in step with the display: a person's presses are not.
    await page.waitForTimeout(40 + ((i * 7) % 23));
  }
  return page.evaluate(() => /** @type {any} */ (globalThis).presses);
}

/** In the page. */
function startListening() {
  /** @type {{ painted: number[], work: number[] }} */
  const presses = { painted: [], work: [] };
  Object.assign(globalThis, { presses });
  addEventListener(
    "keydown",
    (event) => {
      const began = performance.now();
      const handled = new MessageChannel();
      const painted = new MessageChannel();
      let working = 0;
      handled.port1.onmessage = () => {
        working = performance.now() - began;
      };
      handled.port2.postMessage(undefined);
      let frame = 0;
      painted.port1.onmessage = () => {
        const now = performance.now();
        presses.painted.push(now - event.timeStamp);
        presses.work.push(working + now - frame);
      };
      requestAnimationFrame(() => {
        frame = performance.now();
        painted.port2.postMessage(undefined);
      });
    },
    { capture: true },
  );
}

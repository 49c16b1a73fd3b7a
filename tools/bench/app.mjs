// The real app: how it starts, scrolls, zooms, plays and steps, and what memory it takes.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBuilt } from "../build.mjs";
import { hasDisplay, startVirtualDisplay } from "../setup/display.mjs";
import { root } from "../setup/paths.mjs";
import { say } from "../setup/say.mjs";
import { ensureApp } from "../setup/setup.mjs";
import { editsToPaint, typingBlocked } from "./edits.mjs";
import { residentMemory, startSession } from "./electron-session.mjs";
import { framesWhile, pressesToPaint } from "./frames.mjs";
import { median, milliseconds, percentile, table, verdict } from "./table.mjs";
import { source } from "./workload.mjs";

/** @typedef {import("@playwright/test").Page} Page */
/** @typedef {import("./frames.mjs").Frames} Frames */
/** @typedef {(app: string, userData: string, args?: readonly string[]) => Promise<import("./electron-session.mjs").Session>} Start */

const longFlow = 20_000;
/** How soon an edit is to be seen, in milliseconds, by messages; absent: within a frame of the display. */
const editsWithin = new Map([
  [200, undefined],
  [2_000, 50],
  [longFlow, 150],
]);
const edits = 30;
const starts = 7;
const presses = 100;
const secondsOfFrames = 4;
const exploredFlow = join(root, "flows/cpm/group-invitation.flow.json");
const blankApp = join(root, "tools/bench/blank-app");

/** Prints the tables and what they show. */
export async function benchApp() {
  await withApp(async (start, dir) => {
    const blank = await measureBlank(start);
    const long = await measureLong(start, dir);
    const step = await measureSteps(start, dir, median(blank.deltas));
    const cold = await measureStarts(start);
    tellFrames(blank, long.frames);
    tellStates(long, step, cold);
    tellVerdicts(blank, long.frames, step, cold);
  });
}

/** Prints how soon edits are seen, and what it shows. */
export async function benchEdits() {
  await withApp(async (start, dir) => {
    const blank = await measureBlank(start);
    const displayFrame = median(blank.deltas);
    tellEdits(displayFrame, await measureEdits(start, dir, displayFrame));
  });
}

/** @param {(start: Start, dir: string) => Promise<void>} measure */
async function withApp(measure) {
  const { runtime, env } = await ensureApp({ xvfb: !hasDisplay() });
  await ensureBuilt();
  const display = hasDisplay() ? undefined : await startVirtualDisplay();
  const dir = mkdtempSync(join(tmpdir(), "callflow-bench-"));
  const appEnv = { ...env, ...(display && { DISPLAY: display.display }) };
  /** @type {Start} */
  const start = (app, userData, args) =>
    startSession({ binary: runtime.binary, env: appEnv, app, userData: join(dir, userData), args });
  try {
    console.log(`\nThe app on ${runtime.name}${display ? ", on a virtual display" : ""}.`);
    await measure(start, dir);
  } finally {
    display?.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** What a frame of this display takes where there is nothing to do. @param {Start} start */
async function measureBlank(start) {
  say("Frames of a blank page …");
  const session = await start(blankApp, "blank");
  try {
    return await framesWhile(session.page, () => session.page.waitForTimeout(secondsOfFrames * 1000));
  } finally {
    await session.close();
  }
}

/** @param {string} dir @param {number} count @returns {string} the file of a flow of that length */
function writeFlow(dir, count) {
  const file = join(dir, `${count}.flow.json`);
  writeFileSync(file, source("callflow", count));
  return file;
}

/**
 * Opens a flow and waits until it is drawn.
 * @param {Start} start @param {string} file @param {number} count
 * @param {string} userData its own where work is left unsaved, which the next session would offer again
 */
async function openFlow(start, file, count, userData = "app") {
  const session = await start(root, userData, [file]);
  await session.page.getByText(`of ${count} steps`).first().waitFor({ timeout: 60_000 });
  await session.page.locator(".row[data-step]").first().waitFor();
  await session.page.locator(".canvas").focus();
  return session;
}

/** @param {Start} start @param {string} dir */
async function measureLong(start, dir) {
  say(`The app with ${longFlow} messages …`);
  const session = await openFlow(start, writeFlow(dir, longFlow), longFlow);
  const { page, pid } = session;
  try {
    await page.waitForTimeout(1000);
    const atRest = await measureMemory(page, pid);
    const box = await page.locator(".canvas").boundingBox();
    if (box === null) throw new Error("The canvas is not in sight.");
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    /** @type {Map<string, Frames>} */
    const frames = new Map();
    const record = async (/** @type {string} */ what, /** @type {() => Promise<void>} */ act) => {
      say(`Frames while ${what} …`);
      const before = await page.evaluate(whatIsSeen);
      frames.set(what, await framesWhile(page, act));
      if ((await page.evaluate(whatIsSeen)) === before) throw new Error(`Nothing moved while ${what}.`);
    };
    await record("scrolling by the wheel", () => forSeconds((i) => page.mouse.wheel(0, i % 40 < 30 ? 240 : -240)));
    await record("dragging the scrollbar over all", () => page.evaluate(scrollOverAll, secondsOfFrames * 1000));
    await page.keyboard.down("Control");
    await record("zooming by the wheel", () => forSeconds((i) => page.mouse.wheel(0, i % 50 < 30 ? 60 : -60)));
    await page.keyboard.up("Control");
    await page.locator(".canvas").focus();
    await page.keyboard.press("0");
    await page.keyboard.press("Space");
    const play = () => page.waitForTimeout(secondsOfFrames * 1000);
    await record("playing", play);
    await page.evaluate(exploreMeanwhile, readFileSync(exploredFlow, "utf8"));
    await record("playing while exploring", play);
    await page.evaluate(isStillExploring);
    await page.keyboard.press("Space");
    return { frames, atRest, afterwards: await measureMemory(page, pid) };
  } finally {
    await session.close();
  }
}

/**
 * In the page: opens a second flow and explores more of it than can be done while frames are counted.
 * @param {string} text
 */
async function exploreMeanwhile(text) {
  const { callflow } = /** @type {{ callflow?: import("../../shared/ipc/channels.ts").Exposed }} */ (window);
  const ask = async (/** @type {string} */ name, /** @type {object} */ request) => {
    const answer = JSON.parse((await callflow?.call(name, JSON.stringify(request))) ?? "null");
    if (answer?.ok !== true) throw new Error(answer?.failure.message ?? "The page cannot call the app.");
    return answer.value;
  };
  const { handle, flow } = await ask("flow.openText", { name: "explored", text });
  const kinds = ["accept", "decline", "silent", "order", "end"];
  const freedoms = [...kinds.map((kind) => ({ kind, where: [] })), { kind: "loss", where: [], number: 3 }];
  const asked = { handle, base: 0, variant: flow.variants[0].id, from: "start", freedoms };
  let heard = 0;
  callflow?.on((name) => {
    if (name === "explore.progress") heard += 1;
  });
  const end = ask("explore.start", { ...asked, states: 5_000_000, seconds: 600 }).then(
    () => "The exploration was done before the frames were counted.",
    (/** @type {Error} */ error) => error.message,
  );
  Object.assign(window, { explorationEnded: end, explorationHeard: () => heard });
}

/** In the page: fails unless the exploration goes on and tells its progress; then ends it. */
async function isStillExploring() {
  const { callflow, explorationEnded, explorationHeard } = /** @type {any} */ (window);
  const ended = await Promise.race([explorationEnded, Promise.resolve(undefined)]);
  if (ended !== undefined) throw new Error(ended);
  if (explorationHeard() === 0) throw new Error("The exploration told no progress.");
  await callflow.call("explore.stop", "{}");
}

/** In the page: changes with every scroll, zoom and step. */
function whatIsSeen() {
  const rows = [...document.querySelectorAll(".row[data-step]")].map((row) => row.getAttribute("data-step"));
  return `${rows.join()} ${document.querySelector(".transport-position")?.textContent}`;
}

/** Does something again and again. @param {(i: number) => Promise<void>} act */
async function forSeconds(act) {
  const end = performance.now() + secondsOfFrames * 1000;
  for (let i = 0; performance.now() < end; i++) await act(i);
}

/** In the page: moves a little further with every frame, from the start to the end. @param {number} duration */
function scrollOverAll(duration) {
  const canvas = document.querySelector(".canvas");
  if (canvas === null) throw new Error("There is no canvas.");
  const length = canvas.scrollHeight - canvas.clientHeight;
  const start = performance.now();
  return new Promise((/** @type {(value: void) => void} */ resolve) => {
    const move = () => {
      const share = (performance.now() - start) / duration;
      canvas.scrollTop = length * Math.min(1, share);
      if (share < 1) requestAnimationFrame(move);
      else resolve();
    };
    move();
  });
}

/** @typedef {{ resident: ReturnType<typeof residentMemory>, heap: number, elements: number }} Memory */

/** @param {Page} page @param {number} pid @returns {Promise<Memory>} */
async function measureMemory(page, pid) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("HeapProfiler.collectGarbage");
  await devtools.send("Performance.enable");
  const { metrics } = await devtools.send("Performance.getMetrics");
  const heap = (metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? Number.NaN) / 2 ** 20;
  await devtools.detach();
  const elements = await page.evaluate(() => document.querySelectorAll("*").length);
  return { resident: residentMemory(pid), heap, elements };
}

/** @param {Start} start @param {string} dir @param {number} displayFrame */
async function measureSteps(start, dir, displayFrame) {
  /** @type {Map<number, import("./frames.mjs").Presses>} */
  const measured = new Map();
  for (const count of [200, longFlow]) {
    say(`Steps of a flow of ${count} messages …`);
    const session = await openFlow(start, writeFlow(dir, count), count);
    try {
      // The first presses warm up.
      for (let i = 0; i < 10; i++) await session.page.keyboard.press("ArrowRight");
      measured.set(count, await pressesToPaint(session.page, "ArrowRight", presses, displayFrame));
    } finally {
      await session.close();
    }
  }
  return measured;
}

/**
 * From the start of the process to the first painted flow, and to the first paint of a blank window, by turns. The first
 * start of each fills the disk's and the scripts' caches and is not counted.
 * @param {Start} start
 */
async function measureStarts(start) {
  const times = { blank: /** @type {number[]} */ ([]), app: /** @type {number[]} */ ([]) };
  for (let i = 0; i <= starts; i++) {
    say(`Start ${i} of ${starts} …`);
    for (const kind of /** @type {const} */ (["blank", "app"])) {
      const session = await start(kind === "app" ? root : blankApp, `start-${kind}`);
      try {
        const at = await session.page.evaluate(kind === "app" ? flowPainted : firstPaint);
        if (i > 0) times[kind].push(at - session.startedAt);
      } finally {
        await session.close();
      }
    }
  }
  return times;
}

/** In the page: when its first content was painted. @returns {Promise<number>} */
function firstPaint() {
  return new Promise((resolve) => {
    new PerformanceObserver((list) => {
      const paint = list.getEntriesByName("first-contentful-paint")[0];
      if (paint !== undefined) resolve(performance.timeOrigin + paint.startTime);
    }).observe({ type: "paint", buffered: true });
  });
}

/**
 * In the page: when the frame with the first flow was painted. That is the first paint where the flow was there before
 * it, and otherwise the next frame. @returns {Promise<number>}
 */
function flowPainted() {
  const shown = () => performance.getEntriesByName("flow-shown")[0]?.startTime ?? Number.POSITIVE_INFINITY;
  const first = () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
  return new Promise((resolve) => {
    new PerformanceObserver(() => {
      const paint = first();
      if (paint !== undefined && paint >= shown()) resolve(performance.timeOrigin + paint);
    }).observe({ type: "paint", buffered: true });
    new PerformanceObserver(() => {
      const paint = first();
      if (paint === undefined || paint >= shown()) return;
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => resolve(performance.timeOrigin + performance.now());
        channel.port2.postMessage(undefined);
      });
    }).observe({ type: "mark", buffered: true });
  });
}

/** @param {Frames} blank @param {ReadonlyMap<string, Frames>} frames */
function tellFrames(blank, frames) {
  const row = (/** @type {string} */ what, /** @type {Frames} */ { deltas, work }) => [
    what,
    String(deltas.length),
    ...[median(deltas), percentile(deltas, 0.95), Math.max(...deltas)].map(milliseconds),
    ...[median(work), percentile(work, 0.95)].map(milliseconds),
  ];
  console.log(`\n## Frames of the app with ${longFlow.toLocaleString("en")} messages, in milliseconds\n`);
  console.log(
    table(
      ["While", "frames", "p50", "p95", "longest", "work p50", "work p95"],
      [row("nothing (blank page)", blank), ...[...frames].map(([what, measured]) => row(what, measured))],
    ),
  );
}

/**
 * @param {{ atRest: Memory, afterwards: Memory }} long
 * @param {Awaited<ReturnType<typeof measureSteps>>} step
 * @param {Awaited<ReturnType<typeof measureStarts>>} cold
 */
function tellStates(long, step, cold) {
  console.log("\n## From a key press to the painted step, in milliseconds\n");
  console.log(
    table(
      ["Messages", "p50", "p95", "after the next refresh p50", "p95", "work p50", "p95"],
      [...step].map(([count, { painted, refreshed, work }]) => [
        count.toLocaleString("en"),
        ...[painted, refreshed, work].flatMap((times) => [median(times), percentile(times, 0.95)].map(milliseconds)),
      ]),
    ),
  );
  console.log(`\n## Memory with ${longFlow.toLocaleString("en")} messages open, in megabytes\n`);
  const row = (/** @type {string} */ when, /** @type {Memory} */ { resident, heap, elements }) => [
    when,
    ...[resident?.main, resident?.page, resident?.others, heap].map((megabytes) => megabytes?.toFixed(0) ?? "–"),
    String(elements),
  ];
  console.log(
    table(
      ["When", "main", "page", "other processes", "page's JS heap", "elements in the page"],
      [row("opened", long.atRest), row("after all of the above", long.afterwards)],
    ),
  );
  console.log("\n## Start, in milliseconds\n");
  console.log(
    table(
      ["From the start of the process to", "median", "fastest", "slowest"],
      [
        ["the first paint of a blank window", cold.blank],
        ["the first painted flow", cold.app],
      ].map(([what, times]) => {
        const list = /** @type {number[]} */ (times);
        return [String(what), ...[median(list), Math.min(...list), Math.max(...list)].map(milliseconds)];
      }),
    ),
  );
}

/**
 * @param {Frames} blank
 * @param {ReadonlyMap<string, Frames>} frames
 * @param {Awaited<ReturnType<typeof measureSteps>>} step
 * @param {Awaited<ReturnType<typeof measureStarts>>} cold
 */
function tellVerdicts(blank, frames, step, cold) {
  const display = median(blank.deltas);
  const shown = [...frames].map(([what, { deltas }]) => {
    const p95 = percentile(deltas, 0.95);
    return verdict(
      `p95 frame while ${what} within one and a half display frames`,
      p95 <= 1.5 * display,
      `${milliseconds(p95)} ms; a display frame is ${milliseconds(display)} ms`,
    );
  });
  const painted = percentile(step.get(200)?.refreshed ?? [], 0.95);
  const ratio = median(cold.app) / median(cold.blank);
  console.log("\n## What is to be shown\n");
  console.log(
    [
      ...shown,
      verdict(
        "p95 step painted within one frame of the first refresh after the key press, at 200 steps",
        painted <= display,
        `${milliseconds(painted)} ms of ${milliseconds(display)} ms`,
      ),
      verdict("start at most 1.6 times a blank window's", ratio <= 1.6, `${ratio.toFixed(2)} times`),
    ].join("\n"),
  );
}

/** @typedef {import("./edits.mjs").Edits & { typing: number[] }} Edited */

/** @param {Start} start @param {string} dir @param {number} displayFrame @returns {Promise<ReadonlyMap<number, Edited>>} */
async function measureEdits(start, dir, displayFrame) {
  const measured = new Map();
  for (const count of editsWithin.keys()) {
    say(`Edits of a flow of ${count} messages …`);
    const session = await openFlow(start, writeFlow(dir, count), count, `edits-${count}`);
    try {
      const shown = await editsToPaint(session.page, edits, displayFrame);
      measured.set(count, { ...shown, typing: await typingBlocked(session.page) });
    } finally {
      await session.close();
    }
  }
  return measured;
}

/** @param {number} displayFrame @param {ReadonlyMap<number, Edited>} measured */
function tellEdits(displayFrame, measured) {
  console.log("\n## From the key that commits an edit to the frame that shows it, in milliseconds\n");
  console.log(
    table(
      [
        ...["Messages", "p50", "p95", "after the next refresh p50", "p95", "page blocked p50", "p95"],
        ...["typing in the text, blocked p50", "longest"],
      ],
      [...measured].map(([count, { shown, refreshed, blocked, typing }]) => [
        count.toLocaleString("en"),
        ...[shown, refreshed, blocked].flatMap((times) => [median(times), percentile(times, 0.95)].map(milliseconds)),
        ...[median(typing), Math.max(...typing)].map(milliseconds),
      ]),
    ),
  );
  console.log("\n## What is to be shown\n");
  for (const [count, { shown, refreshed, typing }] of measured) {
    const within = editsWithin.get(count) ?? displayFrame;
    const p95 = percentile(shown, 0.95);
    const longest = Math.max(...typing);
    const messages = `with ${count.toLocaleString("en")} messages`;
    const numbers = (/** @type {number} */ found, /** @type {number} */ most) =>
      `${milliseconds(found)} ms of ${milliseconds(most)} ms`;
    console.log(verdict(`p95 edit shown in time ${messages}`, p95 <= within, numbers(p95, within)));
    if (within === displayFrame) {
      const late = percentile(refreshed, 0.95);
      const what = `p95 edit shown within one frame of the first refresh after the key ${messages}`;
      console.log(verdict(what, late <= within, numbers(late, within)));
    }
    console.log(verdict(`typing in the text blocks at most 50 ms ${messages}`, longest <= 50, numbers(longest, 50)));
  }
}

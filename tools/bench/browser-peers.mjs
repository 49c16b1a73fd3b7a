// Peers that are JavaScript and need a page: mermaid, MscGen.js and ZenUML, each in Chromium, from source to SVG text.

import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { root } from "../setup/paths.mjs";
import { onPath } from "./programs.mjs";
import { median } from "./table.mjs";

/**
 * @typedef {{
 *   id: string,
 *   name: string,
 *   language: import("./workload.mjs").Language,
 *   script: string,
 *   prepare: string,
 *   render: string,
 * }} BrowserPeer
 */

/** `prepare` and `render` are evaluated in the page; `render` is a function of the source that gives the SVG's text. */
/** @type {BrowserPeer[]} */
export const browserPeers = [
  {
    id: "mermaid",
    name: "mermaid 11",
    language: "mermaid",
    script: "node_modules/mermaid/dist/mermaid.min.js",
    prepare: "mermaid.initialize({ startOnLoad: false, maxTextSize: 1e9, maxEdges: 1e9 })",
    render: "async (text) => (await mermaid.render('m' + Math.floor(performance.now()), text)).svg",
  },
  {
    id: "mscgenjs",
    name: "mscgenjs 8",
    language: "mscgen",
    script: "node_modules/mscgenjs/dist/bundle/index.min.js",
    prepare: "document.body.innerHTML = '<div id=\"it\"></div>'",
    render: `(text) => new Promise((done, fail) => {
      document.getElementById("it").innerHTML = "";
      mscgenjs.renderMsc(text, { elementId: "it", inputType: "mscgen" }, (error, svg) => error ? fail(error) : done(svg));
    })`,
  },
  {
    id: "zenuml",
    name: "ZenUML 4",
    language: "zenuml",
    script: "node_modules/@zenuml/core/dist/zenuml.esm.mjs",
    prepare: "zenuml.ensureDiagramFontsLoaded()",
    render: "(text) => zenuml.renderToSvg(text).svg",
  },
];

/** Chromium of the system; Playwright's own is used by no script here. @returns {string | undefined} */
export function findChromium() {
  return ["chromium", "chromium-browser", "google-chrome"].map(onPath).find((file) => file !== undefined);
}

/**
 * Serves the peers' files to the page: modules cannot be loaded from a `file:` address.
 * @returns {Promise<{ address: string, stop: () => void }>}
 */
function serveFiles() {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
    const file = join(root, path);
    if (path === "/") return void response.setHeader("content-type", "text/html").end("<!doctype html><body></body>");
    if (!file.startsWith(join(root, "node_modules")) || !existsSync(file)) return void response.writeHead(404).end();
    response.setHeader("content-type", file.endsWith("js") ? "text/javascript" : "application/octet-stream");
    response.end(readFileSync(file));
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
      resolve({ address: `http://127.0.0.1:${port}/`, stop: () => void server.close() });
    });
  });
}

/**
 * Times one peer at all sizes, in one page each: the first call at a size after a warm-up at the smallest, then repeats
 * while they are cheap; the median of all is told. After a size that was cut off, larger ones are not tried.
 * @param {BrowserPeer} peer
 * @param {string} executablePath
 * @param {readonly { count: number, text: string }[]} inputs by size, smallest first
 * @param {{ limit: number, budget: number }} times
 * @param {(count: number, timed: import("./programs.mjs").Timed) => void} tell
 */
export async function timeInBrowser(peer, executablePath, inputs, { limit, budget }, tell) {
  const files = await serveFiles();
  try {
    for (const [i, { count, text }] of inputs.entries()) {
      const browser = await chromium.launch({ executablePath, args: ["--disable-dev-shm-usage"] });
      try {
        const page = await browser.newPage();
        await page.goto(files.address);
        await load(page, peer);
        const warm = await inTime(page.evaluate(renderAll, { text: inputs[0]?.text ?? "", budget: 300 }), limit);
        const ms = i === 0 ? warm : await inTime(page.evaluate(renderAll, { text, budget }), limit);
        if (ms === undefined) {
          for (const later of inputs.slice(i)) {
            tell(later.count, { runs: 0, says: later.count === count ? `> ${limit / 1000} s` : "not tried" });
          }
          return;
        }
        tell(count, { ms: median(ms), runs: ms.length });
      } catch (error) {
        tell(count, { runs: 0, says: `failed: ${String(error).split("\n")[0]?.slice(0, 80)}` });
      } finally {
        await browser.close();
      }
    }
  } finally {
    files.stop();
  }
}

/** @param {import("@playwright/test").Page} page @param {BrowserPeer} peer */
async function load(page, peer) {
  const { script, id } = peer;
  if (script.endsWith(".mjs")) {
    await page.evaluate(`import("/${script}").then((it) => { globalThis.${id} = it; })`);
  } else await page.addScriptTag({ url: `/${script}` });
  await page.evaluate(`(async () => { await (${peer.prepare}); globalThis.renderOnce = ${peer.render}; })()`);
}

/** In the page. @param {{ text: string, budget: number }} task */
async function renderAll({ text, budget }) {
  const { renderOnce } = /** @type {any} */ (globalThis);
  const times = [];
  let spent = 0;
  while (times.length < 1 || (spent < budget && times.length < 15)) {
    const before = performance.now();
    const svg = await renderOnce(text);
    const ms = performance.now() - before;
    const drawn = typeof svg === "string" ? svg : svg.outerHTML;
    if (!drawn?.includes("<svg") || drawn.length < 1000) throw new Error("it drew nothing");
    times.push(ms);
    spent += ms;
  }
  return times;
}

/**
 * What the promise gives, or undefined when it takes longer.
 * @template T
 * @param {Promise<T>} promise
 * @param {number} limit
 * @returns {Promise<T | undefined>}
 */
async function inTime(promise, limit) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  // The page is closed under a call that was cut off.
  promise.catch(() => {});
  const late = new Promise((resolve) => {
    timer = setTimeout(() => resolve(undefined), limit);
  });
  try {
    return /** @type {T | undefined} */ (await Promise.race([promise, late]));
  } finally {
    clearTimeout(timer);
  }
}

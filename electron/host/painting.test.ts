import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { paintRows } from "../export/raster.ts";
import { createPainting } from "./painting.ts";

const root = new URL("../../", import.meta.url);
let folder = "";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "callflow-painting-"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  await build({
    configFile: false,
    logLevel: "error",
    root: root.pathname,
    publicDir: false,
    assetsInclude: ["**/*.wasm"],
    ssr: { noExternal: true, target: "node" },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: { input: new URL("electron/paint.worker.ts", root).pathname, output: { format: "es" } },
    },
  });
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true }));

const svg = (color: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20" viewBox="0 0 40 20" font-family="Inter" font-size="12"><rect width="40" height="20" fill="${color}"/><text x="2" y="14">Aa</text></svg>`;

describe("EX11 a thread that paints", () => {
  it("gives the rows that this one would, of several pictures to each who asked", async () => {
    const paint = createPainting(pathToFileURL(join(folder, "paint.worker.js")));
    const given = await Promise.all(["#ff0000", "#00ff00"].map((color) => paint(svg(color), 2)));
    const own = await Promise.all(["#ff0000", "#00ff00"].map((color) => paintRows(svg(color), 2)));
    expect(given).toEqual(own);
    expect(given[0]).not.toEqual(given[1]);
  }, 30_000);

  it("leaves what it cannot paint to who asked, and goes on", async () => {
    const missing = createPainting(pathToFileURL(join(folder, "nothing.js")));
    expect(await missing(svg("#ff0000"), 1)).toBeUndefined();
    expect(await missing(svg("#ff0000"), 1)).toBeUndefined();
    const paint = createPainting(pathToFileURL(join(folder, "paint.worker.js")));
    expect(await paint("no picture", 1)).toBeUndefined();
    expect(await paint(svg("#0000ff"), 1)).toEqual(await paintRows(svg("#0000ff"), 1));
  }, 30_000);
});

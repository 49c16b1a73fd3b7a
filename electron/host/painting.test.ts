import { describe, expect, it } from "vitest";
import { builtWorker } from "../../test/built-worker.ts";
import { paintRows } from "../export/raster.ts";
import { createPainting } from "./painting.ts";

const built = builtWorker("paint.worker");

const svg = (color: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20" viewBox="0 0 40 20" font-family="Inter" font-size="12"><rect width="40" height="20" fill="${color}"/><text x="2" y="14">Aa</text></svg>`;

describe("EX11 a thread that paints", () => {
  it("gives the rows that this one would, of several pictures to each who asked", async () => {
    const paint = createPainting(built.worker);
    const given = await Promise.all(["#ff0000", "#00ff00"].map((color) => paint(svg(color), 2)));
    const own = await Promise.all(["#ff0000", "#00ff00"].map((color) => paintRows(svg(color), 2)));
    expect(given).toEqual(own);
    expect(given[0]).not.toEqual(given[1]);
  }, 30_000);

  it("leaves what it cannot paint to who asked, and goes on", async () => {
    const missing = createPainting(built.missing);
    expect(await missing(svg("#ff0000"), 1)).toBeUndefined();
    expect(await missing(svg("#ff0000"), 1)).toBeUndefined();
    const paint = createPainting(built.worker);
    expect(await paint("no picture", 1)).toBeUndefined();
    expect(await paint(svg("#0000ff"), 1)).toEqual(await paintRows(svg("#0000ff"), 1));
  }, 30_000);
});

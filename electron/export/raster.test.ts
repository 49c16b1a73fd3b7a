import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { layout } from "../../shared/diagram/layout.ts";
import { project } from "../../shared/diagram/project.ts";
import { toSvg } from "../../shared/diagram/svg.ts";
import { themeNamed } from "../../shared/diagram/theme.ts";
import { readFlow } from "../../shared/flow/file.ts";
import { wholeScript } from "../../shared/run/tree.ts";
import { computeRun } from "../engine/index.ts";
import { pngOf } from "./png.ts";
import { encodeHalves, indexedRows } from "./png-encode.ts";
import { bandOf, painted, paintRows } from "./raster.ts";

function svgOf(name: string, transparent: boolean): { svg: string; height: number } {
  const file = new URL(`../../flows/cpm/${name}.flow.json`, import.meta.url);
  const read = readFlow(readFileSync(file), name);
  if (!read.ok) throw new Error(read.failure.message);
  const { flow } = read.value;
  const script = wholeScript(flow, "main");
  if (!script.ok) throw new Error(script.failure.message);
  const scene = layout(project(flow, computeRun(flow.scenario, script.value), flow.view ?? {}), themeNamed("light"));
  return { svg: toSvg(scene, themeNamed("light"), { transparent }), height: scene.height };
}

const pixelsOf = async (svg: string, scale: number) => Buffer.from((await painted(svg, scale)).pixels);

describe("EX11: a picture painted in parts", () => {
  it.each([
    ["group-invitation", false, 1],
    ["group-invitation", true, 2],
    ["transfer-server-in-path", false, 2],
  ] as const)("has the pixels of the whole: %s, transparent %s, %i times", async (name, transparent, scale) => {
    const { svg, height } = svgOf(name, transparent);
    const whole = await pixelsOf(svg, scale);
    const cuts = [0, Math.floor(height / 3), Math.floor(height / 2), height];
    const parts: Buffer[] = [];
    for (const [i, top] of cuts.slice(0, -1).entries()) {
      parts.push(await pixelsOf(bandOf(svg, top, cuts[i + 1]! - top), scale));
    }
    const all = Buffer.concat(parts);
    expect(all).toHaveLength(whole.length);
    // A curve that is cut may be rounded otherwise beside the cut.
    let other = 0;
    for (let i = 0; i < all.length; i++) if (all[i] !== whole[i]) other++;
    expect(other).toBeLessThan(100);
    for (let i = 0; i < all.length; i++) if (Math.abs(all[i]! - whole[i]!) > 8) expect.fail(`byte ${i}`);
  });

  it("is one picture in the end, also where the parts have other colours", async () => {
    const { svg } = svgOf("group-invitation", false);
    let asked = 0;
    const beside = (part: string, scale: number) => {
      asked++;
      return paintRows(part, scale);
    };
    const [alone, together] = [await pngOf(svg, 3), await pngOf(svg, 3, beside)];
    if (!alone.ok || !together.ok) throw new Error("refused");
    expect(asked).toBe(1);
    expect(together).toEqual(alone);
    // A thread that is lost.
    expect(await pngOf(svg, 3, async () => undefined)).toEqual(alone);
  });

  /** Colours of which each is far from the others, so many from one on. */
  const rows = (from: number, count: number, more: readonly number[] = []) => {
    const far = Array.from({ length: count }, (_, i) => [0, 3, 6, 9].map((shift) => (((from + i) >> shift) & 7) << 5));
    const pixels = Uint8Array.from([...far.flat(), ...more]);
    return indexedRows({ pixels, width: pixels.length / 4, height: 1 });
  };

  it("has no palette for more than 256 colours", async () => {
    expect(rows(0, 257)).toBeUndefined();
    const halves = (upper: number, lower: number) => encodeHalves(rows(upper, 200)!, Promise.resolve(rows(lower, 200)));
    expect(await halves(0, 100)).toBeUndefined();
    expect(await halves(0, 56)).toBeDefined();
  });

  it("takes colours for which there is no place for ones that hardly differ", () => {
    const made = rows(0, 256, [32, 5, 0, 0, 60, 1, 0, 0])!;
    expect(made.colors).toHaveLength(256 * 4);
    expect([...made.rows.subarray(-2)]).toEqual([1, 2]);
    expect(rows(0, 256, [250, 0, 0, 0])).toBeUndefined();
  });
});

import { initWasm, Resvg } from "@resvg/resvg-wasm";
import wasm from "@resvg/resvg-wasm/index_bg.wasm?inline";
import { type IndexedRows, indexedRows } from "./png-encode.ts";
import { bytesOf } from "./resources/bytes.ts";
import { interFor } from "./resources/subset.ts";
import { drawnText } from "./xml-text.ts";

export type Image = ReturnType<InstanceType<typeof Resvg>["render"]>;

let ready: Promise<void> | undefined;

/** Paints an SVG document with the bundled Inter and takes from the image what is needed: its pixels, or a PNG file of them. */
export async function painted<T>(svg: string, scale: number, take: (image: Image) => T): Promise<T> {
  ready ??= initWasm(bytesOf(wasm));
  await ready;
  const fonts = interFor(drawnText(svg));
  const renderer = new Resvg(svg, {
    font: { fontBuffers: [fonts.regular, fonts.semibold], defaultFontFamily: "Inter" },
    fitTo: { mode: "zoom", value: scale },
  });
  const image = renderer.render();
  const taken = take(image);
  image.free();
  renderer.free();
  return taken;
}

/** Paints an SVG document as the rows of a PNG picture with a palette; undefined for one with too many colours. */
export async function paintRows(svg: string, scale: number): Promise<IndexedRows | undefined> {
  return painted(svg, scale, ({ pixels, width, height }) => indexedRows({ pixels, width, height }));
}

/** No letter reaches this far from its baseline, in pixels of the document. */
const LETTERS = 100;

const GROUPS_AND_TEXTS = /<g\b([^>]*)>|<\/g>|<text\b([^>]*)>[^<]*<\/text>/g;

/**
 * The part of a picture of `toSvg` from a height down, as a document of its own. Texts that lie elsewhere are not in it:
 * the rest costs next to nothing where it does not show.
 */
export function bandOf(svg: string, top: number, height: number): string {
  const shifts: number[] = [0];
  let within = 0;
  const inBand = svg.replace(GROUPS_AND_TEXTS, (whole, group?: string, text?: string) => {
    if (text !== undefined) {
      const y = within + Number(/ y="([-\d.]+)"/.exec(text)?.[1] ?? Number.NaN);
      return y < top - LETTERS || y > top + height + LETTERS ? "" : whole;
    }
    if (group === undefined) shifts.pop();
    else if (!group.endsWith("/")) shifts.push(within + Number(/translate\([-\d.]+ ([-\d.]+)\)/.exec(group)?.[1] ?? 0));
    within = shifts.at(-1) ?? 0;
    return whole;
  });
  return inBand.replace(
    /^<svg([^>]*) height="[\d.]+" viewBox="([-\d.]+) ([-\d.]+) ([\d.]+) [\d.]+"/,
    (_, before, x, y, width) => `<svg${before} height="${height}" viewBox="${x} ${Number(y) + top} ${width} ${height}"`,
  );
}

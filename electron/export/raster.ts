import { initWasm, Resvg } from "@resvg/resvg-wasm";
import wasm from "@resvg/resvg-wasm/index_bg.wasm?bytes";
import { drawnCharacters } from "./drawn-characters.ts";
import { isLettered, paintTexts } from "./letters/lettering.ts";
import { type Parted, partTexts } from "./letters/texts.ts";
import { type IndexedRows, indexedRows, indexedWriter, type Painted } from "./png-encode.ts";
import { interFor } from "./resources/subset.ts";

/** Size of a picture of `toSvg`, in its own pixels. */
export function sizeOfSvg(svg: string): { readonly width: number; readonly height: number } {
  const [, width = "0", height = "0"] = svg.match(/<svg[^>]* width="([\d.]+)" height="([\d.]+)"/) ?? [];
  return { width: Number(width), height: Number(height) };
}

/** Paints a picture of `toSvg` with the bundled Inter. */
export async function painted(svg: string, scale: number): Promise<Painted> {
  return paint(partTexts(svg, isLettered), scale);
}

/** So many pixels at a time: a picture is painted in little memory, however large, and each part costs some time of its own. */
const BAND = 4_000_000;

/** The same as the rows of a PNG picture with a palette; undefined for one with too many colours. */
export async function paintRows(svg: string, scale: number): Promise<IndexedRows | undefined> {
  const { width, height } = sizeOfSvg(svg);
  const parted = partTexts(svg, isLettered);
  if (!isPartible(svg, scale)) return indexedRows(await paint(parted, scale));
  const writer = indexedWriter(width * scale, height * scale);
  const rows = Math.max(1, Math.round(BAND / (width * scale * scale)));
  for (let top = 0; top < height; top += rows) {
    const band = bandOf(parted.svg, top, Math.min(rows, height - top));
    if (!writer.add(await paint({ ...parted, svg: band }, scale, top * scale))) return undefined;
  }
  return writer.rows();
}

/** Whether the pixels of a part lie as those of the whole do. */
export function isPartible(svg: string, scale: number): boolean {
  const { width, height } = sizeOfSvg(svg);
  return [scale, width, height].every((length) => Number.isInteger(length) && length > 0);
}

/** The part of a picture of `toSvg` from a height down, as a document of its own. */
export function bandOf(svg: string, top: number, height: number): string {
  return svg.replace(
    /^<svg([^>]*) height="[\d.]+" viewBox="([-\d.]+) ([-\d.]+) ([\d.]+) [\d.]+"/,
    (_, before, x, y, width) => `<svg${before} height="${height}" viewBox="${x} ${Number(y) + top} ${width} ${height}"`,
  );
}

/** The ground with which a picture of `toSvg` begins, unless it is transparent. */
const GROUND =
  /(<\/desc>(?:<style>[^<]*<\/style>)?)<rect x="-0\.5" y="-0\.5" width="[\d.]+" height="[\d.]+" fill="(#\w{6})"\/>/;

let ready: Promise<void> | undefined;

/** Shapes, and what text is left among them, are painted by resvg; the others by letters that are made once: most of its time went there. */
async function paint({ svg, texts }: Parted, scale: number, top = 0): Promise<Painted> {
  ready ??= initWasm(wasm);
  await ready;
  const left = drawnCharacters([svg]);
  const fonts = left === "" ? [] : Object.values(await interFor(left));
  // What covers the whole picture is laid faster than painted.
  const ground = GROUND.exec(svg)?.[2];
  const renderer = new Resvg(ground === undefined ? svg : svg.replace(GROUND, "$1"), {
    font: { fontBuffers: fonts, defaultFontFamily: "Inter" },
    fitTo: { mode: "zoom", value: scale },
    ...(ground !== undefined && { background: ground }),
  });
  const image = renderer.render();
  const { width, height } = image;
  const canvas = { pixels: image.pixels, width, height };
  image.free();
  renderer.free();
  const size = sizeOfSvg(svg);
  paintTexts(canvas, texts, { scaleX: width / size.width, scaleY: height / size.height, top });
  return canvas;
}

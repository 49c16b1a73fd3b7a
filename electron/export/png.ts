import { initWasm, Resvg } from "@resvg/resvg-wasm";
import wasm from "@resvg/resvg-wasm/index_bg.wasm?inline";
import { fail, ok, type Result } from "../../shared/flow/result.ts";
import { carryInPng } from "./carrier/png-carrier.ts";
import { type Chunk, chunksOf, pngOfChunks, sizeChunk, textChunk } from "./carrier/png-chunks.ts";
import { figureOf } from "./figure.ts";
import type { Exported, ExportInput } from "./formats.ts";
import { unescapeXml } from "./ooxml/xml-tags.ts";
import { encodeIndexed, encodeOpaque } from "./png-encode.ts";
import { bytesOf } from "./resources/bytes.ts";
import { missingRemark } from "./resources/glyphs.ts";
import { interFor } from "./resources/subset.ts";
import { drawnText } from "./xml-text.ts";

export interface Png {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** A sentence for each thing that the picture could not show. */
  readonly remarks: readonly string[];
}

/** A picture with more pixels is refused: at four bytes each, few programs open one. */
const PIXEL_LIMIT = 100_000_000;

/** Pixels of CSS in an inch. */
const CSS_INCH = 96;

let ready: Promise<void> | undefined;

type Image = ReturnType<InstanceType<typeof Resvg>["render"]>;

/**
 * Paints an SVG document of `toSvg` with the bundled Inter.
 * @param scale pixels of the picture for one of the document
 * @returns the picture with its size in inches, title and description, or a sentence where it would be too large.
 */
export async function pngOf(svg: string, scale: number): Promise<Result<Png>> {
  const [, width = "0", height = "0"] = svg.match(/<svg[^>]* width="([\d.]+)" height="([\d.]+)"/) ?? [];
  const pixels = Number(width) * Number(height) * scale * scale;
  if (pixels > PIXEL_LIMIT) {
    return fail(
      `The picture would have ${Math.ceil(pixels / 1_000_000)} million pixels, and at most ${PIXEL_LIMIT / 1_000_000} are made: choose a smaller scale, or fewer steps.`,
    );
  }
  const { chunks, size } = await painted(svg, scale, (image) => ({
    chunks: chunksFor(image, isOpaque(svg)),
    size: { width: image.width, height: image.height },
  }));
  if (!chunks.ok) return chunks;
  const [header, ...rest] = chunks.value;
  const about = (keyword: string, element: string) => {
    const text = svg.match(new RegExp(`<${element}>([^<]*)</${element}>`))?.[1];
    return text === undefined ? [] : [textChunk(keyword, unescapeXml(text))];
  };
  const told = [...about("Title", "title"), ...about("Description", "desc")];
  const bytes = pngOfChunks([...(header ? [header] : []), sizeChunk(CSS_INCH * scale), ...told, ...rest]);
  return ok({
    bytes,
    ...size,
    remarks: missingRemark(drawnText(svg), "the picture shows boxes or nothing in their place"),
  });
}

/** Its own way to write a file is thorough and slow, and is taken for what has many colours and shows what is below. */
function chunksFor(image: Image, opaque: boolean): Result<readonly Chunk[]> {
  const { pixels, width, height } = image;
  const painted = { pixels, width, height };
  if (opaque) return ok(encodeOpaque(painted));
  const indexed = encodeIndexed(painted);
  return indexed === undefined ? chunksOf(image.asPng()) : ok(indexed);
}

/** Whether a picture of `toSvg` begins with its ground. */
function isOpaque(svg: string): boolean {
  return /<\/desc>(<style>[^<]*<\/style>)?<rect x="-0\.5" y="-0\.5" width="[\d.]+" height="[\d.]+" fill="#/.test(svg);
}

/** Paints an SVG document and takes from the image what is needed: its pixels, or a PNG file of them. */
export async function painted<T>(svg: string, scale: number, take: (image: Image) => T): Promise<T> {
  ready ??= initWasm(bytesOf(wasm));
  await ready;
  const fonts = await interFor(drawnText(svg));
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

/** The figure as PNG pictures, one a page. */
export async function exportPng(input: ExportInput): Promise<Result<Exported>> {
  const figure = figureOf(input);
  if (!figure.ok) return figure;
  const { pages, svg } = figure.value;
  const remarks = new Set(figure.value.remarks);
  const pictures: Uint8Array[] = [];
  for (const i of pages.keys()) {
    input.signal?.throwIfAborted();
    const png = await pngOf(svg(i), Number(input.settings?.scale ?? 2));
    if (!png.ok) return png;
    pictures.push(carryInPng(png.value.bytes, input));
    for (const remark of png.value.remarks) remarks.add(remark);
    input.progress?.((i + 1) / pages.length);
  }
  const [content = new Uint8Array(), ...more] = pictures;
  return ok({ content, ...(more.length > 0 && { more }), remarks: [...remarks] });
}

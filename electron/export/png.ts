import { fail, ok, type Result } from "../../shared/flow/result.ts";
import { carryInPng } from "./carrier/png-carrier.ts";
import { type Chunk, chunksOf, pngOfChunks, sizeChunk, textChunk } from "./carrier/png-chunks.ts";
import { figureOf } from "./figure.ts";
import type { Exported, ExportInput, PaintRows } from "./formats.ts";
import { unescapeXml } from "./ooxml/xml-tags.ts";
import { encodeOpaque, encodeRows, indexedRows } from "./png-encode.ts";
import { bandOf, type Image, painted, paintRows } from "./raster.ts";
import { missingRemark } from "./resources/glyphs.ts";
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

/**
 * Paints an SVG document of `toSvg` with the bundled Inter.
 * @param scale pixels of the picture for one of the document
 * @param beside paints the lower half of a large picture meanwhile
 * @returns the picture with its size in inches, title and description, or a sentence where it would be too large.
 */
export async function pngOf(svg: string, scale: number, beside?: PaintRows): Promise<Result<Png>> {
  const [, width = "0", height = "0"] = svg.match(/<svg[^>]* width="([\d.]+)" height="([\d.]+)"/) ?? [];
  const pixels = Number(width) * Number(height) * scale * scale;
  if (pixels > PIXEL_LIMIT) {
    return fail(
      `The picture would have ${Math.ceil(pixels / 1_000_000)} million pixels, and at most ${PIXEL_LIMIT / 1_000_000} are made: choose a smaller scale, or fewer steps.`,
    );
  }
  const bands = isWorthTwo(scale, Number(width), Number(height)) && (await inBands(svg, scale, Number(height), beside));
  const chunks = bands ? ok(bands) : await painted(svg, scale, (image) => chunksFor(image, isOpaque(svg)));
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
    ...sizeOf(header),
    remarks: await missingRemark(drawnText(svg), "the picture shows boxes or nothing in their place"),
  });
}

/** Below this, in pixels, one thread is done before another has begun. */
const WORTH_TWO = 1_000_000;

/** The same wherever it is painted, so that equal flows give equal pictures: pixels of parts must lie as in the whole. */
function isWorthTwo(scale: number, width: number, height: number): boolean {
  const fits = Number.isInteger(scale) && Number.isInteger(width) && Number.isInteger(height);
  return fits && width * height * scale * scale >= WORTH_TWO;
}

/** The picture painted in two halves, at the same time where there is another thread; undefined for too many colours. */
async function inBands(svg: string, scale: number, height: number, beside: PaintRows = paintRows) {
  const middle = Math.floor(height / 2);
  const part = bandOf(svg, middle, height - middle);
  const below = beside(part, scale);
  const upper = await paintRows(bandOf(svg, 0, middle), scale);
  const lower = (await below) ?? (await paintRows(part, scale));
  return upper && lower && encodeRows([upper, lower]);
}

function sizeOf(header: Chunk | undefined): { readonly width: number; readonly height: number } {
  const data = Buffer.from(header?.data ?? Buffer.alloc(8));
  return { width: data.readUInt32BE(0), height: data.readUInt32BE(4) };
}

/** Its own way to write a file is thorough and slow, and is taken for what has many colours and shows what is below. */
function chunksFor(image: Image, opaque: boolean): Result<readonly Chunk[]> {
  const { pixels, width, height } = image;
  const painted = { pixels, width, height };
  if (opaque) return ok(encodeOpaque(painted));
  const rows = indexedRows(painted);
  return rows === undefined ? chunksOf(image.asPng()) : ok(encodeRows([rows]));
}

/** Whether a picture of `toSvg` begins with its ground. */
function isOpaque(svg: string): boolean {
  return /<\/desc>(<style>[^<]*<\/style>)?<rect x="-0\.5" y="-0\.5" width="[\d.]+" height="[\d.]+" fill="#/.test(svg);
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
    const png = await pngOf(svg(i), Number(input.settings?.scale ?? 2), input.paintRows);
    if (!png.ok) return png;
    pictures.push(carryInPng(png.value.bytes, input));
    for (const remark of png.value.remarks) remarks.add(remark);
    input.progress?.((i + 1) / pages.length);
  }
  const [content = new Uint8Array(), ...more] = pictures;
  return ok({ content, ...(more.length > 0 && { more }), remarks: [...remarks] });
}

import { fail, ok, type Result } from "../../shared/flow/result.ts";
import { carryInPng } from "./carrier/png-carrier.ts";
import { type Chunk, pngOfChunks, sizeChunk, textChunk } from "./carrier/png-chunks.ts";
import { drawnCharacters } from "./drawn-characters.ts";
import { figureOf } from "./figure.ts";
import type { Exported, ExportInput, PaintRows } from "./formats.ts";
import { unescapeXml } from "./ooxml/xml-tags.ts";
import { encodeHalves, encodePainted, encodeRows } from "./png-encode.ts";
import { bandOf, isPartible, painted, paintRows, sizeOfSvg } from "./raster.ts";
import { missingRemark } from "./resources/glyphs.ts";

export interface Png {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** A sentence for each thing that the picture could not show. */
  readonly remarks: readonly string[];
}

/** Few programs open a picture with more pixels, at four bytes each, or a higher one. */
const PIXEL_LIMIT = 100_000_000;
const HEIGHT_LIMIT = 65_535;

/** Pixels of CSS in an inch. */
const CSS_INCH = 96;

/**
 * Paints an SVG document of `toSvg` with the bundled Inter.
 * @param scale pixels of the picture for one of the document
 * @param beside paints the lower half of a large picture meanwhile
 * @returns the picture with its size in inches, title and description, or a sentence where it would be too large.
 */
export async function pngOf(svg: string, scale: number, beside?: PaintRows): Promise<Result<Png>> {
  const pixels = pixelsOf(svg, scale);
  if (pixels > PIXEL_LIMIT) return tooLarge(pixels);
  const inTwo = pixels >= WORTH_TWO && isPartible(svg, scale) ? await inBands(svg, scale, beside) : undefined;
  return fileOf(svg, scale, inTwo ?? encodePainted(await painted(svg, scale)));
}

/**
 * The same for the pages of a document, to be asked for one after the other: of several, each second one is painted by
 * another thread while this one paints the one before it.
 */
export function pagePainter(
  pages: readonly { readonly svg: () => string; readonly scale: number }[],
  beside?: PaintRows,
): (page: number) => Promise<Result<Png>> {
  const ahead = new Map<number, ReturnType<PaintRows>>();
  return async (page) => {
    const { svg: draw, scale } = pages[page] as (typeof pages)[number];
    const svg = draw();
    if (pages.length === 1) return pngOf(svg, scale, beside);
    const pixels = pixelsOf(svg, scale);
    if (pixels > PIXEL_LIMIT) return tooLarge(pixels);
    const next = pages[page + 1];
    if (beside !== undefined && next !== undefined && !ahead.has(page)) {
      const drawn = next.svg();
      if (pixelsOf(drawn, next.scale) <= PIXEL_LIMIT) ahead.set(page + 1, beside(drawn, next.scale));
    }
    const rows = await ahead.get(page);
    ahead.delete(page);
    return fileOf(svg, scale, rows ? encodeRows(rows) : encodePainted(await painted(svg, scale)));
  };
}

function tooLarge(pixels: number): Result<never> {
  return fail(
    `The picture would have ${millions(pixels)}, and at most ${millions(PIXEL_LIMIT)} are made: choose a smaller scale, or fewer participants.`,
  );
}

const millions = (pixels: number): string => `${Math.ceil(pixels / 1_000_000)} million pixels`;

async function fileOf(svg: string, scale: number, [header, ...rest]: readonly Chunk[]): Promise<Result<Png>> {
  const about = (keyword: string, element: string) => {
    const text = svg.match(new RegExp(`<${element}>([^<]*)</${element}>`))?.[1];
    return text === undefined ? [] : [textChunk(keyword, unescapeXml(text))];
  };
  const told = [...about("Title", "title"), ...about("Description", "desc")];
  const bytes = pngOfChunks([...(header ? [header] : []), sizeChunk(CSS_INCH * scale), ...told, ...rest]);
  return ok({
    bytes,
    ...sizeOf(header),
    remarks: await missingRemark(drawnCharacters([svg]), "the picture shows boxes or nothing in their place"),
  });
}

/** Below this, in pixels, one thread is done before another has begun. */
const WORTH_TWO = 1_000_000;

/**
 * The picture painted in two halves, at the same time where there is another thread; undefined for too many colours. The
 * same wherever it is painted, so that equal flows give equal pictures.
 */
async function inBands(svg: string, scale: number, beside: PaintRows = paintRows) {
  const { height } = sizeOfSvg(svg);
  const middle = Math.floor(height / 2);
  const part = bandOf(svg, middle, height - middle);
  const below = beside(part, scale);
  const upper = await paintRows(bandOf(svg, 0, middle), scale);
  const lower = below.then((rows) => rows ?? paintRows(part, scale));
  if (upper !== undefined) return encodeHalves(upper, lower);
  await lower;
  return undefined;
}

function pixelsOf(svg: string, scale: number): number {
  const { width, height } = sizeOfSvg(svg);
  return width * height * scale * scale;
}

function sizeOf(header: Chunk | undefined): { readonly width: number; readonly height: number } {
  const data = Buffer.from(header?.data ?? Buffer.alloc(8));
  return { width: data.readUInt32BE(0), height: data.readUInt32BE(4) };
}

/** The figure as PNG pictures, one a page; without a paper one, or as many as a figure is too large for one. */
export async function exportPng(input: ExportInput): Promise<Result<Exported>> {
  const scale = Number(input.settings?.scale ?? 2);
  const tallest = (width: number) => Math.floor(Math.min(HEIGHT_LIMIT, PIXEL_LIMIT / (width * scale)) / scale);
  const figure = figureOf(input, undefined, tallest);
  if (!figure.ok) return figure;
  const { pages, svg, paper } = figure.value;
  const remarks = new Set(figure.value.remarks);
  if (paper === undefined && pages.length > 1) {
    remarks.add(
      `One picture would be too large for most programs: the figure is written as ${pages.length}, each with the heads of the lifelines; with a smaller scale there are fewer.`,
    );
  }
  const pictures: Uint8Array[] = [];
  const paint = pagePainter(
    pages.map((_, i) => ({ svg: () => svg(i), scale })),
    input.paintRows,
  );
  for (const i of pages.keys()) {
    input.signal?.throwIfAborted();
    const png = await paint(i);
    if (!png.ok) return png;
    pictures.push(carryInPng(png.value.bytes, input));
    for (const remark of png.value.remarks) remarks.add(remark);
    input.progress?.((i + 1) / pages.length);
  }
  const [content = new Uint8Array(), ...more] = pictures;
  return ok({ content, ...(more.length > 0 && { more }), remarks: [...remarks] });
}

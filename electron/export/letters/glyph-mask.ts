import type { Outline } from "./harfbuzz.ts";

/** How much of each pixel a glyph covers, from 0 to 255, around the place where it stands. */
export interface Mask {
  /** From where it stands to its first pixel. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly cover: Uint8Array;
}

/** Shades from nothing to all: more are not told apart, and a picture of few colours is a small file. */
const SHADES = 16;

/** Pixels that a piece of a curve may be off its place. */
const FLATNESS = 0.05;

/**
 * A glyph as pixels, so many for the font size, standing some part of a pixel right of and below the corner of one. The part
 * of each pixel that lies within the outline is exact; what lies within two of its curves counts once.
 */
export function maskOf(outline: Outline, size: number, right: number, below: number): Mask {
  let [minX, minY, maxX, maxY] = [0, 0, 0, 0];
  const points = new Float64Array(outline.length);
  for (let i = 0; i < outline.length; i += 2) {
    const x = (outline[i] as number) * size + right;
    const y = below - (outline[i + 1] as number) * size;
    points[i] = x;
    points[i + 1] = y;
    [minX, maxX] = i === 0 ? [x, x] : [Math.min(minX, x), Math.max(maxX, x)];
    [minY, maxY] = i === 0 ? [y, y] : [Math.min(minY, y), Math.max(maxY, y)];
  }
  const [left, top] = [Math.floor(minX), Math.floor(minY)];
  const [width, height] = [Math.ceil(maxX) - left, Math.ceil(maxY) - top];
  // A column more than are seen: what lies right of a line goes there.
  const area = new Float64Array((width + 2) * height);
  for (let i = 0; i + 5 < points.length; i += 6) {
    const [x0, y0, cx, cy, x1, y1] = points.subarray(i, i + 6) as unknown as Six;
    curve(area, width + 2, [x0 - left, y0 - top, cx - left, cy - top, x1 - left, y1 - top]);
  }
  const cover = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    let within = 0;
    for (let x = 0; x < width; x++) {
      within += area[y * (width + 2) + x] as number;
      cover[y * width + x] = Math.round((Math.round(Math.min(1, Math.abs(within)) * SHADES) * 255) / SHADES);
    }
  }
  return { left, top, width, height, cover };
}

type Six = readonly [number, number, number, number, number, number];

function curve(area: Float64Array, stride: number, [x0, y0, cx, cy, x1, y1]: Six): void {
  // How far the middle of the curve is from its chord tells how many pieces there have to be.
  const bend = Math.hypot(x0 - 2 * cx + x1, y0 - 2 * cy + y1) / 4;
  const pieces = Math.max(1, Math.ceil(Math.sqrt(bend / FLATNESS)));
  let [x, y] = [x0, y0];
  for (let i = 1; i <= pieces; i++) {
    const t = i / pieces;
    const u = 1 - t;
    const toX = i === pieces ? x1 : u * u * x0 + 2 * u * t * cx + t * t * x1;
    const toY = i === pieces ? y1 : u * u * y0 + 2 * u * t * cy + t * t * y1;
    line(area, stride, x, y, toX, toY);
    [x, y] = [toX, toY];
  }
}

/** Adds to each pixel what changes there, from left to right, by a line: the sums of a row are what lies within. */
function line(area: Float64Array, stride: number, fromX: number, fromY: number, toX: number, toY: number): void {
  if (fromY === toY) return;
  const down = fromY < toY;
  const [x0, y0, x1, y1] = down ? [fromX, fromY, toX, toY] : [toX, toY, fromX, fromY];
  const slope = (x1 - x0) / (y1 - y0);
  let x = x0;
  for (let row = Math.floor(y0); row < y1; row++) {
    const high = Math.min(row + 1, y1) - Math.max(row, y0);
    const next = x + slope * high;
    across(area, row * stride, Math.min(x, next), Math.max(x, next), down ? high : -high);
    x = next;
  }
}

/** The same within one row of pixels: a line that goes from `left` to `right` while it goes `high` down. */
function across(area: Float64Array, row: number, left: number, right: number, high: number): void {
  const first = Math.floor(left);
  const last = Math.max(first + 1, Math.ceil(right));
  let before = 0;
  for (let column = first; column < last; column++) {
    const part = rightOf(left, right, column);
    add(area, row + column, high * (part - before));
    before = part;
  }
  add(area, row + last, high * (1 - before));
}

/** How much of a pixel is right of a line that goes evenly from `left` to `right`: its mean on the way. */
function rightOf(left: number, right: number, pixel: number): number {
  if (right - left < 1e-9) return Math.min(1, Math.max(0, pixel + 1 - left));
  return (upTo(right, pixel) - upTo(left, pixel)) / (right - left);
}

/** The sum of the parts of a pixel right of x, for all x up to one: all of it before the pixel, ever less within, nothing after. */
function upTo(x: number, pixel: number): number {
  if (x < pixel) return x - pixel;
  return (1 - Math.max(0, pixel + 1 - x) ** 2) / 2;
}

function add(area: Float64Array, at: number, value: number): void {
  area[at] = (area[at] as number) + value;
}

import { applyPalette, GIFEncoder, type Palette, quantize } from "gifenc";
import type { Film } from "../../shared/diagram/film.ts";
import type { Point } from "../../shared/diagram/scene.ts";
import { ok, type Result } from "../../shared/flow/result.ts";
import { filmFor, filmRemarks } from "./film.ts";
import type { Exported, ExportInput } from "./formats.ts";
import { painted } from "./raster.ts";

/** A picture, four bytes a pixel, and the same as one number a pixel. */
interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
  readonly words: Uint32Array;
}

/** Pixels from (left, top) to before (right, bottom). */
interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Colours are chosen by this many shots of the film, and in them by every so many-th row. */
const SAMPLED_SHOTS = 8;
const SAMPLED_ROWS = 3;
const COLORS = 255;
/** The longest time that a frame can be shown, in hundredths of a second. */
const LONGEST_DELAY = 65_535;

/** The film as an animation that repeats. A frame holds only what differs from the one before. */
export async function exportGif(input: ExportInput): Promise<Result<Exported>> {
  const made = filmFor(input);
  if (!made.ok) return made;
  const film = made.value;
  const pictures = film.shots.map(film.picture);
  const palette = await paletteOf(film, pictures);
  const writer = gifWriter(film, palette);
  let frame = 0;
  for (const [i, shot] of film.shots.entries()) {
    input.signal?.throwIfAborted();
    writer.still(await pixelsOf(pictures[i] as string));
    for (let at = 0; at < shot.tokens.length; ) {
      const token = shot.tokens[at];
      let count = 1;
      while (token === undefined && at + count < shot.tokens.length && shot.tokens[at + count] === undefined) count++;
      writer.frame(token, centisecondsAt(frame + count, film) - centisecondsAt(frame, film));
      frame += count;
      at += count;
    }
    input.progress?.(frame / film.frames);
    // What the person does meanwhile is heard between two shots.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return ok({ content: writer.bytes(), remarks: await filmRemarks(film, pictures) });
}

const centisecondsAt = (frame: number, { fps }: Film): number => Math.round((frame * 100) / fps);

async function pixelsOf(svg: string): Promise<Pixels> {
  const { pixels: rgba, width, height } = await painted(svg, 1);
  return { width, height, rgba, words: new Uint32Array(rgba.buffer) };
}

/** Colours for the whole film, so that what stays the same stays the same pixel; the ground and the token exactly. */
async function paletteOf({ shots, token }: Film, pictures: readonly string[]): Promise<Palette> {
  const apart = Math.max(1, Math.ceil(shots.length / SAMPLED_SHOTS));
  const rows: Uint8Array[] = [];
  let ground: readonly number[] = [];
  for (let i = 0; i < pictures.length; i += apart) {
    const { width, height, rgba } = await pixelsOf(pictures[i] as string);
    ground = [...rgba.subarray(0, 3)];
    for (let y = 0; y < height; y += SAMPLED_ROWS) rows.push(rgba.subarray(y * width * 4, (y + 1) * width * 4));
  }
  return [ground, colorOf(token.color), ...quantize(new Uint8Array(Buffer.concat(rows)), COLORS - 2)];
}

const colorOf = (hex: string): readonly number[] => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

function gifWriter({ width, height, token: { radius, color } }: Film, palette: Palette) {
  const gif = GIFEncoder();
  const ink = colorOf(color);
  let before: Pixels | undefined;
  let now: Pixels | undefined;
  let changed: Area | undefined;
  let tokenBefore: Area | undefined;

  /** Writes an area of the picture as a frame, where it is: gifenc itself writes whole pictures only. */
  const write = (area: Area, rgba: Uint8Array, delay: number) => {
    const start = gif.bytesView().length;
    const first = start === 0;
    gif.writeFrame(applyPalette(rgba, palette), area.right - area.left, area.bottom - area.top, {
      delay: delay * 10,
      dispose: 1,
      ...(first && { palette }),
    });
    if (first) return;
    // A graphic control extension of 8 bytes, the separator, then left and top (GIF89a, 20).
    const view = gif.bytesView().subarray(start + 9, start + 13);
    view.set([area.left & 255, area.left >> 8, area.top & 255, area.top >> 8]);
  };

  return {
    /** The picture of the frames to come. */
    still(pixels: Pixels): void {
      before = now;
      now = pixels;
      changed = before === undefined ? { left: 0, top: 0, right: width, bottom: height } : difference(before, now);
    },
    /** A frame: the picture with the token somewhere or nowhere, shown for hundredths of a second. */
    frame(token: Point | undefined, delay: number): void {
      if (now === undefined) return;
      const tokenNow = token === undefined ? undefined : around(token, radius, now);
      const area = together([changed, tokenBefore, tokenNow]) ?? { left: 0, top: 0, right: 1, bottom: 1 };
      const rgba = cut(now, area);
      if (token !== undefined) paintToken(rgba, area, token, radius, ink);
      write(area, rgba, Math.min(delay, LONGEST_DELAY));
      for (let left = delay - LONGEST_DELAY; left > 0; left -= LONGEST_DELAY) {
        const corner = { left: 0, top: 0, right: 1, bottom: 1 };
        write(corner, cut(now, corner), Math.min(left, LONGEST_DELAY));
      }
      changed = undefined;
      tokenBefore = tokenNow;
    },
    bytes(): Uint8Array {
      gif.finish();
      return gif.bytes();
    },
  };
}

/** The smallest area outside which two pictures are alike. */
function difference(a: Pixels, b: Pixels): Area | undefined {
  const { width, height } = b;
  let area: Area | undefined;
  for (let y = 0; y < height; y++) {
    let left = y * width;
    let right = left + width;
    while (left < right && a.words[left] === b.words[left]) left++;
    while (right > left && a.words[right - 1] === b.words[right - 1]) right--;
    if (left === right) continue;
    const row = { left: left - y * width, top: y, right: right - y * width, bottom: y + 1 };
    area = together([area, row]);
  }
  return area;
}

function around({ x, y }: Point, radius: number, { width, height }: Pick<Pixels, "width" | "height">): Area {
  const within = (at: number, most: number) => Math.min(most, Math.max(0, at));
  return {
    left: within(Math.floor(x - radius - 1), width - 1),
    top: within(Math.floor(y - radius - 1), height - 1),
    right: within(Math.ceil(x + radius + 1), width),
    bottom: within(Math.ceil(y + radius + 1), height),
  };
}

function together(areas: readonly (Area | undefined)[]): Area | undefined {
  return areas.reduce((a, b) =>
    a === undefined || b === undefined
      ? (a ?? b)
      : {
          left: Math.min(a.left, b.left),
          top: Math.min(a.top, b.top),
          right: Math.max(a.right, b.right),
          bottom: Math.max(a.bottom, b.bottom),
        },
  );
}

function cut({ rgba, width }: Pixels, { left, top, right, bottom }: Area): Uint8Array {
  const row = (right - left) * 4;
  const out = new Uint8Array(row * (bottom - top));
  for (let y = top; y < bottom; y++) {
    const from = (y * width + left) * 4;
    out.set(rgba.subarray(from, from + row), (y - top) * row);
  }
  return out;
}

/** A disc with a soft edge, over a part of a picture. */
function paintToken(rgba: Uint8Array, area: Area, token: Point, radius: number, ink: readonly number[]): void {
  const width = area.right - area.left;
  // Frames can be large, and the disc is small.
  const box = around(token, radius, { width: area.right, height: area.bottom });
  for (let y = Math.max(box.top, area.top); y < box.bottom; y++) {
    for (let x = Math.max(box.left, area.left); x < box.right; x++) {
      const cover = Math.min(1, Math.max(0, radius + 0.5 - Math.hypot(x + 0.5 - token.x, y + 0.5 - token.y)));
      if (cover === 0) continue;
      const at = ((y - area.top) * width + x - area.left) * 4;
      for (let c = at; c < at + 3; c++)
        rgba[c] = Math.round((rgba[c] as number) * (1 - cover) + (ink[c - at] as number) * cover);
    }
  }
}

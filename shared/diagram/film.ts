import type { Diagram, Paragraph } from "./diagram.ts";
import { windowOf, windowsOf } from "./film-windows.ts";
import { frameAt } from "./frame.ts";
import { baseline } from "./label.ts";
import { layout } from "./layout.ts";
import type { Point, Scene } from "./scene.ts";
import { type RowRange, rowsOfSteps, sliceOf } from "./slice.ts";
import type { StepRange } from "./step-range.ts";
import { toSvg } from "./svg.ts";
import { textLines } from "./svg-text.ts";
import type { Theme } from "./theme.ts";
import { timingOf, wayAfter } from "./timing.ts";
import { breakLines } from "./wrap.ts";

/** What may be chosen about a film. */
export interface FilmOptions {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** Frames in a second. */
  readonly fps: number;
  /** 1 for the player's usual speed. */
  readonly speed: number;
  /** Whether the prose of each step stands below it. */
  readonly captions: boolean;
  /** What stands there before the first step. */
  readonly title: string;
  /** The steps that are played; all of them when absent. */
  readonly steps?: StepRange;
}

/**
 * A run as a film: what the player shows, at moments that lie equally far apart. Frames that differ in no more than the
 * message on its way are one shot: a picture, and where the message is.
 */
export interface Film {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  /** Number of frames, all shots together. */
  readonly frames: number;
  readonly shots: readonly Shot[];
  /** The dot that stands for a message on its way. */
  readonly token: { readonly radius: number; readonly color: string };
  /** What a shot shows beside its token, as an SVG document. */
  readonly picture: (shot: Shot) => string;
  /** The size of the figure's letters in pixels, at the smallest. */
  readonly letters: number;
}

export interface Shot {
  /** The step that is current, -1 before the first; `last + 1` when all is done. */
  readonly step: number;
  /** Which part of the caption is shown, where it is too long to be shown at once. */
  readonly page: number;
  /** One for each frame: the middle of the token in pixels, or undefined where no message is on its way. */
  readonly tokens: readonly (Point | undefined)[];
}

/** How long the title and the end stand, in ms. */
const OPENING_MS = 1500;
const ENDING_MS = 2500;
/** Time to read a character of a caption, in ms. */
const READING_MS = 45;
/** A caption has at most so many lines at once. */
const CAPTION_LINES = 4;
/** Lines of a caption over the height of the film. */
const CAPTION_SIZE = 1 / 34;
/** The figure is drawn no larger than so, over a height of 720 pixels. */
const LARGEST = 1.7;
/** The figure is rather made so much smaller than divided. */
const SQUEEZED = 0.8;

/** A film of a diagram. Equal diagrams and options give equal films. */
export function filmOf(diagram: Diagram, theme: Theme, options: FilmOptions): Film {
  const scene = layout(diagram, theme);
  const captions = captionsOf(diagram, options);
  const stage = stageOf(scene, theme, options, captions.height);
  const moments = momentsOf(diagram, scene, options);
  const shots = shotsOf(moments, options.fps, (step) => captions.pages(step).length, stage.tokenAt);
  const { width, height, fps } = options;
  return {
    width,
    height,
    fps,
    frames: shots.reduce((sum, { tokens }) => sum + tokens.length, 0),
    shots,
    token: { radius: 5.5 * stage.scale, color: theme.colors.current },
    letters: theme.sizes.text * stage.scale,
    picture: ({ step, page }) =>
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
      `<rect width="${width}" height="${height}" fill="${theme.colors.canvas}"/>` +
      `${stage.picture(step)}${captions.picture(captions.pages(step)[page] ?? [], theme)}</svg>`,
  };
}

/** What is shown from a time to another, in ms: a step on its way, or one that has arrived. */
interface Moment {
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly moving: boolean;
  /** When the caption that is then shown came, and when it goes. */
  readonly told: readonly [from: number, to: number];
}

function rangeOf(scene: Scene, { steps }: FilmOptions): StepRange {
  return steps ?? { first: 0, last: scene.stepRows.length - 1 };
}

function momentsOf(diagram: Diagram, scene: Scene, options: FilmOptions): readonly Moment[] {
  const { first, last } = rangeOf(scene, options);
  const { travel, rest } = timingOf(diagram, scene);
  let now = OPENING_MS;
  const moments: Moment[] = [{ from: 0, to: now, step: first - 1, moving: false, told: [0, now] }];
  for (let step = first; step <= last; ) {
    const paragraph = diagram.paragraphs.find((each) => each.first <= step && each.last >= step);
    const end = Math.min(last, paragraph?.last ?? step);
    const shown = Array.from({ length: end - step + 1 }, (_, i) => (travel(step + i) + rest(step + i)) / options.speed);
    const usual = shown.reduce((sum, time) => sum + time, 0);
    const read = options.captions ? ((paragraph?.text.length ?? 0) * READING_MS) / options.speed : 0;
    const more = Math.max(0, read - usual) / shown.length;
    const told = [now, now + usual + more * shown.length] as const;
    for (const time of shown) {
      const arrived = now + travel(step) / options.speed;
      moments.push({ from: now, to: arrived, step, moving: true, told });
      now += time + more;
      moments.push({ from: arrived, to: now, step, moving: false, told });
      step++;
    }
  }
  const told = [now, now + ENDING_MS] as const;
  return last < first ? moments : [...moments, { from: now, to: now + ENDING_MS, step: last + 1, moving: false, told }];
}

type TokenAt = (step: number, fraction: number) => Point | undefined;

function shotsOf(
  moments: readonly Moment[],
  fps: number,
  pagesOf: (step: number) => number,
  tokenAt: TokenAt,
): readonly Shot[] {
  const frames = Math.max(1, Math.round(((moments.at(-1)?.to ?? 0) * fps) / 1000));
  const shots: { step: number; page: number; tokens: (Point | undefined)[] }[] = [];
  let at = 0;
  for (let frame = 0; frame < frames; frame++) {
    const time = ((frame + 0.5) * 1000) / fps;
    while (at < moments.length - 1 && (moments[at] as Moment).to <= time) at++;
    const { from, to, step, moving, told } = moments[at] as Moment;
    const pages = pagesOf(step);
    const page = Math.min(pages - 1, Math.floor((pages * (time - told[0])) / (told[1] - told[0])));
    const token = moving ? tokenAt(step, wayAfter((time - from) / (to - from))) : undefined;
    const shot = shots.at(-1);
    if (shot?.step === step && shot.page === page) shot.tokens.push(token);
    else shots.push({ step, page, tokens: [token] });
  }
  return shots;
}

interface Stage {
  readonly scale: number;
  readonly picture: (step: number) => string;
  readonly tokenAt: TokenAt;
}

/** Where the figure is: the window around a step, as large as the width allows. */
function stageOf(scene: Scene, theme: Theme, options: FilmOptions, captionHeight: number): Stage {
  const { width } = options;
  const room = options.height - captionHeight;
  const range = rangeOf(scene, options);
  const part = options.steps === undefined ? allRows(scene) : rowsOfSteps(scene, range.first, range.last);
  const whole = sliceOf(scene, theme.sizes, part);
  const widest = Math.min(width / scene.width, (LARGEST * options.height) / 720);
  const once = whole.height * widest * SQUEEZED <= room;
  const scale = once ? Math.min(widest, room / whole.height) : widest;
  const windows = once ? [part] : windowsOf(scene, theme.sizes, part, room / scale);
  const places = windows.map((window) => {
    const slice = once ? whole : sliceOf(scene, theme.sizes, window);
    const fitted = Math.min(scale, room / slice.height);
    const x = Math.round((width - slice.width * fitted) / 2);
    const y = once ? Math.round((room - slice.height * fitted) / 2) : 0;
    return { slice, scale: fitted, x, y };
  });
  const placeOf = (step: number) => {
    const shown = Math.min(Math.max(step, range.first), range.last);
    return places[windowOf(scene, windows, shown)] as (typeof places)[number];
  };
  return {
    scale: Math.min(...places.map((place) => place.scale)),
    tokenAt: (step, fraction) => {
      const place = placeOf(step);
      const row = place.slice.rows[place.slice.stepRows[step] ?? -1];
      const moving = row?.shape.kind === "arrow" ? frameAt(place.slice, step + underWay(fraction)).moving : undefined;
      if (moving === undefined) return undefined;
      return { x: place.x + (moving.x + 0.5) * place.scale, y: place.y + (moving.y + 0.5) * place.scale };
    },
    picture: (step) => {
      const { slice, scale: by, x, y } = placeOf(step);
      const current = step >= range.first && step <= range.last ? { highlight: step } : {};
      // A slice has nothing beyond its edges, and to cut there takes many times as long as to draw it.
      const size = `x="${x}" y="${y}" width="${slice.width * by}" height="${slice.height * by}" overflow="visible"`;
      const svg = toSvg(slice, theme, { ...current, paleAfter: step, transparent: true });
      return svg.replace(/^<svg xmlns="[^"]*" width="[\d.]+" height="[\d.]+"/, () => `<svg ${size}`);
    },
  };
}

/** A message that has just set out, or is just arriving, is under way. */
function underWay(fraction: number): number {
  return Math.min(1 - 1e-6, Math.max(1e-6, fraction));
}

function allRows(scene: Scene): RowRange {
  return { first: 0, last: scene.rows.length - 1 };
}

interface Captions {
  /** Height of the band in which they stand; 0 without captions. */
  readonly height: number;
  /** The lines of a step's caption, as many at once as there is room for. Never none. */
  readonly pages: (step: number) => readonly (readonly string[])[];
  readonly picture: (lines: readonly string[], theme: Theme) => string;
}

const none: readonly (readonly string[])[] = [[]];

function captionsOf({ paragraphs }: Diagram, options: FilmOptions): Captions {
  if (!options.captions) return { height: 0, pages: () => none, picture: () => "" };
  const { width, height, title, steps } = options;
  const size = Math.max(10, Math.round(height * CAPTION_SIZE));
  const line = Math.round(size * 1.35);
  const pad = Math.round(size * 0.7);
  const broken = new Map<Paragraph | string, readonly (readonly string[])[]>();
  const linesOf = (of: Paragraph | string) => {
    const text = typeof of === "string" ? of : `${of.label} ${of.text}`;
    const known = broken.get(of) ?? inPages(breakLines(text, width - 4 * pad, size));
    broken.set(of, known);
    return known;
  };
  const played = paragraphs.filter(
    ({ first, last }) => steps === undefined || (last >= steps.first && first <= steps.last),
  );
  const most = Math.max(...[title, ...played].map((each) => linesOf(each)[0]?.length ?? 1));
  const start = steps?.first ?? 0;
  const end = steps?.last ?? Number.POSITIVE_INFINITY;
  const bandHeight = most * line + 2 * pad;
  return {
    height: bandHeight,
    pages: (step) => {
      const told = played.find(({ first, last }) => first <= step && last >= step);
      return step < start || step > end || told === undefined ? linesOf(title) : linesOf(told);
    },
    picture: (lines, { colors, font }) =>
      `<rect y="${height - bandHeight}" width="${width}" height="${bandHeight}" fill="${colors.state}"/>` +
      `<g font-family="${font}" font-size="${size}" fill="${colors.ink}">` +
      `${textLines(lines, 2 * pad, height - bandHeight + pad + baseline(line, size), line)}</g>`,
  };
}

function inPages(lines: readonly string[]): readonly (readonly string[])[] {
  const count = Math.max(1, Math.ceil(lines.length / CAPTION_LINES));
  const each = Math.ceil(lines.length / count);
  return Array.from({ length: count }, (_, i) => lines.slice(i * each, (i + 1) * each));
}

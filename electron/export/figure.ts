import type { Diagram } from "../../shared/diagram/diagram.ts";
import { type Fitted, fitted, isShortened, narrower } from "../../shared/diagram/fitted.ts";
import { layout } from "../../shared/diagram/layout.ts";
import { fitsPage, type Page, pagesOf, piecesOf, type Room } from "../../shared/diagram/pages.ts";
import type { Scene } from "../../shared/diagram/scene.ts";
import { rowsOfSteps, sliceOf } from "../../shared/diagram/slice.ts";
import { type StepRange, stepNumbered, stepRange } from "../../shared/diagram/step-range.ts";
import { stepsOf } from "../../shared/diagram/steps-of.ts";
import { type SvgOptions, svgPieces, toSvg } from "../../shared/diagram/svg.ts";
import { type Theme, themeNamed } from "../../shared/diagram/theme.ts";
import { ok, type Result } from "../../shared/flow/result.ts";
import type { ExportInput } from "./formats.ts";
import { heading } from "./heading.ts";

/** What is drawn of a flow, as the settings of an export say: the same for every format that has a figure. */
export interface Figure {
  /** One, or more where a paper was chosen and the figure does not fit one page. */
  readonly pages: readonly Page[];
  readonly theme: Theme;
  /** How a page is painted: title, highlighted and pale steps, ground. */
  readonly svg: (page: number, options?: SvgOptions) => string;
  /** The same in pieces, see `svgPieces`. */
  readonly pieces: (page: number) => readonly string[];
  readonly title: string;
  /** The chosen paper; absent for a figure in its own size. */
  readonly paper?: Paper;
  readonly remarks: readonly string[];
}

/** A sheet of paper in CSS px, and what is left free at its edges. */
export interface Paper extends Room {
  readonly margin: number;
}

const MILLIMETRE = 96 / 25.4;
const papers: Readonly<Record<string, Room>> = {
  a4: { width: 210 * MILLIMETRE, height: 297 * MILLIMETRE },
  letter: { width: 8.5 * 96, height: 11 * 96 },
};
const MARGIN = 15 * MILLIMETRE;

/**
 * The figure that the settings ask for; without a paper on one page, unless that is larger than the format's `largest`, or
 * higher than a picture of its width may be: then it goes over several in its own size.
 * Fails with a sentence for steps that the flow does not have.
 */
export function figureOf(
  input: ExportInput,
  largest?: Room,
  tallest: (width: number) => number = () => Number.POSITIVE_INFINITY,
): Result<Figure> {
  const { settings = {}, diagram } = input;
  const wanted = themeNamed(settings.theme);
  const current = settings.step ? stepNumbered(diagram, String(settings.step)) : ok(undefined);
  if (!current.ok) return current;
  const highlight = current.value;
  const range = wantedSteps(input, highlight);
  if (!range.ok) return range;
  const paper = paperFor(settings.paper, settings.orientation);
  const room = paper === undefined ? largest : insideOf(paper);
  const { scene: whole, sizes } = laidOut(input, wanted, room);
  const theme: Theme = { ...wanted, sizes };
  const scene =
    range.value === undefined ? whole : sliceOf(whole, sizes, rowsOfSteps(whole, range.value.first, range.value.last));
  const pages = room === undefined ? piecesOf(scene, sizes, tallest(scene.width)) : pagesOf(scene, sizes, room);
  const title = heading(input.flow, input.variant);
  const painted: SvgOptions = {
    transparent: settings.background === "transparent",
    ...(highlight !== undefined && { highlight }),
    ...(highlight !== undefined && settings.later === "pale" && { paleAfter: highlight }),
  };
  const titleOf = (page: number) => (pages.length === 1 ? title : `${title} (page ${page + 1} of ${pages.length})`);
  return ok({
    pages,
    theme,
    title,
    ...(paper !== undefined && { paper }),
    svg: (page, options) => toSvg(sceneOf(pages, page), theme, { title: titleOf(page), ...painted, ...options }),
    pieces: (page) => svgPieces(sceneOf(pages, page), theme, { title: titleOf(page), ...painted }),
    remarks: smallRemark(pages),
  });
}

/**
 * The diagram laid out. Where it would be small on the paper its lifelines stand closer to each other: on one page if it can
 * be read there, else over several.
 */
function laidOut(input: ExportInput, theme: Theme, room: Room | undefined): Laid {
  const { diagram } = input;
  const roomy = inWholeNames(diagram, theme, input.scene);
  const { scene: ready, sizes } = roomy;
  if (room === undefined || fitsPage(ready, room, LARGE)) return roomy;
  const legible = { width: room.width, enough: sizes.text * LARGE, least: sizes.text * READABLE };
  const candidates = narrower(diagram, sizes);
  const one = fitted(diagram, theme, candidates, { ...legible, height: room.height }, ready);
  if (fitsPage(one.scene, room, READABLE)) return one;
  return room.width >= ready.width * LARGE ? roomy : fitted(diagram, theme, candidates, legible, ready);
}

/** On paper names are not shortened: their heads have as many lines as that takes. */
function inWholeNames(diagram: Diagram, theme: Theme, ready: Scene | undefined): Laid {
  const scene = ready ?? layout(diagram, theme);
  if (!scene.heads.some(isShortened)) return { scene, sizes: theme.sizes };
  const sizes = { ...theme.sizes, headLines: MOST_LINES };
  return { scene: layout(diagram, { ...theme, sizes }), sizes };
}

/** In the head of a lifeline. */
const MOST_LINES = 40;

type Laid = Pick<Fitted, "scene" | "sizes">;

/** Print is as good as in its own size down to this part of it, and hard to read below the other. */
const LARGE = 0.7;
const READABLE = 0.6;

const sceneOf = (pages: readonly Page[], page: number): Scene => (pages[page] ?? (pages[0] as Page)).scene;

/** The steps to draw; undefined for all of them. */
function wantedSteps(
  { diagram, settings = {} }: ExportInput,
  current: number | undefined,
): Result<StepRange | undefined> {
  const words = String(settings.steps ?? "").trim();
  const range = words === "" ? ok(undefined) : stepRange(diagram, words);
  if (!range.ok || current === undefined || settings.later !== "absent") return range;
  const { first, last } = range.value ?? { first: 0, last: stepsOf(diagram).length - 1 };
  return ok({ first: Math.min(first, current), last: Math.min(last, current) });
}

function paperFor(name: unknown, orientation: unknown): Paper | undefined {
  const paper = papers[String(name)];
  if (paper === undefined) return undefined;
  const { width, height } = paper;
  return orientation === "landscape"
    ? { width: height, height: width, margin: MARGIN }
    : { width, height, margin: MARGIN };
}

/** The room for a picture on a sheet of paper. */
export function insideOf({ width, height, margin }: Paper): Room {
  return { width: width - 2 * margin, height: height - 2 * margin };
}

function smallRemark(pages: readonly Page[]): readonly string[] {
  const smallest = Math.min(...pages.map(({ scale }) => scale));
  if (smallest >= READABLE) return [];
  return [
    `The figure is shrunk to ${Math.round(smallest * 100)} % to fit the width of the paper; turned, or with fewer participants, it is larger.`,
  ];
}

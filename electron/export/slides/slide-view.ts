import type { Diagram, Item } from "../../../shared/diagram/diagram.ts";
import { type Fitted, fitted, isShortened, longestInNames } from "../../../shared/diagram/fitted.ts";
import type { Row, Scene } from "../../../shared/diagram/scene.ts";
import { light, type Sizes, type Theme } from "../../../shared/diagram/theme.ts";
import type { ArrowEnd } from "../../../shared/flow/drawn.ts";
import type { Box } from "./drawing.ts";

/** A diagram laid out for slides: how it is scaled into the area that a slide has for it, and in which windows it is seen. */
export interface SlideView {
  readonly scene: Scene;
  readonly sizes: Sizes;
  /** Points of the slide for one unit of the scene. */
  readonly scale: number;
  /** The area of the slide, in points; the heads are at its top. */
  readonly area: Box;
  /** From the area's left edge to the scene's. */
  readonly indent: number;
  readonly windows: readonly Window[];
  /** The window that shows a step: `windowOf[step]`. */
  readonly windowOf: readonly number[];
  /** With which step the item of a row is seen: `stepOf[row]`. */
  readonly stepOf: readonly number[];
  /** What a reader should know about the slides: text too small, rows too tall. */
  readonly remarks: readonly string[];
}

/** Rows that a slide shows at once, below the heads. */
export interface Window {
  /** First row, and the one after the last. */
  readonly from: number;
  readonly to: number;
  /** The first row that no window before shows. */
  readonly fresh: number;
  /** Heights in the scene between which it is seen. */
  readonly top: number;
  readonly bottom: number;
}

/** Text at the back of the room: labels are smaller only where there are many lifelines, or words would be cut. */
const SMALLEST = 12;
const LARGEST = 18;
/** Below, whole words help no more. */
const READABLE = 8;

const spacious: Sizes = {
  ...light.sizes,
  text: 14,
  line: 18,
  small: 13,
  smallLine: 16,
  number: 12,
  badgeHeight: 17,
  margin: 6,
  headText: 150,
  headLines: 8,
  headMin: 84,
  headPadX: 10,
  headPadY: 6,
  headGap: 14,
  gapMin: 150,
  gapMax: 280,
  gapWord: 300,
  labelPad: 12,
  noteMax: 400,
  rowTop: 7,
  rowBottom: 9,
  arrowHead: 10,
  tail: 12,
};

/** From roomy to tight: what lifelines take is what their distances and heads may. */
const tighter: readonly [Sizes, ...Sizes[]] = [
  spacious,
  { ...spacious, headText: 130, gapMin: 120, gapMax: 220, gapWord: 240 },
  { ...spacious, headText: 110, gapMin: 100, gapMax: 170, gapWord: 190, labelPad: 10 },
  {
    ...spacious,
    headText: 90,
    headMin: 60,
    gapMin: 84,
    gapMax: 135,
    gapWord: 150,
    labelPad: 8,
    headPadX: 6,
    headGap: 8,
  },
  {
    ...spacious,
    headText: 72,
    headMin: 40,
    gapMin: 60,
    gapMax: 100,
    gapWord: 110,
    labelPad: 6,
    headPadX: 4,
    headGap: 6,
  },
  {
    ...spacious,
    headText: 56,
    headMin: 32,
    gapMin: 48,
    gapMax: 76,
    gapWord: 84,
    labelPad: 4,
    headPadX: 3,
    headGap: 4,
    badgePad: 3,
    badgeGap: 3,
    lost: 18,
  },
];

/** Part of a window that shows again what the one before ended with. */
const OVERLAP = 0.3;

/** Lays a diagram out for an area of a slide. */
export function slideView(diagram: Diagram, theme: Theme, area: Box): SlideView {
  const { scene, sizes } = fitting(diagram, theme, area.width);
  const scale = Math.min(area.width / scene.width, LARGEST / sizes.text);
  const height = area.height / scale - scene.headHeight;
  const windows = windowsOf(scene, diagram.items, height);
  const stepOf = stepsOfRows(diagram.items);
  const windowOf = scene.stepRows.map((row) => windows.findIndex(({ from, to }) => row >= from && row < to));
  return {
    scene,
    sizes,
    scale,
    area,
    indent: (area.width - scene.width * scale) / 2,
    windows,
    windowOf,
    stepOf,
    remarks: [
      ...halved(diagram),
      ...tooSmall(sizes.text * scale, diagram),
      ...tooTall(scene.rows, height),
      ...shortened(scene),
    ],
  };
}

/** The roomiest layout whose text is large enough; words are cut only where they would be hard to read otherwise. */
function fitting(diagram: Diagram, theme: Theme, width: number): Fitted {
  const word = Math.min(longestInNames(diagram, spacious), LONGEST);
  const whole = tighter.map((sizes) => ({
    ...sizes,
    headText: Math.max(sizes.headText, word),
    gapWord: Math.max(sizes.gapWord, LONGEST + ROUND_WORD),
  }));
  const candidates = [...whole, ...tighter.slice(-2)] as unknown as [Sizes, ...Sizes[]];
  return fitted(diagram, theme, candidates, { width, enough: SMALLEST, least: READABLE });
}

/** A longer word is cut in any case. */
const LONGEST = 150;
/** Beside a word over an arrow: the step's number and what is left free. */
const ROUND_WORD = 50;

const HALF: readonly (ArrowEnd | undefined)[] = ["halfTop", "halfBottom", "stickTop", "stickBottom"];

function halved({ items }: Diagram): readonly string[] {
  const some = items.some(
    (item) => item.type === "step" && [item.look?.head, item.look?.tail].some((end) => HALF.includes(end)),
  );
  return some ? ["Slides have no half arrowheads; they are drawn whole."] : [];
}

function tooSmall(size: number, { lifelines }: Diagram): readonly string[] {
  if (size >= SMALLEST - 0.05) return [];
  return [
    `${lifelines.length} lifelines beside each other leave text of ${size.toFixed(1)} pt on a slide; hide some to have it larger.`,
  ];
}

function shortened({ heads }: Scene): readonly string[] {
  const names = heads.filter(isShortened).map(({ name }) => `“${name}”`);
  if (names.length === 0) return [];
  return [`The slides have no room for all of ${names.length === 1 ? "the name" : "the names"} ${names.join(", ")}.`];
}

function tooTall(rows: readonly Row[], height: number): readonly string[] {
  const count = rows.filter((row) => row.height > height).length;
  if (count === 0) return [];
  return [
    `${count === 1 ? "A text is" : `${count} texts are`} longer than a slide is high and run over its lower edge.`,
  ];
}

/** Cuts the rows into windows of a height. Each begins with the last rows of the one before, as far as they leave room. */
function windowsOf({ rows, headHeight, bottom }: Scene, items: readonly Item[], height: number): readonly Window[] {
  const windows: Window[] = [];
  let from = 0;
  let fresh = 0;
  do {
    const top = rows[from]?.top ?? headHeight;
    let to = from;
    while (to < rows.length && (endOf(rows[to]) <= top + height || to === fresh)) to++;
    const last = to >= rows.length;
    windows.push({ from, to, fresh, top, bottom: last ? bottom : Math.max(endOf(rows[to - 1]), top) });
    fresh = to;
    if (last) break;
    while (from < to && (rows[from] as Row).top < endOf(rows[to - 1]) - height * OVERLAP) from++;
    while (from < to && endOf(rows[to]) - (rows[from] as Row).top > height) from++;
    // The end of a fragment says nothing without what is in it.
    while (from < to && items[from]?.type === "end") from++;
  } while (fresh < rows.length);
  return windows;
}

const endOf = (row: Row | undefined): number => (row === undefined ? 0 : row.top + row.height);

/** Notes, timers and states are seen with the step before them; what opens or divides, with the step after it. */
function stepsOfRows(items: readonly Item[]): readonly number[] {
  const steps: number[] = [];
  let before = 0;
  for (const [i, item] of items.entries()) {
    if (item.type === "step") before = item.index;
    steps[i] = before;
  }
  let after: number | undefined;
  for (let i = items.length - 1; i >= 0; i--) {
    const item = items[i] as Item;
    if (item.type === "step") after = item.index;
    else if (item.type === "fragment" || item.type === "else" || item.type === "divider") {
      steps[i] = after ?? (steps[i] as number);
    }
  }
  return steps;
}

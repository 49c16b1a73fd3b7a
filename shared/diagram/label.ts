import { ENDS_AT_BAR, STARTS_AT_BAR } from "./activations.ts";
import { type Columns, figureNumber } from "./columns.ts";
import type { Look, Step } from "./diagram.ts";
import { textWidth } from "./measure.ts";
import type { Arrow, ArrowStyle, Head, Point } from "./scene.ts";
import type { Sizes } from "./theme.ts";
import { tintOf } from "./tint.ts";
import { type Block, balancedLines } from "./wrap.ts";

/** What all arrows have: a label with a number, set in lines and placed, and the arrow value around it. */

/** Distance from the top of a line box to the baseline, so that capitals stand in its middle. */
export function baseline(line: number, size: number): number {
  return Math.round(line / 2 + 0.36 * size);
}

/** All that decides how a step's arrow is drawn, besides its row's kind. */
export interface Spot {
  readonly step: Step;
  /** Columns of its ends, -1 for one without a lifeline. */
  readonly from: number;
  readonly to: number;
  /** Width of the label on one line. */
  readonly measured: number;
  /** Width of the number's badge, 0 without a number, and what it takes beside the label, see `chromeWidth`. */
  readonly badge: number;
  readonly chrome: number;
  /** Upper edge of the row. */
  readonly top: number;
  readonly columns: Columns;
  /** A slanted arrow passes the row. */
  readonly passed: boolean;
  /** Upper edge of the row before which the message was sent; `top` when that is its own row; absent for a flat arrow. */
  readonly startTop: number | undefined;
  /** Which ends are at an activation bar. */
  readonly ends: number;
  /** Authored, in a diagram that also has computed steps. */
  readonly authored: boolean;
  /** The head of the lifeline that the message creates, to which its arrow goes. */
  readonly creates?: Head | undefined;
}

/** A label and its number, placed side by side. */
interface Label {
  readonly numberX: number;
  readonly numberWidth: number;
  readonly labelX: number;
  readonly labelWidth: number;
  readonly lines: readonly string[];
}

export const NO_LINES: readonly string[] = [];

/** Breaks a label to `width`; `measured` is its width on one line, which spares measuring again what fits. */
export function block(label: string, measured: number, width: number, sizes: Sizes): Block {
  if (label === "") return { lines: NO_LINES, width: 0 };
  if (measured <= width && !label.includes("\n")) return { lines: [label], width: Math.ceil(measured) };
  return balancedLines(label, Math.max(width, 24), sizes.text);
}

/** Number and label centred in [low, high], or at the end of it that `side` names. The number leads the first line. */
export function placeLabel(
  { badge, chrome, columns: { sizes } }: Spot,
  text: Block,
  low: number,
  high: number,
  side: -1 | 0 | 1 = 0,
): Label {
  const half = text.width / 2;
  const first = text.lines.length > 1 ? textWidth(text.lines[0] as string, sizes.text) / 2 : half;
  const before = Math.ceil(Math.max(chrome + first, half));
  const width = before + half;
  const left = side < 0 ? low : side > 0 ? high - width : (low + high - width) / 2;
  const labelX = Math.round(left) + before;
  const numberX = Math.floor(labelX - first - chrome);
  return { numberX, numberWidth: badge, labelX, labelWidth: text.width, lines: text.lines };
}

/** Height of the label's lines; a number alone takes one. */
export function labelHeight({ badge, columns: { sizes } }: Spot, text: Block): number {
  return badge === 0 && text.lines.length === 0 ? 0 : Math.max(1, text.lines.length) * sizes.line;
}

export const labelLeft = (arrow: Arrow): number =>
  arrow.number === ""
    ? arrow.labelX - arrow.labelWidth / 2
    : Math.min(arrow.numberX, arrow.labelX - arrow.labelWidth / 2);
export const labelRight = (arrow: Arrow): number =>
  arrow.lines.length === 0 ? arrow.numberX + arrow.numberWidth : arrow.labelX + arrow.labelWidth / 2;
/** Upper and lower edge of the label's lines. */
export const labelTop = (arrow: Arrow, sizes: Sizes): number => arrow.labelY - baseline(sizes.line, sizes.text);
export const labelBottom = (arrow: Arrow, sizes: Sizes): number =>
  labelTop(arrow, sizes) + Math.max(1, arrow.lines.length) * sizes.line;

/** From a lifeline's middle to the edge of a bar on it. */
function barEdge(ends: number, bit: number, sizes: Sizes): number {
  return (ends & bit) === 0 ? 0 : sizes.activation / 2;
}

function styleOf({ head = "filled", tail = "none", dots, colour }: Look): ArrowStyle {
  const tint = tintOf(colour);
  return { head, tail, ...(dots !== undefined && { dots }), ...(tint !== undefined && { tint }) };
}

/** What few arrows have. */
export type Extras = Pick<Arrow, "look" | "bend" | "startName" | "endName" | "hidden" | "via">;

/**
 * The arrow value. What few arrows have is only on those, so that a long scene is small; all else is always there and in
 * the same order, which keeps its readers fast.
 */
export function arrow(
  spot: Spot,
  label: Label,
  labelY: number,
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  masked: boolean,
  extras?: Extras,
): Arrow {
  const { step, ends, columns } = spot;
  const plain: Arrow = {
    kind: "arrow",
    step: step.index,
    x1,
    y1,
    x2,
    y2,
    line: step.line,
    authored: spot.authored,
    lost: step.lost,
    number: figureNumber(step),
    numberX: label.numberX,
    numberWidth: label.numberWidth,
    labelX: label.labelX,
    labelY,
    lines: label.lines,
    labelWidth: label.labelWidth,
    startInset: barEdge(ends, STARTS_AT_BAR, columns.sizes),
    endInset: barEdge(ends, ENDS_AT_BAR, columns.sizes),
    masked,
  };
  if (step.look === undefined && extras === undefined) return plain;
  return { ...plain, ...(step.look && { look: styleOf(step.look) }), ...extras };
}

/** The points at which the line passes participants that handed the message on. */
export function passed(
  step: Step,
  columns: Columns,
  x1: number,
  y1: number,
  x2: number,
  y2: number,
): readonly Point[] | undefined {
  const points: Point[] = [];
  for (const id of step.through) {
    const x = columns.xs[columns.at.get(id) ?? -1];
    if (x === undefined || x <= Math.min(x1, x2) || x >= Math.max(x1, x2)) continue;
    points.push({ x, y: Math.round(y1 + ((x - x1) / (x2 - x1)) * (y2 - y1)) });
  }
  return points.length === 0 ? undefined : points;
}

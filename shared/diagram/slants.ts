import type { Columns } from "./columns.ts";
import {
  arrow,
  baseline,
  block,
  labelBottom,
  labelHeight,
  labelLeft,
  labelRight,
  labelTop,
  passed,
  placeLabel,
  type Spot,
} from "./label.ts";
import type { Arrow, Row } from "./scene.ts";
import { longestWord } from "./wrap.ts";

/** Free between a slanted line and its label. */
const SLANT_CLEAR = 10;

/** Share of the span that the label of a slanted arrow may take without making the row higher than it need be. */
const LABEL_SHARE = 0.6;

/**
 * An arrow that starts above `top`, where the message was sent, and ends in this row. Its label stands under the line, at
 * the sender's side; the row is made high enough for the line to have passed it.
 */
export function slantedArrow(spot: Spot, startTop: number): Row {
  const { step, measured, chrome, top, columns, from, to } = spot;
  const { sizes, xs } = columns;
  const x1 = xs[from] as number;
  const target = xs[to] as number;
  const direction = target > x1 ? 1 : -1;
  const x2 = step.lost ? target - direction * sizes.lost : target;
  const span = Math.abs(x2 - x1);
  const clear = sizes.labelPad + SLANT_CLEAR;
  const word = Math.ceil(longestWord(step.label, sizes.text));
  const room = Math.max(LABEL_SHARE * span - clear - chrome, Math.min(word, span - 2 * clear - chrome));
  const text = block(step.label, measured, Math.min(sizes.labelMax, room), sizes);
  const tall = labelHeight(spot, text);
  const y1 = startTop + 3;
  // Of the whole fall, the part beside the label must be no more than what is left of the span beside the label.
  const beside = tall + sizes.rowMiddle + 2;
  const share = Math.min(0.9, (text.width + chrome + clear) / span);
  const fall = Math.max(top + sizes.rowTop + tall + sizes.rowMiddle - y1, Math.ceil(beside / (1 - share)));
  const y2 = y1 + fall;
  const blockTop = y2 - sizes.rowMiddle - tall;
  const reach = x1 + direction * (span * (1 - beside / fall) - SLANT_CLEAR);
  const start = x1 + direction * sizes.labelPad;
  const label = placeLabel(spot, text, Math.min(start, reach), Math.max(start, reach));
  const masked = Math.abs(to - from) > 1;
  const via = step.through.length === 0 ? undefined : passed(step, columns, x1, y1, x2, y2);
  const shape = arrow(spot, label, blockTop + baseline(sizes.line, sizes.text), x1, y1, x2, y2, masked, via && { via });
  return { top, height: y2 + sizes.rowBottom - top, shape };
}

/** Free between a slanted line and a label that makes way for it, and between that label and lifelines. */
const LINE_CLEAR = 4;
const MOVED_PAD = 8;

/** Where a line from (x1, y1) to (x2, y2) runs between two heights, as [low, high], or nothing. */
function crossing(line: Arrow, top: number, bottom: number): readonly [number, number] | undefined {
  if (line.y1 >= bottom || line.y2 <= top) return undefined;
  const at = (y: number) => line.x1 + ((y - line.y1) / (line.y2 - line.y1)) * (line.x2 - line.x1);
  const a = at(Math.max(top, line.y1));
  const b = at(Math.min(bottom, line.y2));
  return [Math.min(a, b) - LINE_CLEAR, Math.max(a, b) + LINE_CLEAR];
}

/** Moves a label aside where slanted arrows pass; where it cannot get out of their way, it is painted over them. */
export function clearLabel(shape: Arrow, slants: readonly Arrow[], columns: Columns): Arrow {
  const { sizes } = columns;
  const left = labelLeft(shape);
  const width = labelRight(shape) - left;
  const top = labelTop(shape, sizes);
  const bottom = labelBottom(shape, sizes);
  const struck = slants.map((line) => crossing(line, top, bottom)).filter((range) => range !== undefined);
  if (!struck.some(([low, high]) => low < left + width && high > left)) return shape;
  if (shape.y1 !== shape.y2 || shape.hidden !== undefined) return { ...shape, masked: true };
  const low = Math.min(shape.x1, shape.x2) + MOVED_PAD;
  const high = Math.max(shape.x1, shape.x2) - MOVED_PAD - width;
  const starts = [low, high, ...struck.map(([from]) => from - width), ...struck.map(([, to]) => to)];
  const free = starts.filter(
    (x) => x >= low && x <= high && struck.every(([from, to]) => to <= x || from >= x + width),
  );
  // Nearest to the sender, whose side the eye comes from.
  const sender = shape.x1 < shape.x2 ? low : high;
  const best = free.sort((a, b) => Math.abs(a - sender) - Math.abs(b - sender))[0];
  if (best === undefined) return { ...shape, masked: true };
  const shift = Math.round(best - left);
  const start = left + shift;
  const masked = columns.xs.some((x) => x > start && x < start + width);
  return { ...shape, numberX: shape.numberX + shift, labelX: shape.labelX + shift, masked };
}

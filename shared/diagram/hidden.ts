import { chromeWidth, endName, hiddenSide } from "./columns.ts";
import { arrow, baseline, block, labelHeight, NO_LINES, placeLabel, type Spot } from "./label.ts";
import { textWidth } from "./measure.ts";
import type { HiddenName, Row } from "./scene.ts";
import type { Sizes } from "./theme.ts";
import { balancedLines, clipLines, widest } from "./wrap.ts";

/** A short arrow from or to a participant that has no lifeline: a dot with its name, in the room beside the lifeline. */
export function hiddenArrow(spot: Spot): Row {
  const { step, measured, chrome, top, columns, from, to } = spot;
  const { sizes, xs } = columns;
  if (from < 0 && to < 0) return looseArrow(spot);
  const column = Math.max(from, to);
  const side = hiddenSide(column, xs.length);
  const x = xs[column] as number;
  const edge = xs[column + side];
  const end = edge === undefined ? (side > 0 ? columns.right : columns.left) : edge - side * sizes.labelPad;
  const dot = x + side * sizes.hidden;
  const name = endName(from >= 0 ? step.to : step.from);
  const nameX = dot + side * 8;
  const room = Math.max(24, (end - nameX) * side);
  const nameLines =
    name === "" ? NO_LINES : clipLines(balancedLines(name, room, sizes.small).lines, 4, room, sizes.small);
  const start = x + side * sizes.labelPad;
  const text = block(step.label, measured, (end - start) * side - chrome, sizes);
  const label = placeLabel(spot, text, Math.min(start, end), Math.max(start, end), side > 0 ? -1 : 1);
  const half = Math.ceil((nameLines.length * sizes.smallLine) / 2);
  const blockTop = top + sizes.rowTop;
  const y = blockTop + labelHeight(spot, text) + Math.max(sizes.rowMiddle + 2, half + 2);
  const hidden: HiddenName = { lines: nameLines, x: nameX, y, anchor: side > 0 ? "start" : "end" };
  const [x1, x2] = from >= 0 ? [x, dot] : [dot, x];
  // A slanted arrow may pass behind the names.
  const masked = spot.passed;
  const shape = arrow(spot, label, blockTop + baseline(sizes.line, sizes.text), x1, y, x2, y, masked, {
    ...(from >= 0 ? { endName: name } : { startName: name }),
    hidden,
  });
  return { top, height: y + Math.max(sizes.rowBottom, half + 3) - top, shape };
}

/** Neither end has a lifeline: a short arrow right of all, which names both ends in its label. */
function looseArrow(spot: Spot): Row {
  const { step, badge, top, columns } = spot;
  const { sizes, xs } = columns;
  const startName = endName(step.from);
  const finishName = endName(step.to);
  const named = startName === "" && finishName === "" ? "" : `${startName || "?"} → ${finishName || "?"}: `;
  const low = (xs.at(-1) ?? columns.left) + sizes.labelPad;
  const written = named + step.label;
  const chrome = chromeWidth(badge, written, sizes);
  const text = block(written, textWidth(written, sizes.text), columns.right - low - chrome, sizes);
  const label = placeLabel({ ...spot, chrome }, text, low, columns.right, -1);
  const blockTop = top + sizes.rowTop;
  const y = blockTop + labelHeight(spot, text) + sizes.rowMiddle + 2;
  const x1 = low + 4;
  const shape = arrow(spot, label, blockTop + baseline(sizes.line, sizes.text), x1, y, x1 + sizes.hidden, y, false, {
    startName,
    endName: finishName,
  });
  return { top, height: y + sizes.rowBottom - top, shape };
}

/** Width that the name of a hidden participant takes, rounded up. */
export function hiddenWidth(hidden: HiddenName, sizes: Sizes): number {
  return Math.ceil(widest(hidden.lines, sizes.small));
}

import { hiddenWidth } from "../../../shared/diagram/hidden.ts";
import { labelLeft, labelRight, labelTop } from "../../../shared/diagram/label.ts";
import { DOT_RADIUS } from "../../../shared/diagram/marks.ts";
import type { Arrow, Point } from "../../../shared/diagram/scene.ts";
import type { Colour } from "./drawing.ts";
import { crossOutline } from "./outline.ts";
import { labelBlock, paintNumber, smallBlock } from "./paint-text.ts";
import { bandFill, boxOnSlide, type Layer, place, type Sheet } from "./sheet.ts";

/** What stands on and beside the line of a message. */

/** What shapes of a message are called in the list of the slide's shapes. */
export const named = (arrow: Pick<Arrow, "number" | "step">, what: string): string =>
  `Step ${arrow.number === "" ? arrow.step + 1 : arrow.number} ${what}`;

/** A dot at an end of the line; gives its id. */
export function paintDot(
  sheet: Sheet,
  arrow: Arrow,
  { x, y }: Point,
  colour: Colour,
  layer: Layer,
  radius = 3,
): number {
  return place(
    sheet,
    { layer, step: arrow.step },
    {
      name: named(arrow, "end"),
      box: boxOnSlide(sheet, x - radius, y - radius, 2 * radius, 2 * radius),
      outline: "ellipse",
      fill: colour,
    },
  );
}

/** Dots, crosses at the ends, the points where the message was handed on, and the sign of an authored one. */
export function paintMarks(sheet: Sheet, arrow: Arrow, colour: Colour, layer: Layer): void {
  const { look, x1, y1, x2, y2 } = arrow;
  const placing = { layer, step: arrow.step };
  const inWindow = (y: number) => y >= sheet.window.top && y <= sheet.window.bottom;
  if (look?.dots !== undefined && look.dots !== "to" && inWindow(y1))
    paintDot(sheet, arrow, { x: x1, y: y1 }, colour, layer, DOT_RADIUS);
  if (look?.dots !== undefined && look.dots !== "from" && inWindow(y2))
    paintDot(sheet, arrow, { x: x2, y: y2 }, colour, layer, DOT_RADIUS);
  for (const [end, x, y] of [
    [look?.tail, x1, y1],
    [arrow.lost ? undefined : look?.head, x2, y2],
  ] as const) {
    if (end !== "cross" || !inWindow(y)) continue;
    const box = boxOnSlide(sheet, x - 5 + (x === x1 ? 7 : -7) * Math.sign(x2 - x1), y - 5, 10, 10);
    const outline = { xml: crossOutline(box) };
    place(sheet, placing, { name: named(arrow, "cross"), box, outline, pen: { colour, width: 1.5 } });
  }
  for (const { x, y } of arrow.via ?? []) {
    if (!inWindow(y)) continue;
    place(sheet, placing, {
      name: named(arrow, "passes"),
      box: boxOnSlide(sheet, x - 2.5, y - 2.5, 5, 5),
      outline: "ellipse",
      fill: "bg1",
      pen: { colour, width: 1 },
    });
  }
  if (!arrow.authored || !inWindow(y1)) return;
  const toX = arrow.bend ?? x2;
  const toY = arrow.bend === undefined ? y2 : y1;
  const part = 12 / (Math.hypot(toX - x1, toY - y1) || 1);
  const box = boxOnSlide(sheet, x1 + (toX - x1) * part - 4, y1 + (toY - y1) * part - 4, 8, 8);
  place(sheet, placing, { name: named(arrow, "drawn by hand"), box, outline: "diamond", fill: colour });
}

export function paintLabel(sheet: Sheet, arrow: Arrow, current: boolean, layer: Layer): void {
  const { view, colors } = sheet;
  const { sizes } = view;
  const { lines, number, labelX, labelWidth } = arrow;
  const placing = { layer, step: arrow.step };
  const top = labelTop(arrow, sizes);
  const tint = arrow.look?.tint;
  const own = tint !== undefined ? colors.tints[tint].text : arrow.authored ? colors.authored : colors.label;
  if (arrow.masked) paintGround(sheet, arrow, current, layer);
  if (lines.length > 0) {
    const box = boxOnSlide(sheet, labelX - labelWidth / 2, top, labelWidth, lines.length * sizes.line);
    const block = labelBlock(sheet, lines, current ? colors.current : own);
    place(sheet, placing, {
      name: named(arrow, "label"),
      box,
      outline: "rect",
      text: { align: "ctr", blocks: [block] },
    });
  }
  if (number !== "") {
    const look = current ? "current" : arrow.authored ? "authored" : "plain";
    paintNumber(
      sheet,
      placing,
      { number, x: arrow.numberX, width: arrow.numberWidth, middle: top + sizes.line / 2 },
      look,
    );
  }
  paintHiddenName(sheet, arrow, layer);
}

/** Covers what runs behind a label, and continues the band of the current step over it. */
function paintGround(sheet: Sheet, arrow: Arrow, current: boolean, layer: Layer): void {
  const { sizes } = sheet.view;
  const left = labelLeft(arrow) - 3;
  const height = Math.max(1, arrow.lines.length) * sizes.line;
  const placing = { layer, step: arrow.step };
  const box = boxOnSlide(sheet, left, labelTop(arrow, sizes), labelRight(arrow) + 3 - left, height);
  const ground = { name: named(arrow, "ground"), box, outline: "rect", covers: true } as const;
  place(sheet, placing, { ...ground, fill: "bg1" });
  if (current) place(sheet, placing, { ...ground, ...bandFill(sheet) });
}

/** The name of a participant that has no lifeline, beside the dot for it. */
function paintHiddenName(sheet: Sheet, { hidden, ...arrow }: Arrow, layer: Layer): void {
  if (hidden === undefined || hidden.lines.length === 0) return;
  const { sizes } = sheet.view;
  const wide = hiddenWidth(hidden, sizes);
  const tall = hidden.lines.length * sizes.smallLine;
  const box = boxOnSlide(
    sheet,
    hidden.anchor === "start" ? hidden.x : hidden.x - wide,
    hidden.y - tall / 2,
    wide,
    tall,
  );
  place(
    sheet,
    { layer, step: arrow.step },
    {
      name: named(arrow, "hidden participant"),
      box,
      outline: "rect",
      text: {
        align: hidden.anchor === "start" ? "l" : "r",
        blocks: [smallBlock(sheet, hidden.lines, sheet.colors.muted)],
      },
    },
  );
}

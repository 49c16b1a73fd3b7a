import type { Step } from "../../../shared/diagram/diagram.ts";
import { hiddenWidth } from "../../../shared/diagram/hidden.ts";
import { labelLeft, labelRight, labelTop } from "../../../shared/diagram/label.ts";
import { DOT_RADIUS } from "../../../shared/diagram/marks.ts";
import type { Arrow, Point as ScenePoint } from "../../../shared/diagram/scene.ts";
import type { ArrowEnd } from "../../../shared/flow/drawn.ts";
import type { Colour, Point, Site } from "./drawing.ts";
import { crossOutline, SIDE_SITES } from "./outline.ts";
import { labelBlock, paintNumber, smallBlock } from "./paint-text.ts";
import { bandFill, boxOnSlide, connect, type Layer, onSlide, place, type Sheet, siteOn, toned } from "./sheet.ts";

/** Sites of an ellipse, counted from its top against the clock. */
const LEFT_OF_CIRCLE = 2;
const RIGHT_OF_CIRCLE = 6;
/** Sites of a rectangle, counted in the same way. */
const LEFT_OF_BOX = 1;
const RIGHT_OF_BOX = 3;

/** The message of a step: a connector glued to its lifelines, its label and number, and its marks. */
export function paintArrow(sheet: Sheet, arrow: Arrow, step: Step | undefined, layer: Layer): void {
  const { scale } = sheet.view;
  const current = sheet.emphasis.current === arrow.step;
  const colour = colourOf(sheet, arrow, current);
  const cut = clipped(sheet, arrow);
  const placing = { layer, step: arrow.step };
  const start = cut.start === undefined ? startGlue(sheet, arrow, colour, layer) : { point: cut.start };
  const end = cut.end === undefined ? endGlue(sheet, arrow, colour, layer) : { point: cut.end };
  const media = arrow.line === "media";
  connect(sheet, placing, {
    name: named(arrow, "message"),
    description: step === undefined ? arrow.lines.join(" ") : described(sheet, step),
    from: start.point,
    to: end.point,
    ...(start.site !== undefined && { start: start.site }),
    ...(end.site !== undefined && { end: end.site }),
    ...(arrow.bend !== undefined && { bend: onSlide(sheet, arrow.bend, 0).x }),
    pen: {
      colour,
      width: (media ? 4 : current ? 2.25 : 1.25) * scale,
      ...(arrow.line === "dashed" && { dash: "dash" as const }),
      ...(media && { double: true }),
    },
    head: cut.end !== undefined || arrow.lost ? "none" : headOf(arrow.look?.head ?? "filled"),
    tail: cut.start !== undefined ? "none" : headOf(arrow.look?.tail ?? "none"),
  });
  paintMarks(sheet, arrow, colour, layer);
  paintLabel(sheet, arrow, current, layer);
}

const named = (arrow: Pick<Arrow, "number" | "step">, what: string): string =>
  `Step ${arrow.number === "" ? arrow.step + 1 : arrow.number} ${what}`;

/** A message in words, for who cannot see it: "7. CPM Session Invitation, from CPM Client A to SIP/IP Core A". */
function described({ scene }: Sheet, { number, name, label, from, to, lost }: Step): string {
  const named = (end: Step["from"]) => {
    if (end.kind === "nowhere") return "outside";
    return end.kind === "hidden" ? end.name : (scene.heads.find(({ id }) => id === end.id)?.name ?? end.id);
  };
  const before = number === "" ? "" : `${number}. `;
  return `${before}${label || name}, from ${named(from)} to ${named(to)}${lost ? ", lost" : ""}`;
}

function colourOf(sheet: Sheet, arrow: Arrow, current: boolean): Colour {
  const { colors } = sheet;
  const own = arrow.look?.tint;
  if (current) return toned(sheet, colors.current);
  if (arrow.lost) return toned(sheet, colors.lost);
  if (own !== undefined) return toned(sheet, colors.tints[own].text);
  if (arrow.authored) return toned(sheet, colors.authored);
  return toned(sheet, arrow.line === "media" ? colors.media : colors.arrow);
}

function headOf(end: ArrowEnd): "triangle" | "arrow" | "none" {
  switch (end) {
    case "filled":
    case "halfTop":
    case "halfBottom":
      return "triangle";
    case "open":
    case "stickTop":
    case "stickBottom":
      return "arrow";
    case "none":
    case "cross":
      return "none";
  }
}

/** Where the line of a slanted arrow crosses the edges of the window, for ends that lie outside. */
function clipped(sheet: Sheet, { x1, y1, x2, y2 }: Arrow): { readonly start?: Point; readonly end?: Point } {
  const { top, bottom } = sheet.window;
  const at = (y: number) => onSlide(sheet, x1 + ((x2 - x1) * (y - y1)) / (y2 - y1 || 1), y);
  return { ...(y1 < top && { start: at(top) }), ...(y2 > bottom && y1 <= bottom && { end: at(bottom) }) };
}

interface Glued {
  readonly point: Point;
  readonly site?: Site | undefined;
}

function startGlue(sheet: Sheet, arrow: Arrow, colour: Colour, layer: Layer): Glued {
  const { x1, y1, startInset, startName } = arrow;
  const rightward = (arrow.bend ?? arrow.x2) > x1;
  if (startName !== undefined) {
    const dot = paintDot(sheet, arrow, { x: x1 - (rightward ? 3 : -3), y: y1 }, colour, layer);
    return { point: onSlide(sheet, x1, y1), site: { shape: dot, site: rightward ? RIGHT_OF_CIRCLE : LEFT_OF_CIRCLE } };
  }
  const point = onSlide(sheet, x1 + (rightward ? startInset : -startInset), y1);
  return { point, site: siteOn(sheet, columnAt(sheet, x1), point) };
}

function endGlue(sheet: Sheet, arrow: Arrow, colour: Colour, layer: Layer): Glued {
  const { x1, x2, y2, bend, endInset, endName } = arrow;
  const rightward = bend === undefined && x2 > x1;
  if (arrow.lost) {
    const box = boxOnSlide(sheet, x2 - 5, y2 - 5, 10, 10);
    const cross = place(
      sheet,
      { layer, step: arrow.step },
      {
        name: named(arrow, "lost"),
        box,
        outline: { xml: crossOutline(box) },
        pen: { colour, width: 2 },
      },
    );
    return { point: onSlide(sheet, x2, y2), site: { shape: cross, site: SIDE_SITES } };
  }
  if (endName !== undefined) {
    const dot = paintDot(sheet, arrow, { x: x2 + (rightward ? 3 : -3), y: y2 }, colour, layer);
    return { point: onSlide(sheet, x2, y2), site: { shape: dot, site: rightward ? LEFT_OF_CIRCLE : RIGHT_OF_CIRCLE } };
  }
  const point = onSlide(sheet, x2 + (rightward ? -endInset : endInset), y2);
  const column = columnAt(sheet, x2);
  const head = sheet.scene.heads[column];
  if (head?.late !== undefined && endInset === head.width / 2) {
    const shape = sheet.lifelines[column]?.head ?? 0;
    return { point, site: { shape, site: rightward ? LEFT_OF_BOX : RIGHT_OF_BOX } };
  }
  return { point, site: siteOn(sheet, column, point) };
}

const columnAt = ({ scene }: Sheet, x: number): number => scene.heads.findIndex((head) => head.x === x);

function paintDot(sheet: Sheet, arrow: Arrow, { x, y }: ScenePoint, colour: Colour, layer: Layer, radius = 3): number {
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
function paintMarks(sheet: Sheet, arrow: Arrow, colour: Colour, layer: Layer): void {
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

function paintLabel(sheet: Sheet, arrow: Arrow, current: boolean, layer: Layer): void {
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

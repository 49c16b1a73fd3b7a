import type { Step } from "../../../shared/diagram/diagram.ts";
import type { Arrow } from "../../../shared/diagram/scene.ts";
import type { ArrowEnd } from "../../../shared/flow/drawn.ts";
import type { Colour, ConnectorLook, Pen, Point, Site } from "./drawing.ts";
import { crossOutline, pathOutline, SIDE_SITES } from "./outline.ts";
import { named, paintDot, paintLabel, paintMarks } from "./paint-arrow-marks.ts";
import { boxOnSlide, connect, type Layer, onSlide, place, type Sheet, siteOn, toned } from "./sheet.ts";

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
  const pen: Pen = {
    colour,
    width: (media ? 4 : current ? 2.25 : 1.25) * scale,
    ...(arrow.line === "dashed" && { dash: "dash" as const }),
    ...(media && { double: true }),
  };
  const head = cut.end !== undefined || arrow.lost ? "none" : headOf(arrow.look?.head ?? "filled");
  const tail = cut.start !== undefined ? "none" : headOf(arrow.look?.tail ?? "none");
  const description = step === undefined ? arrow.lines.join(" ") : described(sheet, step);
  const line = (from: Glued, to: Glued, ends: Pick<ConnectorLook, "head" | "tail">) =>
    connect(sheet, placing, {
      name: named(arrow, "message"),
      description,
      from: from.point,
      to: to.point,
      ...(from.site !== undefined && { start: from.site }),
      ...(to.site !== undefined && { end: to.site }),
      pen,
      ...ends,
    });
  if (arrow.bend === undefined) line(start, end, { head, tail });
  else {
    const [out, back] = paintBend(sheet, arrow, arrow.bend, pen, layer);
    line(start, out, { head: "none", tail });
    line(back, end, { head, tail: "none" });
  }
  paintMarks(sheet, arrow, colour, layer);
  paintLabel(sheet, arrow, current, layer);
}

/** Where a message to itself turns, and the ends of its two lines there: bent connectors look different in each program. */
function paintBend(sheet: Sheet, arrow: Arrow, bend: number, pen: Pen, layer: Layer): readonly [Glued, Glued] {
  const { y1, y2 } = arrow;
  const round = Math.min(5, (y2 - y1) / 2);
  const x = bend - round;
  const box = boxOnSlide(sheet, x, y1, round, y2 - y1);
  const path = `M${x} ${y1}a${round} ${round} 0 0 1 ${round} ${round}V${y2 - round}a${round} ${round} 0 0 1 ${-round} ${round}`;
  const ends = [
    { x, y: y1 },
    { x, y: y2 },
  ];
  const onIt = (px: number, py: number) => onSlide(sheet, px, py);
  const outline = { xml: pathOutline(path, box, sheet.view.scale, onIt, ends) };
  const shape = place(sheet, { layer, step: arrow.step }, { name: named(arrow, "bend"), box, outline, pen });
  return [
    { point: onSlide(sheet, x, y1), site: { shape, site: SIDE_SITES } },
    { point: onSlide(sheet, x, y2), site: { shape, site: SIDE_SITES + 1 } },
  ];
}

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

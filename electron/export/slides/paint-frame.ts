import { frameTab } from "../../../shared/diagram/marks.ts";
import type { Frame } from "../../../shared/diagram/scene.ts";
import { widest } from "../../../shared/diagram/wrap.ts";
import type { Colour } from "./drawing.ts";
import { pathOutline } from "./outline.ts";
import { smallBlock } from "./paint-text.ts";
import { boxOnSlide, connect, isShown, type Layer, onSlide, place, type Sheet, stepAt, toned } from "./sheet.ts";

/** The frame of a fragment, as far as the window shows it, and its words. */
export function paintFrame(sheet: Sheet, frame: Frame): void {
  if (!isSeen(sheet, frame)) return;
  const { colors, view, window } = sheet;
  const { scale, sizes } = view;
  const own = frame.tint === undefined ? undefined : colors.tints[frame.tint];
  const line = toned(sheet, own?.line ?? colors.frame);
  const coloured = frame.operator === "";
  const top = Math.max(frame.top, window.top);
  const bottom = Math.min(frame.bottom, window.bottom);
  const placing = { layer: coloured ? ("ground" as const) : ("frames" as const), step: stepAt(sheet, frame.top) };
  const fill = coloured || frame.operator === "ref" ? (own?.fill ?? (coloured ? undefined : "bg1")) : undefined;
  place(sheet, placing, {
    name: coloured ? "Colour" : `${frame.operator} frame`,
    box: boxOnSlide(sheet, frame.x, top, frame.width, bottom - top),
    outline: "rect",
    ...(fill !== undefined && { fill: fill as Colour, fillOpacity: coloured ? 0.55 : 1 }),
    pen: { colour: line, width: scale },
  });
  for (const part of frame.elses) {
    if (part.y < window.top || part.y > window.bottom || !isShown(sheet, stepAt(sheet, part.y))) continue;
    const within = { layer: "frames" as const, step: stepAt(sheet, part.y) };
    connect(sheet, within, {
      name: "else",
      from: onSlide(sheet, frame.x, part.y),
      to: onSlide(sheet, frame.x + frame.width, part.y),
      pen: { colour: line, width: scale, dash: "dash" },
      head: "none",
      tail: "none",
    });
    paintGuard(sheet, part.lines, frame.x + 8, part.y + 3, within);
  }
  // Repeated where the frame goes on from the slide before, unless a part of it begins there.
  if (coloured || frame.elses.some(({ y }) => top > frame.top && Math.abs(y - top) < sizes.smallLine)) return;
  const height = sizes.smallLine + 4;
  const tab = boxOnSlide(sheet, frame.x, top, frame.tabWidth, height);
  place(sheet, placing, {
    name: `${frame.operator} tab`,
    box: tab,
    outline: {
      xml: pathOutline(frameTab(frame.x, top, frame.tabWidth, height), tab, scale, (x, y) => onSlide(sheet, x, y)),
    },
    fill: toned(sheet, own?.fill ?? colors.frameTab),
    pen: { colour: line, width: scale },
    text: {
      align: "ctr",
      blocks: [{ ...smallBlock(sheet, [frame.operator], "", true), colour: (own?.text ?? colors.label) as Colour }],
    },
  });
  if (top === frame.top) paintGuard(sheet, frame.lines, frame.x + frame.tabWidth + 8, top + 2, placing);
}

function paintGuard(
  sheet: Sheet,
  lines: readonly string[],
  x: number,
  y: number,
  placing: { layer: Layer; step: number | undefined },
): void {
  if (lines.length === 0) return;
  const { sizes } = sheet.view;
  const width = Math.ceil(widest(lines, sizes.small));
  const height = lines.length * sizes.smallLine;
  const ground = boxOnSlide(sheet, x - 3, y, width + 6, height);
  place(sheet, placing, { name: "Guard ground", box: ground, outline: "rect", fill: "bg1", covers: true });
  place(sheet, placing, {
    name: "Guard",
    box: boxOnSlide(sheet, x, y, width, height),
    outline: "rect",
    text: { align: "l", blocks: [smallBlock(sheet, lines, sheet.colors.ink)] },
  });
}

/** Whether enough of a frame is in the window to be told from its edge. */
function isSeen(sheet: Sheet, { top, bottom }: Frame): boolean {
  const { window } = sheet;
  return top < window.bottom - EDGE && bottom > window.top + EDGE && isShown(sheet, stepAt(sheet, top));
}

const EDGE = 8;

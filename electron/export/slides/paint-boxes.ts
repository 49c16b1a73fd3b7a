import { CLOCK_RADIUS, clockHands, cross } from "../../../shared/diagram/marks.ts";
import type { DividerLine, NoteBox, StateBox, TimerMark } from "../../../shared/diagram/scene.ts";
import { pathOutline } from "./outline.ts";
import { paintNumber, smallBlock } from "./paint-text.ts";
import { boxOnSlide, connect, onSlide, type Placing, place, type Sheet, toned } from "./sheet.ts";

/** What stands in rows besides messages. */

export function paintNote(sheet: Sheet, shape: NoteBox, placing: Placing): void {
  const { colors, view } = sheet;
  const { scale, sizes } = view;
  const { fill, line, text } =
    shape.tint === undefined
      ? { fill: colors.note, line: colors.noteLine, text: colors.noteText }
      : colors.tints[shape.tint];
  place(sheet, placing, {
    name: shape.number === "" ? "Note" : shape.number,
    box: boxOnSlide(sheet, shape.x, shape.y, shape.width, shape.height),
    outline: "rect",
    fill: toned(sheet, fill),
    pen: { colour: toned(sheet, line), width: scale },
  });
  // Of its own, since its lines are broken where they were measured.
  const ink = smallBlock(sheet, shape.lines, text);
  place(sheet, placing, {
    name: `${shape.number === "" ? "Note" : shape.number} text`,
    box: boxOnSlide(sheet, shape.x + sizes.notePad, shape.y, shape.width - 2 * sizes.notePad, shape.height),
    outline: "rect",
    text: { align: "l", blocks: [shape.number === "" ? ink : { ...ink, lead: `${shape.number}: ` }] },
  });
}

export function paintDivider(sheet: Sheet, shape: DividerLine, placing: Placing): void {
  const { colors, view } = sheet;
  connect(sheet, placing, {
    name: "Divider",
    from: onSlide(sheet, shape.left, shape.y),
    to: onSlide(sheet, shape.right, shape.y),
    pen: { colour: toned(sheet, colors.frame), width: view.scale, dash: "sysDot" },
    head: "none",
    tail: "none",
  });
  if (shape.lines.length === 0) return;
  const width = shape.textWidth + 20;
  const height = shape.lines.length * view.sizes.smallLine;
  const box = boxOnSlide(sheet, shape.x - width / 2, shape.y - height / 2, width, height);
  place(sheet, placing, { name: "Divider ground", box, outline: "rect", fill: "bg1", covers: true });
  place(sheet, placing, {
    name: "Divider text",
    box,
    outline: "rect",
    text: { align: "ctr", blocks: [smallBlock(sheet, shape.lines, colors.muted, true)] },
  });
}

export function paintState(sheet: Sheet, shape: StateBox, placing: Placing): void {
  const { colors, view } = sheet;
  const { scale, sizes } = view;
  const current = shape.step !== undefined && shape.step === sheet.emphasis.current;
  const own = shape.tint === undefined ? undefined : colors.tints[shape.tint];
  const before = shape.numberWidth === 0 ? 0 : shape.numberWidth + sizes.badgeGap;
  const box = boxOnSlide(sheet, shape.x, shape.y, shape.width, shape.height);
  const radius = Math.min(11, shape.height / 2) * scale;
  place(sheet, placing, { name: "State ground", box, outline: "roundRect", radius, fill: "bg1", covers: true });
  place(sheet, placing, {
    name: "State",
    box,
    outline: "roundRect",
    radius,
    fill: toned(sheet, own?.fill ?? colors.state),
    pen: {
      colour: toned(sheet, current ? colors.current : (own?.line ?? colors.stateLine)),
      width: (current ? 2 : 1) * scale,
    },
  });
  place(sheet, placing, {
    name: "State text",
    box: boxOnSlide(sheet, shape.x + before, shape.y, shape.width - before, shape.height),
    outline: "rect",
    // On a fill of the theme's, not on the deck's ground.
    text: {
      align: "ctr",
      blocks: [{ ...smallBlock(sheet, shape.lines, ""), colour: inked(own?.text ?? colors.label) }],
    },
  });
  if (shape.number === "") return;
  const { number, numberWidth } = shape;
  const middle = shape.y + sizes.notePad / 2 + sizes.smallLine / 2;
  paintNumber(
    sheet,
    placing,
    { number, x: shape.x + sizes.notePad, width: numberWidth, middle },
    current ? "current" : "plain",
  );
}

const inked = (colour: string) => colour as `#${string}`;

export function paintTimer(sheet: Sheet, shape: TimerMark, placing: Placing): void {
  const { colors, view } = sheet;
  const fired = shape.event === "expire";
  const colour = toned(sheet, fired ? colors.lost : colors.arrow);
  const box = boxOnSlide(sheet, shape.x - CLOCK_RADIUS, shape.y - CLOCK_RADIUS, 2 * CLOCK_RADIUS, 2 * CLOCK_RADIUS);
  place(sheet, placing, {
    name: `Timer ${shape.event}`,
    box,
    outline: "ellipse",
    fill: fired ? colour : "bg1",
    pen: { colour, width: view.scale },
  });
  place(sheet, placing, {
    name: "Timer hands",
    box,
    outline: { xml: pathOutline(clockHands(shape), box, view.scale, (x, y) => onSlide(sheet, x, y)) },
    pen: { colour: fired ? "bg1" : colour, width: view.scale },
  });
  const height = shape.lines.length * view.sizes.smallLine;
  place(sheet, placing, {
    name: "Timer text",
    box: boxOnSlide(sheet, shape.textX, shape.y - height / 2, shape.textWidth, height),
    outline: "rect",
    text: { align: "l", blocks: [smallBlock(sheet, shape.lines, colors.muted)] },
  });
}

/** A cross at a point of the slide, where a lifeline ends. */
export function paintCross(sheet: Sheet, x: number, y: number, reach: number, placing: Placing): void {
  const box = boxOnSlide(sheet, x - reach, y - reach, 2 * reach, 2 * reach);
  place(sheet, placing, {
    name: "End of lifeline",
    box,
    outline: { xml: pathOutline(cross(x, y, reach), box, sheet.view.scale, (px, py) => onSlide(sheet, px, py)) },
    pen: { colour: toned(sheet, sheet.colors.arrow), width: 2 * sheet.view.scale },
  });
}

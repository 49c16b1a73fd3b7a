import type { Step } from "../../../shared/diagram/diagram.ts";
import { rowAt, slantsAcross } from "../../../shared/diagram/frame.ts";
import { DESTROYED_REACH, frameTab, SIGN_HEIGHT, sign } from "../../../shared/diagram/marks.ts";
import type { Frame, GroupBox, Head } from "../../../shared/diagram/scene.ts";
import { widest } from "../../../shared/diagram/wrap.ts";
import type { Role } from "../../../shared/flow/flow.ts";
import { type Colour, groupXml, shapeXml } from "./drawing.ts";
import { lifelineOutline, pathOutline } from "./outline.ts";
import { paintArrow } from "./paint-arrow.ts";
import { paintCross, paintDivider, paintNote, paintState, paintTimer } from "./paint-boxes.ts";
import { labelBlock, smallBlock } from "./paint-text.ts";
import {
  bandFill,
  boxOnSlide,
  connect,
  headOnSlide,
  isShown,
  type Layer,
  onSlide,
  opacityOf,
  place,
  type Sheet,
  toned,
} from "./sheet.ts";

/** Paints what a window shows of a scene: the heads at the top, below them the rows. */
export function paintWindow(sheet: Sheet, steps: readonly Step[]): void {
  const { scene, window } = sheet;
  for (const box of scene.boxes) paintGroup(sheet, box);
  paintBand(sheet);
  for (const frame of scene.frames) if (isSeen(sheet, frame)) paintFrame(sheet, frame);
  for (const i of slantsAcross(scene, window.to, window.bottom)) paintRow(sheet, i, steps, "slanted");
  for (let i = window.from; i < window.to; i++)
    paintRow(sheet, i, steps, scene.slanted.includes(i) ? "slanted" : "rows");
  paintBars(sheet);
  // Last, when it is known where messages meet them; their layer lies below.
  for (const [column, head] of scene.heads.entries()) paintLifeline(sheet, head, column);
}

/** Shapes of the picture, from back to front. */
export function picture({ layers }: Sheet): string {
  return [layers.ground, layers.lifelines, layers.bars, layers.frames, layers.slanted, layers.rows].flat().join("");
}

function paintRow(sheet: Sheet, i: number, steps: readonly Step[], layer: Layer): void {
  const shape = sheet.scene.rows[i]?.shape;
  const step = sheet.view.stepOf[i];
  if (shape === undefined || shape.kind === "gap" || !isShown(sheet, step)) return;
  const placing = { layer, step };
  switch (shape.kind) {
    case "arrow":
      paintArrow(sheet, shape, steps[shape.step], layer);
      break;
    case "note":
      paintNote(sheet, shape, placing);
      break;
    case "divider":
      paintDivider(sheet, shape, placing);
      break;
    case "state":
      paintState(sheet, shape, placing);
      break;
    case "timer":
      paintTimer(sheet, shape, placing);
  }
}

/** A band behind the current step. */
function paintBand(sheet: Sheet): void {
  const { emphasis, scene } = sheet;
  const row = emphasis.current === undefined ? undefined : scene.rows[scene.stepRows[emphasis.current] ?? -1];
  if (row === undefined) return;
  place(
    sheet,
    { layer: "ground" },
    {
      name: "Current step",
      box: boxOnSlide(sheet, 0, row.top, scene.width, row.height),
      outline: "rect",
      ...bandFill(sheet),
    },
  );
}

/** The step with which what begins at a height is seen. */
function stepAt({ scene, view }: Sheet, y: number): number | undefined {
  return view.stepOf[rowAt(scene, y + 0.5)];
}

function isSeen(sheet: Sheet, { top, bottom }: { readonly top: number; readonly bottom: number }): boolean {
  return top < sheet.window.bottom && bottom > sheet.window.top && isShown(sheet, stepAt(sheet, top));
}

function paintLifeline(sheet: Sheet, head: Head, column: number): void {
  const { window, colors, view, lifelines } = sheet;
  const lifeline = lifelines[column];
  if (lifeline === undefined) return;
  const bornAt = head.late === undefined ? undefined : head.late;
  const born = bornAt === undefined ? undefined : stepAt(sheet, bornAt);
  const isBelow = bornAt !== undefined && bornAt >= window.bottom;
  if (isBelow || !isShown(sheet, born)) return;
  const inWindow = bornAt !== undefined && bornAt >= window.top;
  const ended = head.ends !== undefined && isShown(sheet, stepAt(sheet, head.ends)) ? head.ends : undefined;
  const top = inWindow ? onSlide(sheet, 0, bornAt + head.height).y : headOnSlide(sheet, 0, head.y + head.height).y;
  const bottom = onSlide(sheet, 0, Math.min(ended ?? window.bottom, window.bottom)).y;
  const half = (view.sizes.activation / 2) * view.scale;
  const middle = headOnSlide(sheet, head.x, 0).x;
  const shapes = headXml(sheet, head, lifeline.head, inWindow);
  const headTop = inWindow ? onSlide(sheet, 0, bornAt).y : headOnSlide(sheet, 0, head.y).y;
  const width = head.width * view.scale;
  if (bottom <= top) {
    sheet.layers.lifelines.push(shapes);
    return;
  }
  const box = { x: middle - half, y: top, width: 2 * half, height: bottom - top };
  const line = shapeXml(lifeline.shape, {
    name: `${head.name} lifeline`,
    box,
    outline: { xml: lifelineOutline(box, lifeline.sites) },
    pen: { colour: toned(sheet, colors.lifeline), width: 1.25 * view.scale },
  });
  const whole = { x: middle - width / 2, y: headTop, width, height: bottom - headTop };
  sheet.layers.lifelines.push(groupXml(sheet.nextId(), head.name, whole, line + shapes));
  if (ended !== undefined && ended >= window.top && ended <= window.bottom) {
    const step = stepAt(sheet, ended);
    paintCross(sheet, head.x, ended, DESTROYED_REACH, { layer: "frames", step });
  }
}

/** The box with the participant's name, and its sign. */
function headXml(sheet: Sheet, head: Head, id: number, inWindow: boolean): string {
  const { colors, view } = sheet;
  const { sizes, scale } = view;
  const role =
    head.tint === undefined ? (colors.roles[head.role as Role] ?? colors.roles.other) : colors.tints[head.tint];
  const y = inWindow ? (head.late as number) : head.y;
  const corner = (x: number, at: number) => (inWindow ? onSlide(sheet, x, at) : headOnSlide(sheet, x, at));
  const box = {
    ...corner(head.x - head.width / 2, y),
    width: head.width * scale,
    height: head.height * scale,
  };
  const own = head.lines.slice(0, head.roleLine);
  const rest = head.lines.slice(head.roleLine);
  const ink = role.text as Colour;
  const blocks = [
    ...(own.length === 0 ? [] : [{ ...labelBlock(sheet, own, role.text, true), colour: ink }]),
    ...(rest.length === 0 ? [] : [{ ...smallBlock(sheet, rest, role.text), colour: ink }]),
  ];
  const signed = head.shape === undefined ? 0 : SIGN_HEIGHT;
  const lines = own.length * sizes.line + rest.length * sizes.smallLine;
  const upper = y + Math.round((head.height - lines - signed) / 2);
  const plate = shapeXml(id, {
    name: head.name,
    description: head.name,
    box,
    outline: "roundRect",
    radius: 3 * scale,
    fill: role.fill as Colour,
    pen: { colour: role.line as Colour, width: 1.25 * scale },
    ...(signed === 0 && { text: { align: "ctr", blocks } }),
  });
  if (head.shape === undefined) return plate;
  const signBox = { ...corner(head.x - 12, upper), width: 24 * scale, height: 20 * scale };
  return (
    plate +
    shapeXml(sheet.nextId(), {
      name: `${head.name} sign`,
      box: signBox,
      outline: { xml: pathOutline(sign(head.shape, head.x, upper), signBox, scale, corner) },
      pen: { colour: ink, width: 1.3 * scale },
    }) +
    shapeXml(sheet.nextId(), {
      name: `${head.name} name`,
      box: { ...corner(head.x - head.width / 2, upper + signed), width: box.width, height: Math.max(1, lines) * scale },
      outline: "rect",
      text: { align: "ctr", blocks },
    })
  );
}

/** Where a participant works on a message. */
function paintBars(sheet: Sheet): void {
  const { scene, window, view, colors, emphasis } = sheet;
  const width = view.sizes.activation;
  const last = emphasis.until === undefined ? undefined : scene.rows[scene.stepRows[emphasis.until] ?? -1];
  const end = last === undefined || emphasis.later === "dimmed" ? window.bottom : last.top + last.height;
  for (const bar of scene.activations) {
    const top = Math.max(bar.top, window.top);
    const bottom = Math.min(bar.bottom, window.bottom, end);
    if (bottom <= top) continue;
    const placing = { layer: "bars" as const, step: stepAt(sheet, bar.top) };
    const box = boxOnSlide(sheet, bar.x - width / 2, top, width, bottom - top);
    const look = { name: "Activation", box, outline: "rect" } as const;
    if (opacityOf(sheet, placing.step) < 1) place(sheet, placing, { ...look, fill: "bg1", covers: true });
    place(sheet, placing, {
      ...look,
      fill: toned(sheet, colors.activation),
      pen: { colour: toned(sheet, colors.activationLine), width: view.scale },
    });
  }
}

/** A box around lifelines and the band with its name in which their heads stand. */
function paintGroup(sheet: Sheet, { x, y, width, band, bottom, lines, name, tint }: GroupBox): void {
  const { colors, view, window } = sheet;
  const { scale } = view;
  const { fill, line, text } =
    tint === undefined ? { fill: colors.state, line: colors.frame, text: colors.label } : colors.tints[tint];
  const corner = headOnSlide(sheet, x, y);
  const end = onSlide(sheet, 0, Math.min(bottom, window.bottom)).y;
  const pen = { colour: toned(sheet, line), width: scale };
  place(
    sheet,
    { layer: "ground" },
    {
      name,
      box: { ...corner, width: width * scale, height: end - corner.y },
      outline: "roundRect",
      radius: 4 * scale,
      pen,
    },
  );
  const block = { ...smallBlock(sheet, lines, text, true), colour: text as Colour };
  place(
    sheet,
    { layer: "ground" },
    {
      name: `${name} name`,
      box: { ...corner, width: width * scale, height: band * scale },
      outline: "roundRect",
      radius: 4 * scale,
      fill: toned(sheet, fill),
      pen,
      ...(lines.length > 0 && { text: { align: "ctr", blocks: [block] } }),
    },
  );
}

/** The frame of a fragment, as far as the window shows it, and its words. */
function paintFrame(sheet: Sheet, frame: Frame): void {
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
  if (coloured) return;
  const height = sizes.smallLine + 4;
  // Repeated where the frame goes on from the slide before.
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

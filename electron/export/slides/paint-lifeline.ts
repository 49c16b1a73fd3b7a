import { DESTROYED_REACH, SIGN_HEIGHT, sign } from "../../../shared/diagram/marks.ts";
import type { GroupBox, Head } from "../../../shared/diagram/scene.ts";
import type { Role } from "../../../shared/flow/flow.ts";
import { type Colour, groupXml, shapeXml } from "./drawing.ts";
import { lifelineOutline, pathOutline } from "./outline.ts";
import { paintCross } from "./paint-boxes.ts";
import { labelBlock, smallBlock } from "./paint-text.ts";
import { boxOnSlide, headOnSlide, isShown, onSlide, opacityOf, place, type Sheet, stepAt, toned } from "./sheet.ts";

/** A participant: its head, the lifeline with the sites that messages asked for, and the cross where it ends. */
export function paintLifeline(sheet: Sheet, head: Head, column: number): void {
  const { window, colors, view, lifelines } = sheet;
  const lifeline = lifelines[column];
  if (lifeline === undefined) return;
  const bornAt = head.late === undefined ? undefined : head.late;
  const born = bornAt === undefined ? undefined : stepAt(sheet, bornAt);
  const isBelow = bornAt !== undefined && bornAt >= window.bottom;
  const isOver = head.ends !== undefined && head.ends < window.top;
  if (isBelow || isOver || !isShown(sheet, born)) return;
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
export function paintBars(sheet: Sheet): void {
  const { scene, window, view, colors, emphasis } = sheet;
  const width = view.sizes.activation;
  const last = emphasis.until === undefined ? undefined : scene.rows[scene.stepRows[emphasis.until] ?? -1];
  const end = last === undefined || emphasis.later !== "absent" ? window.bottom : last.top + last.height;
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
export function paintGroup(sheet: Sheet, { x, y, width, band, bottom, lines, name, tint }: GroupBox): void {
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

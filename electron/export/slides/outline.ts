import { type Box, emu, type Point } from "./drawing.ts";

/** Outlines of a shape of our own (ECMA-376 part 1, clause 20.1.9): paths, and the sites where connectors end. */

/**
 * An outline along SVG path data, which is given in the plane of the scene and drawn by `place` in that of the slide, as is
 * where it has sites.
 */
export function pathOutline(
  path: string,
  box: Box,
  scale: number,
  place: (x: number, y: number) => Point,
  sites: readonly Point[] = [],
): string {
  const point = (x: number, y: number) => {
    const at = place(x, y);
    return `<a:pt x="${emu(at.x - box.x)}" y="${emu(at.y - box.y)}"/>`;
  };
  const drawn = commandsOf(path).map((command) => commandXml(command, point, scale));
  return outline(
    box,
    drawn.join(""),
    sites.map(({ x, y }) => place(x, y)),
  );
}

/** A line from top to bottom in the middle of its box, with sites at points of the slide. */
export function lifelineOutline(box: Box, sites: readonly Point[]): string {
  const middle = emu(box.width / 2);
  const line = `<a:moveTo><a:pt x="${middle}" y="0"/></a:moveTo><a:lnTo><a:pt x="${middle}" y="${emu(box.height)}"/></a:lnTo>`;
  return outline(box, line, sites);
}

/** Two strokes across the box, with a site in the middle. */
export function crossOutline(box: Box): string {
  const [w, h] = [emu(box.width), emu(box.height)];
  const stroke = (y1: number, y2: number) =>
    `<a:moveTo><a:pt x="0" y="${y1}"/></a:moveTo><a:lnTo><a:pt x="${w}" y="${y2}"/></a:lnTo>`;
  return outline(box, stroke(0, h) + stroke(h, 0), [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }]);
}

/**
 * Sites of every shape of our own that come before those asked for: the middles of its sides, in the order of a rectangle's.
 * Some programs know these four whatever the shape says, and would take the first of ours for them.
 */
export const SIDE_SITES = 4;

function sidesOf({ x, y, width, height }: Box): readonly Point[] {
  return [
    { x: x + width / 2, y },
    { x, y: y + height / 2 },
    { x: x + width / 2, y: y + height },
    { x: x + width, y: y + height / 2 },
  ];
}

function outline(box: Box, path: string, own: readonly Point[]): string {
  const sites = own.length === 0 ? [] : [...sidesOf(box), ...own];
  const [w, h] = [Math.max(1, emu(box.width)), Math.max(1, emu(box.height))];
  const guides = sites
    .map(
      ({ x, y }, i) =>
        `<a:gd name="connsiteX${i}" fmla="*/ ${emu(x - box.x)} w ${w}"/><a:gd name="connsiteY${i}" fmla="*/ ${emu(y - box.y)} h ${h}"/>`,
    )
    .join("");
  const places = sites.map((_, i) => `<a:cxn ang="0"><a:pos x="connsiteX${i}" y="connsiteY${i}"/></a:cxn>`).join("");
  return `<a:custGeom><a:avLst/><a:gdLst>${guides}</a:gdLst><a:ahLst/><a:cxnLst>${places}</a:cxnLst><a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path w="${w}" h="${h}">${path}</a:path></a:pathLst></a:custGeom>`;
}

/** A command with absolute coordinates. */
type Command =
  | { readonly kind: "move" | "line"; readonly x: number; readonly y: number }
  | Arc
  | { readonly kind: "close" };

interface Arc {
  readonly kind: "arc";
  readonly rx: number;
  readonly ry: number;
  readonly large: boolean;
  readonly clockwise: boolean;
  readonly fromX: number;
  readonly fromY: number;
  readonly x: number;
  readonly y: number;
}

/** What the path data of `marks.ts` uses: moves, lines, elliptical arcs, closing. */
function commandsOf(path: string): readonly Command[] {
  const commands: Command[] = [];
  let [x, y, startX, startY] = [0, 0, 0, 0];
  for (const [, letter = "", rest = ""] of path.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
    const numbers = (rest.match(/-?\d*\.?\d+/g) ?? []).map(Number);
    const relative = letter === letter.toLowerCase();
    const take = () => numbers.shift() ?? 0;
    const nextX = () => take() + (relative ? x : 0);
    const nextY = () => take() + (relative ? y : 0);
    do {
      switch (letter.toUpperCase()) {
        case "M":
          [x, y] = [nextX(), nextY()];
          [startX, startY] = [x, y];
          commands.push({ kind: "move", x, y });
          break;
        case "L":
          [x, y] = [nextX(), nextY()];
          commands.push({ kind: "line", x, y });
          break;
        case "H":
          x = nextX();
          commands.push({ kind: "line", x, y });
          break;
        case "V":
          y = nextY();
          commands.push({ kind: "line", x, y });
          break;
        case "A": {
          const [rx, ry] = [take(), take()];
          take();
          const [large, clockwise] = [take() === 1, take() === 1];
          const [fromX, fromY] = [x, y];
          [x, y] = [nextX(), nextY()];
          commands.push({ kind: "arc", rx, ry, large, clockwise, fromX, fromY, x, y });
          break;
        }
        case "Z":
          [x, y] = [startX, startY];
          commands.push({ kind: "close" });
      }
    } while (numbers.length > 0);
  }
  return commands;
}

function commandXml(command: Command, point: (x: number, y: number) => string, scale: number): string {
  switch (command.kind) {
    case "move":
      return `<a:moveTo>${point(command.x, command.y)}</a:moveTo>`;
    case "line":
      return `<a:lnTo>${point(command.x, command.y)}</a:lnTo>`;
    case "close":
      return "<a:close/>";
    case "arc": {
      const { start, sweep } = anglesOf(command);
      return `<a:arcTo wR="${emu(command.rx * scale)}" hR="${emu(command.ry * scale)}" stAng="${start}" swAng="${sweep}"/>`;
    }
  }
}

/** Where an arc starts on its ellipse and how far it goes, in the units of the format (SVG 2, appendix B.2.4). */
function anglesOf({ rx, ry, large, clockwise, fromX, fromY, x, y }: Arc): { start: number; sweep: number } {
  const [dx, dy] = [(fromX - x) / 2 / rx, (fromY - y) / 2 / ry];
  const length = Math.min(1, Math.hypot(dx, dy));
  const away = (large === clockwise ? -1 : 1) * Math.sqrt(1 / (length * length || 1) - 1);
  const [cx, cy] = [away * dy, -away * dx];
  const start = Math.atan2(dy - cy, dx - cx);
  let sweep = Math.atan2(-dy - cy, -dx - cx) - start;
  if (clockwise && sweep <= 0) sweep += 2 * Math.PI;
  if (!clockwise && sweep >= 0) sweep -= 2 * Math.PI;
  const units = (angle: number) => Math.round((angle * 180 * 60_000) / Math.PI);
  return { start: units(start < 0 ? start + 2 * Math.PI : start), sweep: units(sweep) };
}

import { escapeXml } from "../../../shared/diagram/xml.ts";

/**
 * Shapes of slides as DrawingML (ECMA-376 part 1, clauses 19 and 20). Lengths are in points; the files count in English
 * metric units.
 */

const EMU = 12700;

export const emu = (points: number): number => Math.round(points * EMU);

/** A colour of the deck's own, so that it fits the user's master: its text and its ground; or `#rrggbb`. */
export type Colour = "tx1" | "bg1" | `#${string}`;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Pen {
  readonly colour: Colour;
  readonly width: number;
  readonly dash?: "dash" | "sysDot";
  /** Two thin lines with room between them. */
  readonly double?: boolean;
}

/** Lines of one look, as one paragraph. */
export interface TextBlock {
  readonly lines: readonly string[];
  readonly size: number;
  readonly lineHeight: number;
  readonly colour: Colour;
  readonly bold?: boolean;
  /** Words before the first line that stand out. */
  readonly lead?: string;
}

export interface Text {
  readonly blocks: readonly TextBlock[];
  readonly align: "l" | "ctr" | "r";
  /** Id of the relation that a click follows, to another slide. */
  readonly link?: string;
}

export interface ShapeLook {
  readonly name: string;
  readonly description?: string;
  readonly box: Box;
  /** Outline: one of the named ones, or what `custom-geometry.ts` writes. */
  readonly outline: "rect" | "ellipse" | "diamond" | "roundRect" | { readonly xml: string };
  /** Radius of the corners of a `roundRect`. */
  readonly radius?: number;
  readonly fill?: Colour;
  readonly pen?: Pen;
  readonly text?: Text;
  /** From 0, invisible, to 1. */
  readonly opacity?: number;
  readonly fillOpacity?: number;
}

/** A place on a shape where connectors end. */
export interface Site {
  readonly shape: number;
  readonly site: number;
}

export interface ConnectorLook {
  readonly name: string;
  readonly description?: string;
  readonly from: Point;
  readonly to: Point;
  readonly start?: Site;
  readonly end?: Site;
  readonly pen: Pen;
  readonly head: "triangle" | "arrow" | "none";
  readonly tail: "triangle" | "arrow" | "none";
  readonly opacity?: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export function colourXml(colour: Colour, opacity = 1): string {
  const alpha = opacity >= 1 ? "" : `<a:alpha val="${Math.round(opacity * 100_000)}"/>`;
  return colour.startsWith("#")
    ? `<a:srgbClr val="${colour.slice(1).toUpperCase()}">${alpha}</a:srgbClr>`
    : `<a:schemeClr val="${colour}">${alpha}</a:schemeClr>`;
}

const solid = (colour: Colour, opacity: number): string => `<a:solidFill>${colourXml(colour, opacity)}</a:solidFill>`;

function penXml(pen: Pen | undefined, opacity: number, ends = ""): string {
  if (pen === undefined) return "<a:ln><a:noFill/></a:ln>";
  const dash = pen.dash === undefined ? "" : `<a:prstDash val="${pen.dash}"/>`;
  const compound = pen.double === true ? ' cmpd="dbl"' : "";
  return `<a:ln w="${emu(pen.width)}"${compound}>${solid(pen.colour, opacity)}${dash}<a:round/>${ends}</a:ln>`;
}

function outlineXml({ outline, radius = 0, box }: ShapeLook): string {
  if (typeof outline !== "string") return outline.xml;
  const share = Math.min(50_000, Math.round((radius / Math.max(1, Math.min(box.width, box.height))) * 100_000));
  const adjust = outline === "roundRect" ? `<a:avLst><a:gd name="adj" fmla="val ${share}"/></a:avLst>` : "<a:avLst/>";
  return `<a:prstGeom prst="${outline}">${adjust}</a:prstGeom>`;
}

const frameXml = ({ x, y, width, height }: Box, flips = ""): string =>
  `<a:xfrm${flips}><a:off x="${emu(x)}" y="${emu(y)}"/><a:ext cx="${emu(width)}" cy="${emu(height)}"/></a:xfrm>`;

/** Name and, for readers that cannot see it, what it shows; one without is marked as decoration. */
function properties(id: number, { name, description }: { name: string; description?: string }): string {
  const says = description === undefined ? "" : ` descr="${escapeXml(description)}"`;
  return `<p:cNvPr id="${id}" name="${escapeXml(name)}"${says}/>`;
}

/** A shape, with or without text. */
export function shapeXml(id: number, look: ShapeLook): string {
  const { text, fill, pen, opacity = 1, fillOpacity = 1 } = look;
  const isText = text !== undefined && fill === undefined && pen === undefined;
  const ground = fill === undefined ? "<a:noFill/>" : solid(fill, opacity * fillOpacity);
  return `<p:sp><p:nvSpPr>${properties(id, look)}<p:cNvSpPr${isText ? ' txBox="1"' : ""}/><p:nvPr/></p:nvSpPr><p:spPr>${frameXml(look.box)}${outlineXml(look)}${ground}${penXml(pen, opacity)}</p:spPr>${textXml(text, opacity)}</p:sp>`;
}

/** Text that stands as it was measured: no insets, lines broken where they were broken. */
function textXml(text: Text | undefined, opacity: number): string {
  const align = text?.align ?? "ctr";
  const blocks = text?.blocks.map((block) => paragraphXml(block, align, opacity, text.link)) ?? ["<a:p/>"];
  return `<p:txBody><a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" rtlCol="0" anchor="ctr"><a:noAutofit/></a:bodyPr><a:lstStyle/>${blocks.join("")}</p:txBody>`;
}

function paragraphXml(block: TextBlock, align: string, opacity: number, link: string | undefined): string {
  const { lines, size, lineHeight, colour, bold = false, lead } = block;
  const click = link === undefined ? "" : `<a:hlinkClick r:id="${link}" action="ppaction://hlinksldjump"/>`;
  const run = (words: string, weight: boolean) =>
    `<a:r><a:rPr lang="en-GB" sz="${hundredths(size)}"${weight ? ' b="1"' : ""} dirty="0">${solid(colour, opacity)}${click}</a:rPr><a:t>${escapeXml(words)}</a:t></a:r>`;
  const written = lines
    .map((line) => run(line, bold))
    .join(`<a:br><a:rPr lang="en-GB" sz="${hundredths(size)}"/></a:br>`);
  const before = lead === undefined ? "" : run(lead, true);
  return `<a:p><a:pPr algn="${align}"><a:lnSpc><a:spcPts val="${hundredths(lineHeight)}"/></a:lnSpc><a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/></a:pPr>${before}${written}</a:p>`;
}

const hundredths = (points: number): number => Math.round(points * 100);

/** A line that is bound to the shapes at its ends and follows them. */
export function connectorXml(id: number, look: ConnectorLook): string {
  const { from, to, start, end, pen, head, tail, opacity = 1 } = look;
  const glue =
    (start === undefined ? "" : `<a:stCxn id="${start.shape}" idx="${start.site}"/>`) +
    (end === undefined ? "" : `<a:endCxn id="${end.shape}" idx="${end.site}"/>`);
  const size = pen.width > 3.5 ? ' w="sm" len="sm"' : ' w="med" len="med"';
  const ends =
    (tail === "none" ? "" : `<a:headEnd type="${tail}"${size}/>`) +
    (head === "none" ? "" : `<a:tailEnd type="${head}"${size}/>`);
  return `<p:cxnSp><p:nvCxnSpPr>${properties(id, look)}<p:cNvCxnSpPr>${glue}</p:cNvCxnSpPr><p:nvPr/></p:nvCxnSpPr><p:spPr>${straight(from, to)}${penXml(pen, opacity, ends)}</p:spPr></p:cxnSp>`;
}

function straight(from: Point, to: Point): string {
  const flips = (to.x < from.x ? ' flipH="1"' : "") + (to.y < from.y ? ' flipV="1"' : "");
  const box = {
    x: Math.min(from.x, to.x),
    y: Math.min(from.y, to.y),
    width: Math.abs(to.x - from.x),
    height: Math.abs(to.y - from.y),
  };
  return `${frameXml(box, flips)}<a:prstGeom prst="straightConnector1"><a:avLst/></a:prstGeom>`;
}

/** Shapes that are moved as one. */
export function groupXml(id: number, name: string, box: Box, shapes: string): string {
  const child = `<a:chOff x="${emu(box.x)}" y="${emu(box.y)}"/><a:chExt cx="${emu(box.width)}" cy="${emu(box.height)}"/>`;
  return `<p:grpSp><p:nvGrpSpPr>${properties(id, { name })}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr>${frameXml(box).replace("</a:xfrm>", `${child}</a:xfrm>`)}</p:grpSpPr>${shapes}</p:grpSp>`;
}

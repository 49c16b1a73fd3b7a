import type { Role } from "../flow/flow.ts";
import { baseline } from "./label.ts";
import { cross, DESTROYED_REACH, frameTab, SIGN_HEIGHT, sign } from "./marks.ts";
import type { Frame, GroupBox, Head, Row, Scene } from "./scene.ts";
import { type ArrowPainter, arrowPainter } from "./svg-arrow.ts";
import { paintDivider, paintNote, paintState, paintTimer } from "./svg-box.ts";
import { type Emphasis, textLines } from "./svg-text.ts";
import type { Colors, RoleColors, Sizes, Theme } from "./theme.ts";
import { widest } from "./wrap.ts";
import { escapeXml } from "./xml.ts";

export interface SvgOptions extends Emphasis {
  /** The picture's name, for readers of the file and for screen readers. */
  readonly title?: string;
  /** What it shows, in a sentence or more; made from the heads when absent. */
  readonly description?: string;
  /** No ground: what the picture lies on shows through. Words over lines keep theirs. */
  readonly transparent?: boolean;
}

/** Inter as base64 (TrueType, WOFF or WOFF2): one file for all weights, or one for each. */
export type FontFiles = string | { readonly regular: string; readonly semibold: string };

/**
 * A scene as a self-contained SVG document: text stays text, no markers, scripts, links or foreign objects, colours as
 * presentation attributes, one group `data-step` for each step. All coordinates are whole or half, and the view box is
 * shifted by half a pixel, so that lines are crisp at 100 %.
 */
export function toSvg(scene: Scene, theme: Theme, options: SvgOptions = {}): string {
  return svgPieces(scene, theme, options).join("");
}

/**
 * The document of `toSvg` in pieces of at most some 100,000 characters, none of which ends within an element's text: what
 * writes a long picture needs it as one string at no time. The first piece ends after the description.
 */
export function svgPieces(scene: Scene, theme: Theme, options: SvgOptions = {}): string[] {
  const { colors, sizes } = theme;
  const { width, height } = scene;
  const start =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="-0.5 -0.5 ${width} ${height}" role="img" font-family="${escapeXml(theme.font)}" font-size="${sizes.text}">` +
    `<title>${escapeXml(options.title ?? "Call flow")}</title><desc>${escapeXml(options.description ?? describe(scene))}</desc>`;
  const behind: string[] = [
    options.transparent === true
      ? ""
      : `<rect x="-0.5" y="-0.5" width="${width}" height="${height}" fill="${colors.canvas}"/>`,
    ...scene.boxes.map((box) => paintGroup(box, colors, sizes)),
    currentBand(scene, colors, options.highlight),
  ];
  // What is coloured goes behind the lifelines; a reference before them.
  for (const frame of scene.frames) if (frame.operator === "") behind.push(frameOutline(frame, colors));
  behind.push(lifelines(scene, colors));
  for (const frame of scene.frames) if (frame.operator !== "") behind.push(frameOutline(frame, colors));
  paintActivations(behind, scene, colors, sizes);
  for (const frame of scene.frames) behind.push(frameText(frame, colors, sizes));
  const pieces = [start, behind.join("")];
  paintRows(pieces, scene, theme, options);
  pieces.push(`${scene.heads.map((head) => paintHead(head, colors, sizes)).join("")}</svg>\n`);
  return pieces;
}

function describe(scene: Scene): string {
  const steps = scene.stepRows.filter((row) => row >= 0).length;
  const names = scene.heads.map((head) => head.name).join(", ");
  return `Sequence diagram with ${steps} ${steps === 1 ? "step" : "steps"}${names === "" ? "" : ` between ${names}`}.`;
}

/** Base64 files of TrueType, OpenType, WOFF and WOFF2 fonts by how they start. */
const FONT_TYPES: readonly (readonly [string, string])[] = [
  ["AAEAAA", "ttf"],
  ["T1RUTw", "otf"],
  ["d09GRg", "woff"],
  ["d09GMg", "woff2"],
];

function fontFace(data: string, weight: string): string {
  const type = FONT_TYPES.find(([start]) => data.startsWith(start))?.[1];
  if (type === undefined || !/^[A-Za-z0-9+/]+={0,2}$/.test(data)) return "";
  return `@font-face{font-family:Inter;font-weight:${weight};src:url(data:font/${type};base64,${data})}`;
}

/** A picture of `svgPieces` with the font in it. Which letters it needs is known only when it is painted. */
export function withFont([start = "", ...rest]: readonly string[], font: FontFiles): string[] {
  return [start, fontFaces(font), ...rest];
}

/** The element that puts Inter into a picture. */
export function fontFaces(font: FontFiles): string {
  const faces =
    typeof font === "string"
      ? fontFace(font, "400 600")
      : fontFace(font.regular, "400") + fontFace(font.semibold, "600");
  return `<style>${faces}</style>`;
}

function currentBand(scene: Scene, colors: Colors, highlight: number | undefined): string {
  const row = highlight === undefined ? undefined : scene.rows[scene.stepRows[highlight] ?? -1];
  if (row === undefined) return "";
  return `<rect x="0" y="${row.top}" width="${scene.width - 1}" height="${row.height}" fill="${colors.currentBand}"/>`;
}

function lifelines(scene: Scene, colors: Colors): string {
  let path = "";
  let ended = "";
  for (const head of scene.heads) {
    path += `M${head.x} ${(head.late ?? head.y) + head.height}V${head.ends ?? scene.bottom}`;
    if (head.ends !== undefined) ended += cross(head.x, head.ends, DESTROYED_REACH);
  }
  const crosses = ended === "" ? "" : `<path d="${ended}" fill="none" stroke="${colors.arrow}" stroke-width="2"/>`;
  return path === "" ? "" : `<path d="${path}" fill="none" stroke="${colors.lifeline}"/>${crosses}`;
}

function paintActivations(parts: string[], scene: Scene, colors: Colors, sizes: Sizes): void {
  if (scene.activations.length === 0) return;
  parts.push(`<g fill="${colors.activation}" stroke="${colors.activationLine}">`);
  const half = sizes.activation / 2;
  for (const bar of scene.activations) {
    parts.push(
      `<rect x="${bar.x - half}" y="${bar.top}" width="${sizes.activation}" height="${bar.bottom - bar.top}"/>`,
    );
  }
  parts.push("</g>");
}

function paintHead(head: Head, colors: Colors, sizes: Sizes): string {
  const role: RoleColors =
    head.tint === undefined ? (colors.roles[head.role as Role] ?? colors.roles.other) : colors.tints[head.tint];
  const own = head.lines.slice(0, head.roleLine);
  const rest = head.lines.slice(head.roleLine);
  const text = own.length * sizes.line + rest.length * sizes.smallLine;
  const y = head.late ?? head.y;
  const signed = head.shape === undefined ? 0 : SIGN_HEIGHT;
  const upper = y + Math.round((head.height - text - signed) / 2);
  const top = upper + signed;
  const second = top + own.length * sizes.line + baseline(sizes.smallLine, sizes.small);
  return (
    `<g text-anchor="middle" fill="${role.text}"><title>${escapeXml(head.name)}</title>` +
    `<rect x="${head.x - head.width / 2}" y="${y}" width="${head.width}" height="${head.height}" rx="3" fill="${role.fill}" stroke="${role.line}"/>` +
    (head.shape === undefined
      ? ""
      : `<path d="${sign(head.shape, head.x, upper)}" fill="none" stroke="${role.text}" stroke-width="1.3"/>`) +
    `<g font-weight="600">${textLines(own, head.x, top + baseline(sizes.line, sizes.text), sizes.line)}</g>` +
    `<g font-size="${sizes.small}">${textLines(rest, head.x, second, sizes.smallLine)}</g></g>`
  );
}

/** A box around lifelines: its outline, and the band with its name in which the heads stand. */
function paintGroup({ x, y, width, band, bottom, lines, name, tint }: GroupBox, colors: Colors, sizes: Sizes): string {
  const { fill, line, text } =
    tint === undefined ? { fill: colors.state, line: colors.frame, text: colors.ink } : colors.tints[tint];
  const middle = x + width / 2;
  return (
    `<g font-size="${sizes.small}" text-anchor="middle" fill="${text}"><title>${escapeXml(name)}</title>` +
    `<rect x="${x}" y="${y}" width="${width}" height="${bottom - y}" rx="4" fill="none" stroke="${line}"/>` +
    `<rect x="${x}" y="${y}" width="${width}" height="${band}" rx="4" fill="${fill}" stroke="${line}"/>` +
    `<g font-weight="600">${textLines(lines, middle, y + 3 + baseline(sizes.smallLine, sizes.small), sizes.smallLine)}</g></g>`
  );
}

/** A frame's outline goes behind the rows; a reference hides the lifelines that it stands for. */
function frameOutline(frame: Frame, colors: Colors): string {
  const { x, top, width, bottom } = frame;
  const own = frame.tint === undefined ? undefined : colors.tints[frame.tint];
  const line = own?.line ?? colors.frame;
  const coloured = frame.operator === "" ? own?.fill : undefined;
  const fill = coloured ?? (frame.operator === "ref" ? (own?.fill ?? colors.canvas) : "none");
  let out = `<rect x="${x}" y="${top}" width="${width}" height="${bottom - top}" rx="2" fill="${fill}" stroke="${line}"${coloured === undefined ? "" : ' fill-opacity="0.55"'}/>`;
  for (const part of frame.elses) {
    out += `<path d="M${x} ${part.y}H${x + width}" stroke="${line}" stroke-dasharray="5 4"/>`;
  }
  return out;
}

/** Operator and guards, which lifelines and bars must not strike. */
function frameText(frame: Frame, colors: Colors, sizes: Sizes): string {
  const { x, top } = frame;
  const tab = sizes.smallLine + 4;
  const own = frame.tint === undefined ? undefined : colors.tints[frame.tint];
  const first = top + 2 + baseline(sizes.smallLine, sizes.small);
  const guard = (lines: readonly string[], left: number, y: number) => {
    if (lines.length === 0) return "";
    const ground = `<rect x="${left - 4}" y="${y - baseline(sizes.smallLine, sizes.small)}" width="${Math.ceil(widest(lines, sizes.small)) + 8}" height="${lines.length * sizes.smallLine}" fill="${colors.canvas}"/>`;
    return ground + textLines(lines, left, y, sizes.smallLine);
  };
  let elses = "";
  for (const part of frame.elses) {
    elses += guard(part.lines, x + 8, part.y + 3 + baseline(sizes.smallLine, sizes.small));
  }
  return (
    `<g font-size="${sizes.small}" fill="${colors.ink}">` +
    (frame.operator === ""
      ? ""
      : `<path d="${frameTab(x, top, frame.tabWidth, tab)}" fill="${own?.fill ?? colors.frameTab}" stroke="${own?.line ?? colors.frame}"/>` +
        `<text x="${x + 8}" y="${first}" font-weight="600"${own === undefined ? "" : ` fill="${own.text}"`}>${escapeXml(frame.operator)}</text>`) +
    `${guard(frame.lines, x + frame.tabWidth + 8, first)}${elses}</g>`
  );
}

/**
 * A text being put together is a tree of its pieces. At this length it is made one string, before the garbage collector
 * has carried many trees about. Measured at 20,000 messages: from 30,000 to 100,000 characters are alike, 300,000 take a
 * fifth longer.
 */
const LONG = 100_000;

function paintRows(pieces: string[], scene: Scene, theme: Theme, options: SvgOptions): void {
  const { rows } = scene;
  const { colors } = theme;
  // Slanted arrows first: the labels that they pass are painted over them.
  const arrow = arrowPainter(theme, options);
  const slanted = new Set(scene.slanted);
  let text = `<g fill="${colors.label}" text-anchor="middle" stroke-width="1.2">`;
  for (const i of scene.slanted) text += paintRow(rows[i] as Row, theme, options, arrow);
  for (let i = 0; i < rows.length; i++) {
    if (slanted.size > 0 && slanted.has(i)) continue;
    text += paintRow(rows[i] as Row, theme, options, arrow);
    if (text.length > LONG) {
      // Asking for a character makes it one.
      text.charCodeAt(0);
      pieces.push(text);
      text = "";
    }
  }
  pieces.push(`${text}</g>`);
}

function paintRow({ shape, top }: Row, theme: Theme, options: SvgOptions, arrow: ArrowPainter): string {
  switch (shape.kind) {
    case "arrow":
      return arrow(shape, top);
    case "note":
      return paintNote(shape, theme);
    case "divider":
      return paintDivider(shape, theme);
    case "state":
      return paintState(shape, top, theme, options);
    case "timer":
      return paintTimer(shape, theme);
    case "gap":
      return "";
  }
}

import { baseline } from "./label.ts";
import { CLOCK_RADIUS, clockHands } from "./marks.ts";
import type { DividerLine, NoteBox, StateBox, TimerMark } from "./scene.ts";
import { badge, type Emphasis, stepGroup, textLines } from "./svg-text.ts";
import type { Theme } from "./theme.ts";
import { escapeXml } from "./xml.ts";

export function paintNote(shape: NoteBox, { colors, sizes }: Theme): string {
  const x = shape.x + sizes.notePad;
  const y = shape.y + sizes.notePad - 2 + baseline(sizes.smallLine, sizes.small);
  const first = shape.lines[0] ?? "";
  const { fill, line, text } =
    shape.tint === undefined
      ? { fill: colors.note, line: colors.noteLine, text: colors.noteText }
      : colors.tints[shape.tint];
  return (
    `<g font-size="${sizes.small}" text-anchor="start" fill="${text}">` +
    `<rect x="${shape.x}" y="${shape.y}" width="${shape.width}" height="${shape.height}" rx="2" fill="${fill}" stroke="${line}"/>` +
    (shape.number === "" ? "" : `<text x="${x}" y="${y}" font-weight="600">${escapeXml(shape.number)}:</text>`) +
    (first === "" ? "" : `<text x="${x + shape.numberWidth}" y="${y}">${escapeXml(first)}</text>`) +
    `${textLines(shape.lines.slice(1), x, y + sizes.smallLine, sizes.smallLine)}</g>`
  );
}

export function paintDivider(shape: DividerLine, { colors, sizes }: Theme): string {
  const height = shape.lines.length * sizes.smallLine;
  const half = shape.textWidth / 2 + 10;
  const y = shape.y - height / 2 + baseline(sizes.smallLine, sizes.small);
  const line = `<path d="M${shape.left} ${shape.y}H${shape.right}" stroke="${colors.frame}" stroke-dasharray="2 3"/>`;
  if (shape.lines.length === 0) return line;
  return (
    `${line}<rect x="${shape.x - half}" y="${shape.y - height / 2}" width="${2 * half}" height="${height}" fill="${colors.canvas}"/>` +
    `<g font-size="${sizes.small}" font-weight="600" fill="${colors.muted}">${textLines(shape.lines, shape.x, y, sizes.smallLine)}</g>`
  );
}

export function paintState(shape: StateBox, top: number, theme: Theme, emphasis: Emphasis): string {
  const { colors, sizes } = theme;
  const boxY = shape.y - top;
  const current = shape.step !== undefined && shape.step === emphasis.highlight;
  const before = shape.numberWidth === 0 ? 0 : shape.numberWidth + sizes.badgeGap;
  const center = shape.x + (shape.width + before) / 2;
  const y = boxY + sizes.notePad / 2 + baseline(sizes.smallLine, sizes.small);
  const own = shape.tint === undefined ? undefined : colors.tints[shape.tint];
  const stroke = current ? `${colors.current}" stroke-width="2` : (own?.line ?? colors.stateLine);
  const look = current ? "current" : "plain";
  const content =
    `<rect x="${shape.x}" y="${boxY}" width="${shape.width}" height="${shape.height}" rx="${Math.min(11, shape.height / 2)}" fill="${own?.fill ?? colors.state}" stroke="${stroke}"/>` +
    (shape.number === ""
      ? ""
      : `${badge(shape.x + sizes.notePad, y, shape.numberWidth, look, theme)}${escapeXml(shape.number)}</text>`) +
    `<g font-size="${sizes.small}"${own === undefined ? "" : ` fill="${own.text}"`}>${textLines(shape.lines, center, y, sizes.smallLine)}</g>`;
  if (shape.step === undefined) return `<g transform="translate(0 ${top})">${content}</g>`;
  const ground = `<rect x="${shape.x}" y="${boxY}" width="${shape.width}" height="${shape.height}" rx="11" fill="${colors.canvas}"/>`;
  return stepGroup(shape.step, top, emphasis, ground, content);
}

export function paintTimer(shape: TimerMark, { colors, sizes }: Theme): string {
  const fired = shape.event === "expire";
  const y = shape.y - (shape.lines.length * sizes.smallLine) / 2 + baseline(sizes.smallLine, sizes.small);
  return (
    `<circle cx="${shape.x}" cy="${shape.y}" r="${CLOCK_RADIUS}" fill="${fired ? colors.lost : colors.canvas}" stroke="${fired ? colors.lost : colors.arrow}"/>` +
    `<path d="${clockHands(shape)}" fill="none" stroke="${fired ? colors.canvas : colors.arrow}"/>` +
    `<g font-size="${sizes.small}" text-anchor="start" fill="${colors.muted}">${textLines(shape.lines, shape.textX, y, sizes.smallLine)}</g>`
  );
}

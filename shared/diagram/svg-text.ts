import { baseline } from "./label.ts";
import type { Theme } from "./theme.ts";
import { escapeXml } from "./xml.ts";

/** Which step is marked as the current one, and from which on steps are pale. */
export interface Emphasis {
  /** Index of the step to mark as the current one. */
  readonly highlight?: number;
  /** Steps after this index are pale, as not yet played. */
  readonly paleAfter?: number;
}

/**
 * The group of a step around what is painted for it, at its row's height. `ground` stays opaque when the step is pale.
 */
export function stepGroup(step: number, top: number, emphasis: Emphasis, ground: string, content: string): string {
  const pale = emphasis.paleAfter !== undefined && step > emphasis.paleAfter;
  const inside = pale ? `<g opacity="0.38">${content}</g>` : content;
  return `<g data-step="${step}" transform="translate(0 ${top})">${ground}${inside}</g>`;
}

/** Lines of text under one another, at the same x. */
export function textLines(lines: readonly string[], x: number, y: number, step: number): string {
  if (lines.length === 1) return `<text x="${x}" y="${y}">${escapeXml(lines[0] as string)}</text>`;
  let text = "";
  for (let i = 0; i < lines.length; i++) {
    if (lines[i] !== "") text += `<text x="${x}" y="${y + i * step}">${escapeXml(lines[i] as string)}</text>`;
  }
  return text;
}

/** A colour to fill with, where the group around does not have it: in a long picture that is one letter in fourteen. */
export function filled(color: string, around: string | undefined): string {
  return color === around ? "" : ` fill="${color}"`;
}

/**
 * A number's badge, up to where the number itself stands; `y` is the baseline of the text beside it.
 * @param around the colour with which the group around it fills
 */
export function badge(
  x: number,
  y: number,
  width: number,
  look: "plain" | "authored" | "current",
  { colors, sizes }: Theme,
  around?: string,
): string {
  const height = sizes.badgeHeight;
  const top = y - Math.round(0.36 * sizes.text) - (height >> 1);
  const fill = look === "current" ? colors.current : look === "authored" ? colors.authoredBadge : colors.badge;
  const ink = look === "current" ? colors.canvas : look === "authored" ? colors.authored : colors.badgeText;
  const stroke = look === "authored" ? ` stroke="${colors.authored}"` : "";
  return `<rect x="${x}" y="${top}" width="${width}" height="${height}" rx="${height / 2}" fill="${fill}"${stroke}/><text x="${x + width / 2}" y="${top + baseline(height, sizes.number)}" font-size="${sizes.number}" font-weight="600"${filled(ink, around)}>`;
}

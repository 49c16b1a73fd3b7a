import type { TextBlock } from "./drawing.ts";
import { boxOnSlide, type Placing, place, type Sheet, toned } from "./sheet.ts";

/** Lines as large as labels. */
export function labelBlock(sheet: Sheet, lines: readonly string[], colour: string, bold = false): TextBlock {
  const { text, line } = sheet.view.sizes;
  return block(sheet, lines, colour, bold, text, line);
}

/** Lines as small as those of notes. */
export function smallBlock(sheet: Sheet, lines: readonly string[], colour: string, bold = false): TextBlock {
  const { small, smallLine } = sheet.view.sizes;
  return block(sheet, lines, colour, bold, small, smallLine);
}

function block(
  sheet: Sheet,
  lines: readonly string[],
  colour: string,
  bold: boolean,
  size: number,
  lineHeight: number,
): TextBlock {
  const { scale } = sheet.view;
  return { lines, size: size * scale, lineHeight: lineHeight * scale, colour: toned(sheet, colour), bold };
}

interface Badge {
  readonly number: string;
  readonly x: number;
  readonly width: number;
  readonly middle: number;
}

/** The number of a step in its badge. */
export function paintNumber(
  sheet: Sheet,
  placing: Placing,
  { number, x, width, middle }: Badge,
  look: "plain" | "authored" | "current",
): void {
  const { colors, view } = sheet;
  const { sizes, scale } = view;
  const height = sizes.badgeHeight;
  const fill = look === "current" ? colors.current : look === "authored" ? colors.authoredBadge : colors.badge;
  // On the deck's own ground the colour of the canvas is not known; on a badge it is the theme's.
  const ink = look === "current" ? colors.canvas : look === "authored" ? colors.authored : colors.badgeText;
  place(sheet, placing, {
    name: `Step ${number} number`,
    box: boxOnSlide(sheet, x, middle - height / 2, width, height),
    outline: "roundRect",
    radius: (height * scale) / 2,
    fill: toned(sheet, fill),
    ...(look === "authored" && { pen: { colour: toned(sheet, colors.authored), width: scale } }),
    text: {
      align: "ctr",
      blocks: [
        {
          lines: [number],
          size: sizes.number * scale,
          lineHeight: height * scale,
          colour: ink as `#${string}`,
          bold: true,
        },
      ],
    },
  });
}

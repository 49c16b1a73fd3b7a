import { textWidth } from "../../../shared/diagram/measure.ts";
import { type Block, type Paragraph, type StyleId, textOfBlock } from "./blocks.ts";

/** About how our paragraphs look where a template does not say otherwise: in points. */
interface Look {
  readonly size: number;
  /** Free above and below. */
  readonly around: number;
  /** Free at the left. */
  readonly indent?: number;
}

const headings = [24, 18, 18, 18, 18, 18];
const sizes = [16, 14, 13, 12, 11, 10];

function lookOf(style: StyleId): Look {
  const level = style.match(/^Heading(\d)$/)?.[1];
  if (level !== undefined) return { size: sizes[Number(level) - 1] ?? 10, around: headings[Number(level) - 1] ?? 18 };
  if (style === "FlowNote") return { size: 10, around: 6, indent: 102 };
  if (style === "TableText") return { size: 10, around: 4, indent: 11 };
  return { size: 10, around: 6 };
}

const PIXELS = 96 / 72;
/** Of the letters' size. */
const LINE = 1.2;

/** About how high blocks stand in a column of text, both in CSS px; rather too much than too little. */
export function heightOf(blocks: readonly Block[], width: number): number {
  let height = 0;
  for (const block of blocks) {
    if (block.kind === "paragraph") height += paragraphHeight(block, width);
    else {
      const all = block.widths.reduce((sum, part) => sum + part, 0);
      const cells = block.cells.map((cell, i) => paragraphHeight(cell, (width * (block.widths[i] ?? 1)) / all));
      height += Math.max(0, ...cells);
    }
  }
  return height;
}

function paragraphHeight(paragraph: Paragraph, width: number): number {
  const { size, around, indent = 0 } = lookOf(paragraph.style);
  const room = Math.max(1, width - indent * PIXELS);
  const lines = textOfBlock(paragraph)
    .split("\n")
    .map((line) => Math.max(1, Math.ceil(textWidth(line, size * PIXELS) / room)));
  return lines.reduce((sum, count) => sum + count, 0) * size * LINE * PIXELS + around * PIXELS;
}

import { layout } from "../../shared/diagram/layout.ts";
import { toSvg } from "../../shared/diagram/svg.ts";
import { themeNamed } from "../../shared/diagram/theme.ts";
import type { Exported, ExportInput } from "./formats.ts";
import { heading } from "./heading.ts";

/** The figure as a self-contained SVG document. */
export function exportSvg(input: ExportInput): Exported {
  const theme = themeNamed(input.settings?.theme);
  const scene = input.scene ?? layout(input.diagram, theme);
  return { content: toSvg(scene, theme, { title: heading(input.flow, input.variant) }), remarks: [] };
}

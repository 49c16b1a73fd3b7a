import { layout } from "../../shared/diagram/layout.ts";
import { toSvg } from "../../shared/diagram/svg.ts";
import { themeNamed } from "../../shared/diagram/theme.ts";
import type { Exported, ExportInput } from "./formats.ts";
import { heading } from "./heading.ts";

/** The figure as a self-contained SVG document. */
export function exportSvg(input: ExportInput): Exported {
  const theme = themeNamed(input.settings?.theme);
  const scene = input.scene ?? layout(input.diagram, theme);
  const title = heading(input.flow, input.variant);
  const transparent = input.settings?.background === "transparent";
  return { content: toSvg(scene, theme, { title, transparent }), remarks: [] };
}

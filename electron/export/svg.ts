import { ok, type Result } from "../../shared/flow/result.ts";
import { figureOf } from "./figure.ts";
import type { Exported, ExportInput } from "./formats.ts";

/** The figure as self-contained SVG documents, one a page. */
export async function exportSvg(input: ExportInput): Promise<Result<Exported>> {
  const figure = figureOf(input);
  if (!figure.ok) return figure;
  const { pages, svg, remarks } = figure.value;
  const [content = "", ...more] = pages.map((_, i) => svg(i));
  return ok({ content, ...(more.length > 0 && { more }), remarks });
}

import { ok, type Result } from "../../shared/flow/result.ts";
import { drawingOf } from "./drawing.ts";
import { emfOf } from "./emf-records.ts";
import { figureOf } from "./figure.ts";
import type { Exported, ExportInput } from "./formats.ts";

/** The figure as enhanced metafiles, one a page: vectors and text for programs that take no SVG. */
export async function exportEmf(input: ExportInput): Promise<Result<Exported>> {
  const figure = figureOf(input);
  if (!figure.ok) return figure;
  const { pages, svg } = figure.value;
  const drawings = pages.map((_, i) => drawingOf(svg(i)));
  const faint = drawings.some(({ marks }) => marks.some(({ opacity }) => opacity < 1));
  const remarks = [
    ...figure.value.remarks,
    "The font Inter is named, not contained: where it is not installed the letters are those of another font.",
    ...(faint ? ["Pale steps are drawn in paler colours: EMF has nothing that shines through."] : []),
  ];
  const [content = new Uint8Array(), ...more] = drawings.map(emfOf);
  return ok({ content, ...(more.length > 0 && { more }), remarks });
}

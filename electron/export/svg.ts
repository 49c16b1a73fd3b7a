import { withFont } from "../../shared/diagram/svg.ts";
import { ok, type Result } from "../../shared/flow/result.ts";
import { carryInSvg, packSource } from "./carrier/svg-carrier.ts";
import { drawnCharacters } from "./drawn-characters.ts";
import { figureOf } from "./figure.ts";
import type { Exported, ExportInput } from "./formats.ts";
import { figureFonts } from "./resources/figure-fonts.ts";
import { missingRemark } from "./resources/glyphs.ts";

/** The figure as self-contained SVG documents, one a page. */
export async function exportSvg(input: ExportInput): Promise<Result<Exported>> {
  const source = packSource(input);
  const figure = figureOf(input);
  if (!figure.ok) return figure;
  const { pages, pieces } = figure.value;
  const plain = pages.map((_, i) => pieces(i));
  const text = drawnCharacters(plain.flat());
  const font = input.settings?.font === false ? undefined : await figureFonts(text);
  const painted = font === undefined ? plain : plain.map((page) => withFont(page, font));
  const packed = await source;
  const [content = [], ...more] = painted.map((page) => carryInSvg(page, packed));
  const remarks = [
    ...figure.value.remarks,
    ...(await missingRemark(text, "a reader shows them in another font, or boxes")),
  ];
  return ok({ content, ...(more.length > 0 && { more }), remarks });
}

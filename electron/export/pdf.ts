import PDFDocument from "pdfkit";
import { ok, type Result } from "../../shared/flow/result.ts";
import { payloadText } from "./carrier/payload.ts";
import { sealPdf } from "./carrier/pdf-carrier.ts";
import { type Drawing, drawingOf, type PathMark, type TextMark } from "./drawing.ts";
import { figureOf, type Paper } from "./figure.ts";
import type { Exported, ExportInput } from "./formats.ts";
import { missingRemark } from "./resources/glyphs.ts";
import { interFonts } from "./resources/inter.ts";

type Pdf = InstanceType<typeof PDFDocument>;

/** Points of PDF in a pixel of CSS. */
const POINT = 0.75;

/** Readers of PDF show no page that is longer, in points (ISO 32000-1, annex C). */
const LONGEST = 14_400;

/** The figure as a PDF document: vectors, text that can be searched and copied, tagged as a figure with its description. */
export async function exportPdf(input: ExportInput): Promise<Result<Exported>> {
  const longest = LONGEST / POINT;
  const figure = figureOf(input, { width: longest, height: longest });
  if (!figure.ok) return figure;
  const { pages, svg, title, paper, remarks } = figure.value;
  const pdf = documentOf(title);
  const written = collect(pdf);
  let text = "";
  for (const [i, page] of pages.entries()) {
    input.signal?.throwIfAborted();
    const drawing = drawingOf(svg(i));
    addPage(pdf, drawing, page.scale, paper);
    for (const mark of drawing.marks) if (mark.kind === "text") text += mark.text;
    input.progress?.((i + 1) / pages.length);
  }
  pdf.file(Buffer.from(payloadText(input)), attached);
  pdf.end();
  const missing = await missingRemark(text, "the pages show boxes in their place");
  return ok({ content: sealPdf(await written), remarks: [...remarks, ...missing] });
}

/** How the source is embedded; `relationship` is a word of PDF/A-3 that the declarations lack. */
const attached = {
  name: "callflow.json",
  type: "application/json",
  description: "The flow that the figure shows, as Callflow opens it",
  relationship: "Source",
};

function documentOf(title: string): Pdf {
  const pdf = new PDFDocument({
    autoFirstPage: false,
    pdfVersion: "1.7",
    tagged: true,
    displayTitle: true,
    lang: "en",
    // Another than its own first font, which it would look for in a file.
    font: interFonts.regular as unknown as string,
    info: { Title: title, Producer: "Callflow", Creator: "Callflow", CreationDate: new Date(0) },
  });
  // The same flow gives the same file: it does not say when it was made.
  delete pdf.info.CreationDate;
  // Its second place for the same facts, which insists on a date.
  Object.assign(pdf, { endMetadata() {} });
  for (const weight of ["regular", "semibold"] as const) {
    pdf.registerFont(fontNames[weight], Buffer.from(interFonts[weight]));
  }
  return pdf;
}

/** As the fonts name themselves: under another name pdfkit reads the font it began with anew for each text. */
const fontNames = { regular: "Inter-Regular", semibold: "Inter-SemiBold" } as const;

function collect(pdf: Pdf): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    pdf.on("data", (chunk: Buffer) => chunks.push(chunk));
    pdf.on("end", () => resolve(new Uint8Array(Buffer.concat(chunks))));
    pdf.on("error", reject);
  });
}

/** A page of the paper, or of the figure's own size. */
function addPage(pdf: Pdf, drawing: Drawing, scale: number, paper: Paper | undefined): void {
  const size = paper ?? { width: drawing.width * scale, height: drawing.height * scale, margin: 0 };
  pdf.addPage({ size: [size.width * POINT, size.height * POINT], margin: 0 });
  const left = (size.width - drawing.width * scale) / 2;
  pdf.save();
  pdf.translate(left * POINT, size.margin * POINT).scale(scale * POINT);
  const content = pdf.markStructureContent("Figure");
  for (const mark of drawing.marks) mark.kind === "text" ? drawText(pdf, mark) : drawPath(pdf, mark);
  pdf.endMarkedContent();
  pdf.restore();
  pdf.addStructure(pdf.struct("Figure", { title: drawing.title, alt: drawing.description }, [content]));
}

function drawText(pdf: Pdf, { x, y, anchor, text, size, weight, fill, opacity }: TextMark): void {
  if (fill === undefined) return;
  pdf.font(fontNames[weight]).fontSize(size).fillColor(fill, opacity);
  const width = anchor === "start" ? 0 : pdf.widthOfString(text);
  const left = anchor === "start" ? x : anchor === "middle" ? x - width / 2 : x - width;
  pdf.text(text, left, y, { lineBreak: false, baseline: "alphabetic" });
}

function drawPath(pdf: Pdf, { path, fill, stroke, strokeWidth, dash, opacity, fillOpacity }: PathMark): void {
  // A line has nothing to fill.
  const filled = fill !== undefined && path.length > 2;
  if (!filled && stroke === undefined) return;
  for (const [name, ...at] of path) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = at;
    if (name === "M") pdf.moveTo(a, b);
    else if (name === "L") pdf.lineTo(a, b);
    else if (name === "C") pdf.bezierCurveTo(a, b, c, d, e, f);
    else pdf.closePath();
  }
  if (filled) pdf.fillColor(fill, opacity * fillOpacity);
  if (stroke === undefined) {
    pdf.fill();
    return;
  }
  pdf.lineWidth(strokeWidth).strokeColor(stroke, opacity);
  if (dash === undefined) pdf.undash();
  else pdf.dash(dash[0] ?? 1, { space: dash[1] ?? dash[0] ?? 1 });
  if (filled) pdf.fillAndStroke();
  else pdf.stroke();
}

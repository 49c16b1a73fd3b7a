import type { Room } from "../../../shared/diagram/pages.ts";
import { ok, type Result } from "../../../shared/flow/result.ts";
import { figureOf } from "../figure.ts";
import type { ExportInput } from "../formats.ts";
import { pagePainter } from "../png.ts";
import type { Picture } from "./blocks.ts";

export interface Pictures {
  /** One a page. */
  readonly pictures: readonly Picture[];
  readonly remarks: readonly string[];
}

/** Pixels of the PNG for one of the picture. Only programs that do not know SVG show it, and its time grows with its square. */
const SCALE = 1.5;

/** The figure of a flow in the room that a page has for it. */
export async function picturesOf(input: ExportInput, room: Room): Promise<Result<Pictures>> {
  const figure = figureOf(input, room);
  if (!figure.ok) return figure;
  const { pages, svg, title, remarks } = figure.value;
  const said = new Set(remarks);
  const pictures: Picture[] = [];
  const drawn = pages.map((_, i) => svg(i));
  const paint = pagePainter(
    pages.map(({ scale }, i) => ({ svg: () => drawn[i] as string, scale: SCALE * scale })),
    input.paintRows,
  );
  for (const [i, { scene, scale }] of pages.entries()) {
    input.signal?.throwIfAborted();
    const png = await paint(i);
    if (!png.ok) return png;
    for (const remark of png.value.remarks) said.add(remark);
    pictures.push({
      svg: drawn[i] as string,
      png: png.value.bytes,
      width: scene.width * scale,
      height: scene.height * scale,
      title: pages.length === 1 ? title : `${title} (${i + 1} of ${pages.length})`,
      description: descriptionOf(input, i, pages.length),
    });
    input.progress?.((i + 1) / pages.length);
  }
  return ok({ pictures, remarks: [...said] });
}

/** A figure is turned where it would be smaller than this part of its size, and is larger by so much when it lies. */
const TOO_SMALL = 0.6;
const WORTH_TURNING = 1.2;

/** Whether a figure is hard to read on a page that stands, and larger on one that lies. */
export function liesBetter(input: ExportInput, standing: Room, lying: Room): boolean {
  const upright = scaleIn(input, standing);
  return upright < TOO_SMALL && scaleIn(input, lying) > upright * WORTH_TURNING;
}

/** Whether all of a figure can be shown, and read, in a room. */
export function fitsIn(input: ExportInput, room: Room): boolean {
  const figure = figureOf(input, room);
  return figure.ok && figure.value.pages.length === 1 && figure.value.remarks.length === 0;
}

function scaleIn(input: ExportInput, room: Room): number {
  const figure = figureOf(input, room);
  return figure.ok ? Math.min(...figure.value.pages.map(({ scale }) => scale)) : 1;
}

/** Who is drawn, and how many messages; the steps themselves stand in the text. */
function descriptionOf({ diagram }: ExportInput, page: number, pages: number): string {
  const names = diagram.lifelines.map(({ name }) => name).join(", ");
  const steps = diagram.items.filter(({ type }) => type === "step").length;
  const which = pages === 1 ? "" : `, page ${page + 1} of ${pages}`;
  const between = names === "" ? "" : ` between ${names}`;
  return `Sequence diagram with ${steps} ${steps === 1 ? "step" : "steps"}${between}${which}. The numbered paragraphs after it tell the steps.`;
}

import type { Step } from "../../../shared/diagram/diagram.ts";
import { slantsAcross } from "../../../shared/diagram/frame.ts";
import { paintArrow } from "./paint-arrow.ts";
import { paintDivider, paintNote, paintState, paintTimer } from "./paint-boxes.ts";
import { paintFrame } from "./paint-frame.ts";
import { paintBars, paintGroup, paintLifeline } from "./paint-lifeline.ts";
import { bandFill, boxOnSlide, isShown, type Layer, place, type Sheet } from "./sheet.ts";

/** Paints what a window shows of a scene: the heads at the top, below them the rows. */
export function paintWindow(sheet: Sheet, steps: readonly Step[]): void {
  const { scene, window } = sheet;
  for (const box of scene.boxes) paintGroup(sheet, box);
  paintBand(sheet);
  for (const frame of scene.frames) paintFrame(sheet, frame);
  for (const i of slantsAcross(scene, window.to, window.bottom)) paintRow(sheet, i, steps, "slanted");
  for (let i = window.from; i < window.to; i++)
    paintRow(sheet, i, steps, scene.slanted.includes(i) ? "slanted" : "rows");
  paintBars(sheet);
  // Last, when it is known where messages meet them; their layer lies below.
  for (const [column, head] of scene.heads.entries()) paintLifeline(sheet, head, column);
}

/** Shapes of the picture, from back to front. */
export function picture({ layers }: Sheet): string {
  return [layers.ground, layers.lifelines, layers.bars, layers.frames, layers.slanted, layers.rows].flat().join("");
}

function paintRow(sheet: Sheet, i: number, steps: readonly Step[], layer: Layer): void {
  const shape = sheet.scene.rows[i]?.shape;
  const step = sheet.view.stepOf[i];
  if (shape === undefined || shape.kind === "gap" || !isShown(sheet, step)) return;
  const placing = { layer, step };
  switch (shape.kind) {
    case "arrow":
      paintArrow(sheet, shape, steps[shape.step], layer);
      break;
    case "note":
      paintNote(sheet, shape, placing);
      break;
    case "divider":
      paintDivider(sheet, shape, placing);
      break;
    case "state":
      paintState(sheet, shape, placing);
      break;
    case "timer":
      paintTimer(sheet, shape, placing);
  }
}

/** A band behind the current step. */
function paintBand(sheet: Sheet): void {
  const { emphasis, scene } = sheet;
  const row = emphasis.current === undefined ? undefined : scene.rows[scene.stepRows[emphasis.current] ?? -1];
  if (row === undefined) return;
  place(
    sheet,
    { layer: "ground" },
    {
      name: "Current step",
      box: boxOnSlide(sheet, 0, row.top, scene.width, row.height),
      outline: "rect",
      ...bandFill(sheet),
    },
  );
}

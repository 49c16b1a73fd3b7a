import type { Scene } from "./scene.ts";
import { heightAround, type RowRange, rowsOfSteps } from "./slice.ts";
import type { Sizes } from "./theme.ts";

/** Part of a window that shows again what the one before ended with. */
const OVERLAP = 0.3;

/**
 * The rows of a part of a scene in windows that are at most `height` high with the heads over them. Each begins with the
 * last rows of the one before; a row that is higher than a window has one of its own.
 */
export function windowsOf(scene: Scene, sizes: Sizes, part: RowRange, height: number): readonly RowRange[] {
  const { rows } = scene;
  const topOf = (row: number) => rows[row]?.top ?? 0;
  const endOf = (row: number) => topOf(row) + (rows[row]?.height ?? 0);
  const fits = (first: number, last: number) =>
    endOf(last) - topOf(first) <= height - heightAround(scene, sizes, first, {});
  const windows: RowRange[] = [];
  for (let first = part.first; ; ) {
    let last = Math.max(first, (windows.at(-1)?.last ?? part.first - 1) + 1);
    while (last < part.last && fits(first, last + 1)) last++;
    windows.push({ first, last });
    if (last >= part.last) return windows;
    let next = last + 1;
    while (next > first + 1 && topOf(next - 1) >= endOf(last) - height * OVERLAP) next--;
    while (next <= last && !fits(next, last + 1)) next++;
    first = next;
  }
}

/** Which window shows a step with its notes, or at least the step. */
export function windowOf(scene: Scene, windows: readonly RowRange[], step: number): number {
  const { first, last } = rowsOfSteps(scene, step, step);
  const row = scene.stepRows[step] ?? 0;
  const whole = windows.findIndex((window) => window.first <= first && window.last >= last);
  if (whole >= 0) return whole;
  return Math.max(
    0,
    windows.findIndex((window) => window.first <= row && window.last >= row),
  );
}

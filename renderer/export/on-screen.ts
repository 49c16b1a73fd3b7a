import { stepsOf } from "../../shared/diagram/steps-of.ts";
import type { ExportChoices } from "../../shared/ipc/settings.ts";
import { bodyHeight } from "../canvas/camera.ts";
import type { CanvasState } from "../canvas/canvas-store.ts";
import type { AppState } from "../store/state.ts";

type Shown = Pick<AppState, "scene" | "diagram" | "step" | "theme">;
type Seen = Pick<CanvasState, "camera" | "content" | "viewport">;

/**
 * The choices for a figure by which it is what is seen in the window: the steps that are in sight, the current one and the
 * later ones pale, in the window's colours. Pure.
 */
export function onScreen({ scene, diagram, step, theme }: Shown, seen: Seen): ExportChoices {
  const { camera, content, viewport } = seen;
  if (scene === undefined || diagram === undefined) return {};
  const top = camera.y + content.headHeight;
  const bottom = top + bodyHeight(content, viewport, camera.zoom) / camera.zoom;
  const steps = stepsOf(diagram);
  const inSight = scene.stepRows.flatMap((row, i) => {
    const place = scene.rows[row];
    const middle = place === undefined ? Number.NaN : place.top + place.height / 2;
    return middle >= top && middle <= bottom ? [steps[i]?.number ?? ""] : [];
  });
  const numbered = inSight.filter((number) => number !== "");
  const [first, last] = [numbered[0], numbered.at(-1)];
  const all = inSight.length === steps.length || first === undefined;
  const current = steps[step]?.number ?? "";
  return {
    theme: theme.name,
    steps: all ? "" : first === last ? first : `${first} – ${last}`,
    step: numbered.includes(current) ? current : "",
    later: numbered.includes(current) ? "pale" : "drawn",
  };
}

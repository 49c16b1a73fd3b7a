import type { Diagram } from "../../shared/diagram/diagram.ts";
import type { Scene } from "../../shared/diagram/scene.ts";
import type { Flow } from "../../shared/flow/flow.ts";

/** Where a reference to another flow is drawn: its mark in the flow, what it says, and its head, or all of it where nothing is in it. */
export interface ReferenceFrame {
  readonly mark: number;
  readonly says: string;
  readonly x: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The frames that stand for another flow, from the top, in scene px. */
export function referenceFrames(
  flow: Flow | undefined,
  diagram: Diagram | undefined,
  scene: Scene | undefined,
): readonly ReferenceFrame[] {
  const found: ReferenceFrame[] = [];
  let nth = 0;
  for (const [i, item] of (diagram?.items ?? []).entries()) {
    if (item.type !== "fragment") continue;
    const frame = scene?.frames[nth++];
    const row = scene?.rows[i];
    const mark = item.mark === undefined ? undefined : flow?.marks?.[item.mark];
    if (frame === undefined || row === undefined || item.mark === undefined) continue;
    if (mark?.kind !== "fragment" || mark.refers === undefined) continue;
    const isCollapsed = diagram?.items[i + 1]?.type === "end";
    const bottom = isCollapsed ? frame.bottom : Math.min(frame.bottom, row.top + row.height);
    const { x, top, width } = frame;
    found.push({ mark: item.mark, says: item.guard, x, top, width, height: bottom - top });
  }
  return found;
}

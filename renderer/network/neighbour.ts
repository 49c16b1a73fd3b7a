import type { ParticipantId } from "../../shared/run/choice.ts";
import type { Box } from "./curve.ts";

const directions: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The nearest node in the direction of an arrow key; straight ahead counts as nearer than aside. */
export function neighbour(
  nodes: ReadonlyMap<ParticipantId, Box>,
  from: ParticipantId,
  key: string,
): ParticipantId | undefined {
  const here = nodes.get(from);
  const direction = directions[key];
  if (here === undefined || direction === undefined) return undefined;
  let best: ParticipantId | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const [id, { x, y }] of nodes) {
    const ahead = (x - here.x) * direction[0] + (y - here.y) * direction[1];
    const aside = Math.abs((x - here.x) * direction[1]) + Math.abs((y - here.y) * direction[0]);
    if (id === from || ahead <= 0) continue;
    const distance = ahead + 2 * aside;
    if (distance < least) {
      best = id;
      least = distance;
    }
  }
  return best;
}

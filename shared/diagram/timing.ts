import type { Diagram } from "./diagram.ts";
import { durationOf } from "./frame.ts";
import type { Scene } from "./scene.ts";

/** How long each step's message travels and how long one rests after it, in ms at speed 1. */
export interface Timing {
  readonly travel: (step: number) => number;
  readonly rest: (step: number) => number;
}

/** Time to read before the next step, at speed 1, in ms: more for long labels and notes, up to a bound (rule V5). */
export const REST_MS = 450;
const MS_PER_CHARACTER = 9;
const LONGEST_REST_MS = 2400;
/** Characters that are read while the message travels. */
const READ_ON_THE_WAY = 24;

export function timingOf(diagram: Diagram, scene: Scene): Timing {
  const rests: number[] = [];
  const add = (text: string) => {
    if (rests.length > 0) rests.push((rests.pop() ?? REST_MS) + text.length * MS_PER_CHARACTER);
  };
  for (const item of diagram.items) {
    if (item.type === "step") {
      rests.push(REST_MS);
      add(item.label.slice(READ_ON_THE_WAY));
    } else if (item.type === "note" || item.type === "divider" || item.type === "state") add(item.text);
  }
  return {
    travel: (step) => durationOf(scene, step),
    rest: (step) => Math.min(LONGEST_REST_MS, rests[step] ?? REST_MS),
  };
}

/** A message starts and arrives gently. */
const GENTLE = 0.45;
const BRISK = 3.2;
const shape = (fraction: number) => GENTLE + BRISK * fraction * (1 - fraction);

const PARTS = 256;
/** Time that each part of the way takes when the pace is `shape`; the midpoint rule is exact enough for an animation. */
const times = Array.from({ length: PARTS }, (_, i) => 1 / shape((i + 0.5) / PARTS) / PARTS);
const WHOLE = times.reduce((sum, part) => sum + part, 0);

/** A message's pace at a fraction of its way, 1 on average over time. */
export function paceAt(fraction: number): number {
  return shape(fraction) * WHOLE;
}

/** The fraction of its way that a message has come when this fraction of its time has gone by. */
export function wayAfter(share: number): number {
  let left = Math.min(1, Math.max(0, share)) * WHOLE;
  for (const [i, time] of times.entries()) {
    if (left < time) return (i + left / time) / PARTS;
    left -= time;
  }
  return 1;
}

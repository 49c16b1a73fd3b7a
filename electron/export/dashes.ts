import type { PathCommand } from "./drawing.ts";

type Point = readonly [number, number];

/** Pieces into which a curve is cut. */
const CURVE_PIECES = 6;

/** The dashes of a path as lines of their own, for readers that draw dashed lines whole. Curves become short lines. */
export function dashesOf(path: readonly PathCommand[], lengths: readonly number[]): readonly PathCommand[] {
  const [on = 1, off = on] = lengths;
  const out: PathCommand[] = [];
  for (const line of linesOf(path)) {
    let done = 0;
    line.slice(1).forEach((to, i) => {
      const from = line[i] as Point;
      const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
      const at = (along: number): Point => [
        from[0] + ((to[0] - from[0]) * along) / (length || 1),
        from[1] + ((to[1] - from[1]) * along) / (length || 1),
      ];
      // Dashes go on around corners.
      for (let start = -(done % (on + off)); start < length; start += on + off) {
        if (start + on <= 0) continue;
        out.push(["M", ...at(Math.max(0, start))], ["L", ...at(Math.min(length, start + on))]);
      }
      done += length;
    });
  }
  return out;
}

function linesOf(path: readonly PathCommand[]): readonly (readonly Point[])[] {
  const lines: Point[][] = [];
  for (const command of path) {
    const line = lines.at(-1) ?? [];
    switch (command[0]) {
      case "M":
        lines.push([[command[1], command[2]]]);
        break;
      case "L":
        line.push([command[1], command[2]]);
        break;
      case "C":
        line.push(...curve(line.at(-1) ?? [command[1], command[2]], command));
        break;
      case "Z":
        line.push(line[0] ?? [0, 0]);
    }
  }
  return lines;
}

function curve([x, y]: Point, [, a, b, c, d, e, f]: Extract<PathCommand, readonly ["C", ...number[]]>): Point[] {
  return Array.from({ length: CURVE_PIECES }, (_, i) => {
    const t = (i + 1) / CURVE_PIECES;
    const [p, q, r, s] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3];
    return [p * x + q * a + r * c + s * e, p * y + q * b + r * d + s * f];
  });
}

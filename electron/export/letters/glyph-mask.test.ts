import { describe, expect, it } from "vitest";
import { maskOf } from "./glyph-mask.ts";
import type { Outline } from "./harfbuzz.ts";

/** An outline of straight lines; y goes up. */
function polygon(...points: readonly (readonly [number, number])[]): Outline {
  return points.flatMap(([x, y], i) => {
    const [toX, toY] = points[(i + 1) % points.length]!;
    return [x, y, (x + toX) / 2, (y + toY) / 2, toX, toY];
  });
}

const square = polygon([0, 0], [1, 0], [1, 1], [0, 1]);

describe("EX11: the pixels that a glyph covers", () => {
  it("are whole within it, and a part at its edges, wherever it stands", () => {
    expect(maskOf(square, 2, 0, 0)).toEqual({
      left: 0,
      top: -2,
      width: 2,
      height: 2,
      cover: Uint8Array.of(255, 255, 255, 255),
    });
    const { left, top, width, height, cover } = maskOf(square, 2, 0.5, 0.25);
    expect({ left, top, width, height }).toEqual({ left: 0, top: -2, width: 3, height: 3 });
    const [half, most] = [128, 191];
    const edge = [Math.round((6 / 16) * 255), most, Math.round((6 / 16) * 255)];
    expect([...cover]).toEqual([...edge, half, 255, half, Math.round((2 / 16) * 255), 64, Math.round((2 / 16) * 255)]);
  });

  it("are as many as its area, also for slants, curves and holes", () => {
    const areaOf = (outline: Outline, size: number) =>
      maskOf(outline, size, 0.25, 0.75).cover.reduce((sum, cover) => sum + cover / 255, 0);
    expect(areaOf(polygon([0, 0], [3, 0], [0, 1]), 20)).toBeCloseTo(600, -1);
    // A parabola over a chord of 2 with its top at 0.5: two thirds of the box around it.
    expect(areaOf([0, 0, 1, 1, 2, 0, 2, 0, 1, 0, 0, 0], 30)).toBeCloseTo(600, -1);
    const hole = polygon([0.25, 0.25], [0.25, 0.75], [0.75, 0.75], [0.75, 0.25]);
    expect(areaOf([...square, ...hole], 20)).toBeCloseTo(300, 0);
    // What lies within two outlines counts once.
    expect(areaOf([...square, ...polygon([0.25, 0.25], [0.75, 0.25], [0.75, 0.75], [0.25, 0.75])], 20)).toBeCloseTo(
      400,
      0,
    );
  });

  it("are none of a space", () => {
    expect(maskOf([], 12, 0, 0).cover).toHaveLength(0);
  });
});

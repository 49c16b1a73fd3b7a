import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  bodyHeight,
  type Content,
  clampCamera,
  fitted,
  headBand,
  reveal,
  scrollSize,
  type Viewport,
  zoomAt,
} from "./camera.ts";

const content: Content = { width: 1500, height: 700_000, headHeight: 90 };
const viewport: Viewport = { width: 1000, height: 800 };
const anyZoom = fc.double({ min: 0.1, max: 4, noNaN: true });
const anyCamera = fc.record({
  x: fc.double({ min: -5000, max: 5000, noNaN: true }),
  y: fc.double({ min: -5000, max: 900_000, noNaN: true }),
  zoom: fc.double({ min: 0, max: 100 }),
});

describe("camera", () => {
  test("V18 never shows the nothing beside the picture", () => {
    fc.assert(
      fc.property(anyCamera, (camera) => {
        const { x, y, zoom } = clampCamera(camera, content, viewport);
        expect(zoom).toBeGreaterThanOrEqual(0.1);
        expect(zoom).toBeLessThanOrEqual(4);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y + bodyHeight(content, viewport, zoom) / zoom).toBeLessThanOrEqual(content.height + 1e-6);
        const shown = viewport.width / zoom;
        if (shown <= content.width) expect(x).toBeGreaterThanOrEqual(0);
        else expect(x + shown / 2).toBeCloseTo(content.width / 2);
      }),
    );
  });

  test("V17 keeps what is under the pointer there", () => {
    fc.assert(
      fc.property(anyZoom, anyZoom, fc.integer({ min: 150, max: 790 }), (from, to, y) => {
        const camera = clampCamera({ x: 300, y: 350_000, zoom: from }, content, viewport);
        const at = { x: 500, y };
        const zoomed = zoomAt(camera, to, at, content, viewport);
        const before = camera.y + (at.y - headBand(content, from)) / from;
        const after = zoomed.y + (at.y - headBand(content, to)) / to;
        expect(after).toBeCloseTo(before, 6);
      }),
    );
  });

  test("fits width and page, and shows a small flow at 100 % at most at first", () => {
    const small: Content = { width: 400, height: 300, headHeight: 80 };
    const camera = { x: 0, y: 0, zoom: 1 };
    expect(fitted("first", camera, small, viewport).zoom).toBe(1);
    expect(fitted("width", camera, small, viewport).zoom).toBe(2.5);
    expect(fitted("page", camera, small, viewport).zoom).toBeCloseTo(800 / 380);
    expect(fitted("page", camera, content, viewport).zoom).toBe(0.1);
    expect(fitted("none", { ...camera, zoom: 1.7 }, small, viewport).zoom).toBe(1.7);
  });

  test("the scrollbar reaches the end of any length", () => {
    for (const height of [100, 700_000, 9_000_000]) {
      const long = { ...content, height };
      const size = scrollSize(long, viewport, 4);
      const lowest = clampCamera({ x: 0, y: 1e12, zoom: 4 }, long, viewport).y;
      const range = Math.max(0, size.height - viewport.height);
      expect(size.height).toBeLessThan(17_000_000);
      expect(Math.abs((range * size.ratio) / 4 - lowest)).toBeLessThan(1);
    }
  });
});

describe("V19 revealing", () => {
  const camera = { x: 0, y: 1000, zoom: 1 };
  const box = (top: number) => ({ top, bottom: top + 30, left: 100, right: 300 });

  test("moves nothing for what stands well in sight", () => {
    expect(reveal(camera, box(1300), content, viewport)).toEqual(camera);
  });

  test("moves as little as needed for what is near, and puts what is far in the middle", () => {
    const near = reveal(camera, box(1690), content, viewport);
    expect(near.y).toBeGreaterThan(1000);
    expect(near.y).toBeLessThan(1300);
    const far = reveal(camera, box(100_000), content, viewport);
    expect(far.y).toBeGreaterThan(100_000 - 400);
    expect(far.y).toBeLessThan(100_000);
  });

  test("whatever it shows is in sight", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 699_000 }), anyZoom, (top, zoom) => {
        const seen = reveal({ x: 0, y: 5000, zoom }, box(top), content, viewport);
        const height = bodyHeight(content, viewport, zoom) / zoom;
        expect(top).toBeGreaterThanOrEqual(seen.y - 1e-6);
        expect(top + 30).toBeLessThanOrEqual(seen.y + height + 1e-6);
      }),
    );
  });

  test("comes sideways for an arrow that is out of sight", () => {
    const seen = reveal({ ...camera, zoom: 2 }, { top: 1100, bottom: 1130, left: 900, right: 1200 }, content, viewport);
    expect(seen.x).toBeLessThanOrEqual(900);
    expect(seen.x + 500).toBeGreaterThanOrEqual(1200);
  });
});

import { describe, expect, test } from "vitest";
import { layout } from "../../shared/diagram/layout.ts";
import { light } from "../../shared/diagram/theme.ts";
import { diagramOf } from "../store/sample.ts";
import { createCanvasStore } from "./canvas-store.ts";
import { edges, spanAt } from "./visible.ts";

const none = { first: 0, last: -1, origin: 0 };
const sceneOf = (count: number) =>
  layout(diagramOf(Array.from({ length: count }, (_, i) => ({ label: `Message ${i}` }))), light);

describe("V16 what is in the page", () => {
  test("is bounded by the window, wherever one looks", () => {
    const scene = sceneOf(20_000);
    const height = 900;
    const most = height / Math.min(...scene.rows.slice(0, 100).map((row) => row.height)) + 32;
    for (let top = 0; top < scene.height; top += scene.height / 37) {
      const span = spanAt(scene, top, top + height, none);
      expect(span.last - span.first).toBeLessThan(most);
      const { top: from, bottom } = edges(scene, span);
      expect(from).toBeLessThanOrEqual(top);
      expect(bottom).toBeGreaterThanOrEqual(Math.min(top + height, scene.height));
    }
  });

  test("mostly stays the same value while one scrolls", () => {
    const scene = sceneOf(500);
    const spans = new Set([none]);
    let span = none;
    for (let top = 5000; top < 5400; top++) {
      span = spanAt(scene, top, top + 900, span);
      spans.add(span);
    }
    expect(spans.size).toBeLessThan(10);
    expect(spans.size).toBeGreaterThan(2);
  });

  test("places are counted from nearby, so that they are exact far down", () => {
    const scene = sceneOf(20_000);
    for (const row of [scene.rows[0], scene.rows[12_345], scene.rows.at(-1)]) {
      const span = spanAt(scene, row?.top ?? 0, (row?.top ?? 0) + 900, none);
      expect((row?.top ?? 0) - span.origin).toBeLessThan(2 * 8192);
      expect((row?.top ?? 0) - span.origin).toBeGreaterThanOrEqual(0);
    }
  });

  test("an empty scene and one row are no special case", () => {
    expect(spanAt(sceneOf(0), 0, 900, none).last).toBe(-1);
    expect(spanAt(sceneOf(1), 0, 900, none)).toEqual({ first: 0, last: 0, origin: 0 });
  });
});

describe("the camera of a canvas", () => {
  test("V19 scrolling by hand stops following, zooming does not", () => {
    const canvas = createCanvasStore();
    canvas.actions.setScene(sceneOf(500), true);
    canvas.actions.setViewport({ width: 900, height: 700 });
    canvas.actions.zoomIn();
    expect(canvas.getState().following).toBe(true);
    canvas.actions.pan(0, 400);
    expect(canvas.getState().following).toBe(false);
  });

  test("another size of the window keeps the picture fitted until a person zooms", () => {
    const canvas = createCanvasStore();
    canvas.actions.setScene(sceneOf(5), true);
    canvas.actions.fitTo("width");
    canvas.actions.setViewport({ width: 600, height: 700 });
    const { zoom } = canvas.getState().camera;
    canvas.actions.setViewport({ width: 900, height: 700 });
    expect(canvas.getState().camera.zoom).toBeGreaterThan(zoom);
    canvas.actions.zoomTo(2);
    canvas.actions.setViewport({ width: 500, height: 700 });
    expect(canvas.getState().camera.zoom).toBe(2);
  });

  test("letters are left out where they could not be read", () => {
    const canvas = createCanvasStore();
    canvas.actions.setScene(sceneOf(500), true);
    expect(canvas.getState().far).toBe(false);
    canvas.actions.zoomTo(0.2);
    expect(canvas.getState().far).toBe(true);
  });
});

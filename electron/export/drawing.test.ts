import fc from "fast-check";
import { expect, it } from "vitest";
import { layout } from "../../shared/diagram/layout.ts";
import { toSvg } from "../../shared/diagram/svg.ts";
import { light, print } from "../../shared/diagram/theme.ts";
import { arbitraryDiagram } from "../../test/arbitrary-diagram.ts";
import { drawingOf } from "./drawing.ts";
import { unescapeXml } from "./ooxml/xml-tags.ts";

it("EX17: reads every picture, with every word of it and whole numbers of places", () => {
  fc.assert(
    fc.property(arbitraryDiagram, fc.constantFrom(print, light), fc.nat(5), (diagram, theme, step) => {
      const svg = toSvg(layout(diagram, theme), theme, { title: "A & B", highlight: step, paleAfter: step });
      const { marks, width, title } = drawingOf(svg);
      expect(title).toBe("A & B");
      expect(svg).toContain(`width="${width}"`);
      expect(marks.map((mark) => (mark.kind === "text" ? mark.text : "")).join("")).toBe(
        unescapeXml([...svg.matchAll(/>([^<]+)<\/text>/g)].map(([, text]) => text).join("")),
      );
      const numbers = marks.flatMap((mark) => (mark.kind === "text" ? [mark.x, mark.y, mark.size] : mark.path.flat()));
      expect(numbers.every((value) => typeof value === "string" || Number.isFinite(value))).toBe(true);
      for (const mark of marks)
        for (const ink of [mark.fill]) if (ink !== undefined) expect(ink).toMatch(/^#[0-9a-f]{6}$/);
    }),
    { numRuns: 50 },
  );
});

it("EX17: takes over what groups say, and places everything from the upper left corner", () => {
  const svg = `<svg width="9" height="9" viewBox="-0.5 -0.5 9 9" font-size="12"><title>T</title><g fill="#ff0000" opacity="0.5" transform="translate(0 10)"><g opacity="0.5" font-weight="600" text-anchor="end"><text x="1" y="2">a&lt;b</text></g><rect x="1" y="1" width="2" height="3" fill="none" stroke="#00ff00"/></g></svg>`;
  expect(drawingOf(svg).marks).toEqual([
    {
      kind: "text",
      x: 1.5,
      y: 12.5,
      anchor: "end",
      text: "a<b",
      size: 12,
      weight: "semibold",
      fill: "#ff0000",
      opacity: 0.25,
    },
    {
      kind: "path",
      path: [["M", 1.5, 11.5], ["L", 3.5, 11.5], ["L", 3.5, 14.5], ["L", 1.5, 14.5], ["Z"]],
      fill: undefined,
      stroke: "#00ff00",
      strokeWidth: 1,
      dash: undefined,
      opacity: 0.5,
      fillOpacity: 1,
    },
  ]);
});

it("EX17: refuses what a picture never has", () => {
  expect(() => drawingOf('<svg viewBox="0 0 1 1"><image/></svg>')).toThrow("image");
});

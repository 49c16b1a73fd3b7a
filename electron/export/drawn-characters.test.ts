import fc from "fast-check";
import { expect, it } from "vitest";
import { layout } from "../../shared/diagram/layout.ts";
import { toSvg } from "../../shared/diagram/svg.ts";
import { print } from "../../shared/diagram/theme.ts";
import { arbitraryDiagram } from "../../test/arbitrary-diagram.ts";
import { drawingOf } from "./drawing.ts";
import { drawnCharacters } from "./drawn-characters.ts";

it("EX17: has each character that pictures draw once, and no other", () => {
  fc.assert(
    fc.property(fc.array(arbitraryDiagram, { maxLength: 3 }), (diagrams) => {
      const svgs = diagrams.map((diagram) => toSvg(layout(diagram, print), print, { title: "∆ & Ω" }));
      const words = svgs.flatMap((svg) => drawingOf(svg).marks.map((mark) => (mark.kind === "text" ? mark.text : "")));
      expect(drawnCharacters(svgs)).toBe([...new Set(words.join(""))].join(""));
    }),
    { numRuns: 50 },
  );
});

it("EX17: reads what has to be written otherwise, and characters of two units", () => {
  const svg = "<svg><title>zz</title><text>a&amp;b;</text><g><text>&lt;&#39;😀你</text></g></svg>";
  expect(drawnCharacters([svg])).toBe("a&b;<'😀你");
});

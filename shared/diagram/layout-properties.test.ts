import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitraryDiagram } from "../../test/arbitrary-diagram.ts";
import { baseline } from "./label.ts";
import { layout } from "./layout.ts";
import { textWidth } from "./measure.ts";
import type { Arrow, Scene } from "./scene.ts";
import { dark, light, print, type Sizes } from "./theme.ts";

const themes = fc.constantFrom(light, print);

interface Box {
  readonly what: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function lineBoxes(
  what: string,
  lines: readonly string[],
  place: (width: number) => number,
  top: number,
  line: number,
  size: number,
  weight: "regular" | "semibold" = "regular",
): Box[] {
  return lines.map((text, i) => {
    const width = textWidth(text, size, weight);
    const left = place(width);
    return { what: `${what} "${text}"`, left, right: left + width, top: top + i * line, bottom: top + (i + 1) * line };
  });
}

/** Everything in a scene that must stay readable: numbers, lines of labels, notes, states, texts of timers and dividers, guards. */
function readable(scene: Scene, sizes: Sizes): Box[] {
  const boxes: Box[] = [];
  for (const { shape } of scene.rows) {
    if (shape.kind === "arrow") {
      const top = shape.labelY - baseline(sizes.line, sizes.text);
      boxes.push(...lineBoxes("label", shape.lines, (width) => shape.labelX - width / 2, top, sizes.line, sizes.text));
      if (shape.number !== "") {
        const left = shape.numberX;
        boxes.push({
          what: `number ${shape.number}`,
          left,
          right: left + shape.numberWidth,
          top,
          bottom: top + sizes.badgeHeight,
        });
      }
      const { hidden } = shape;
      if (hidden !== undefined) {
        const place = (width: number) => (hidden.anchor === "start" ? hidden.x : hidden.x - width);
        const y = hidden.y - (hidden.lines.length * sizes.smallLine) / 2;
        boxes.push(...lineBoxes("hidden name", hidden.lines, place, y, sizes.smallLine, sizes.small));
      }
    } else if (shape.kind === "note" || shape.kind === "state") {
      const { x, y, width, height } = shape;
      boxes.push({ what: shape.kind, left: x, right: x + width, top: y, bottom: y + height });
    } else if (shape.kind === "timer") {
      const y = shape.y - (shape.lines.length * sizes.smallLine) / 2;
      boxes.push(...lineBoxes("timer", shape.lines, () => shape.textX, y, sizes.smallLine, sizes.small));
    } else if (shape.kind === "divider") {
      const y = shape.y - (shape.lines.length * sizes.smallLine) / 2;
      const place = (width: number) => shape.x - width / 2;
      boxes.push(...lineBoxes("divider", shape.lines, place, y, sizes.smallLine, sizes.small, "semibold"));
    }
  }
  for (const head of scene.heads) {
    if (head.late === undefined) continue;
    const left = head.x - head.width / 2;
    boxes.push({ what: "late head", left, right: left + head.width, top: head.late, bottom: head.late + head.height });
  }
  for (const box of scene.boxes) {
    const place = (width: number) => box.x + (box.width - width) / 2;
    boxes.push(...lineBoxes("box", box.lines, place, box.y + 3, sizes.smallLine, sizes.small));
  }
  for (const frame of scene.frames) {
    const left = frame.x + frame.tabWidth;
    boxes.push({ what: "tab", left: frame.x, right: left, top: frame.top, bottom: frame.top + sizes.smallLine + 4 });
    boxes.push(...lineBoxes("guard", frame.lines, () => left + 8, frame.top + 2, sizes.smallLine, sizes.small));
    for (const part of frame.elses) {
      boxes.push(...lineBoxes("else", part.lines, () => frame.x + 8, part.y + 3, sizes.smallLine, sizes.small));
    }
  }
  return boxes.filter((box) => box.right > box.left);
}

function overlap(a: Box, b: Box): boolean {
  const slack = 0.01;
  return a.left < b.right - slack && b.left < a.right - slack && a.top < b.bottom - slack && b.top < a.bottom - slack;
}

function overlaps(boxes: readonly Box[]): string[] {
  return boxes.flatMap((a, i) =>
    boxes
      .slice(i + 1)
      .filter((b) => overlap(a, b))
      .map((b) => `${a.what} and ${b.what}`),
  );
}

/** Whether a slanted line runs through a box. */
function strikes(line: Arrow, box: Box): boolean {
  if (line.y1 >= box.bottom || line.y2 <= box.top) return false;
  const at = (y: number) => line.x1 + ((y - line.y1) / (line.y2 - line.y1)) * (line.x2 - line.x1);
  const [a, b] = [at(Math.max(box.top, line.y1)), at(Math.min(box.bottom, line.y2))];
  return Math.min(a, b) < box.right && Math.max(a, b) > box.left;
}

function arrowOf(scene: Scene, step: number): Arrow {
  const shape = scene.rows[scene.stepRows[step] ?? -1]?.shape;
  if (shape?.kind !== "arrow") throw new Error(`step ${step} is no arrow`);
  return shape;
}

describe("any diagram", () => {
  test("L1: no two numbers, labels, notes, states or guards overlap", () => {
    fc.assert(
      fc.property(arbitraryDiagram, themes, (drawn, theme) => {
        expect(overlaps(readable(layout(drawn, theme), theme.sizes))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test("L2: an arrow starts and ends on its lifelines; a lost one ends before its target", () => {
    fc.assert(
      fc.property(arbitraryDiagram, themes, (drawn, theme) => {
        const scene = layout(drawn, theme);
        const x = new Map(scene.heads.map((head) => [head.id, head.x]));
        for (const item of drawn.items) {
          if (item.type !== "step" || item.state === true) continue;
          const arrow = arrowOf(scene, item.index);
          if (item.from.kind === "lifeline") expect(arrow.x1).toBe(x.get(item.from.id));
          if (item.to.kind !== "lifeline") continue;
          const target = x.get(item.to.id) ?? Number.NaN;
          if (!item.lost || item.from.kind !== "lifeline") expect(arrow.x2).toBe(target);
          else if (arrow.bend === undefined) {
            expect(Math.abs(arrow.x2 - arrow.x1)).toBeLessThan(Math.abs(target - arrow.x1));
            expect(Math.sign(arrow.x2 - arrow.x1)).toBe(Math.sign(target - arrow.x1));
          }
        }
      }),
    );
  });

  test("L3: rows follow one another without gap or overlap, from the heads to the lifelines' end", () => {
    fc.assert(
      fc.property(arbitraryDiagram, themes, (drawn, theme) => {
        const scene = layout(drawn, theme);
        expect(scene.rows).toHaveLength(drawn.items.length);
        let top = scene.headHeight;
        for (const row of scene.rows) {
          expect(row.top).toBe(top);
          expect(row.height).toBeGreaterThanOrEqual(0);
          top += row.height;
        }
        expect(scene.bottom).toBe(top + theme.sizes.tail);
        expect(scene.height).toBeGreaterThan(scene.bottom);
      }),
    );
  });

  test("L4: everything is inside the picture", () => {
    fc.assert(
      fc.property(arbitraryDiagram, themes, (drawn, theme) => {
        const scene = layout(drawn, theme);
        const boxes = readable(scene, theme.sizes);
        for (const frame of scene.frames) {
          boxes.push({
            what: "frame",
            left: frame.x,
            right: frame.x + frame.width,
            top: frame.top,
            bottom: frame.bottom,
          });
        }
        for (const head of scene.heads) {
          boxes.push({
            what: "head",
            left: head.x - head.width / 2,
            right: head.x + head.width / 2,
            top: head.y,
            bottom: head.y + head.height,
          });
        }
        for (const { x, y, width, bottom } of scene.boxes) {
          boxes.push({ what: "box", left: x, right: x + width, top: y, bottom });
        }
        for (const { shape } of scene.rows) {
          if (shape.kind !== "arrow") continue;
          boxes.push({
            what: "arrow",
            left: Math.min(shape.x1, shape.x2),
            right: Math.max(shape.x1, shape.x2, shape.bend ?? 0),
            top: shape.y1,
            bottom: shape.y2,
          });
        }
        const outside = boxes.filter(
          (box) => !(box.left >= 0 && box.right <= scene.width && box.top >= 0 && box.bottom <= scene.height),
        );
        expect(outside).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test("L5: heads do not overlap and each line of a name fits its head", () => {
    fc.assert(
      fc.property(arbitraryDiagram, themes, (drawn, theme) => {
        const { heads } = layout(drawn, theme);
        for (const [i, head] of heads.entries()) {
          const next = heads[i + 1];
          if (next !== undefined) expect(head.x + head.width / 2).toBeLessThan(next.x - next.width / 2);
          expect(head.lines.length).toBeLessThanOrEqual(theme.sizes.headLines + 1);
          for (const [k, line] of head.lines.entries()) {
            const own = k < head.roleLine;
            const width = textWidth(line, own ? theme.sizes.text : theme.sizes.small, own ? "semibold" : "regular");
            expect(width).toBeLessThanOrEqual(head.width);
          }
        }
      }),
    );
  });

  test("L6: the same diagram gives the same scene, light and dark alike", () => {
    fc.assert(
      fc.property(arbitraryDiagram, (drawn) => {
        const scene = layout(drawn, light);
        expect(layout(structuredClone(drawn), light)).toEqual(scene);
        expect(layout(drawn, dark)).toEqual(scene);
      }),
    );
  });

  test("L7: with the scene before an edit, the result is the same as without it", () => {
    fc.assert(
      fc.property(arbitraryDiagram, arbitraryDiagram, fc.nat(24), (drawn, other, at) => {
        const before = layout(drawn, light);
        const edited = {
          ...drawn,
          items: [...drawn.items.slice(0, at), ...other.items.slice(0, 1), ...drawn.items.slice(at)],
        };
        const steps = edited.items.filter((item) => item.type === "step").length;
        // Only diagrams whose steps are numbered through are diagrams.
        fc.pre(new Set(edited.items.map((item) => (item.type === "step" ? item.index : -1))).size >= steps);
        expect(layout(edited, light, before)).toEqual(layout(edited, light));
      }),
    );
  });

  test("L8: every number is whole or half, so that lines are crisp", () => {
    fc.assert(
      fc.property(arbitraryDiagram, themes, (drawn, theme) => {
        const odd: string[] = [];
        JSON.stringify(layout(drawn, theme), (key, value) => {
          if (typeof value === "number" && !Number.isInteger(value * 2)) odd.push(`${key} ${value}`);
          return value;
        });
        expect(odd).toEqual([]);
      }),
    );
  });

  test("L11: no slanted line runs through its own label, nor through another that is not painted over it", () => {
    fc.assert(
      fc.property(arbitraryDiagram, themes, (drawn, theme) => {
        const scene = layout(drawn, theme);
        const { sizes } = theme;
        for (const row of scene.slanted) {
          const line = scene.rows[row]?.shape;
          if (line?.kind !== "arrow") throw new Error("slanted rows are arrows");
          for (const { shape } of scene.rows.slice(0, row + 1)) {
            if (shape.kind !== "arrow" || (shape.masked && shape !== line)) continue;
            const top = shape.labelY - baseline(sizes.line, sizes.text);
            const bottom = top + Math.max(1, shape.lines.length) * sizes.line;
            const left = shape.number === "" ? shape.labelX - shape.labelWidth / 2 : shape.numberX;
            const right = shape.labelX + shape.labelWidth / 2;
            if (shape.number === "" && shape.lines.length === 0) continue;
            expect(strikes(line, { what: "", left, right, top, bottom })).toBe(false);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitraryDiagram } from "../../test/arbitrary-diagram.ts";
import type { Diagram, Item, Step } from "./diagram.ts";
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

const names = ["CPM Client A", "SIP/IP Core A", "CPM Conversation Server A (participating function)"];

function diagram(items: readonly Item[], count = 3): Diagram {
  const lifelines = Array.from({ length: count }, (_, i) => ({
    id: `p${i}`,
    name: names[i % 3] ?? "",
    role: "other" as const,
  }));
  return { title: "", lifelines, items, paragraphs: [] };
}

function step(index: number, from: number, to: number, more: Partial<Step> = {}): Step {
  return {
    type: "step",
    index,
    number: String(index + 1),
    from: { kind: "lifeline", id: `p${from}` },
    to: { kind: "lifeline", id: `p${to}` },
    label: "CPM Session Invitation",
    name: "CPM Session Invitation",
    sip: "INVITE",
    line: "solid",
    hops: [],
    through: [],
    origin: "computed",
    sent: 2 * index,
    received: 2 * index + 1,
    lost: false,
    ...more,
  };
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
});

describe("columns", () => {
  test("L9: neighbours stand far enough apart for a label of usual length on one line", () => {
    const arrow = arrowOf(layout(diagram([step(0, 0, 1, { label: "CPM Session Invitation" })]), light), 0);
    expect(arrow.lines).toEqual(["CPM Session Invitation"]);
  });

  test("L9: a longer label wraps instead of driving lifelines apart without bound", () => {
    const label = "CPM Session Invitation cancellation request that goes on and on and on and on and on";
    const scene = layout(diagram([step(0, 0, 1, { label })]), light);
    expect(arrowOf(scene, 0).lines.length).toBeGreaterThan(1);
    expect(arrowOf(scene, 0).lines.join(" ")).toBe(label);
    expect((scene.heads[1]?.x ?? 0) - (scene.heads[0]?.x ?? 0)).toBeLessThanOrEqual(light.sizes.gapMax + 1);
  });

  test("L10: a role in brackets gets lines of its own", () => {
    const head = layout(diagram([]), light).heads[2];
    expect(head?.lines.slice(head.roleLine)).toEqual(["(participating function)"]);
    expect(head?.lines.slice(0, head.roleLine).join(" ")).toBe("CPM Conversation Server A");
  });

  test("L10: a name that does not fit is shortened in the head and whole in the scene", () => {
    const name = "A name of very many words ".repeat(12).trim();
    const head = layout({ ...diagram([]), lifelines: [{ id: "p", name, role: "other" }] }, light).heads[0];
    expect(head?.lines.at(-1)).toMatch(/…$/);
    expect(head?.name).toBe(name);
  });
});

describe("arrows", () => {
  test("L11: a message received later than a later one was sent slants and crosses it", () => {
    const scene = layout(diagram([step(0, 1, 0), step(1, 0, 1, { sentBefore: 0 })]), light);
    const flat = arrowOf(scene, 0);
    const slanted = arrowOf(scene, 1);
    expect(slanted.y1).toBeLessThan(flat.y1);
    expect(slanted.y2).toBeGreaterThan(flat.y2);
    expect(scene.slanted).toEqual([1]);
  });

  test("L11: the label of a row that a slanted arrow passes is beside it or painted over it", () => {
    const scene = layout(
      diagram([step(0, 1, 0, { label: "BYE" }), step(1, 0, 1, { label: "BYE", sentBefore: 0 })]),
      light,
    );
    const { sizes } = light;
    const flat = arrowOf(scene, 0);
    const line = arrowOf(scene, 1);
    const top = flat.labelY - baseline(sizes.line, sizes.text);
    const at = (y: number) => line.x1 + ((y - line.y1) / (line.y2 - line.y1)) * (line.x2 - line.x1);
    expect(flat.masked).toBe(false);
    expect(flat.numberX).toBeGreaterThan(at(top + sizes.line));
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

  test("L11: a message sent just before its own row slants within it", () => {
    const scene = layout(diagram([step(0, 0, 1, { sentBefore: 0 })]), light);
    expect(arrowOf(scene, 0).y2).toBeGreaterThan(arrowOf(scene, 0).y1);
    expect(scene.slanted).toEqual([]);
  });

  test("L12: a message to itself goes out and comes back lower, its label beside the loop", () => {
    const arrow = arrowOf(layout(diagram([step(0, 1, 1)]), light), 0);
    expect(arrow.bend).toBeGreaterThan(arrow.x1);
    expect(arrow.y2).toBeGreaterThan(arrow.y1);
    expect(arrow.numberX).toBeGreaterThan(arrow.bend ?? 0);
  });

  test("L13: an arrow to a hidden participant is short and carries its name", () => {
    const arrow = arrowOf(
      layout(diagram([step(0, 1, 1, { to: { kind: "hidden", id: "x", name: "SIP/IP Core X" } })]), light),
      0,
    );
    expect(arrow.endName).toBe("SIP/IP Core X");
    expect(arrow.hidden?.lines).toEqual(["SIP/IP Core X"]);
    expect(Math.abs(arrow.x2 - arrow.x1)).toBe(light.sizes.hidden);
  });

  test("L14: participants that passed the message on are marked on the line", () => {
    const arrow = arrowOf(layout(diagram([step(0, 0, 2, { through: ["p1"] })]), light), 0);
    expect(arrow.via).toEqual([{ x: layout(diagram([step(0, 0, 2)]), light).heads[1]?.x, y: arrow.y1 }]);
  });

  test("L15: authored steps are marked among computed ones, and not where all is drawn by hand", () => {
    const authored = step(1, 1, 2, { origin: "authored" });
    expect(arrowOf(layout(diagram([step(0, 0, 1), authored]), light), 1).authored).toBe(true);
    expect(arrowOf(layout(diagram([step(0, 0, 1, { origin: "authored" }), authored]), light), 1).authored).toBe(false);
  });
});

describe("bars and frames", () => {
  test("L16: a bar runs from a receipt to the last message that the same turn sent", () => {
    const items = [
      step(0, 0, 1, { received: 5 }),
      step(1, 1, 2, { sent: 5 }),
      step(2, 1, 0, { sent: 5 }),
      step(3, 1, 0, { sent: 9 }),
    ];
    const scene = layout(diagram(items), light);
    expect(scene.activations).toHaveLength(1);
    const [bar] = scene.activations;
    expect(bar?.lifeline).toBe("p1");
    expect(bar?.top).toBeLessThan(arrowOf(scene, 0).y2);
    expect(bar?.bottom).toBeGreaterThan(arrowOf(scene, 2).y1);
    expect(bar?.bottom).toBeLessThan(arrowOf(scene, 3).y1);
    expect([arrowOf(scene, 0).endInset, arrowOf(scene, 1).startInset]).toEqual([4, 4]);
    expect(arrowOf(scene, 3).startInset).toBe(0);
  });

  test("L17: nested frames lie inside one another and around their rows", () => {
    const items: Item[] = [
      { type: "fragment", operator: "alt", guard: "accepts" },
      step(0, 0, 1),
      { type: "fragment", operator: "opt", guard: "" },
      step(1, 0, 1),
      { type: "end" },
      { type: "else", guard: "declines" },
      step(2, 1, 2),
      { type: "end" },
    ];
    const scene = layout(diagram(items), light);
    const [outer, inner] = scene.frames;
    if (outer === undefined || inner === undefined) throw new Error("two frames expected");
    expect([outer.operator, inner.operator, outer.depth, inner.depth]).toEqual(["alt", "opt", 0, 1]);
    expect(inner.x).toBeGreaterThan(outer.x);
    expect(inner.x + inner.width).toBeLessThan(outer.x + outer.width);
    expect(inner.top).toBeGreaterThan(outer.top);
    expect(inner.bottom).toBeLessThan(outer.bottom);
    expect(inner.bottom).toBeGreaterThan(arrowOf(scene, 1).y1);
    expect(outer.elses.map((part) => part.lines)).toEqual([["[declines]"]]);
  });

  test("L17: a fragment that is never closed ends with the diagram, and a stray end is nothing", () => {
    const scene = layout(
      diagram([
        { type: "end" },
        { type: "else", guard: "x" },
        { type: "fragment", operator: "opt", guard: "" },
        step(0, 0, 1),
      ]),
      light,
    );
    expect(scene.frames).toHaveLength(1);
    expect(scene.rows[0]?.height).toBe(0);
  });
});

test("L7: after one edit all other rows are taken over, or only moved", () => {
  const items = Array.from({ length: 40 }, (_, i) => step(i, i % 3, (i + 1) % 3));
  const before = layout(diagram(items), light);
  const relabelled = items.with(20, step(20, 2, 0, { label: "BYE" }));
  const after = layout(diagram(relabelled), light, before);
  expect(after.rows.filter((row, i) => row !== before.rows[i])).toHaveLength(1);
  const note: Item = { type: "note", over: ["p1"], number: "NOTE", text: "inserted" };
  const inserted = layout(diagram([...items.slice(0, 20), note, ...items.slice(20)]), light, before);
  expect(inserted.rows.slice(0, 20).every((row, i) => row === before.rows[i])).toBe(true);
  expect(inserted.rows.slice(21).map((row) => row.shape.kind === "arrow" && row.shape.lines)).toEqual(
    before.rows.slice(20).map((row) => row.shape.kind === "arrow" && row.shape.lines),
  );
});

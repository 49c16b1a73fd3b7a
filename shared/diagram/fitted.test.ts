import { describe, expect, it } from "vitest";
import type { Diagram } from "./diagram.ts";
import { fitted, narrower } from "./fitted.ts";
import { layout } from "./layout.ts";
import { themeNamed } from "./theme.ts";

const theme = themeNamed("print");
const { sizes } = theme;

function across(count: number, label: string, name = "Intermediate"): Diagram {
  const ids = Array.from({ length: count }, (_, i) => `p${i}`);
  return {
    title: "Across",
    lifelines: ids.map((id) => ({ id, name: `${name} ${id}`, role: "other" as const })),
    items: ids.slice(1).map((id, i) => ({
      type: "step" as const,
      index: i,
      number: String(i + 1),
      hops: [],
      from: { kind: "lifeline" as const, id: `p${i}` },
      to: { kind: "lifeline" as const, id },
      label,
      line: "solid" as const,
      authored: false,
      lost: false,
      through: [],
    })),
    paragraphs: [],
  } as unknown as Diagram;
}

const linesOf = (made: ReturnType<typeof fitted>) =>
  made.scene.rows.flatMap(({ shape }) => (shape.kind === "arrow" ? shape.lines : []));

describe("EX15: a diagram laid out for a width", () => {
  const diagram = across(8, "CPM Session Invitation");
  const width = layout(diagram, theme).width;

  it("stays as it is where its letters are large enough", () => {
    const ready = layout(diagram, theme);
    const room = { width: width * 0.9, enough: sizes.text * 0.8, least: sizes.text * 0.6 };
    expect(fitted(diagram, theme, narrower(diagram, sizes), room, ready).scene).toBe(ready);
  });

  it("has its lifelines closer where they are not, with larger letters for it", () => {
    const room = { width: width * 0.6, enough: sizes.text * 0.8, least: sizes.text * 0.6 };
    const made = fitted(diagram, theme, narrower(diagram, sizes), room);
    expect(made.scene.width).toBeLessThan(width);
    expect(made.letters).toBeGreaterThanOrEqual(sizes.text * 0.8);
    expect(linesOf(made).every((line) => /^(CPM|Session|Invitation)( |$)/.test(line))).toBe(true);
  });

  it("cuts no word while the letters can be read, and a word rather than what cannot", () => {
    const long = across(8, "acknowledgement");
    const whole = layout(long, theme).width;
    const at = (share: number, least: number) =>
      fitted(
        long,
        theme,
        [
          ...narrower(long, sizes),
          { ...sizes, gapMin: 40, gapMax: 40, gapWord: 40, headText: 30, headPadX: 2, headMin: 30 },
        ],
        {
          width: whole * share,
          enough: sizes.text,
          least,
        },
      );
    expect(new Set(linesOf(at(0.7, sizes.text * 0.5)))).toEqual(new Set(["acknowledgement"]));
    expect(linesOf(at(0.4, sizes.text * 0.8)).length).toBeGreaterThan(7);
  });

  it("is the roomiest of those that cut as few words where some have to be cut", () => {
    const long = across(5, "w".repeat(90));
    const made = fitted(long, theme, narrower(long, sizes), {
      width: 3000,
      enough: sizes.text,
      least: sizes.text * 0.6,
    });
    expect(made.sizes).toBe(sizes);
  });

  it("looks at the height too where it is to stand on one page", () => {
    const tall = { ...diagram, items: Array.from({ length: 5 }, () => diagram.items).flat() };
    const room = { width: width * 0.6, height: 700, enough: sizes.text * 0.8, least: sizes.text * 0.6 };
    const made = fitted(tall, theme, narrower(tall, sizes), room);
    expect(made.letters).toBeCloseTo(sizes.text * Math.min(room.width / made.scene.width, 700 / made.scene.height), 6);
    expect(made.scene.width).toBeGreaterThan(
      fitted(tall, theme, narrower(tall, sizes), { ...room, height: 1e9 }).scene.width,
    );
  });
});

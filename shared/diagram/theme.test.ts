import { describe, expect, test } from "vitest";
import { type Colors, dark, light, print } from "./theme.ts";

/** Contrast of two colours `#rrggbb` (WCAG 2.2, contrast ratio). */
function contrast(a: string, b: string): number {
  const luminance = (color: string) => {
    const [red, green, blue] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const textPairs = (colors: Colors): [string, string, string][] => [
  ["ink", colors.ink, colors.canvas],
  ["muted text", colors.muted, colors.canvas],
  ["label", colors.label, colors.canvas],
  ["number", colors.badgeText, colors.badge],
  ["authored label", colors.authored, colors.canvas],
  ["authored number", colors.authored, colors.authoredBadge],
  ["current label", colors.current, colors.currentBand],
  ["current number", colors.canvas, colors.current],
  ["note", colors.noteText, colors.note],
  ["state", colors.label, colors.state],
  ["operator", colors.ink, colors.frameTab],
  ...Object.entries(colors.roles).map(([role, part]): [string, string, string] => [role, part.text, part.fill]),
  ...Object.entries(colors.tints).map(([tint, part]): [string, string, string] => [tint, part.text, part.fill]),
  ...Object.entries(colors.tints).map(([tint, part]): [string, string, string] => [
    `${tint} label`,
    part.text,
    colors.canvas,
  ]),
];

const linePairs = (colors: Colors): [string, string, string][] => [
  ["arrow", colors.arrow, colors.canvas],
  ["media", colors.media, colors.canvas],
  ["lost", colors.lost, colors.canvas],
  ["authored", colors.authored, colors.canvas],
  ["current", colors.current, colors.currentBand],
  ["state", colors.stateLine, colors.canvas],
  ["frame", colors.frame, colors.canvas],
  ...Object.entries(colors.roles).map(([role, part]): [string, string, string] => [role, part.line, colors.canvas]),
  ...Object.entries(colors.tints).map(([tint, part]): [string, string, string] => [tint, part.line, colors.canvas]),
];

describe.each([light, dark, print])("L19: theme $name", ({ colors }) => {
  test.each(textPairs(colors))("text of %s has a contrast of 4.5 at least", (_, text, ground) => {
    expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5);
  });
  test.each(linePairs(colors))("lines of %s have a contrast of 3 at least", (_, line, ground) => {
    expect(contrast(line, ground)).toBeGreaterThanOrEqual(3);
  });
});

test("L6: light and dark have the same sizes", () => expect(dark.sizes).toBe(light.sizes));

import fc from "fast-check";
import { expect, it } from "vitest";
import { sameValue } from "./same-value.ts";

it("holds for a copy, and for nothing that is written otherwise", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      const copy = JSON.parse(JSON.stringify(a)) as unknown;
      expect(sameValue(copy, JSON.parse(JSON.stringify(copy)))).toBe(true);
      const sorted = (value: unknown): unknown =>
        value === null || typeof value !== "object"
          ? value
          : Array.isArray(value)
            ? value.map(sorted)
            : Object.entries(value)
                .map(([key, part]) => [key, sorted(part)])
                .sort(([x], [y]) => ((x as string) < (y as string) ? -1 : 1));
      const shape = (value: unknown) => JSON.stringify([Array.isArray(value), typeof value, sorted(value)]);
      const other = JSON.parse(JSON.stringify(b)) as unknown;
      if (shape(copy) !== shape(other)) expect(sameValue(copy, other)).toBe(false);
    }),
  );
});

it.each([
  [{ a: undefined }, { b: 1 }],
  [{ a: undefined }, {}],
  [[], {}],
  [null, {}],
  [[1], [1, 2]],
])("tells %j and %j apart", (a, b) => {
  expect(sameValue(a, b)).toBe(false);
  expect(sameValue(b, a)).toBe(false);
});

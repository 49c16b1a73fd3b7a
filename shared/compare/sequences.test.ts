import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inOrder, longestCommon } from "./sequences.ts";

const keys = fc.array(fc.constantFrom("a", "b", "c", undefined), { maxLength: 12 });

/** The length of a longest common sequence, by trying everything. */
function longest(a: readonly (string | undefined)[], b: readonly (string | undefined)[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  const [x, ...restA] = a;
  const [y, ...restB] = b;
  if (x !== undefined && x === y) return 1 + longest(restA, restB);
  return Math.max(longest(restA, b), longest(a, restB));
}

describe("sequences", () => {
  test("the longest common sequence is common, in order and the longest", () => {
    fc.assert(
      fc.property(keys, keys, (a, b) => {
        const found = longestCommon(a, b);
        expect(found).toHaveLength(longest(a, b));
        for (const [i, j] of found) expect([a[i], a[i]]).toEqual([b[j], expect.any(String)]);
        expect(inOrder(found)).toEqual(found);
      }),
    );
  });

  test("a few steps that come and go in thousands leave the others as they are", () => {
    const names = Array.from({ length: 3000 }, (_, i) => `m${(i * 7 + (i >> 3)) % 12}`);
    const other = names.flatMap((name, i) => (i % 100 === 50 ? [] : i % 100 === 70 ? ["new", name] : [name]));
    const found = longestCommon(names, other);
    expect(found.length).toBeGreaterThan(2950);
    expect(inOrder(found)).toEqual(found);
    for (const [i, j] of found) expect(names[i]).toBe(other[j]);
  });
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { addressOf, placeIn } from "./address.ts";

test("EX77: an address leads to a variant and a step, and back", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.integer({ min: -1, max: 20_000 }), (variant, step) => {
      expect(placeIn(addressOf({ variant, step }), [variant])).toEqual({ variant, step });
    }),
  );
});

test("EX77: what an address says that the handout does not have is left out", () => {
  expect(placeIn("", ["main"])).toEqual({});
  expect(placeIn("#variant=gone&step=three", ["main"])).toEqual({});
  expect(placeIn("#variant=main&step=-4", ["main"])).toEqual({ variant: "main" });
  expect(placeIn("#step=2", ["main"])).toEqual({ step: 1 });
});

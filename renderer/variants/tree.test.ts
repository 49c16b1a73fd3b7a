import { describe, expect, it } from "vitest";
import type { Variant } from "../../shared/flow/flow.ts";
import { CARD, placeOf, treeOf } from "./tree.ts";

const variant = (id: string, from?: string): Variant => ({
  id,
  title: id,
  script: [],
  ...(from === undefined ? undefined : { branch: { from, keep: 0 } }),
});

describe("B23 the tree of variants", () => {
  it("has each variant once, after the one it leaves, siblings in the order of the document", () => {
    const tree = treeOf([variant("main"), variant("b", "a"), variant("a", "main"), variant("c", "main")]);
    expect(tree.map(({ variant: { id }, depth }) => `${depth} ${id}`)).toEqual(["0 main", "1 a", "2 b", "1 c"]);
  });

  it("leaves out none that hangs on nothing", () => {
    const tree = treeOf([variant("main"), variant("a", "gone"), variant("x", "y"), variant("y", "x")]);
    expect(tree.map(({ variant: { id } }) => id)).toEqual(["main", "a", "x", "y"]);
  });

  it("has a place for each, over none of the others, however deep", () => {
    const places = Array.from({ length: 1000 }, (_, row) => placeOf(row, row));
    for (const [row, { y }] of places.entries())
      if (row > 0) expect(y - (places[row - 1]?.y ?? 0)).toBeGreaterThan(CARD.height);
  });
});

import { describe, expect, it } from "vitest";
import { didYouMean, nearest } from "./nearest.ts";

describe("what a mistyped word is likely to mean", () => {
  it.each([
    ["clientB", ["clientA1", "clientB1"], "clientB1"],
    ["ClientB1", ["clientB2", "clientB1"], "clientB1"],
    ["group-invitaton", ["one-to-one", "group-invitation"], "group-invitation"],
    ["levle", ["level", "hide"], "level"],
  ])("%s of %j is %s", (word, known, meant) => {
    expect(nearest(word, known)).toBe(meant);
  });

  it.each([
    ["c", ["a", "b"]],
    ["frobnicate", ["run", "check"]],
    ["", ["a"]],
    ["x".repeat(10_000), ["x".repeat(9_999)]],
  ])("%.12s means none of them", (word, known) => {
    expect(nearest(word, known)).toBeUndefined();
    expect(didYouMean(word, known)).toBe("");
  });
});

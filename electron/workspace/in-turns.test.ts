import { expect, it } from "vitest";
import { atOnce, byTurns, type InTurns } from "./in-turns.ts";

function* counting(said: string[]): InTurns<number> {
  for (let i = 0; i < 3; i++) {
    said.push(`bit ${i}`);
    yield;
  }
  return said.length;
}

it("T32: long work lets others have a turn after every bit, and comes to the same as all at once", async () => {
  const said: string[] = [];
  const working = byTurns(counting(said));
  const other = async () => {
    for (let i = 0; i < 3; i++) {
      said.push(`other ${i}`);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  await other();
  expect(await working).toBe(6);
  expect(said).toEqual(["bit 0", "other 0", "bit 1", "other 1", "bit 2", "other 2"]);
  expect(atOnce(counting([]))).toBe(3);
});

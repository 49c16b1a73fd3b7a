import { choiceKey } from "./choice.ts";
import type { Run } from "./run.ts";

/** The turn in which two runs part; the length of the shorter where one goes on from the end of the other. */
export function partingTurn(a: Run, b: Run): number {
  const length = Math.min(a.turns.length, b.turns.length);
  for (let turn = 0; turn < length; turn++) {
    const [left, right] = [a.turns[turn], b.turns[turn]];
    if (left === undefined || right === undefined || choiceKey(left.choice) !== choiceKey(right.choice)) return turn;
  }
  return length;
}

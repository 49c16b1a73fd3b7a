import type { Scenario } from "../../shared/flow/flow.ts";
import { type Choice, choiceKey } from "../../shared/run/choice.ts";
import { partingTurn } from "../../shared/run/parting.ts";
import type { Run } from "../../shared/run/run.ts";
import { step, worldAfter } from "./compute.ts";
import type { World } from "./world.ts";

/** So many worlds are looked at; two halves that need more are not said to be independent. */
const most = 900;

/**
 * Whether two runs of a scenario are two orders of the same: from where they part one goes through some turns and then
 * others, the other through the second first, and neither depends on the other. That is so when wherever one stands in both
 * halves the next turn of each can be taken, and taking both in either order comes to the same world.
 */
export function areIndependent(scenario: Scenario, a: Run, b: Run): boolean {
  const at = partingTurn(a, b);
  const halves = exchangedTurns(a.turns.slice(at), b.turns.slice(at));
  if (halves === undefined) return false;
  const [first, second] = halves;
  if ((first.length + 1) * (second.length + 1) > most) return false;
  let row: (World | undefined)[] = [worldAfter(scenario, a, at)];
  for (const choice of second) row.push(taken(row.at(-1), choice));
  for (const down of first) {
    const below: (World | undefined)[] = [taken(row[0], down)];
    for (const [i, across] of second.entries()) {
      const world = taken(below[i], across);
      const other = taken(row[i + 1], down);
      if (world === undefined || other === undefined || contentOf(world) !== contentOf(other)) return false;
      below.push(world);
    }
    row = below;
  }
  return true;
}

const taken = (world: World | undefined, choice: Choice): World | undefined =>
  world === undefined ? undefined : step(world, choice)?.world;

type Turns = Run["turns"];

/** The two halves that have changed places. */
function exchangedTurns(a: Turns, b: Turns): readonly [readonly Choice[], readonly Choice[]] | undefined {
  const [keys, others] = [a, b].map((turns) => turns.map(({ choice }) => choiceKey(choice))) as [string[], string[]];
  const division = keys.indexOf(others[0] ?? "");
  const length = others.indexOf(keys[0] ?? "");
  if (division <= 0 || length <= 0 || division + length > keys.length) return undefined;
  const swapped = [...keys.slice(division, division + length), ...keys.slice(0, division)];
  if (swapped.some((key, i) => key !== others[i])) return undefined;
  const choices = a.map(({ choice }) => choice);
  return [choices.slice(0, division), choices.slice(division, division + length)];
}

/** What is so in a world, in whichever order it came to be. */
function contentOf({ memories, flight, timers }: World): string {
  const sorted = (things: readonly unknown[]) => things.map((thing) => JSON.stringify(thing)).sort();
  const cells = [...memories].flatMap(([at, kinds]) =>
    [...kinds].flatMap(([kind, values]) => [...values].map(([key, value]) => [at, kind, key, value])),
  );
  const running = [...timers.values()].flatMap((group) => [...group]);
  return JSON.stringify([sorted(cells), sorted(flight), sorted(running)]);
}

import { describe, expect, it } from "vitest";
import { computeRun, worldAfter } from "../electron/engine/compute.ts";
import { nominalDurations } from "../electron/engine/rules/timers.ts";
import type { World } from "../electron/engine/world.ts";
import type { Scenario } from "../shared/flow/flow.ts";
import { choiceKey } from "../shared/run/choice.ts";
import { clientRows } from "./state-machines/client-rows.ts";
import { forkingRows } from "./state-machines/forking-rows.ts";
import { groupRows } from "./state-machines/group-rows.ts";
import type { Row } from "./state-machines/row.ts";
import { timerRows } from "./state-machines/timer-rows.ts";
import { transferRows } from "./state-machines/transfer-rows.ts";

/** Every state, transition and timer of the participants, reached by a run: what was so, what was done, what is so. */

interface Stated {
  readonly state?: string;
  readonly user?: string;
  readonly to?: string;
  readonly targets?: readonly string[];
  readonly branches?: readonly Stated[];
}

/** What `at` remembers, as `call early`, `branch clientB1 proceeding`, `timer T_ring`. */
function statesOf({ memories, timers }: World, at: string): string[] {
  const found: string[] = [];
  const cells = [...(memories.get(at) ?? [])].flatMap(([kind, own]) =>
    [...own].map(([key, value]) => ({ kind, key, value })),
  );
  for (const { kind, key, value } of cells) {
    if (typeof value !== "object" && kind !== "transfer") continue;
    const { state, user, branches = [] } = value as Stated;
    if (kind === "call" || kind === "context" || kind === "group" || kind === "bridge") found.push(`${kind} ${state}`);
    if (kind === "leg") found.push(`leg ${user} ${state}`);
    if (kind === "transfer") found.push(`transfer ${typeof value === "string" ? value : state}`);
    if (kind === "takeover") found.push(`takeover ${key}`);
    for (const { to, targets, state } of branches) found.push(`branch ${targets?.[0] ?? to} ${state}`);
  }
  for (const group of timers.values())
    for (const { participant, name } of group.values()) if (participant === at) found.push(`timer ${name}`);
  return found;
}

const sentBy = (scenario: Scenario, row: Row) => {
  const run = computeRun(scenario, row.script);
  expect(run.end, "the script is possible").toBe("rest");
  expect(run.turns.flatMap(({ unexpected }) => unexpected ?? [])).toEqual([]);
  const keys = run.turns.map(({ choice }) => choiceKey(choice));
  const turn = keys.findIndex((key) => key.startsWith(row.turn));
  expect(turn, `no turn “${row.turn}” among:\n${keys.join("\n")}`).toBeGreaterThanOrEqual(0);
  return {
    turn,
    before: statesOf(worldAfter(scenario, run, turn), row.at),
    after: statesOf(worldAfter(scenario, run, turn + 1), row.at),
    sends: run.turns[turn]?.reactions.flatMap(({ sends }) => sends) ?? [],
  };
};

const shorter = (hop: string): string => hop.replace(/^\S+?>(\S+) (.*)#\d+$/, "$2 to $1");

const sections: readonly (readonly [string, readonly Row[]])[] = [
  ["§4.1, §4.2 client", clientRows],
  ["§4.3, §4.4 forking element", forkingRows],
  ["§4.5, §4.6 controlling function", groupRows],
  ["§4.7 transfer", transferRows],
  ["§4.8 timers", timerRows],
];

describe.each(sections)("E80 %s", (_section, rows) => {
  it.each(rows)("$title", (row) => {
    const { before, after, sends } = sentBy(row.scenario, row);
    for (const state of row.before) expect(before).toContain(state);
    expect(sends.map(shorter)).toEqual(row.sends);
    for (const state of row.after)
      if (state.startsWith("no ")) expect(after).not.toContain(state.slice(3));
      else expect(after).toContain(state);
  });
});

it("E80 every timer of the engine fires in one of the runs", () => {
  const fired = new Set(
    sections.flatMap(([, rows]) =>
      rows.flatMap(({ scenario, script }) =>
        computeRun(scenario, script).turns.flatMap(({ choice }) =>
          choice.kind === "expire" ? [choice.timer.split(" ")[0] ?? ""] : [],
        ),
      ),
    ),
  );
  expect(Object.keys(nominalDurations).filter((timer) => !fired.has(timer))).toEqual([]);
});

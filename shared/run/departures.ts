import type { HopName } from "./choice.ts";
import type { Hop, Reaction, Run } from "./run.ts";

/** Where the author of a run departs from its rules. */
export interface Departure {
  /** `changed`: called something else; `drawn`: sent by no rule; `withheld`: sent by a rule, and taken out. */
  readonly kind: "changed" | "drawn" | "withheld";
  readonly hop: Hop;
  /** The author has said that it is meant. */
  readonly accepted: boolean;
  /** What the rules send; absent for a drawn message. */
  readonly rules?: { readonly message: string; readonly reaction: Reaction | undefined };
  /** The turn of the intervention. */
  readonly turn: number;
}

/**
 * The departures of a run in their order. None where nothing is computed: a flow that is drawn as a whole has no rules to
 * depart from.
 */
export function departuresOf(run: Run): readonly Departure[] {
  if (!run.turns.some(({ reactions }) => reactions.length > 0)) return [];
  const turns = new Map<HopName, number>();
  for (const [turn, { choice }] of run.turns.entries())
    if (choice.kind === "alter" || choice.kind === "withhold") turns.set(choice.hop, turn);
  const found: Departure[] = [];
  for (const hop of run.hops) {
    if (hop.origin !== "authored") continue;
    const accepted = hop.accepted === true;
    if (hop.rule === undefined) found.push({ kind: "drawn", hop, accepted, turn: hop.sent });
    else {
      const message = hop.instead?.name ?? hop.message.name;
      const turn = turns.get(hop.name) ?? hop.sent;
      found.push({ kind: "changed", hop, accepted, rules: { message, reaction: sentBy(run, hop) }, turn });
    }
  }
  for (const hop of run.withheld ?? []) {
    if (hop.rule === undefined) continue;
    const rules = { message: hop.instead?.name ?? hop.message.name, reaction: sentBy(run, hop) };
    found.push({
      kind: "withheld",
      hop,
      accepted: hop.accepted === true,
      rules,
      turn: turns.get(hop.name) ?? hop.sent,
    });
  }
  return found.sort((a, b) => a.turn - b.turn);
}

function sentBy(run: Run, hop: Hop): Reaction | undefined {
  return run.turns[hop.sent]?.reactions.find(({ sends }) => sends.includes(hop.name));
}

/** Where something that does not happen would stand: the step after which its turn came; -1 before all. */
export function stepBefore(
  steps: readonly { readonly index: number; readonly received: number }[],
  turn: number,
): number {
  return steps.findLast(({ received }) => received < turn)?.index ?? -1;
}

type Placed = { readonly index: number; readonly received: number; readonly hops: readonly HopName[] };

/** The departures that are told with a step: its own, and what was withheld right below it; with -1 what stands before all. */
export function departuresAt(run: Run, steps: readonly Placed[], step: number): readonly Departure[] {
  const own = new Set(steps[step]?.hops);
  return departuresOf(run).filter(({ kind, hop, turn }) =>
    kind === "withheld" ? stepBefore(steps, turn) === step : own.has(hop.name),
  );
}

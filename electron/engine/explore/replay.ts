import type { Scenario } from "../../../shared/flow/flow.ts";
import type { Choice, HopName } from "../../../shared/run/choice.ts";
import { initial, perform } from "../compute.ts";
import { resolve } from "../enabled.ts";
import type { Reactions } from "../reactions.ts";
import type { Topology } from "../topology.ts";
import type { TurnResult } from "../turn.ts";
import { draftOf, type InFlight, type World } from "../world.ts";
import { type Annals, chronicle, noAnnals } from "./annals.ts";
import type { Remembered } from "./outcome.ts";
import type { Past } from "./position.ts";

/** Keeps the annals of every participant while turns are taken. */
export interface Chronicler {
  note(choice: Choice, result: TurnResult): void;
  /** The annals, in the scenario's order of participants. */
  annals(): readonly Annals[];
}

/** A chronicler that goes on from what is known already; `flight` is what is under way. */
export function chroniclerOf(topology: Topology, annals: readonly Annals[], flight: Iterable<InFlight>): Chronicler {
  const ids = [...topology.participants.keys()];
  const known = new Map(ids.map((id, index) => [id, annals[index] ?? noAnnals]));
  const hops = new Map<HopName, InFlight>();
  for (const hop of flight) hops.set(hop.name, hop);
  return {
    note: (choice, { at, sent }) => {
      const hop = "hop" in choice ? hops.get(choice.hop) : undefined;
      const went = sent.map((one) => one.hop);
      for (const one of went) hops.set(one.name, one);
      // A loss is the sender's business.
      const me = choice.kind === "lose" ? (hop?.from ?? "") : at;
      const before = known.get(me);
      if (before === undefined) return;
      known.set(me, chronicle(before, topology, me, choice.kind === "deliver" ? hop : undefined, went));
    },
    annals: () => [...known.values()],
  };
}

/** What every participant remembers, in the scenario's order. */
export function rememberedIn({ topology, memories }: Pick<World, "topology" | "memories">, annals: readonly Annals[]) {
  return [...topology.participants.keys()].map(
    (id, index): Remembered => ({ memory: memories.get(id) ?? new Map(), annals: annals[index] ?? noAnnals }),
  );
}

/**
 * The world after `turns`, and what has become of everybody's requests on the way. The turns must be possible. What
 * participants do is kept in `reactions`, where that is given, and so by runs that go on from there.
 */
export function replay(scenario: Scenario, turns: readonly Choice[], reactions?: Reactions): Past {
  const draft = { ...draftOf(initial(scenario)), reactions };
  const chronicler = chroniclerOf(draft.topology, [], []);
  for (const choice of turns) {
    const taken = resolve(draft, choice);
    if (taken === undefined) throw new Error("a turn of a run cannot be taken again");
    chronicler.note(taken, perform(draft, taken));
  }
  return { world: draft, annals: chronicler.annals() };
}

import type { Scenario } from "../../../shared/flow/flow.ts";
import type { Choice } from "../../../shared/run/choice.ts";
import { initial, step } from "../compute.ts";
import { chronicle, noAnnals } from "./annals.ts";
import type { Past } from "./position.ts";

/** The world after `turns`, and what has become of everybody's requests on the way. The turns must be possible. */
export function replay(scenario: Scenario, turns: readonly Choice[]): Past {
  let world = initial(scenario);
  const participants = [...world.topology.participants.keys()];
  const annals = participants.map(() => noAnnals);
  for (const choice of turns) {
    const hop = "hop" in choice ? world.flight.find(({ name }) => name === choice.hop) : undefined;
    const arrived = choice.kind === "deliver" ? hop : undefined;
    const taken = step(world, choice);
    if (taken === undefined) throw new Error("a turn of a run cannot be taken again");
    const { topology } = world;
    // A loss is the sender's business.
    const me = choice.kind === "lose" ? (hop?.from ?? "") : taken.result.at;
    const at = participants.indexOf(me);
    const sent = taken.result.sent.map(({ hop }) => hop);
    if (at >= 0) annals[at] = chronicle(annals[at] ?? noAnnals, topology, me, arrived, sent);
    world = taken.world;
  }
  return { world, annals };
}

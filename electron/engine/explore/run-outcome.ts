import type { Scenario } from "../../../shared/flow/flow.ts";
import type { Run } from "../../../shared/run/run.ts";
import { endingOf } from "./outcome.ts";
import { rememberedIn, replay } from "./replay.ts";

/** How a run ended, in the phrase of an outcome; undefined where no rule decides that, as in a flow drawn by hand. */
export function outcomeOf(scenario: Scenario, run: Run): string | undefined {
  const { sessions = [], invitations = [], transfers = [] } = scenario;
  if (sessions.length + invitations.length + transfers.length === 0 || run.end !== "rest") return undefined;
  const { world, annals } = replay(
    scenario,
    run.turns.map(({ choice }) => choice),
  );
  return endingOf(world.topology, rememberedIn(world, annals)).summary;
}

import type { Scenario } from "../../../shared/flow/flow.ts";
import type { Run } from "../../../shared/run/run.ts";
import { localMachine } from "./local.ts";
import { endingOf } from "./outcome.ts";
import { atOnce } from "./paths.ts";
import { positionOf } from "./position.ts";
import { replay } from "./replay.ts";

/** How a run ended, in the phrase of an outcome; undefined where no rule decides that, as in a flow drawn by hand. */
export function outcomeOf(scenario: Scenario, run: Run): string | undefined {
  const { sessions = [], invitations = [], transfers = [] } = scenario;
  if (sessions.length + invitations.length + transfers.length === 0 || run.end !== "rest") return undefined;
  const past = replay(
    scenario,
    run.turns.map(({ choice }) => atOnce(choice)),
  );
  const { topology } = past.world;
  return endingOf(topology, positionOf(localMachine(topology), past, false).locals).summary;
}

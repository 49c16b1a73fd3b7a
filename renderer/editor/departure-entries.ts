import { stepsOf } from "../../shared/diagram/steps-of.ts";
import { type Departure, departuresAt, departuresOf } from "../../shared/run/departures.ts";
import type { AppState } from "../store/state.ts";

interface Entry {
  readonly text: string;
  readonly act: () => unknown;
  readonly off?: boolean;
}

/** What can be done about the departures that are told with a step; of a step that is as the rules have it, that nothing can. */
export function departureEntries(
  { run, diagram, actions }: Pick<AppState, "run" | "diagram" | "actions">,
  step: { readonly index: number; readonly hops: readonly string[]; readonly origin: string },
): readonly Entry[] {
  const told = run === undefined ? [] : departuresAt(run, stepsOf(diagram), step.index);
  const own = told.filter(({ kind }) => kind !== "withheld");
  // Where nothing is computed, what the author did can be taken back all the same.
  const hop = own[0]?.hop.name ?? step.hops[0] ?? "";
  const isAuthored = step.origin === "authored";
  return [
    {
      text: "Accept",
      off: own.length === 0 || own.every(({ accepted }) => accepted),
      act: () => actions.gesture({ kind: "accept", hop }),
    },
    { text: "Revert to the Rules", off: !isAuthored, act: () => actions.gesture({ kind: "revert", hop }) },
    ...told.filter(({ kind }) => kind === "withheld").flatMap((one) => withheldEntries(one, actions, true)),
  ];
}

/** What can be done about a message that was taken out; `named` where it is not clear which is meant. */
export function withheldEntries(
  { hop, accepted }: Departure,
  actions: AppState["actions"],
  named = false,
): readonly Entry[] {
  const which = named ? ` Deleted “${hop.message.name}”` : "";
  return [
    {
      text: `Accept${which}`,
      off: accepted,
      act: () => actions.gesture({ kind: "accept", hop: hop.name }),
    },
    { text: `Revert${which || " to the Rules"}`, act: () => actions.gesture({ kind: "revert", hop: hop.name }) },
  ];
}

/** What was taken out and is not said to be meant, where the picture marks it: below which step. */
export function openWithheld({ run }: Pick<AppState, "run">): readonly Departure[] {
  return run === undefined ? [] : departuresOf(run).filter(({ kind, accepted }) => kind === "withheld" && !accepted);
}

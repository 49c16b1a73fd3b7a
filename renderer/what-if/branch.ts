import { partingTurn } from "../../shared/run/parting.ts";
import { branchTo, type WhatIf } from "../../shared/run/what-if.ts";
import type { AppStore } from "../store/app-store.ts";
import type { NewVariant } from "../store/keep-variant.ts";
import { positionBefore } from "./place.ts";

/** What was answered about one place of one variant's run. */
export interface Place {
  readonly variant: string;
  readonly turn: number;
}

/** The longest title that a variant may have. */
const LONGEST = 500;

/** The variant that goes the way of a choice: its title says which. */
export function variantOf(whatIf: WhatIf, { variant }: Place): NewVariant {
  const { leads } = whatIf;
  const says = whatIf.says.charAt(0).toUpperCase() + whatIf.says.slice(1);
  return {
    title: says.slice(0, LONGEST),
    ...(leads === undefined ? undefined : { description: `${says}: ${leads}.` }),
    ...branchTo(whatIf, variant),
  };
}

/** Goes the way of a choice: keeps it as a variant unless it is one already, and plays on from where it parts. */
export async function takeBranch(app: AppStore, whatIf: WhatIf, place: Place): Promise<void> {
  const { actions } = app.getState();
  if (!whatIf.taken) {
    const kept = await actions.keepVariant(variantOf(whatIf, place));
    if (!kept.ok) return;
  }
  const { diagram } = app.getState();
  if (diagram === undefined) return;
  actions.seek(positionBefore(diagram, place.turn));
  actions.play();
}

/** From a variant back to the one it leaves, at the step where it does. Nothing happens in a variant that leaves none. */
export async function returnToFork(app: AppStore): Promise<void> {
  const { open, variant, run, actions } = app.getState();
  const parent = open?.flow.variants.find(({ id }) => id === variant)?.branch?.from;
  if (parent === undefined || run === undefined) return;
  actions.pause();
  await actions.selectVariant(parent);
  const shown = app.getState();
  if (shown.variant !== parent || shown.run === undefined || shown.diagram === undefined) return;
  // The step whose place something else took is the current one, complete.
  actions.seek(positionBefore(shown.diagram, partingTurn(run, shown.run)) + 1);
}

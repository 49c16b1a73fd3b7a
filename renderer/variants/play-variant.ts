import { partingTurn } from "../../shared/run/parting.ts";
import type { Run } from "../../shared/run/run.ts";
import type { AppStore } from "../store/app-store.ts";
import { positionBefore } from "../what-if/place.ts";

/** Shows a variant and plays it from where it parts from the one shown before; the one that is shown, from its start. */
export async function playVariant(app: AppStore, id: string): Promise<void> {
  const { actions, run: before } = app.getState();
  await actions.selectVariant(id);
  if (app.getState().variant === id) playFromParting(app, before);
}

/** Plays the run shown from where it parts from one that was shown before; where they are the same, from the start. */
export function playFromParting(app: AppStore, before: Run | undefined): void {
  const { run, diagram, actions } = app.getState();
  if (run === undefined || diagram === undefined) return;
  const parts = before === undefined ? 0 : partingTurn(before, run);
  actions.seek(parts >= run.turns.length ? 0 : positionBefore(diagram, parts));
  actions.play();
}

import type { Result } from "../../shared/flow/result.ts";
import { ok } from "../../shared/flow/result.ts";
import type { Explored, Outcome, Violation } from "../../shared/run/exploration.ts";
import { stepsWith } from "../player/caption.ts";
import type { AppStore } from "../store/app-store.ts";
import { playFromParting } from "../variants/play-variant.ts";
import { variantFor } from "./found.ts";

/** Shows the way to an outcome as a variant, the one that is there where there is one, and plays it from where it parts. */
export async function openOutcome(app: AppStore, { variant }: Explored, outcome: Outcome): Promise<void> {
  const { open, run: before, actions } = app.getState();
  if (open === undefined) return;
  const kept = await actions.keepVariant(variantFor(open.flow, variant, outcome.witness, outcome.summary));
  if (kept.ok) playFromParting(app, before);
}

/** Shows a run that breaks a requirement as a variant, at the step that breaks it; the steps are marked. */
export async function openViolation(app: AppStore, { variant }: Explored, violation: Violation): Promise<Result<void>> {
  const { open, actions } = app.getState();
  if (open === undefined) return ok(undefined);
  const { requirement, summary, witness } = violation;
  actions.pause();
  const kept = await actions.keepVariant(
    variantFor(
      open.flow,
      variant,
      witness,
      `Breaks ${requirement}: ${summary}`,
      `A shortest run that breaks ${requirement}.`,
    ),
  );
  if (!kept.ok) return kept;
  const checked = await actions.check();
  if (!checked.ok) return checked;
  const { diagram } = app.getState();
  const broken = checked.value.run.find(({ id, verdict }) => id === requirement && verdict === "fail");
  if (diagram === undefined || broken === undefined) return ok(undefined);
  actions.mark(broken.at);
  const first = stepsWith(diagram, broken.at)[0];
  if (first !== undefined) actions.goToStep(first);
  return ok(undefined);
}

import type { Flow } from "../../../shared/flow/flow.ts";
import type { Run } from "../../../shared/run/run.ts";
import { traceOf } from "../requirements/read.ts";
import type { Trace } from "../requirements/trace.ts";
import { type Conformance, conformanceOf, type JudgedStep } from "./conformance.ts";
import { type Drawing, drawingOf } from "./drawn.ts";
import { excuses } from "./excuses.ts";
import { judgeInterventions } from "./interventions.ts";
import { presupposed } from "./presupposed.ts";
import { readingsOf } from "./readings.ts";
import { explainedBy, type Replayed, replay } from "./replay.ts";

/** What copying worlds may cost in one replay; a few seconds' work. */
const BUDGET = 12_000_000;

/**
 * Replays a flow against the rules of its participants' roles: says of every step whether a rule sends it, whether it is a
 * legal alternative, or what the rules would have done instead. `run` is what came of one of its scripts; of a computed
 * run the author's interventions are judged. Pure, and bounded however long the flow is.
 */
export function conform(flow: Flow, run: Run): Conformance {
  const computed = run.hops.some(({ origin, message }) => origin === "computed" || message.method !== undefined);
  if (computed || run.hops.length === 0) return conformanceOf(judgeInterventions(flow, run));
  const trace = traceOf(flow, run);
  if (flow.scenario.participants.every(({ role }) => role === "other")) return withoutRoles(run);
  return replayed(trace, drawingOf(trace));
}

function withoutRoles(run: Run): Conformance {
  const says = "No participant has a role, so no rule says what it should do.";
  const steps = run.hops.map(({ name }): JudgedStep => ({ at: name, verdict: "cannot judge", says }));
  return { ...conformanceOf(steps), says };
}

function replayed(trace: Trace, drawing: Drawing): Conformance {
  const scenario = presupposed(trace);
  const readings = readingsOf(scenario, drawing);
  const excuse = excuses(trace, (scenario.transfers?.length ?? 0) > 0, (scenario.chats?.length ?? 0) > 0);
  const [own] = readings;
  const usual = own && explainedBy(drawing, own, excuse, { left: BUDGET });
  // Where the flow's own reading explains all there is nothing that another could explain better.
  if (usual !== undefined) return conformanceOf(usual.steps, usual.reading.assumes);
  const found = replay(drawing, readings, excuse, { left: BUDGET });
  if (found.reading.departs.length === 0) return conformanceOf(found.steps, found.reading.assumes);
  const stated = readings.filter(({ departs }) => departs.length === 0);
  return conformanceOf(
    byAnotherOption(found, replay(drawing, stated, excuse, { left: BUDGET })),
    found.reading.assumes,
  );
}

/** Steps that only another option explains are alternatives, and say which. */
function byAnotherOption(found: Replayed, own: Replayed): readonly JudgedStep[] {
  return found.steps.map((step, i) => {
    if (step.verdict !== "explained" || own.steps[i]?.verdict !== "deviation") return step;
    const says = `With another option (${found.reading.departs.join(", ")}): ${step.says}`;
    return { ...step, verdict: "legal alternative", says };
  });
}

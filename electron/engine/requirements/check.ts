import type { Flow } from "../../../shared/flow/flow.ts";
import type { Run } from "../../../shared/run/run.ts";
import { acknowledgements } from "./acknowledgements.ts";
import { cancellations } from "./cancellations.ts";
import { finalResponses } from "./final-responses.ts";
import { outstandingInvitations } from "./outstanding-invitations.ts";
import { traceOf } from "./read.ts";
import { type Judgement, judge, type Requirement } from "./requirement.ts";

/** Every requirement, in the order in which reports tell them. */
export const allRequirements: readonly Requirement[] = [
  ...outstandingInvitations,
  ...finalResponses,
  ...acknowledgements,
  ...cancellations,
];

/** Judges a run of `flow`, whether computed, edited or imported, by every requirement. */
export function checkRun(flow: Flow, run: Run): readonly Judgement[] {
  const trace = traceOf(flow, run);
  return allRequirements.map((requirement) => judge(requirement, trace));
}

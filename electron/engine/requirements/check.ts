import type { Flow } from "../../../shared/flow/flow.ts";
import type { Run } from "../../../shared/run/run.ts";
import type { Judgement } from "../../../shared/run/verdict.ts";
import { acknowledgements } from "./acknowledgements.ts";
import { alerting } from "./alerting.ts";
import { cancellations } from "./cancellations.ts";
import { editorial } from "./editorial.ts";
import { finalResponses } from "./final-responses.ts";
import { forking } from "./forking.ts";
import { groups } from "./groups.ts";
import { outstandingInvitations } from "./outstanding-invitations.ts";
import { traceOf } from "./read.ts";
import { referrals } from "./referrals.ts";
import { replacements } from "./replacements.ts";
import { judge, type Requirement } from "./requirement.ts";
import { selection } from "./selection.ts";
import { sessions } from "./sessions.ts";
import { transfers } from "./transfers.ts";

/** Every requirement, in the order in which reports tell them. */
export const allRequirements: readonly Requirement[] = [
  ...outstandingInvitations,
  ...selection,
  ...alerting,
  ...finalResponses,
  ...acknowledgements,
  ...cancellations,
  ...forking,
  ...sessions,
  ...groups,
  ...replacements,
  ...transfers,
  ...referrals,
  ...editorial,
];

/** Judges a run of `flow`, whether computed, edited or imported, by every requirement. */
export function checkRun(flow: Flow, run: Run): readonly Judgement[] {
  const trace = traceOf(flow, run);
  return allRequirements.map((requirement) => judge(requirement, trace));
}

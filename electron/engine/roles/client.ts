import type { Rule } from "../rule.ts";
import { answeringRules } from "./client-answering.ts";
import { invitedRules } from "./client-invited.ts";
import { invitingRules } from "./client-inviting.ts";
import { sessionRules } from "./client-session.ts";
import { transferClientRules, transferTargetRules } from "./transfer-client.ts";

/** The CPM Client: the user agent on one device. */
export const clientRules: readonly Rule[] = [
  ...transferClientRules,
  ...invitedRules,
  ...answeringRules,
  ...invitingRules,
  // After the acceptance has been acknowledged.
  ...transferTargetRules,
  ...sessionRules,
];

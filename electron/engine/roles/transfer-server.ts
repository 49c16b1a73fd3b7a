import type { Rule } from "../rule.ts";
import { transferAfterwardsRules } from "./transfer-server-afterwards.ts";
import { transferFailureRules } from "./transfer-server-failure.ts";
import { transferProgressRules } from "./transfer-server-progress.ts";
import { transferRequestRules } from "./transfer-server-request.ts";

/**
 * The server's part of a session transfer (5.2.5.1). Transferor and target may be served by one
 * participating function or by two; what two tell each other is not specified by the change request and is kept apart
 * as messages of the class `inner`.
 */
export const transferServerRules: readonly Rule[] = [
  ...transferRequestRules,
  ...transferFailureRules,
  ...transferProgressRules,
  ...transferAfterwardsRules,
];

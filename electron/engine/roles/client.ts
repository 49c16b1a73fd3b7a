import type { Rule } from "../rule.ts";
import { type Call, putCall } from "../rules/call.ts";
import { givingUpRules } from "../rules/giving-up.ts";
import { answeringRules } from "./client-answering.ts";
import { invitedRules } from "./client-invited.ts";
import { invitingRules } from "./client-inviting.ts";
import { sessionRules } from "./client-session.ts";
import { forgetTransfer, transferClientRules } from "./transfer-client.ts";
import { takeoverRules, transferTargetRules } from "./transfer-target.ts";

/** The CPM Client: the user agent on one device. */
export const clientRules: readonly Rule[] = [
  ...transferClientRules,
  ...takeoverRules,
  ...invitedRules,
  ...answeringRules,
  ...invitingRules,
  // After the acceptance has been acknowledged.
  ...transferTargetRules,
  ...sessionRules,
  ...givingUpRules({
    role: "client",
    prefix: "CL",
    invited: (c, { call = "" }) => {
      const known = c.get<Call>("call", call);
      return known && { key: call, isCancelling: known.state === "cancelling" };
    },
    end: (c, { method, call: id, session, event }) => {
      const call = c.get<Call>("call", id);
      if (method === "BYE" && call?.state === "mortal") putCall(c, { ...call, state: "ended" });
      if (method === "REFER" && event === "transfer") forgetTransfer(c, session);
    },
  }),
];

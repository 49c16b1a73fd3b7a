import type { Rule } from "../rule.ts";
import { givingUpRules } from "../rules/giving-up.ts";
import type { Leg } from "../rules/group.ts";
import { answerRules } from "./controlling-answers.ts";
import { endRules } from "./controlling-ending.ts";
import { invitingRules } from "./controlling-inviting.ts";

/**
 * The CPM Conversation Server (controlling function): the focus of a group session. It invites
 * every invitee, answers the originator after the first acceptance, and knows who is in the session.
 */
export const controllingRules: readonly Rule[] = [
  ...invitingRules,
  ...answerRules,
  ...endRules,
  ...givingUpRules({
    role: "controllingFunction",
    prefix: "CF",
    invited: (c, { session, call }) => {
      const key = `${session}/${call}`;
      const leg = c.get<Leg>("leg", key);
      return leg && { key, isCancelling: leg.state === "cancelling" };
    },
  }),
];

import type { Role } from "../../../shared/flow/flow.ts";
import type { Rule } from "../rule.ts";
import { acceptRules, provisionalRules } from "./forking-answers.ts";
import { cancelRules, failureRules, timerRules } from "./forking-ends.ts";

/**
 * The rules of an element that has passed an invitation on (RFC 3261 §16.7 to §16.10).
 * SIP/IP Core and participating function obey the same ones; what differs is who cancels, and that a back-to-back
 * function may keep a response to itself.
 */
export function forkingRules(role: Role, prefix: string): readonly Rule[] {
  const rule = (id: string, rest: Omit<Rule, "id" | "role">): Rule => ({ id: `${prefix}-${id}`, role, ...rest });
  return [
    ...provisionalRules(rule),
    ...acceptRules(rule, role),
    ...failureRules(rule),
    ...cancelRules(rule),
    ...timerRules(rule),
  ];
}

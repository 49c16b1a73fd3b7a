import type { Role } from "../../shared/flow/flow.ts";
import type { RuleInfo } from "../../shared/run/run.ts";
import { optionsRead, timersOf, triggerWords } from "./parameters.ts";
import { clientRules } from "./roles/client.ts";
import { controllingRules } from "./roles/controlling.ts";
import { coreRules } from "./roles/core.ts";
import { participatingRules } from "./roles/participating.ts";
import type { Rule, Trigger } from "./rule.ts";
import { resendingRules } from "./rules/resending.ts";

/** All rules of all roles, in the order in which they fire. */
export const allRules: readonly Rule[] = [
  ...clientRules,
  ...coreRules,
  ...participatingRules,
  ...controllingRules,
  ...resendingRules("client", "CL"),
  ...resendingRules("core", "CORE"),
  ...resendingRules("participatingFunction", "PF"),
  ...resendingRules("controllingFunction", "CF"),
];

const byTrigger = new Map<Role, Map<string, Rule[]>>();
for (const rule of allRules) {
  const triggers = byTrigger.get(rule.role) ?? new Map<string, Rule[]>();
  byTrigger.set(rule.role, triggers);
  for (const trigger of rule.on) {
    const rules = triggers.get(trigger);
    if (rules === undefined) triggers.set(trigger, [rule]);
    else rules.push(rule);
  }
}

const triggers = new Map<string, Map<string, Trigger>>();

/** The trigger of a kind and a name, the same text each time: rules are looked up by it in every turn. */
export function triggerOf(kind: "request" | "response" | "stimulus" | "timer", name: string): Trigger {
  let ofKind = triggers.get(kind);
  if (ofKind === undefined) {
    ofKind = new Map();
    triggers.set(kind, ofKind);
  }
  let trigger = ofKind.get(name);
  if (trigger === undefined) {
    trigger = `${kind} ${name}` as Trigger;
    ofKind.set(name, trigger);
  }
  return trigger;
}

const none: readonly Rule[] = [];

/** The rules of `role` that look at `trigger`. A participant of role `other` has none. */
export function rulesOn(role: Role, trigger: Trigger): readonly Rule[] {
  return byTrigger.get(role)?.get(trigger) ?? none;
}

const infos: readonly RuleInfo[] = allRules.map(({ id, role, title, clause, summary, on, when }) => ({
  id,
  role,
  title,
  clause,
  says: summary,
  on: on.map(triggerWords),
  when: when.map(({ text }) => text),
  options: optionsRead(id),
  timers: timersOf(on),
}));

/** The rules as people read them. */
export function ruleInfos(): readonly RuleInfo[] {
  return infos;
}

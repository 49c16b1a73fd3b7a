import type { HopName } from "../../shared/run/choice.ts";
import type { RuleInfo, Run } from "../../shared/run/run.ts";

/** Where rules fired in a run, and which of them a person is looking for. Pure. */

export interface Fired {
  /** In how many turns. */
  readonly times: number;
  /** What it sent, or what it reacted to where it sent nothing. */
  readonly hops: readonly HopName[];
}

/** The rules that fired in a run, each with the hops at which it did. */
export function firedIn(run: Run): ReadonlyMap<string, Fired> {
  const found = new Map<string, { times: number; hops: HopName[] }>();
  for (const { choice, reactions } of run.turns) {
    for (const { rule, sends } of reactions) {
      const fired = found.get(rule) ?? { times: 0, hops: [] };
      found.set(rule, fired);
      fired.times += 1;
      if (sends.length > 0) fired.hops.push(...sends);
      else if ("hop" in choice) fired.hops.push(choice.hop);
    }
  }
  return found;
}

export type RuleFilter = "all" | "fired" | "off";

/** The rules that a filter leaves. */
export function filterRules(
  rules: readonly RuleInfo[],
  filter: RuleFilter,
  fired: ReadonlyMap<string, Fired>,
  off: ReadonlySet<string>,
): readonly RuleInfo[] {
  if (filter === "all") return rules;
  return rules.filter(({ id }) => (filter === "fired" ? fired.has(id) : off.has(id)));
}

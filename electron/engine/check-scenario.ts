import type { Scenario } from "../../shared/flow/flow.ts";
import type { Diagnostic } from "../../shared/flow/result.ts";
import { allRules } from "./rulebook.ts";
import { compileTopology, serverOf } from "./topology.ts";

/** What the engine has to say about a scenario before it runs: options that contradict one another, unknown rules. */
export function checkScenario(scenario: Scenario): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const topology = compileTopology(scenario);
  const { options } = topology;
  const say = (code: string, message: string, at: string) => found.push({ severity: "error", code, message, at });
  const hasServer = topology.participatingFunctions.size > 0;
  if (hasServer && options.participatingFunction === "proxy") {
    if (options.forking === "coreForksServerCancels")
      say(
        "option-conflict",
        'A participating function that is a proxy has nothing left to cancel after an acceptance: choose participatingFunction "b2bua", or forking "coreForksCoreCancels" or "serverForks".',
        "/scenario/options/forking",
      );
    if (options.release === "hopByHop")
      say(
        "option-conflict",
        'A participating function that is a proxy cannot answer a release itself: choose participatingFunction "b2bua" or release "endToEnd".',
        "/scenario/options/release",
      );
    if ((scenario.transfers?.length ?? 0) > 0 && options.transferMediaPath === "serverInPath")
      say(
        "option-conflict",
        'A participating function that is a proxy cannot stay in the media path of a transfer: choose participatingFunction "b2bua" or transferMediaPath "serverNotInPath".',
        "/scenario/options/transferMediaPath",
      );
  }
  for (const [i, transfer] of (scenario.transfers ?? []).entries())
    for (const end of ["from", "to"] as const)
      if (topology.participants.has(transfer[end]) && serverOf(topology, transfer[end]) === undefined)
        say(
          "no-server",
          `The network of ${transfer[end]} has no participating function that could serve a transfer.`,
          `/scenario/transfers/${i}/${end}`,
        );
  const known = new Set(allRules.map((rule) => rule.id));
  for (const [i, id] of (scenario.rules?.off ?? []).entries())
    if (!known.has(id)) say("unknown-rule", `There is no rule "${id}" to switch off.`, `/scenario/rules/off/${i}`);
  return found;
}

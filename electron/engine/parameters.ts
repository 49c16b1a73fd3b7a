import type { OptionName } from "../../shared/flow/options.ts";
import type { RuleTimer } from "../../shared/run/run.ts";
import type { Trigger } from "./rule.ts";
import { nominalDurations, timerPurposes } from "./rules/timers.ts";
import { withIndefinite } from "./words.ts";

/** What a rule reads of the scenario beside the participants, and what makes it look, as a person reads it. */

/** The rules that read each option; a test follows every rule to see that none is missing. */
const readers: Readonly<Partial<Record<OptionName, readonly string[]>>> = {
  forking: ["PF-SELECT", "PF-SELECT-FORK"],
  participatingFunction: ["PF-ORIGINATE", "PF-SELECT", "PF-SELECT-FORK", "TS-NOT-RELEASED"],
  release: ["PF-RELEASE", "PF-RELEASE-HOP"],
  declineCode: ["CL-DECLINE", "CL-DECLINE-AHEAD"],
  busyCode: ["CL-BUSY"],
  ringTimeoutCode: ["CL-RING-TIMEOUT"],
  noAnswerCode: ["CF-GROUP-TIMEOUT", "CORE-BEST", "CORE-UNREACHABLE", "PF-BEST", "PF-UNREACHABLE"],
  unreachableCode: ["CORE-BEST", "CORE-UNREACHABLE", "PF-BEST", "PF-UNREACHABLE"],
  focusKeeps: ["CF-SECOND-DEVICE"],
  transferMediaPath: [
    "TS-CONTEXT",
    "TS-JOIN",
    "TS-JOIN-PASSED",
    "TS-NOT-RELEASED",
    "TS-RELEASE-NOTE",
    "TS-TRANSFEREE-ENDS",
  ],
  trying: ["CF-TRYING", "CORE-TRYING", "PF-TRYING"],
  challenge: [
    "CORE-CHALLENGE",
    "CORE-FORK",
    "CORE-HOME",
    "CORE-NONE",
    "CORE-ORIGINATING",
    "CORE-PARTICIPANT",
    "CORE-TERMINATING",
    "CORE-TRYING",
  ],
};

/** The options that the rule `id` reads in its guard, its actions or its sentence. */
export function optionsRead(id: string): readonly OptionName[] {
  return Object.entries(readers).flatMap(([option, ids]) => (ids.includes(id) ? [option as OptionName] : []));
}

/** Every rule that is said to read an option. */
export const allReaders: readonly string[] = [...new Set(Object.values(readers).flat())];

/** The timers that make a rule look, with what they run when the scenario says nothing. */
export function timersOf(on: readonly Trigger[]): readonly RuleTimer[] {
  return on.flatMap((trigger) => {
    const [kind, name = ""] = trigger.split(" ");
    if (kind !== "timer") return [];
    return [{ name, seconds: nominalDurations[name] ?? 32, waits: timerPurposes[name] ?? "for its transaction" }];
  });
}

const acts: Readonly<Record<string, string>> = {
  invite: "its user invites",
  accept: "its user accepts",
  decline: "its user declines",
  refuse: "its operator refuses",
  cancel: "its user gives up the invitation",
  end: "its user ends the session",
  send: "its user sends a message",
  transfer: "its user asks for a transfer",
};

/** What makes a rule look, as the rest of a sentence that begins with “When”. */
export function triggerWords(trigger: Trigger): string {
  const [kind, what = ""] = trigger.split(" ");
  switch (kind) {
    case "request":
      return `${withIndefinite(what)} arrives`;
    case "response":
      return `a response to ${withIndefinite(what)} arrives`;
    case "stimulus":
      return acts[what] ?? what;
    case "timer":
      return `the timer ${what} fires`;
    case "unheard":
      return "a final response to it gets lost for the last time";
    default:
      return "a message of its own is lost";
  }
}

import { withArticle } from "../../shared/flow/names.ts";
import { optionValues } from "../../shared/flow/options.ts";
import type { Context } from "./rule.ts";

/** Words for the rules' sentences. */

/** The name of a user as it stands in a sentence, e.g. "the CPM User B". */
export function userName(c: Context, user: string): string {
  return withArticle(c.topology.users.get(user)?.name ?? (c.topology.isCpm ? `CPM User ${user}` : user));
}

/** "A", "A and B", "A, B and C". */
export function listNames(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** "a CPM Session Invitation", "an INVITE". */
export function withIndefinite(name: string): string {
  return `${/^[AEIOU]/i.test(name) ? "an" : "a"} ${name}`;
}

/** States and options of the engine as a person reads them. What is not here is said as it is. */
const sayings = {
  // A call at a client.
  calling: "invited, nothing back yet",
  proceeding: "the other side is being alerted",
  cancelPending: "to be cancelled as soon as something comes back",
  cancelling: "being cancelled",
  pre: "invitation received",
  early: "alerting the user",
  moratorium: "accepted, not yet acknowledged",
  established: "established",
  mortal: "being released",
  // An invitation that was passed on.
  forked: "waiting for answers",
  collecting: "waiting for the last answers",
  answered: "answered",
  done: "over",
  sent: "nothing back yet",
  cancelWait: "to be cancelled as soon as something comes back",
  won: "accepted",
  // A transfer at its server.
  waitJoin: "waiting for the target",
  waitTransferee: "waiting for the transferee",
  waitReplaced: "waiting for the Replaced Notification",
  waitRelease: "waiting for the transferor's release",
  // Options of the scenario.
  ...optionValues.forking,
  ...optionValues.release,
  ...optionValues.transferMediaPath,
};

/** Looked up by what may be a person's own name for something. */
const words: ReadonlyMap<string, string> = new Map(Object.entries(sayings));

/** A state or option in words; several, joined by commas, each. */
export function inWords(value: string): string {
  // Nearly all are one, and every guard of every turn is put in words.
  if (!value.includes(", ")) return words.get(value) ?? value;
  return value
    .split(", ")
    .map((part) => words.get(part) ?? part)
    .join(", ");
}

import { withArticle } from "../../shared/flow/names.ts";
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

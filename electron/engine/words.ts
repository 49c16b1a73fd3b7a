import type { Context } from "./rule.ts";

/** Words for the rules' sentences. */

/** The name of a user, e.g. "CPM User B". */
export function userName(c: Context, user: string): string {
  return c.topology.users.get(user)?.name ?? `CPM User ${user}`;
}

/** "A", "A and B", "A, B and C". */
export function listNames(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

import type { Topology } from "../topology.ts";

/**
 * The names of a session that goes from device to device. Each transfer makes a session of its own with the target; what
 * people do and write in a scenario goes on to mean it by the name with which it began.
 */

const SUFFIX = "-transferred";

/** What the session is called that takes the place of `session` by a transfer. */
export const movedSession = (session: string): string => `${session}${SUFFIX}`;

/** The session from which `session` came by a transfer; undefined for one that has not been transferred. */
export function sessionBefore({ scenario }: Topology, session: string): string | undefined {
  const { sessions = [], invitations = [] } = scenario;
  const isNamed = sessions.some((s) => s.id === session) || invitations.some((i) => i.id === session);
  return isNamed || !session.endsWith(SUFFIX) ? undefined : session.slice(0, -SUFFIX.length);
}

/** The name in the scenario of the session that `session` is, or has come from by transfers. */
export function originalSession(topology: Topology, session: string): string {
  const before = sessionBefore(topology, session);
  return before === undefined ? session : originalSession(topology, before);
}

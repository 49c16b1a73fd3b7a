import type { Participant, Scenario } from "../../../shared/flow/flow.ts";
import type { ParticipantId } from "../../../shared/run/choice.ts";
import { invites, isFailure, leavesOf, rootOf, type Trace, type Transaction } from "../requirements/trace.ts";

type Session = NonNullable<Scenario["sessions"]>[number];
type Transfer = NonNullable<Scenario["transfers"]>[number];
type Client = Extract<Participant, { role: "client" }>;

/** The transfers that a figure shows, and the clients that take part in them without being seen. */
export interface Transfers {
  readonly transfers: readonly Transfer[];
  readonly unseen: readonly Participant[];
}

/** The transfer that the figure asks for, where the scenario states none; a session that it needs is put to `sessions`. */
export function transfersOf(trace: Trace, scenario: Scenario, sessions: Session[]): Transfers {
  const stated = scenario.transfers ?? [];
  const asked = trace.transactions.find((t) => t.parent === undefined && t.request.said.event === "transfer");
  if (stated.length > 0 || asked === undefined || trace.role(asked.client) !== "client")
    return { transfers: stated, unseen: [] };
  const seen = targetOf(trace);
  const refusal = seen === undefined ? asked.finals.find(isFailure)?.status : undefined;
  if (seen === undefined && refusal !== FORBIDDEN && refusal !== UNAVAILABLE) return { transfers: [], unseen: [] };
  const unseen: Client[] = [];
  const appear = (id: string, name: string, more: Partial<Client> = {}): ParticipantId => {
    unseen.push({ id, name, role: "client", user: id, ...more });
    return id;
  };
  // Of a transfer that is refused the figure shows neither to whom it would have gone nor who would have gone with it.
  const to =
    seen ??
    appear("targetOfFigure", "the transfer target", { ...(refusal === UNAVAILABLE && { registered: false as const }) });
  let session = sessions.find((s) => s.from === asked.client || s.to === asked.client)?.id;
  if (session === undefined) {
    session = "session0";
    const other = takenOver(trace, asked, to) ?? appear("transfereeOfFigure", "the transferee");
    sessions.push({ id: session, from: asked.client, to: other });
  }
  const allowed = refusal === FORBIDDEN ? { allowed: false as const } : undefined;
  return { transfers: [{ id: "transfer1", session, from: asked.client, to, ...allowed }], unseen };
}

/** With these codes a transfer is refused because it is not allowed, or its target not there. */
const FORBIDDEN = 403;
const UNAVAILABLE = 480;

/** The client that is asked to take the session over. */
function targetOf(trace: Trace): ParticipantId | undefined {
  return trace.transactions
    .filter(({ request }) => ["join", "replacement"].includes(request.said.event ?? ""))
    .map(({ server }) => server)
    .find((id) => trace.role(id) === "client");
}

/** The client that the target then invites: the other end of the session. */
function takenOver(trace: Trace, { client }: Transaction, target: ParticipantId): ParticipantId | undefined {
  return invites(trace)
    .filter((t) => rootOf(t).client === target)
    .flatMap((t) => [...leavesOf(t)].map(({ server }) => server))
    .find((id) => trace.role(id) === "client" && id !== client && id !== target);
}

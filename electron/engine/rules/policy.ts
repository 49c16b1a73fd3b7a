import type { Role, Scenario } from "../../../shared/flow/flow.ts";
import type { ParticipantId } from "../../../shared/run/choice.ts";
import { arrived, type Condition, type Context, type Rule } from "../rule.ts";
import { isInDialog, reply } from "../sip.ts";
import { serverOf, type Topology } from "../topology.ts";
import type { ResponseContext } from "./context.ts";
import { originalSession } from "./moved-session.ts";

/**
 * What an operator decides while a flow runs: that an invitation or a transfer of the scenario is not let through. It is
 * remembered under the invitation's or transfer's id and judged where service control judges the request
 * (not allowed, not authorised, refused by participating function control).
 */
const FORBIDDEN = 403;

const barredCode = (c: Context, id: string | undefined): number | undefined => c.get<number>("barred", id);

type Transfer = NonNullable<Scenario["transfers"]>[number];

/** The scenario's transfer by which the arrived request moves a session, or takes it over. */
export function plannedTransfer(c: Context): Transfer | undefined {
  const { session, joins, referTo, from } = arrived(c);
  const of = originalSession(c.topology, joins ?? session ?? "");
  const target = referTo ?? from?.id;
  const fitting = (c.topology.scenario.transfers ?? []).filter((t) => t.session === of && t.to === target);
  return fitting.find((t) => t.from === from?.id) ?? fitting[0];
}

/** With which code the operator has the arrived request refused; undefined when it lets it through. */
export function refusalCode(c: Context): number | undefined {
  const { session } = arrived(c);
  return barredCode(c, plannedTransfer(c)?.id) ?? barredCode(c, session);
}

export const permitted: Condition = {
  text: "the operator lets it through",
  test: (c) => refusalCode(c) === undefined,
};

export const forbidden: Condition = {
  text: "the operator does not let it through",
  test: (c) => refusalCode(c) !== undefined,
  value: (c) => String(refusalCode(c)),
};

const about = (c: Context): string => (c.choice.kind === "stimulate" ? (c.choice.what ?? "") : "");

/** Whether `server` is to judge the invitation or transfer `id` of the scenario. */
function judges(topology: Topology, server: ParticipantId, id: string): boolean {
  const { invitations = [], transfers = [] } = topology.scenario;
  const serves = (client: string) => serverOf(topology, client) === server;
  const invitation = invitations.find((i) => i.id === id);
  if (invitation !== undefined)
    return (
      invitation.focus === server ||
      serves(invitation.from) ||
      invitation.to.some(
        ({ user }) => topology.participatingFunctions.get(topology.users.get(user)?.domain ?? "") === server,
      )
    );
  const transfer = transfers.find((t) => t.id === id);
  return transfer !== undefined && (serves(transfer.from) || serves(transfer.to));
}

/** What a server remembers of a transfer that is under way or done. */
interface Under {
  readonly session: string;
  readonly target: ParticipantId;
  readonly state: string;
}

/** It has been let through before: to refuse it now is too late. */
function isPast(c: Context, id: string): boolean {
  const transfer = c.topology.scenario.transfers?.find((t) => t.id === id);
  if (transfer !== undefined) {
    const state = c
      .list<Under>("transfer")
      .findLast(
        ({ session, target }) => target === transfer.to && originalSession(c.topology, session) === transfer.session,
      )?.state;
    // The target's server has its invitation still to judge, the transferor's has let the request through.
    const isJudged = state !== undefined && (state !== "waitJoin" || serverOf(c.topology, transfer.to) !== c.me.id);
    return c.get("over", transfer.session) !== undefined || isJudged;
  }
  return (
    c.get("group", id) !== undefined || c.list<ResponseContext>("context").some(({ request }) => request.session === id)
  );
}

/** The rule by which an operator decides against an invitation or transfer that is still to come. */
export const operatorRefuses = (id: string, role: Role): Rule => ({
  id,
  role,
  title: "The operator refuses",
  clause: "inferred",
  on: ["stimulus refuse"],
  when: [
    {
      text: "it is an invitation or a transfer of the scenario that this function judges",
      test: (c) => judges(c.topology, c.me.id, about(c)),
    },
    { text: "it has not been let through", test: (c) => !isPast(c, about(c)) },
    { text: "it is not refused already", test: (c) => barredCode(c, about(c)) === undefined },
  ],
  act: (c) => c.put("barred", about(c), (c.choice.kind === "stimulate" ? c.choice.code : undefined) ?? FORBIDDEN),
  says: (c) => `The operator of ${c.the(c.me.id)} does not allow it.`,
  summary: "An operator may decide that an invitation or a transfer is not let through.",
});

/** The rule by which the arrived invitation is refused as the operator has decided. */
export const refusedByOperator = (id: string, role: Role, when: readonly Condition[]): Rule => ({
  id,
  role,
  title: "Refuse what the operator does not allow",
  clause: "inferred from RFC 3261 §21.4.4",
  on: ["request INVITE"],
  when: [{ text: "it asks for a new session", test: (c) => !isInDialog(arrived(c)) }, ...when, forbidden],
  act: (c) => {
    reply(c, arrived(c), refusalCode(c) ?? FORBIDDEN, c.me.id);
  },
  says: (c) => `${c.the(c.me.id)} does not allow the ${arrived(c).name} and refuses it.`,
  summary: "An invitation that the operator does not allow is refused, and goes no further.",
});

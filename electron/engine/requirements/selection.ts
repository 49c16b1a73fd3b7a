import { domainOf, type Selection, selectClients, serverOf } from "../topology.ts";
import { deviceGroups } from "./outstanding-invitations.ts";
import type { Requirement, Say } from "./requirement.ts";
import { leavesOf, rootOf, type Trace, type TraceMessage, type Transaction, upwards, userOf } from "./trace.ts";
import { Told } from "./words.ts";

/** SEL: which devices of an invited user get the invitation. */
export const selection: readonly Requirement[] = [
  {
    id: "SEL-1",
    level: "SHALL",
    source: "C.1.2.3, steps 4 to 6",
    sentence: "An excluded device receives no message of the invitation.",
    judge: (trace, say) => {
      const inSession = new Set((trace.flow.scenario.sessions ?? []).flatMap((s) => [s.from, s.to]));
      const received = receivedBy(trace);
      eachServed(trace, ({ user, group, excluded }) => {
        const barred = [...excluded].filter((id) => !inSession.has(id));
        const reached = barred.flatMap((id) => received.get(id) ?? []);
        for (const m of reached) say.broken([m], `${Told(trace, m)} reaches an excluded device.`);
        if (reached.length === 0 && (excluded.size > 0 || devicesOf(trace, user) > 1))
          say.kept(...group.map((t) => t.request));
      });
    },
  },
  {
    id: "SEL-2",
    level: "SHALL",
    source: "C.1.2.3, steps 5 and 6",
    sentence: "Every selected, registered device receives exactly one invitation.",
    judge: (trace, say) =>
      eachServed(trace, ({ group, selections }) => {
        const counts = new Map<string, Transaction[]>();
        for (const t of group) counts.set(t.server, [...(counts.get(t.server) ?? []), t]);
        for (const list of counts.values()) judgeCount(trace, list, say);
        for (const { client, selected } of selections ?? []) {
          if (!selected || counts.has(client)) continue;
          const first = group[0];
          const lost = lostOnTheWay(group, client);
          if (lost !== undefined)
            say.unknown([lost], `${Told(trace, lost)} does not arrive, so ${not(trace, client)}.`);
          else if (first !== undefined)
            say.broken([first.request], `${trace.the(client)} is selected, but gets no invitation.`);
        }
      }),
  },
  {
    id: "SEL-3",
    level: "SHALL",
    source: "C.1.2.3, step 4",
    sentence: "Media, capabilities, preferences or policies explain why each device is invited or not.",
    judge: (trace, say) =>
      eachServed(trace, ({ group, selections }) => {
        if (selections === undefined) {
          say.unknown(
            group.map((t) => t.request),
            "The flow does not say what is offered, so nothing explains the selection.",
          );
          return;
        }
        const invited = new Set(group.map((t) => t.server));
        for (const { client, selected, reason } of selections) {
          const lost = selected && !invited.has(client) ? lostOnTheWay(group, client) : undefined;
          if (lost !== undefined)
            say.unknown([lost], `${Told(trace, lost)} does not arrive, so ${not(trace, client)}.`);
          else if (invited.has(client) === selected)
            say.kept(...group.filter((t) => t.server === client).map((t) => t.request));
          else
            say.broken(
              group.filter((t) => t.server === client || selected).map((t) => t.request),
              `${trace.the(client)} is ${selected ? "not invited" : "invited"}, but ${reason}.`,
            );
        }
      }),
  },
];

const not = (trace: Trace, client: string): string => `${trace.the(client)} gets no invitation`;

/** The invitation for a device alone that gets lost before it comes near it. */
function lostOnTheWay(group: readonly Transaction[], client: string): TraceMessage | undefined {
  const [first] = group;
  const isFor = ({ message: { uri } }: TraceMessage) =>
    uri !== undefined && "participant" in uri && uri.participant === client;
  const lost = [...(first === undefined ? [] : leavesOf(rootOf(first)))].find(
    (t) => isFor(t.request) && [t.request, ...t.resent].every((m) => m.receivedAt === undefined),
  );
  return lost?.request;
}

/** The signalling that goes to each device. */
function receivedBy(trace: Trace): ReadonlyMap<string, readonly TraceMessage[]> {
  const found = new Map<string, TraceMessage[]>();
  for (const m of trace.messages) {
    if (m.kind === "media" || m.kind === "state" || trace.role(m.to) !== "client") continue;
    const list = found.get(m.to);
    if (list === undefined) found.set(m.to, [m]);
    else list.push(m);
  }
  return found;
}

interface Served {
  readonly user: string;
  readonly group: readonly Transaction[];
  /** Of each registered device whether it is to be invited; undefined where the flow does not tell. */
  readonly selections?: readonly Selection[];
  readonly excluded: ReadonlySet<string>;
}

/** The invitations of each user whom a participating function serves. */
function eachServed(trace: Trace, each: (served: Served) => void): void {
  for (const group of deviceGroups(trace)) {
    const [first] = group;
    const user = first === undefined ? undefined : userOf(trace, first.server);
    if (first === undefined || user === undefined || !isServed(trace, first)) continue;
    const offered = offeredTo(trace, first, user);
    const selections = offered === undefined ? undefined : selectClients(trace.topology, user, offered);
    const told = group.flatMap((t) => [...upwards(t)].flatMap((x) => x.request.message.exclude ?? []));
    const barred = (selections ?? []).filter((s) => !s.selected).map((s) => s.client);
    each({ user, group, ...(selections && { selections }), excluded: new Set([...told, ...barred]) });
  }
}

/** The invitation comes to the user's devices through the function that selects among them: their own network's. */
function isServed(trace: Trace, t: Transaction): boolean {
  const { topology } = trace;
  const isKnown = domainOf(topology, t.server) !== undefined;
  const own = serverOf(topology, t.server);
  return [...upwards(t)].some(({ server }) =>
    isKnown ? server === own : trace.role(server) === "participatingFunction",
  );
}

function devicesOf(trace: Trace, user: string): number {
  return trace.topology.clients.get(user)?.length ?? 0;
}

/** The media that the invitation offers, from the message or from the scenario's invitation of that user. */
function offeredTo(trace: Trace, t: Transaction, user: string): readonly string[] | undefined {
  const { message } = rootOf(t).request;
  if (message.method !== undefined) return message.media ?? [];
  const invitation = trace.flow.scenario.invitations?.find((i) => i.to.some((to) => to.user === user));
  return invitation === undefined ? undefined : (invitation.media ?? []);
}

function judgeCount(trace: Trace, list: readonly Transaction[], say: Say): void {
  const [first, ...more] = list;
  if (first === undefined) return;
  // After a challenge the same invitation comes again, with credentials.
  const anew = more.filter((_, i) => !list[i]?.finals.some((f) => f.status === 401 || f.status === 407));
  if (anew.length === 0) say.kept(first.request);
  else
    say.broken(
      anew.map((t) => t.request),
      `${trace.the(first.server)} gets ${list.length} invitations.`,
    );
}

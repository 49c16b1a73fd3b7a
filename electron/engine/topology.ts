import type { Client, Options, Participant, Scenario, User } from "../../shared/flow/flow.ts";
import { defaultOptions } from "../../shared/flow/options.ts";
import type { ParticipantId } from "../../shared/run/choice.ts";
import type { Message } from "../../shared/run/run.ts";

type Invitation = NonNullable<Scenario["invitations"]>[number];

/** What a scenario says, indexed for the rules. Made once a run; never changes during it. */
export interface Topology {
  readonly scenario: Scenario;
  readonly options: Options;
  readonly participants: ReadonlyMap<ParticipantId, Participant>;
  readonly users: ReadonlyMap<string, User>;
  readonly cores: ReadonlyMap<string, ParticipantId>;
  readonly participatingFunctions: ReadonlyMap<string, ParticipantId>;
  readonly clients: ReadonlyMap<string, readonly Client[]>;
  /** By their names; of several of one name the first. */
  readonly invitations: ReadonlyMap<string, Invitation>;
  readonly rulesOff: ReadonlySet<string>;
  /** A CPM function takes part; otherwise the scenario is one of plain SIP. */
  readonly isCpm: boolean;
}

/** Which device asks for a transfer: the one that has the session, or the one that fetches it. */
export function requesterOf({ from, to, requestedBy }: NonNullable<Scenario["transfers"]>[number]): ParticipantId {
  return requestedBy === "target" ? to : from;
}

/** Indexes `scenario`; of several cores or participating functions of one network the first serves it. */
export function compileTopology(scenario: Scenario): Topology {
  const participants = new Map<ParticipantId, Participant>();
  const cores = new Map<string, ParticipantId>();
  const participatingFunctions = new Map<string, ParticipantId>();
  const clients = new Map<string, Client[]>();
  for (const p of scenario.participants) {
    if (participants.has(p.id)) continue;
    participants.set(p.id, p);
    if (p.role === "core" && p.domain !== undefined && !cores.has(p.domain)) cores.set(p.domain, p.id);
    if (p.role === "participatingFunction" && p.domain !== undefined && !participatingFunctions.has(p.domain))
      participatingFunctions.set(p.domain, p.id);
    if (p.role === "client") {
      const devices = clients.get(p.user);
      if (devices === undefined) clients.set(p.user, [p]);
      else devices.push(p);
    }
  }
  const users = new Map((scenario.users ?? []).map((u) => [u.id, u]));
  return {
    scenario,
    options: { ...defaultOptions, ...scenario.options },
    participants,
    users,
    cores,
    participatingFunctions,
    clients,
    invitations: new Map(scenario.invitations?.map((i) => [i.id, i] as const).toReversed()),
    rulesOff: new Set(scenario.rules?.off),
    isCpm: scenario.participants.some((p) => p.role === "participatingFunction" || p.role === "controllingFunction"),
  };
}

/** The network of a participant: its own, or for a client its user's. */
export function domainOf(topology: Topology, id: ParticipantId): string | undefined {
  const p = topology.participants.get(id);
  if (p === undefined) return undefined;
  return p.domain ?? (p.role === "client" ? topology.users.get(p.user)?.domain : undefined);
}

/** The network where a request for `uri` has to go. */
export function homeOf(topology: Topology, uri: NonNullable<Message["uri"]>): string | undefined {
  return "user" in uri ? topology.users.get(uri.user)?.domain : domainOf(topology, uri.participant);
}

/** The participating function that serves a client, if its network has one. */
export function serverOf(topology: Topology, client: ParticipantId): ParticipantId | undefined {
  const domain = domainOf(topology, client);
  return domain === undefined ? undefined : topology.participatingFunctions.get(domain);
}

/** Registered clients of a user. Registration is what the core knows; a client may be registered and unreachable. */
export function registeredClients(topology: Topology, user: string): readonly Client[] {
  return (topology.clients.get(user) ?? []).filter((c) => c.registered !== false);
}

/** The mark in a request that the originating, or terminating, service control of `server` has been through it. */
export const originatingService = (server: ParticipantId): string => `${server}/originating`;
export const terminatingService = (server: ParticipantId): string => `${server}/terminating`;

/** The rule by which a core honours an exclusion; switched off, it delivers to every client. */
export const EXCLUDE = "CORE-EXCLUDE";

/** How a request travels on from a participant, and why. */
export type Route =
  | { readonly kind: "ownCore"; readonly to: ParticipantId }
  | { readonly kind: "originating"; readonly to: ParticipantId }
  | { readonly kind: "home"; readonly to: ParticipantId }
  | { readonly kind: "terminating"; readonly to: ParticipantId }
  | { readonly kind: "participant"; readonly to: ParticipantId }
  | { readonly kind: "clients"; readonly to: readonly ParticipantId[] }
  | { readonly kind: "none" };

/**
 * Where a request outside a dialog goes next from `at`. A network's core decides; in a network without a core, whoever
 * has the message decides as the core would, so that flows without cores follow the same rules.
 * @param from the participant it came from; absent at its sender.
 */
export function routeRequest(topology: Topology, at: ParticipantId, request: Message, from?: ParticipantId): Route {
  const { uri } = request;
  if (uri === undefined) return { kind: "none" };
  const domain = domainOf(topology, at);
  const core = domain === undefined ? undefined : topology.cores.get(domain);
  if (core !== undefined && core !== at) return { kind: "ownCore", to: core };
  const originating = originatingServer(topology, at, from);
  if (originating !== undefined) return { kind: "originating", to: originating };
  const home = homeOf(topology, uri);
  if (home !== undefined && home !== domain) {
    const entry = topology.cores.get(home);
    if (entry !== undefined) return { kind: "home", to: entry };
  }
  return arrive(topology, at, request, uri, home);
}

/** A request fresh from a client goes through the server of its network first; from then on it comes from that server. */
function originatingServer(topology: Topology, at: ParticipantId, from?: ParticipantId) {
  const sender = from ?? at;
  if (topology.participants.get(sender)?.role !== "client") return undefined;
  const server = serverOf(topology, sender);
  return server === at ? undefined : server;
}

function arrive(
  topology: Topology,
  at: ParticipantId,
  request: Message,
  uri: NonNullable<Message["uri"]>,
  home: string | undefined,
): Route {
  if ("participant" in uri) {
    const target = topology.participants.get(uri.participant);
    if (target === undefined || target.id === at) return { kind: "none" };
    if (target.role === "client") {
      if (target.registered === false) return { kind: "none" };
      const server = serverOf(topology, target.id);
      if (server !== undefined && server !== at && !request.served?.includes(terminatingService(server)))
        return { kind: "terminating", to: server };
    }
    return { kind: "participant", to: target.id };
  }
  const server = home === undefined ? undefined : topology.participatingFunctions.get(home);
  if (server !== undefined && server !== at && !request.served?.includes(terminatingService(server)))
    return { kind: "terminating", to: server };
  const targets = registeredClients(topology, uri.user)
    .map((c) => c.id)
    .filter((id) => topology.rulesOff.has(EXCLUDE) || !request.exclude?.includes(id));
  return targets.length === 0 ? { kind: "none" } : { kind: "clients", to: targets };
}

/** Why a client is, or is not, to receive an invitation: the inputs of terminating service control. */
export interface Selection {
  readonly client: ParticipantId;
  readonly selected: boolean;
  readonly reason: string;
}

/**
 * Terminating service control: decides for each registered client of `user` whether an invitation that offers `offered`
 * is delivered to it, from the client's capabilities, the user's preferences and the provider's policies.
 */
export function selectClients(topology: Topology, user: string, offered: readonly string[]): readonly Selection[] {
  const known = topology.users.get(user);
  return registeredClients(topology, user).map((client) => {
    const missing = client.media === undefined ? undefined : offered.find((m) => !client.media?.includes(m));
    if (missing !== undefined) return { client: client.id, selected: false, reason: `does not support ${missing}` };
    const preference = known?.preferences?.find(
      (p) => (p.media === undefined || offered.includes(p.media)) && !p.clients.includes(client.id),
    );
    if (preference !== undefined)
      return {
        client: client.id,
        selected: false,
        reason: `the user prefers other clients${preference.media === undefined ? "" : ` for ${preference.media}`}`,
      };
    const policy = topology.scenario.policies?.find(
      (p) =>
        p.domain === known?.domain &&
        (p.media === undefined || offered.includes(p.media)) &&
        p.clients.includes(client.id),
    );
    if (policy !== undefined)
      return { client: client.id, selected: false, reason: policy.reason ?? "the provider's policy bars it" };
    return {
      client: client.id,
      selected: true,
      reason: "supports the offered media; no preference or policy against it",
    };
  });
}

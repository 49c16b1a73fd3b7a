import type { Scenario } from "../flow/flow.ts";
import type { ParticipantId } from "./choice.ts";
import type { Party } from "./run.ts";

/** What participants and users of a scenario are called in SIP messages. All hosts are under `example` (RFC 2606). */
export interface SipNames {
  /** Whether the scenario has CPM servers, so that its invitations carry the indication of the CPM service. */
  readonly isCpm: boolean;
  readonly participants: ReadonlyMap<ParticipantId, SipParticipant>;
  readonly users: ReadonlyMap<string, SipUser>;
}

export interface SipParticipant {
  readonly name: string;
  readonly host: string;
  /** Where requests reach it: a device by its user's name at its own host, a server by its host. */
  readonly contact: string;
  readonly user?: string;
  readonly isClient: boolean;
  /** What a device registers itself with (RFC 5626). Made from its id, so it is the same in every run. */
  readonly instance: string;
  /** Its network asks it for credentials on its first invitation. */
  readonly isChallenged: boolean;
}

export interface SipUser {
  readonly name: string;
  readonly address: string;
}

/** The SIP names of a scenario's participants and users. */
export function sipNames(scenario: Scenario): SipNames {
  const users = new Map<string, SipUser>();
  const homes = new Map<string, string>();
  for (const user of scenario.users ?? []) {
    homes.set(user.id, user.domain);
    const address = user.address ?? `${slug(user.id)}@${slug(user.domain)}.example`;
    users.set(user.id, { name: user.name ?? user.id, address: /^[a-z]+:/.test(address) ? address : `sip:${address}` });
  }
  const challenging = new Set(scenario.options?.challenge);
  const challenged = new Set(scenario.participants.filter((p) => challenging.has(p.id)).map((p) => p.domain));
  const participants = new Map<ParticipantId, SipParticipant>();
  for (const p of scenario.participants) {
    const user = p.role === "client" ? p.user : undefined;
    const domain = p.domain ?? (user === undefined ? undefined : homes.get(user));
    const host = domain === undefined ? `${slug(p.id)}.example` : `${slug(p.id)}.${slug(domain)}.example`;
    participants.set(p.id, {
      name: p.name,
      host,
      contact: user === undefined ? `sip:${host}` : `sip:${slug(user)}@${host}`,
      user,
      isClient: p.role === "client",
      instance: `urn:uuid:${uuid(p.id)}`,
      isChallenged: p.role === "client" && domain !== undefined && challenged.has(domain),
    });
  }
  const isCpm = scenario.participants.some(
    (p) => p.role === "participatingFunction" || p.role === "controllingFunction",
  );
  return { isCpm, participants, users };
}

/** One side of a dialog as From and To write it: a device by the address of its user. */
export function partyText(names: SipNames, party: Party): string {
  const device = names.participants.get(party.id);
  const user = names.users.get(device?.user ?? party.id);
  const name = user?.name ?? device?.name ?? party.id;
  const address = user?.address ?? device?.contact ?? `sip:${slug(party.id)}@example`;
  const tag = party.tag === undefined ? "" : `;tag=${party.tag}`;
  return `${quoted(name)} <${address}>${tag}`;
}

/** The address of a user; of one that the scenario does not have, made from the id. */
export function userAddress(names: SipNames, user: string): string {
  return names.users.get(user)?.address ?? `sip:${slug(user)}@example`;
}

export function contactOf(names: SipNames, participant: ParticipantId): string {
  return names.participants.get(participant)?.contact ?? `sip:${hostOf(names, participant)}`;
}

export function hostOf(names: SipNames, participant: ParticipantId): string {
  return names.participants.get(participant)?.host ?? `${slug(participant)}.example`;
}

/** A quoted string (RFC 3261 §25.1), on one line whatever it holds. */
export function quoted(text: string): string {
  return `"${text.replace(/[\r\n]+/g, " ").replace(/["\\]/g, "\\$&")}"`;
}

function slug(text: string): string {
  const plain = text.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return plain.replace(/^-|-$/g, "") || "x";
}

/** FNV-1a, as the node of a UUID: only ever compared with itself. */
function uuid(text: string): string {
  let high = 0x811c9dc5;
  let low = 0x01000193;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    high = Math.imul(high ^ code, 0x01000193) >>> 0;
    low = Math.imul(low ^ (code + high), 0x811c9dc5) >>> 0;
  }
  const hex = `${high.toString(16).padStart(8, "0")}${low.toString(16).padStart(8, "0")}`;
  return `00000000-0000-1000-8000-${hex.slice(0, 12)}`;
}

import type { Participant, Role, User } from "../../shared/flow/flow.ts";

/** The participants of an imported flow, and who the users of its clients are. */
export interface Cast {
  readonly participants: readonly Participant[];
  readonly users: readonly User[];
  id(name: string): string;
}

/** Makes participants of names, in their order. A role that is not given is guessed from the name. */
export function castOf(names: readonly string[], given: ReadonlyMap<string, Role>): Cast {
  const ids = new Map<string, string>();
  const taken = new Set<string>();
  const users = new Map<string, User>();
  const participants = names.map((name): Participant => {
    const role = given.get(name) ?? guessRole(name);
    const id = unique(idOf(name, role), taken);
    ids.set(name, id);
    const network = networkOf(name);
    if (role !== "client") return { id, name, role, ...(network !== undefined && { domain: network }) };
    const user = network ?? id;
    if (!users.has(user)) users.set(user, { id: user, domain: user });
    return { id, name, role, user };
  });
  return { participants, users: [...users.values()], id: (name) => ids.get(name) ?? name };
}

/** In this order: the earlier is the narrower. Who is none of these is a user agent. */
const guesses: readonly (readonly [RegExp, Role])[] = [
  [/controlling function/i, "controllingFunction"],
  [/participating function|conversation server/i, "participatingFunction"],
  [/\bclient\b/i, "client"],
  [/\bprox(?:y|ies)\b|proxy\d*$|\bcore\b|\bserver\b|\bALG\b|B2BUA|CSCF|\bregistrar\b|\bSBC\b/i, "core"],
];

function guessRole(name: string): Role {
  return guesses.find(([pattern]) => pattern.test(name))?.[1] ?? "client";
}

/** The network that a CPM name tells by its letter or by whom it serves: `CPM Client B1`, `SIP/IP Core serving the target`. */
function networkOf(name: string): string | undefined {
  const letter = /^(?:CPM Client|SIP\/IP Core|CPM Conversation Server|CPM Controlling Function) ([A-Z])\d*\b/.exec(
    name,
  )?.[1];
  return letter ?? (/serving the (\w+)/.exec(name) ?? /^(\w+) CPM Client\b/.exec(name))?.[1];
}

const shortNames: Readonly<Partial<Record<Role, string>>> = {
  client: "client",
  core: "core",
  participatingFunction: "pf",
  controllingFunction: "cf",
};

/** An id that a person would choose: `clientB1`, `proxy1`, `transferor`. */
function idOf(name: string, role: Role): string {
  const cpm = /^(?:CPM|SIP\/IP) [A-Za-z ]*? ([A-Z]\d*)\b/.exec(name)?.[1];
  const short = shortNames[role];
  if (cpm !== undefined && short !== undefined) return `${short}${cpm}`;
  const words = name.normalize("NFKD").match(/[A-Za-z0-9]+/g) ?? [];
  const [first = "", ...rest] = words;
  const camel = [first.toLowerCase(), ...rest.map((w) => `${w[0]?.toUpperCase()}${w.slice(1)}`)].join("");
  return (/^[a-z]/.test(camel) ? camel : `p${camel}`).slice(0, 70);
}

function unique(id: string, taken: Set<string>): string {
  let free = id;
  for (let n = 2; taken.has(free); n++) free = `${id}_${n}`;
  taken.add(free);
  return free;
}

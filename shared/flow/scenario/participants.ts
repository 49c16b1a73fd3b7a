import type { ParticipantId } from "../../run/choice.ts";
import type { Edit } from "../edit.ts";
import type { Flow, Participant, Role, User } from "../flow.ts";
import { conventionalId, conventionalName } from "./naming.ts";

type SingleEdit = Exclude<Edit, { kind: "group" }>;

/** The networks of a flow, by name, in the order in which they are met. */
export function networksOf({ scenario }: Flow): readonly string[] {
  const own = scenario.participants.flatMap(({ domain }) => domain ?? []);
  return [...new Set([...own, ...(scenario.users ?? []).map(({ domain }) => domain)])];
}

/**
 * A participant that would fit in: named on from its siblings ("Proxy 3", "CPM Client B3") or as the change requests do.
 * @param of the user of a client, the network of any other.
 */
export function proposed(flow: Flow, role: Role, of: string): Participant {
  const { participants } = flow.scenario;
  const siblings = participants.filter((one) => one.role === role && (one.role !== "client" || one.user === of));
  const pattern = siblings.map(({ name }) => /^(.*\D)\d+$/.exec(name)?.[1]).find((stem) => stem !== undefined);
  const ids = new Set(participants.map(({ id }) => id));
  const names = new Set(participants.map(({ name }) => name));
  const isFirst = siblings.length === 0 || role === "core" || role === "participatingFunction";
  for (let number = isFirst ? 0 : 1; ; number++) {
    const shown = number === 0 ? undefined : number;
    const name =
      pattern !== undefined && shown !== undefined ? `${pattern}${shown}` : conventionalName(role, of, shown);
    const id = conventionalId(role, of, shown);
    // Another device beside "CPM Client B" is the second one.
    const taken = names.has(name) || ids.has(id) || (number === 1 && names.has(conventionalName(role, of)));
    if (taken || (pattern !== undefined && shown === undefined)) continue;
    return role === "client"
      ? { id, name, role, user: of }
      : of === ""
        ? { id, name, role }
        : { id, name, domain: of, role };
  }
}

/** Where a participant stands best: after the last of its user, else of its network, else at the end. */
export function placeFor(flow: Flow, participant: Participant): number {
  const { participants, users = [] } = flow.scenario;
  const network = (one: Participant) =>
    one.domain ?? (one.role === "client" ? users.find(({ id }) => id === one.user)?.domain : undefined);
  const sameUser = participants.findLastIndex(
    (one) => one.role === "client" && participant.role === "client" && one.user === participant.user,
  );
  if (sameUser >= 0) return sameUser + 1;
  const own = network(participant);
  const sameNetwork = own === undefined ? -1 : participants.findLastIndex((one) => network(one) === own);
  return sameNetwork >= 0 ? sameNetwork + 1 : participants.length;
}

/** Puts a participant in, at `index` or where it stands best; `user` comes along where the scenario does not have them. */
export function addParticipant(flow: Flow, element: Participant, user?: User, index = placeFor(flow, element)): Edit {
  const edits: SingleEdit[] = [{ kind: "insert", list: "participants", index, element }];
  const users = flow.scenario.users ?? [];
  if (user !== undefined && !users.some(({ id }) => id === user.id))
    edits.push({ kind: "insert", list: "users", index: users.length, element: user });
  return { kind: "group", edits };
}

/** Takes a participant out; what names it stays, to be put right. Undefined where there is none. */
export function removeParticipant(flow: Flow, id: ParticipantId): Edit | undefined {
  const index = flow.scenario.participants.findIndex((one) => one.id === id);
  return index < 0 ? undefined : { kind: "remove", list: "participants", index };
}

/** A participant in another role: what only clients have goes, or comes with the first user. */
export function inRole(flow: Flow, participant: Participant, role: Role): Participant {
  const { id, name, domain, shape, colour } = participant;
  const common = {
    id,
    name,
    ...(domain === undefined ? undefined : { domain }),
    ...(shape === undefined ? undefined : { shape }),
    ...(colour === undefined ? undefined : { colour }),
  };
  if (role !== "client") return { ...common, role };
  const user = participant.role === "client" ? participant.user : (flow.scenario.users?.[0]?.id ?? domain ?? "A");
  return { ...common, role, user };
}

/** A participant for an id of which nothing is known but that it is named. */
export function restored(flow: Flow, id: ParticipantId): Participant {
  const [, prefix = "", network = ""] = /^(client|core|pf|cf)(.*)$/.exec(id) ?? [];
  const role = ({ client: "client", core: "core", pf: "participatingFunction", cf: "controllingFunction" } as const)[
    prefix
  ];
  if (role === undefined) return { id, name: id, role: "other" };
  if (role !== "client")
    return networksOf(flow).includes(network)
      ? { id, name: conventionalName(role, network), domain: network, role }
      : { id, name: id, role };
  const users = flow.scenario.users ?? [];
  const user = users.find((one) => network.startsWith(one.id)) ?? users[0];
  return user === undefined
    ? { id, name: id, role: "other" }
    : { id, name: `CPM Client ${network}`, role, user: user.id };
}

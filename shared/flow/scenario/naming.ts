import type { Participant, Role } from "../flow.ts";

/** How the change requests name who takes part, and the ids that go with it. */

const ids: Readonly<Record<Role, string>> = {
  client: "client",
  core: "core",
  participatingFunction: "pf",
  controllingFunction: "cf",
  other: "participant",
};

/** The id of a participant of a network, `clientB1`; without a number for the only one of its kind. */
export function conventionalId(role: Role, network: string, number?: number): string {
  return `${ids[role]}${network}${number ?? ""}`.slice(0, 80);
}

/** The name of a participant of a network: "CPM Client B1", "CPM Conversation Server B (participating function)". */
export function conventionalName(role: Role, network: string, number?: number): string {
  const which = `${network}${number ?? ""}`;
  switch (role) {
    case "client":
      return `CPM Client ${which}`;
    case "core":
      return `SIP/IP Core ${which}`;
    case "participatingFunction":
      return `CPM Conversation Server ${which} (participating function)`;
    case "controllingFunction":
      return `CPM Conversation Server ${which} (controlling function)`;
    case "other":
      return `Participant ${which}`;
  }
}

/** A server of a network, named by convention. */
export function server(role: Exclude<Role, "client">, network: string): Participant {
  return { id: conventionalId(role, network), name: conventionalName(role, network), domain: network, role };
}

/** The devices of a user, named by its network: "CPM Client B1", "CPM Client B2"; a single one without a number. */
export function devices(user: string, network: string, count: number): Participant[] {
  return Array.from({ length: count }, (_, i) => {
    const number = count === 1 ? undefined : i + 1;
    const id = conventionalId("client", network, number);
    return { id, name: conventionalName("client", network, number), role: "client", user };
  });
}

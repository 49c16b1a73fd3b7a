import type { Lifeline } from "../../shared/diagram/diagram.ts";
import type { Role } from "../../shared/flow/flow.ts";

/** What is written on a node. Pure. */

export const roleNames: Readonly<Record<Role, string>> = {
  client: "Client",
  core: "Core",
  participatingFunction: "Participating function",
  controllingFunction: "Controlling function",
  other: "",
};

/** The name without the role in brackets after it, which the line below says: "CPM Conversation Server B". */
export function shortName({ name, role }: Lifeline): string {
  const bracket = ` (${roleNames[role].toLowerCase()})`;
  return roleNames[role] !== "" && name.toLowerCase().endsWith(bracket) ? name.slice(0, -bracket.length) : name;
}

/** A node as a screen reader says it: "CPM Client B1, Client, network B". */
export function spokenName(lifeline: Lifeline): string {
  const { domain, role } = lifeline;
  return [shortName(lifeline), roleNames[role], domain === undefined ? "" : `network ${domain}`]
    .filter(Boolean)
    .join(", ");
}

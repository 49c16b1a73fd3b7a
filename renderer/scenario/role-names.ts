import type { Role } from "../../shared/flow/flow.ts";
import type { Pick } from "./fields.ts";

/** Roles as a person chooses among them. */
export const roleNames: Readonly<Record<Role, string>> = {
  client: "CPM Client or SIP user agent",
  core: "SIP/IP Core or proxy",
  participatingFunction: "participating function",
  controllingFunction: "controlling function",
  other: "other, without rules",
};
export const rolePicks: readonly Pick[] = Object.entries(roleNames).map(([value, text]) => ({ value, text }));

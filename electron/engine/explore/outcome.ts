import type { Role } from "../../../shared/flow/flow.ts";
import type { Call } from "../rules/call.ts";
import type { Topology } from "../topology.ts";
import { listNames } from "../words.ts";
import type { Memory } from "../world.ts";
import type { Annals } from "./annals.ts";

/** How a run ended, in what people care about. Equal keys are one outcome. */
export interface Ending {
  readonly key: string;
  readonly summary: string;
}

/** What one participant remembers, by which its end is told. */
export interface Remembered {
  readonly memory: Memory;
  readonly annals: Annals;
}

interface Fate {
  readonly name: string;
  readonly session: string;
  readonly side: Call["side"];
  readonly became: "in" | "cancelled" | "declined" | "silent" | "released" | "unanswered" | "failed";
  readonly status?: number;
}

/** Of the participants in the scenario's order: who is in which session, who was cancelled, declined, stayed silent or was released, and what the inviting side was told. */
export function endingOf(topology: Topology, locals: readonly Remembered[]): Ending {
  const participants = [...topology.participants.values()];
  const fates: Fate[] = [];
  const told: string[] = [];
  for (const [index, local] of locals.entries()) {
    const participant = participants[index];
    if (participant === undefined) continue;
    if (participant.role === "client") fates.push(...fatesAt(topology, local, participant.name));
    told.push(...refusalsAt(topology, local, participant.name, participant.role));
  }
  const phrases = [sessionsPhrase(topology, fates), ...fatePhrases(fates, hasSeveral(topology)), ...told];
  return { key: JSON.stringify([fates, told]), summary: phrases.join("; ") };
}

function fatesAt(topology: Topology, local: Remembered, name: string): Fate[] {
  const found: Fate[] = [];
  for (const value of local.memory.get("call")?.values() ?? []) {
    const call = value as Call;
    const { session, side } = call;
    const given = local.annals[side === "invited" ? `gave ${call.id}` : `got ${call.id} ${call.peer}`];
    const became = fateOf(topology, call, given);
    const status = became === "declined" && given !== topology.options.declineCode ? given : undefined;
    found.push({ name, session, side, became, ...(status === undefined ? undefined : { status }) });
  }
  return found.sort((a, b) => (a.session < b.session ? -1 : 1));
}

function fateOf(topology: Topology, call: Call, given: number | undefined): Fate["became"] {
  if (call.state === "established" || call.state === "moratorium") return "in";
  // A session that was given is up without an answer of this run.
  if (given === undefined) return call.state === "ended" || call.state === "mortal" ? "released" : "unanswered";
  if (given < 300) return "released";
  if (call.side === "inviting") return "failed";
  if (given === 487) return "cancelled";
  return given === topology.options.ringTimeoutCode ? "silent" : "declined";
}

/** Every refusal that the inviting side got, and that of a transfer. */
function refusalsAt(topology: Topology, { annals }: Remembered, name: string, role: Role): string[] {
  const said: string[] = [];
  for (const [key, status] of Object.entries(annals)) {
    if (status < 300) continue;
    const [what, , to = ""] = key.split(" ");
    if (what === "got") {
      const user = topology.users.get(to)?.name ?? topology.participants.get(to)?.name;
      const several =
        role === "controllingFunction" && (topology.scenario.invitations?.some((i) => i.to.length > 1) ?? false);
      said.push(`${name} is told ${status}${several && user !== undefined ? ` for ${user}` : ""}`);
    }
    if (what === "asked") said.push(`${key.slice(6)} refused to ${name} with ${status}`);
  }
  return said;
}

function sessionsPhrase(topology: Topology, fates: readonly Fate[]): string {
  const sessions = new Map<string, Fate[]>();
  for (const fate of fates)
    if (fate.became === "in") sessions.set(fate.session, [...(sessions.get(fate.session) ?? []), fate]);
  if (sessions.size === 0) return "no session";
  const several = hasSeveral(topology);
  const phrase = ([session, members]: [string, Fate[]]): string => {
    const invited = members.filter((m) => m.side === "invited");
    const shown = invited.length === 0 || several ? members : invited;
    const list = listNames([...new Set(shown.map((m) => m.name))]);
    return several ? `session ${session} of ${list}` : `session with ${list}`;
  };
  return [...sessions]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(phrase)
    .join(", ");
}

/** Whether a session has to be named to be told from others. */
function hasSeveral({ scenario: { sessions = [], invitations = [], transfers = [] } }: Topology): boolean {
  return sessions.length + invitations.length + transfers.length > 1;
}

const said: Readonly<Record<Exclude<Fate["became"], "in">, string>> = {
  cancelled: "cancelled",
  declined: "declined",
  silent: "stayed silent",
  released: "released",
  unanswered: "left without an end",
  failed: "refused",
};

/** One phrase for each way in which things ended, with all to whom it happened. */
function fatePhrases(fates: readonly Fate[], several: boolean): string[] {
  const grouped = new Map<string, string[]>();
  for (const { name, session, became, status, side } of fates) {
    if (became === "in" || (became === "failed" && side === "inviting")) continue;
    const from = several && became === "released" ? ` from session ${session}` : "";
    const how = `${said[became]}${status === undefined ? "" : ` with ${status}`}${from}`;
    grouped.set(how, [...(grouped.get(how) ?? []), name]);
  }
  return [...grouped].map(([how, names]) => `${listNames([...new Set(names)])} ${how}`);
}

import type { Choice, ParticipantId } from "../../../shared/run/choice.ts";
import { stimulusWords } from "../../../shared/run/stimulus-words.ts";
import type { WhatIfGroup } from "../../../shared/run/what-if.ts";
import { timerPurposes } from "../rules/timers.ts";
import type { Topology } from "../topology.ts";
import type { TurnResult } from "../turn.ts";
import { listNames } from "../words.ts";
import type { InFlight } from "../world.ts";

/** Choices in a person's words. */

type Act = Extract<Choice, { kind: "stimulate" }>;
type Expiry = Extract<Choice, { kind: "expire" }>;

export interface Phrase {
  readonly group: WhatIfGroup;
  readonly says: string;
}

const nameOf = (topology: Topology, id: string): string =>
  topology.participants.get(id)?.name ?? topology.users.get(id)?.name ?? id;

/**
 * @param hop the message that the choice is about.
 * @param isNext it would arrive next anyway.
 */
export function phraseOf(topology: Topology, choice: Choice, hop: InFlight | undefined, isNext: boolean): Phrase {
  switch (choice.kind) {
    case "deliver": {
      const how = choice.late === true ? " arrives after all else" : isNext ? " arrives" : " arrives first";
      return { group: "network", says: `${messageOf(topology, choice.hop, hop)}${how}` };
    }
    case "lose":
      return { group: "network", says: `${messageOf(topology, choice.hop, hop)} is lost` };
    case "stimulate":
      return actPhrase(topology, choice);
    case "expire":
      return expiryPhrase(topology, choice);
    case "inject":
      return {
        group: "author",
        says: `“${choice.message.label}” is drawn from ${nameOf(topology, choice.from)} to ${nameOf(topology, choice.to)}`,
      };
    case "withhold":
      return { group: "author", says: `${messageOf(topology, choice.hop, hop)} is left out` };
    case "alter":
      return { group: "author", says: `${messageOf(topology, choice.hop, hop)} becomes “${choice.message.label}”` };
  }
}

function messageOf(topology: Topology, name: string, hop: InFlight | undefined): string {
  if (hop === undefined) return name;
  return `${hop.message.name} from ${nameOf(topology, hop.from)} to ${nameOf(topology, hop.to)}`;
}

function actPhrase(topology: Topology, { participant, stimulus, what, code }: Act): Phrase {
  const who = nameOf(topology, participant);
  const { sessions = [], invitations = [], transfers = [], chats = [] } = topology.scenario;
  const does = `${who} ${stimulusWords[stimulus]}`;
  const session = sessions.length + invitations.length + transfers.length > 1 ? ` ${what}` : "";
  switch (stimulus) {
    case "accept":
      return { group: "answers", says: `${does}${session}` };
    case "decline": {
      const status = code ?? topology.options.declineCode;
      const everywhere = status >= 600 ? " for all devices" : "";
      return { group: "declines", says: `${does}${session}${everywhere} (${status})` };
    }
    case "cancel":
      return { group: "ends", says: `${does}${session}` };
    case "end":
      return { group: "ends", says: `${does}${session}` };
    case "refuse":
      return { group: "refuses", says: `the operator of ${who} refuses${session} (${code ?? 403})` };
    case "transfer": {
      const transfer = transfers.find(({ id }) => id === what);
      return {
        group: "transfers",
        says: `${who} transfers session ${transfer?.session} to ${nameOf(topology, transfer?.to ?? "")}`,
      };
    }
    case "send": {
      const chat = chats.find(({ id }) => id === what);
      return { group: "sends", says: `${who} sends “${chat?.text}”` };
    }
    case "invite": {
      const to = invitations.find(({ id }) => id === what)?.to ?? [];
      const users = shortList(to.map(({ user }) => nameOf(topology, user)));
      const extended = to.find(({ replaces }) => replaces !== undefined)?.replaces;
      return extended === undefined
        ? { group: "invites", says: `${does} ${users}` }
        : { group: "extends", says: `${who} extends session ${extended} to ${users}` };
    }
  }
}

/** Timers that wait for a person: when one runs out, somebody has stayed silent. */
export const waitsForPeople: Readonly<Record<string, (who: string) => string>> = {
  T_ring: (who) => `${who} stays silent until it stops ringing`,
  T_noanswer: (who) => `nobody answers while ${who} waits`,
  T_group: (who) => `not every invitee answers while ${who} waits`,
  T_join: (who) => `the transfer target stays silent while ${who} waits`,
};

function expiryPhrase(topology: Topology, { participant, timer }: Expiry): Phrase {
  const [name = ""] = timer.split(" ");
  const who = nameOf(topology, participant);
  const silence = waitsForPeople[name];
  if (silence !== undefined) return { group: "silent", says: `${silence(who)} (${name})` };
  const purpose = timerPurposes[name] ?? "for its transaction";
  return { group: "timer", says: `${who} has waited ${purpose} (${name})` };
}

/** What the turn sends: "CPM Client B1 sends OK response", without the name of `actor`; empty where it sends nothing. */
export function sendsPhrase(topology: Topology, { sent }: TurnResult, actor: ParticipantId | undefined): string {
  const bySender = new Map<ParticipantId, Set<string>>();
  for (const { hop } of sent) bySender.set(hop.from, (bySender.get(hop.from) ?? new Set()).add(hop.message.name));
  const who = (from: ParticipantId) => (from === actor ? "" : `${nameOf(topology, from)} `);
  return [...bySender].map(([from, names]) => `${who(from)}sends ${shortList([...names])}`).join(", ");
}

/** As `listNames`, but of many names only the first three and how many more there are. */
function shortList(names: readonly string[]): string {
  return names.length <= 4 ? listNames(names) : `${names.slice(0, 3).join(", ")} and ${names.length - 3} more`;
}

import type { Flow } from "../../shared/flow/flow.ts";
import type { Choice, ParticipantId } from "../../shared/run/choice.ts";
import type { Hop } from "../../shared/run/run.ts";
import { stimulusWords } from "../../shared/run/stimulus-words.ts";

/** Choices as sentences for people. Pure. */

export type Names = ReadonlyMap<ParticipantId, string>;

/** What participants and users are called. */
export function namesOf({ scenario }: Flow): Names {
  const names = new Map((scenario.users ?? []).map(({ id, name }) => [id, name ?? id]));
  for (const { id, name } of scenario.participants) names.set(id, name);
  return names;
}

/** "ALERTING response from CPM Client B1 to SIP/IP Core B"; a hop that is not known by its own name. */
export function hopWords(name: string, hop: Hop | undefined, names: Names): string {
  if (hop === undefined) return name;
  return `${hop.message.name} from ${names.get(hop.from) ?? hop.from} to ${names.get(hop.to) ?? hop.to}`;
}

/** What a choice is, as the start of a sentence without its full stop. */
export function choiceWords(choice: Choice, names: Names, hopOf: (name: string) => Hop | undefined): string {
  const nameOf = (id: ParticipantId) => names.get(id) ?? id;
  switch (choice.kind) {
    case "deliver":
      return `${hopWords(choice.hop, hopOf(choice.hop), names)} arrives`;
    case "lose":
      return `${hopWords(choice.hop, hopOf(choice.hop), names)} is lost`;
    case "withhold":
      return `The author withholds ${hopWords(choice.hop, hopOf(choice.hop), names)}`;
    case "alter":
      return `The author changes ${hopWords(choice.hop, hopOf(choice.hop), names)} to “${choice.message.label}”`;
    case "inject":
      return `The author adds “${choice.message.label}” from ${nameOf(choice.from)} to ${nameOf(choice.to)}`;
    case "expire":
      return `The timer ${choice.timer.split(" ", 1)[0]} fires at ${nameOf(choice.participant)}`;
    case "stimulate": {
      const code = choice.code === undefined ? "" : ` with ${choice.code}`;
      return `${nameOf(choice.participant)} ${stimulusWords[choice.stimulus]}${code}`;
    }
  }
}

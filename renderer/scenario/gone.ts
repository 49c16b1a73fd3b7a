import type { Participant } from "../../shared/flow/flow.ts";
import type { ParticipantId } from "../../shared/run/choice.ts";

interface Gone {
  readonly participant: Participant;
  readonly index: number;
}

/** Participants that were taken out in this window, by flow and id: they can be put back as they were. */
const gone = new Map<string, Gone>();

export function rememberGone(handle: string, participant: Participant, index: number): void {
  gone.set(`${handle} ${participant.id}`, { participant, index });
}

export function goneFrom(handle: string, id: ParticipantId): Gone | undefined {
  return gone.get(`${handle} ${id}`);
}

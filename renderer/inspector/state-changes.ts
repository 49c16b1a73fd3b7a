import type { Explanation, ParticipantId, ParticipantState, StateFact } from "../../shared/run/run.ts";

/** What a turn changed in the states of the participants. Pure. */

/** A fact before and after: `was` is absent for a new one, `is` for one that is gone. */
export interface FactChange {
  readonly kind: StateFact["kind"];
  readonly key: string;
  readonly label: string;
  readonly was?: string;
  readonly is?: string;
}

/** When a state changed: as the message was sent, as it arrived, or at a turn without a message. */
export type Moment = "sent" | "arrived" | "turn";

export interface ParticipantChange {
  readonly participant: ParticipantId;
  /** Absent where nothing changed. */
  readonly moment?: Moment;
  readonly facts: readonly FactChange[];
}

export function isChanged({ was, is }: FactChange): boolean {
  return was !== is;
}

const KINDS: readonly StateFact["kind"][] = ["session", "media", "leg", "dialog", "timer", "transfer"];

/** The facts of one participant before and after, those of one kind together, by key. */
export function compareFacts(before: readonly StateFact[], after: readonly StateFact[]): readonly FactChange[] {
  const left = new Map(before.map((fact) => [fact.key, fact]));
  const changes: FactChange[] = after.map(({ kind, key, label, value }) => {
    const was = left.get(key)?.value;
    left.delete(key);
    return { kind, key, label, ...(was === undefined ? undefined : { was }), is: value };
  });
  for (const { kind, key, label, value } of left.values()) changes.push({ kind, key, label, was: value });
  return changes.sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
}

function compareStates(
  before: readonly ParticipantState[],
  after: readonly ParticipantState[],
  moment: Moment,
): readonly ParticipantChange[] {
  const earlier = new Map(before.map(({ participant, facts }) => [participant, facts]));
  return after.map(({ participant, facts }) => {
    const changes = compareFacts(earlier.get(participant) ?? [], facts);
    return changes.some(isChanged) ? { participant, moment, facts: changes } : { participant, facts: changes };
  });
}

/**
 * Every participant around one or two turns, in the order in which they changed; then those that did not change, as they
 * are after the last. A participant that changed at both turns comes twice.
 */
export function changesOf(
  turns: readonly { readonly moment: Moment; readonly explanation: Explanation }[],
): readonly ParticipantChange[] {
  const compared = turns.map(({ moment, explanation }) => compareStates(explanation.before, explanation.after, moment));
  const changed = compared.flatMap((states) => states.filter(({ moment }) => moment !== undefined));
  const ids = new Set(changed.map(({ participant }) => participant));
  return [...changed, ...(compared.at(-1) ?? []).filter(({ participant }) => !ids.has(participant))];
}

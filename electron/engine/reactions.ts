import type { Choice, ParticipantId } from "../../shared/run/choice.ts";
import { emptyNotes, type Notes } from "./notes.ts";
import { sameValue } from "./same-value.ts";
import type { TurnResult } from "./turn.ts";
import { arm, type Draft, disarm, type InFlight, listed, recall, remember, type Timer } from "./world.ts";

/**
 * What participants did in turns already taken over one scenario. A reaction depends on what made the participant look and
 * on the cells that it reads. Where both are the same again, in another run or in the same one after an edit, the rules are
 * not asked again, and what came of them is shared.
 */
export interface Reactions {
  readonly known: Map<string, Known[]>;
  size: number;
}

/** What makes a participant react. */
export interface Occasion {
  readonly choice: Choice;
  readonly hop?: InFlight;
  readonly timer?: Timer;
}

interface Known {
  readonly occasion: Occasion;
  readonly notes: Notes;
  readonly result: TurnResult;
}

/** So many are kept; then it begins anew. */
const most = 30_000;
/** Of those on one occasion so many are kept. */
const mostAlike = 32;

/** Nothing known yet. */
export function createReactions(): Reactions {
  return { known: new Map(), size: 0 };
}

/** Reacts as on the same occasion before; undefined where that is not known. */
export function reactAsBefore(draft: Draft, at: ParticipantId, occasion: Occasion): TurnResult | undefined {
  const alike = draft.reactions?.known.get(keyOf(at, occasion));
  const known = alike?.find((each) => isAbout(each.occasion, occasion) && readsTheSame(draft, at, each.notes));
  if (known === undefined) return undefined;
  const { notes, result } = known;
  // What holds the same becomes the same, so that it is compared at length only once.
  for (const { kind, key, value } of notes.reads)
    if (recall(draft, at, kind, key) !== value) remember(draft, at, kind, key, value);
  for (const { kind, key, value } of notes.writes) remember(draft, at, kind, key, value);
  for (const timer of notes.timers)
    if (typeof timer === "string") disarm(draft, at, timer);
    else arm(draft, timer);
  return result;
}

/** Takes a reaction by `react`, and keeps it where the draft's runs share theirs. */
export function reactAndKeep(draft: Draft, at: ParticipantId, occasion: Occasion, react: () => TurnResult): TurnResult {
  const { reactions } = draft;
  if (reactions === undefined) return react();
  const notes = emptyNotes();
  draft.notes = notes;
  const result = react();
  draft.notes = undefined;
  if (!notes.full) keep(reactions, keyOf(at, occasion), { occasion, notes, result });
  return result;
}

function keep(reactions: Reactions, key: string, known: Known): void {
  const { known: all } = reactions;
  if (reactions.size >= most) {
    all.clear();
    reactions.size = 0;
  }
  const alike = all.get(key);
  if (alike === undefined) all.set(key, [known]);
  else if (alike.length < mostAlike) alike.push(known);
  else alike[reactions.size % mostAlike] = known;
  reactions.size++;
}

function keyOf(at: ParticipantId, { choice, hop, timer }: Occasion): string {
  if (hop !== undefined) return choice.kind === "lose" ? `lost ${hop.name}` : hop.name;
  return timer === undefined ? at : `${at} ${timer.name} ${timer.key}`;
}

function isAbout(a: Occasion, b: Occasion): boolean {
  return sameValue(a.hop, b.hop) && sameValue(a.timer, b.timer) && sameValue(a.choice, b.choice);
}

function readsTheSame(draft: Draft, at: ParticipantId, { reads, lists }: Notes): boolean {
  for (const { kind, key, value } of reads) if (!sameValue(recall(draft, at, kind, key), value)) return false;
  return lists.every(({ kind, values }) => sameValue(listed(draft, at, kind), values));
}

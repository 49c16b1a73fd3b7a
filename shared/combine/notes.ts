import { stepsOf } from "../diagram/steps-of.ts";
import type { Flow } from "../flow/flow.ts";
import { holdsFor } from "../flow/only.ts";
import type { Way } from "./ways.ts";

/** The notes of a flow where a way has a place for them, by their indices. */
export interface NotesByPlace {
  /** By index of the step. */
  readonly afterStep: ReadonlyMap<number, readonly number[]>;
  /** By id of the mark. */
  readonly underMark: ReadonlyMap<string, readonly number[]>;
}

/** Finds the places of notes as the picture does: after the step of their hop, or after the last step before it. */
export function notesByPlace({ notes = [] }: Flow, { run, diagram, id }: Way): NotesByPlace {
  const afterStep = new Map<number, number[]>();
  const underMark = new Map<string, number[]>();
  const stepOf = new Map(stepsOf(diagram).flatMap(({ index, hops }) => hops.map((hop) => [hop, index] as const)));
  const shown = new Map<string, number>();
  let last = -1;
  for (const { name } of run.hops) {
    last = Math.max(last, stepOf.get(name) ?? -1);
    shown.set(name, stepOf.get(name) ?? last);
  }
  const add = <Key>(map: Map<Key, number[]>, key: Key, entry: number) => map.set(key, [...(map.get(key) ?? []), entry]);
  for (const [entry, note] of notes.entries()) {
    const { at, under } = note;
    if (!holdsFor(note, id)) continue;
    if (under !== undefined) add(underMark, under, entry);
    else if (at !== undefined && shown.has(at)) add(afterStep, shown.get(at) ?? -1, entry);
  }
  return { afterStep, underMark };
}

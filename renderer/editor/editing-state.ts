import type { HopName, ParticipantId } from "../../shared/run/choice.ts";
import type { Renamed } from "../../shared/run/gesture.ts";

/** Something beside the messages, a note or a mark, by its place in the document's list. */
export interface Aside {
  readonly list: "notes" | "marks";
  readonly index: number;
}

/** What a person is writing in the picture: it becomes an edit when it is finished, and nothing when it is given up. */
export type Draft =
  /** Another name for a message, or for a state that an author put there. */
  | { readonly kind: "label"; readonly hop: HopName }
  /** The number of a step; emptied, the one that is its turn. */
  | { readonly kind: "number"; readonly hop: HopName }
  | {
      readonly kind: "message";
      readonly from: ParticipantId;
      readonly to: ParticipantId;
      /** From outside the picture, or to there. */
      readonly ends?: "found" | "lost";
      /** Null: before all others. */
      readonly after: HopName | null;
      /** The marks that stand below it, by their places in the document. */
      readonly carries?: readonly number[];
    }
  /** The text of a note; the guard, text or name of a mark. */
  | { readonly kind: "words"; readonly of: Aside }
  | { readonly kind: "name"; readonly participant: ParticipantId }
  /** A note over lifelines, after the arrow of a hop. */
  | { readonly kind: "note"; readonly at: HopName | null; readonly over: readonly ParticipantId[] };

/** A draft that is being written; its number stays when what it is about is called otherwise, or its ends are others. */
export type Begun = Draft & { readonly id?: number };

/** What is this window's own while a person works on the picture. */
export interface EditingState {
  /** The picture can be worked on; otherwise it is only played. */
  readonly editing: boolean;
  /** The steps that are chosen, each by its first hop. */
  readonly selected: readonly HopName[];
  /** What is chosen beside the messages; then no step is. */
  readonly aside?: Aside | undefined;
  readonly draft?: Begun | undefined;
}

/** What is being written, where the hops that it is about are called otherwise by now. */
export function draftNow(draft: Begun, renamed: Renamed): Begun {
  const now = <Name extends HopName | null>(name: Name) => (name === null ? name : (renamed.get(name) ?? name));
  switch (draft.kind) {
    case "label":
    case "number":
      return { ...draft, hop: now(draft.hop) };
    case "message":
      return { ...draft, after: now(draft.after) };
    case "note":
      return { ...draft, at: now(draft.at) };
    default:
      return draft;
  }
}

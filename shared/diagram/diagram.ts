import type { ArrowLook, Operator, ParticipantShape } from "../flow/drawn.ts";
import type { Role } from "../flow/flow.ts";
import type { HopName, ParticipantId } from "../run/choice.ts";

/**
 * What is drawn, before anything is placed: lifelines and, top to bottom, the items between them.
 * Made by `project`, read by `layout`, the prose and the exporters. No geometry.
 */
export interface Diagram {
  readonly title: string;
  readonly lifelines: readonly Lifeline[];
  readonly items: readonly Item[];
  /** Numbered paragraphs, in order; together they cover every step once. */
  readonly paragraphs: readonly Paragraph[];
  /** Notes that stand before the figure. */
  readonly introNotes?: readonly NumberedNote[];
  /** Frames around lifelines that stand beside each other. */
  readonly boxes?: readonly LifelineBox[];
}

export interface LifelineBox {
  readonly name: string;
  readonly colour?: string;
  readonly lifelines: readonly ParticipantId[];
}

export interface Lifeline {
  readonly id: ParticipantId;
  readonly name: string;
  readonly role: Role;
  readonly domain?: string;
  readonly shape?: ParticipantShape;
  readonly colour?: string;
}

export type Item =
  | Step
  | NoteItem
  | Divider
  | FragmentStart
  | FragmentElse
  | FragmentEnd
  | TimerItem
  | StateItem
  | ActivationItem
  | LifeItem;

/** Where an arrow starts or ends: a lifeline, a hidden participant that is only named, or nowhere. */
export type End =
  | { readonly kind: "lifeline"; readonly id: ParticipantId }
  | { readonly kind: "hidden"; readonly id: ParticipantId; readonly name: string }
  | { readonly kind: "nowhere" };

/** A numbered step: one arrow over one or more hops, or a numbered state without an arrow. */
export interface Step {
  readonly type: "step";
  /** Position in the list of steps, from 0: what the player calls the step. */
  readonly index: number;
  /** The printed number, "12"; empty for an unnumbered step. */
  readonly number: string;
  readonly from: End;
  readonly to: End;
  /** What stands over the arrow. */
  readonly label: string;
  /** The CPM name and the SIP start, whatever the level shows. */
  readonly name: string;
  readonly sip: string;
  readonly line: "solid" | "dashed" | "media";
  readonly hops: readonly HopName[];
  /** Participants passed on the way that are not its ends. */
  readonly through: readonly ParticipantId[];
  readonly origin: "computed" | "authored";
  /** Authored, and its author has said that it is meant: drawn without the mark of a departure. */
  readonly accepted?: boolean;
  readonly rule?: string;
  /** The clause of that rule. */
  readonly clause?: string;
  /** Ids of the flow's requirements that this step carries. */
  readonly requirements?: readonly string[];
  /** Turn of the first send and of the last receipt (of the end of the run while under way). */
  readonly sent: number;
  readonly received: number;
  readonly lost: boolean;
  /**
   * For a message that arrives later than drawn flat would say: the index of the step before which it was sent.
   * The arrow starts above that step's row and ends in its own.
   */
  readonly sentBefore?: number;
  /** The number is not drawn in the figure; the text has it. */
  readonly unnumbered?: boolean;
  /** How the arrow differs from the plain one of its line. */
  readonly look?: Look;
  /** A state instead of an arrow, `from` and `to` are its lifeline. */
  readonly state?: boolean;
}

export type Look = Pick<ArrowLook, "head" | "tail" | "dots" | "colour">;

/** A note over one or more lifelines, or beside the step above. */
export interface NoteItem {
  readonly type: "note";
  /** Its index in the document's notes. */
  readonly entry?: number;
  readonly over: readonly ParticipantId[];
  /** "NOTE 1", "NOTE" or empty. */
  readonly number: string;
  readonly text: string;
  readonly side?: "left" | "right";
  readonly colour?: string;
}

export interface Divider {
  /** Index of the mark among those of the flow. */
  readonly mark?: number;
  readonly type: "divider";
  readonly text: string;
}

export interface FragmentStart {
  /** Index of the mark among those of the flow. */
  readonly mark?: number;
  readonly type: "fragment";
  readonly operator: Operator;
  readonly guard: string;
  /** Lifelines that the frame spans, whatever is in it. */
  readonly over?: readonly ParticipantId[];
  readonly overlap?: boolean;
  readonly colour?: string;
}

export interface FragmentElse {
  /** Index of the mark among those of the flow. */
  readonly mark?: number;
  readonly type: "else";
  readonly guard: string;
}

export interface FragmentEnd {
  /** Index of the mark among those of the flow; absent for an end that the flow does not say. */
  readonly mark?: number;
  readonly type: "end";
}

/** A timer on a lifeline: armed, stopped or fired. */
export interface TimerItem {
  /** Index of the mark among those of the flow. */
  readonly mark?: number;
  readonly type: "timer";
  readonly on: ParticipantId;
  readonly name: string;
  readonly event: "start" | "stop" | "expire";
}

/** A lifeline's state, drawn on it ("Session established"). */
export interface StateItem {
  /** Index of the mark among those of the flow. */
  readonly mark?: number;
  readonly type: "state";
  readonly on: ParticipantId;
  readonly text: string;
  readonly colour?: string;
}

/** A bar on a lifeline starts or ends here, as its author says. With one of them in a diagram none is found by itself. */
export interface ActivationItem {
  /** Index of the mark among those of the flow. */
  readonly mark?: number;
  readonly type: "activation";
  readonly on: ParticipantId;
  readonly event: "start" | "end";
}

/** A lifeline begins with the next step to it, or ends with the next step from or to it. */
export interface LifeItem {
  /** Index of the mark among those of the flow. */
  readonly mark?: number;
  readonly type: "life";
  readonly on: ParticipantId;
  readonly event: "create" | "destroy";
}

/** A numbered paragraph of the prose: "7 – 11." and its text, for steps `first`…`last` (indices, both included). */
export interface Paragraph {
  readonly label: string;
  readonly first: number;
  readonly last: number;
  readonly text: string;
  /** Written by the author, or by the engine from the rules' sentences. */
  readonly origin: "authored" | "computed";
  /** Indices of what the author wrote of it in the document's prose; several where this view does not tell them apart. */
  readonly entries?: readonly number[];
  /** Notes that follow it. */
  readonly notes: readonly NumberedNote[];
}

/** A note in the text: "NOTE 1" or "NOTE", and what it says. */
export interface NumberedNote {
  readonly number: string;
  readonly text: string;
  /** Its index in the document's notes. */
  readonly entry?: number;
}

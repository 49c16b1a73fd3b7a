/**
 * Where things are drawn: flat lists of lines, boxes, paths and labels in one plane (CSS px at 100 %), each naming the
 * element it draws. Painters (SVG text, the page's canvas, exports) need nothing else. Made by `layout`.
 */
export interface Scene {
  readonly width: number;
  readonly height: number;
  /** Heads of the lifelines, drawn at the top and kept in sight while scrolling. Their height is `headHeight`. */
  readonly heads: readonly Head[];
  readonly headHeight: number;
  /** Rows from top to bottom. Row i occupies [top, top + height); rows never overlap. */
  readonly rows: readonly Row[];
  /** Row of each step: `stepRows[step.index]`. */
  readonly stepRows: readonly number[];
  /** Vertical bars on lifelines while a participant has a transaction open. */
  readonly activations: readonly Activation[];
  /** Frames of alt/opt/loop/par/ref around rows. */
  readonly frames: readonly Frame[];
}

export interface Head {
  readonly id: string;
  readonly role: string;
  /** Centre, i.e. the lifeline's x. */
  readonly x: number;
  readonly width: number;
  /** The name, broken into lines. */
  readonly lines: readonly string[];
}

export interface Row {
  readonly top: number;
  readonly height: number;
  readonly shape: Shape;
}

export type Shape = Arrow | NoteBox | DividerLine | StateBox | TimerMark | Gap;

export interface Arrow {
  readonly kind: "arrow";
  readonly step: number;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  /** A self-message goes out to this x and back. */
  readonly bend?: number;
  readonly line: "solid" | "dashed" | "media";
  readonly authored: boolean;
  /** Ends in a cross: the message was lost. */
  readonly lost: boolean;
  /** Names of hidden participants at the ends, drawn beside a small dot. */
  readonly startName?: string;
  readonly endName?: string;
  readonly number: string;
  /** Left edge of the number's badge, and its width. */
  readonly numberX: number;
  readonly numberWidth: number;
  /** Centre of the label and its broken lines, baseline of the first at labelY. */
  readonly labelX: number;
  readonly labelY: number;
  readonly lines: readonly string[];
  readonly labelWidth: number;
}

export interface NoteBox {
  readonly kind: "note";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly number: string;
  readonly lines: readonly string[];
}

export interface DividerLine {
  readonly kind: "divider";
  readonly y: number;
  readonly lines: readonly string[];
}

/** A state on a lifeline; a numbered one is a step. */
export interface StateBox {
  readonly kind: "state";
  readonly step?: number;
  readonly number: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly string[];
}

export interface TimerMark {
  readonly kind: "timer";
  readonly x: number;
  readonly y: number;
  readonly event: "start" | "stop" | "expire";
  readonly lines: readonly string[];
}

/** Room for the frame of a fragment. */
export interface Gap {
  readonly kind: "gap";
}

export interface Activation {
  readonly lifeline: string;
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
  readonly depth: number;
}

export interface Frame {
  readonly operator: string;
  readonly guard: string;
  readonly x: number;
  readonly width: number;
  readonly top: number;
  readonly bottom: number;
  /** Separators inside, with their guards. */
  readonly elses: readonly { readonly y: number; readonly guard: string }[];
}

import type { ArrowEnd, ParticipantShape } from "../flow/drawn.ts";
import type { Tint } from "./tint.ts";

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
  /** Where the lifelines end. They start at the lower edge of the heads. */
  readonly bottom: number;
  /** Rows from top to bottom. Row i occupies [top, top + height); rows never overlap. */
  readonly rows: readonly Row[];
  /** Row of each step: `stepRows[step.index]`; -1 for one that is not in this part of the picture, see `slice.ts`. */
  readonly stepRows: readonly number[];
  /** Vertical bars on lifelines while a participant has a transaction open. */
  readonly activations: readonly Activation[];
  /** Frames of alt/opt/loop/par/ref around rows. */
  readonly frames: readonly Frame[];
  /** Rows whose arrow starts above its own row, in order; paint these before the other rows. */
  readonly slanted: readonly number[];
  /** Boxes around lifelines that stand beside each other. */
  readonly boxes: readonly GroupBox[];
}

/** A box around the heads from (x, y) to `bottom`, its name in a band of `band` height over the heads. */
export interface GroupBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly band: number;
  readonly bottom: number;
  readonly lines: readonly string[];
  /** The whole name, also where `lines` had to shorten it. */
  readonly name: string;
  readonly tint?: Tint;
}

export interface Head {
  readonly id: string;
  readonly role: string;
  /** Centre, i.e. the lifeline's x. */
  readonly x: number;
  readonly width: number;
  /** The name, broken into lines. */
  readonly lines: readonly string[];
  /** The whole name, also where `lines` had to shorten it. */
  readonly name: string;
  /** The last lines that name a role in brackets, as "(participating function)", count from here; drawn lighter. */
  readonly roleLine: number;
  /** Upper edge and height of the box. */
  readonly y: number;
  readonly height: number;
  /** Its sign stands over the name. */
  readonly shape?: ParticipantShape;
  readonly tint?: Tint;
  /** Upper edge of the box of a participant that is created on the way; its lifeline starts there. */
  readonly late?: number;
  /** Where the lifeline ends in a cross, before the picture does. */
  readonly ends?: number;
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
  readonly bend?: number | undefined;
  readonly line: "solid" | "dashed" | "media";
  /** Authored, in a diagram that has computed steps too; where all is drawn by hand nothing is marked. */
  readonly authored: boolean;
  /** How it differs from a plain arrow. */
  readonly look?: ArrowStyle | undefined;
  /** Ends in a cross: the message was lost. */
  readonly lost: boolean;
  /** Names of hidden participants at the ends, drawn beside a small dot. */
  readonly startName?: string | undefined;
  readonly endName?: string | undefined;
  /** The hidden participant's name, broken into lines; the block is centred on `y`, and `anchor` says which side `x` is. */
  readonly hidden?: HiddenName | undefined;
  /** Where the line passes participants that handed the message on: points on the line. */
  readonly via?: readonly Point[] | undefined;
  /** The label lies over lifelines or a slanted arrow: paint the canvas colour under it. */
  readonly masked: boolean;
  readonly number: string;
  /** Left edge of the number's badge, and its width. */
  readonly numberX: number;
  readonly numberWidth: number;
  /** Centre of the label and its broken lines, baseline of the first at labelY. */
  readonly labelX: number;
  readonly labelY: number;
  readonly lines: readonly string[];
  readonly labelWidth: number;
  /** At an end where the lifeline carries an activation bar: how far before the lifeline its edge is; else 0. */
  readonly startInset: number;
  readonly endInset: number;
}

export interface ArrowStyle {
  readonly head: ArrowEnd;
  readonly tail: ArrowEnd;
  /** Dots on the lifelines at these ends. */
  readonly dots?: "from" | "to" | "both";
  readonly tint?: Tint;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface HiddenName {
  readonly lines: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly anchor: "start" | "end";
}

export interface NoteBox {
  readonly kind: "note";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly number: string;
  /** Room the number takes at the start of the first line; 0 without a number. */
  readonly numberWidth: number;
  readonly lines: readonly string[];
  readonly tint?: Tint;
}

/** A line across the diagram at `y`, broken by its text, which is centred on `x` and `y`. */
export interface DividerLine {
  readonly kind: "divider";
  readonly y: number;
  readonly lines: readonly string[];
  readonly left: number;
  readonly right: number;
  readonly x: number;
  readonly textWidth: number;
}

/** A state on a lifeline; a numbered one is a step. */
export interface StateBox {
  readonly kind: "state";
  readonly step?: number;
  readonly number: string;
  /** Width of the number's badge, which stands before the text; 0 without a number. */
  readonly numberWidth: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly string[];
  readonly tint?: Tint;
}

/** A clock on a lifeline, its centre at (x, y); the text starts at `textX` and is centred on `y`. */
export interface TimerMark {
  readonly kind: "timer";
  readonly x: number;
  readonly y: number;
  readonly event: "start" | "stop" | "expire";
  readonly lines: readonly string[];
  readonly textX: number;
  readonly textWidth: number;
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
  /** The word in the tab; empty for one that only has a colour. */
  readonly operator: string;
  readonly guard: string;
  readonly x: number;
  readonly width: number;
  readonly top: number;
  readonly bottom: number;
  /** Separators inside, with their guards. */
  readonly elses: readonly { readonly y: number; readonly guard: string; readonly lines: readonly string[] }[];
  /** The guard in brackets, broken into lines; right of the operator's tab, which is `tabWidth` wide. */
  readonly lines: readonly string[];
  readonly tabWidth: number;
  /** 0 for an outermost frame. */
  readonly depth: number;
  readonly tint?: Tint;
}

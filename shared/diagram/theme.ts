import type { Role } from "../flow/flow.ts";
import type { Tint } from "./tint.ts";

/**
 * How a scene looks: sizes, which `layout` reads, and colours, which only painters read. Light and dark have the same
 * sizes, so that switching between them moves nothing.
 */
export interface Theme {
  readonly name: "light" | "dark" | "print";
  readonly font: string;
  readonly sizes: Sizes;
  readonly colors: Colors;
}

/** All in CSS px at 100 %. */
export interface Sizes {
  /** Font size and line height of labels; `small` for notes, guards and timers. */
  readonly text: number;
  readonly line: number;
  readonly small: number;
  readonly smallLine: number;
  readonly number: number;
  readonly margin: number;
  /** Heads: widest line of a name, lines at most, padding, distance between two. */
  readonly headText: number;
  readonly headLines: number;
  readonly headPadX: number;
  readonly headPadY: number;
  readonly headMin: number;
  readonly headGap: number;
  /** Distance of lifelines: at least, as far as labels may ask for it, and as far as a single long word may. */
  readonly gapMin: number;
  readonly gapMax: number;
  readonly gapWord: number;
  /** Free on both sides of a label; widest label over an arrow that passes lifelines. */
  readonly labelPad: number;
  readonly labelMax: number;
  readonly badgePad: number;
  readonly badgeGap: number;
  readonly badgeHeight: number;
  /** Above the label, between label and line, below the line. */
  readonly rowTop: number;
  readonly rowMiddle: number;
  readonly rowBottom: number;
  readonly bend: number;
  readonly bendHeight: number;
  readonly arrowHead: number;
  /** How far before its target a lost message ends; length of an arrow to a hidden participant. */
  readonly lost: number;
  readonly hidden: number;
  readonly notePad: number;
  readonly noteMax: number;
  readonly boxGap: number;
  readonly activation: number;
  readonly frameInset: number;
  readonly tail: number;
}

export interface Colors {
  readonly canvas: string;
  readonly ink: string;
  readonly muted: string;
  readonly lifeline: string;
  readonly arrow: string;
  /** Text of labels. */
  readonly label: string;
  readonly badge: string;
  readonly badgeText: string;
  /** Interventions: authored arrows and their badges. */
  readonly authored: string;
  readonly authoredBadge: string;
  readonly media: string;
  readonly lost: string;
  readonly note: string;
  readonly noteLine: string;
  readonly noteText: string;
  readonly state: string;
  readonly stateLine: string;
  readonly activation: string;
  readonly activationLine: string;
  readonly frame: string;
  readonly frameTab: string;
  /** The current step. */
  readonly current: string;
  readonly currentBand: string;
  readonly roles: Readonly<Record<Role, RoleColors>>;
  /** What an author may choose for participants, messages, notes and frames. */
  readonly tints: Readonly<Record<Tint, RoleColors>>;
}

export interface RoleColors {
  readonly fill: string;
  readonly line: string;
  readonly text: string;
}

const font = "Inter, 'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', 'Noto Sans', sans-serif";

const screenSizes: Sizes = {
  text: 13,
  line: 17,
  small: 12,
  smallLine: 16,
  number: 11,
  margin: 24,
  headText: 136,
  headLines: 4,
  headPadX: 12,
  headPadY: 9,
  headMin: 88,
  headGap: 24,
  gapMin: 128,
  gapMax: 208,
  gapWord: 280,
  labelPad: 12,
  labelMax: 420,
  badgePad: 5,
  badgeGap: 6,
  badgeHeight: 16,
  rowTop: 6,
  rowMiddle: 4,
  rowBottom: 8,
  bend: 28,
  bendHeight: 16,
  arrowHead: 9,
  lost: 26,
  hidden: 40,
  notePad: 9,
  noteMax: 260,
  boxGap: 7,
  activation: 8,
  frameInset: 10,
  tail: 16,
};

const printSizes: Sizes = {
  ...screenSizes,
  text: 12,
  line: 15,
  small: 11,
  smallLine: 14,
  number: 10.5,
  margin: 12,
  headText: 130,
  headPadX: 9,
  headPadY: 7,
  headMin: 76,
  headGap: 16,
  gapMin: 104,
  gapMax: 180,
  gapWord: 240,
  labelPad: 8,
  badgeGap: 5,
  badgeHeight: 15,
  rowTop: 4,
  rowBottom: 8,
  notePad: 7,
  tail: 10,
};

export const light: Theme = {
  name: "light",
  font,
  sizes: screenSizes,
  colors: {
    canvas: "#ffffff",
    ink: "#17202e",
    muted: "#566173",
    lifeline: "#a9b4c4",
    arrow: "#27354a",
    label: "#17202e",
    badge: "#e4e9f1",
    badgeText: "#27354a",
    authored: "#a3470a",
    authoredBadge: "#fdebdd",
    media: "#0a7266",
    lost: "#b3261e",
    note: "#fffaea",
    noteLine: "#b3984c",
    noteText: "#3c3318",
    state: "#eef2f8",
    stateLine: "#76849a",
    activation: "#dfe6f0",
    activationLine: "#8693a8",
    frame: "#76849a",
    frameTab: "#eef2f8",
    current: "#0b57d0",
    currentBand: "#e8f0fe",
    roles: {
      client: { fill: "#e9f1fe", line: "#4a7fc9", text: "#123a72" },
      core: { fill: "#f0f2f5", line: "#7b8797", text: "#2b3648" },
      participatingFunction: { fill: "#e3f4f1", line: "#2f8f82", text: "#0b4a42" },
      controllingFunction: { fill: "#f1ecfb", line: "#8467c4", text: "#3f2583" },
      other: { fill: "#ffffff", line: "#7b8797", text: "#17202e" },
    },
    tints: {
      grey: { fill: "#eceff3", line: "#6b7685", text: "#3b4554" },
      red: { fill: "#fdeceb", line: "#c2413a", text: "#9b1c16" },
      orange: { fill: "#fdf0e3", line: "#b8651b", text: "#8a4308" },
      yellow: { fill: "#fdf8d8", line: "#94790d", text: "#665200" },
      green: { fill: "#e8f6ea", line: "#3d8b4f", text: "#1e6131" },
      teal: { fill: "#e1f5f4", line: "#2b8a86", text: "#0d5f5b" },
      blue: { fill: "#e8f1fe", line: "#3d78c9", text: "#154a94" },
      purple: { fill: "#f3ecfc", line: "#8660c2", text: "#5a2f9c" },
    },
  },
};

export const dark: Theme = {
  name: "dark",
  font,
  sizes: screenSizes,
  colors: {
    canvas: "#12171f",
    ink: "#e7ecf3",
    muted: "#a3afc0",
    lifeline: "#4c586a",
    arrow: "#c3cddb",
    label: "#e7ecf3",
    badge: "#2a3442",
    badgeText: "#dbe3ee",
    authored: "#ffb27a",
    authoredBadge: "#45291a",
    media: "#5fd0c0",
    lost: "#ff8a80",
    note: "#2b2716",
    noteLine: "#8d7a3d",
    noteText: "#f0e3b8",
    state: "#1e2733",
    stateLine: "#76859b",
    activation: "#2a3646",
    activationLine: "#6a7a90",
    frame: "#76859b",
    frameTab: "#1e2733",
    current: "#8ab8ff",
    currentBand: "#1a2a44",
    roles: {
      client: { fill: "#16273f", line: "#5b8fd6", text: "#cfe1fb" },
      core: { fill: "#1e2530", line: "#76859b", text: "#dbe3ee" },
      participatingFunction: { fill: "#10302c", line: "#3ea092", text: "#c2ece5" },
      controllingFunction: { fill: "#271f3f", line: "#9279d1", text: "#e0d6fa" },
      other: { fill: "#12171f", line: "#76859b", text: "#e7ecf3" },
    },
    tints: {
      grey: { fill: "#262d37", line: "#8793a4", text: "#ccd4df" },
      red: { fill: "#3d1e1d", line: "#d9726b", text: "#ffb3ad" },
      orange: { fill: "#3b2714", line: "#cf8a47", text: "#ffc793" },
      yellow: { fill: "#332c0e", line: "#b39a34", text: "#f2dd7e" },
      green: { fill: "#17301d", line: "#57a86a", text: "#a6e3b4" },
      teal: { fill: "#11312f", line: "#43a9a3", text: "#9de3de" },
      blue: { fill: "#18294a", line: "#5b92da", text: "#b5d3ff" },
      purple: { fill: "#2b2042", line: "#a583dd", text: "#dcc8ff" },
    },
  },
};

/** For documents: smaller, black on white, roles told apart by pale tints that survive a grey printer. */
export const print: Theme = {
  name: "print",
  font,
  sizes: printSizes,
  colors: {
    ...light.colors,
    ink: "#000000",
    muted: "#444c58",
    lifeline: "#8a93a0",
    arrow: "#14181f",
    label: "#000000",
    badge: "#e9ecf1",
    badgeText: "#14181f",
    note: "#fffdf5",
    noteText: "#000000",
    roles: {
      client: { fill: "#eff5fe", line: "#43689b", text: "#000000" },
      core: { fill: "#f5f6f8", line: "#5d6878", text: "#000000" },
      participatingFunction: { fill: "#ecf7f5", line: "#2c6f66", text: "#000000" },
      controllingFunction: { fill: "#f5f1fc", line: "#6a519f", text: "#000000" },
      other: { fill: "#ffffff", line: "#5d6878", text: "#000000" },
    },
  },
};

/** The theme of that name; the one for print where there is none. */
export function themeNamed(name: unknown): Theme {
  return [light, dark].find((theme) => theme.name === name) ?? print;
}

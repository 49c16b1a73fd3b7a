import type { Diagram } from "../../shared/diagram/diagram.ts";
import type { Scene } from "../../shared/diagram/scene.ts";
import type { Theme } from "../../shared/diagram/theme.ts";
import type { Edit } from "../../shared/flow/edit.ts";
import type { View } from "../../shared/flow/flow.ts";
import type { Failure, Result } from "../../shared/flow/result.ts";
import type { EventPayload, Request, Response } from "../../shared/ipc/contract.ts";
import type { PanelWidths } from "../../shared/ipc/settings.ts";
import type { Compared, LibraryEntry, NewFlow, OpenFlow, RecentFile, Recoverable } from "../../shared/ipc/shapes.ts";
import type { OwnKeys } from "../../shared/keys.ts";
import type { HopName } from "../../shared/run/choice.ts";
import type { Gesture } from "../../shared/run/gesture.ts";
import type { MissingBranches } from "../../shared/run/missing-branch.ts";
import type { Repair } from "../../shared/run/repair.ts";
import type { Explanation, RuleInfo, Run } from "../../shared/run/run.ts";
import type { VariantInfo } from "../../shared/run/variant-info.ts";
import type { Checked } from "../../shared/run/verdict.ts";
import type { WhatIf } from "../../shared/run/what-if.ts";
import type { SidePanelId } from "../../shared/side-panels.ts";
import type { Aside, Draft, EditingState } from "../editor/editing-state.ts";
import type { Comparing } from "./compare-actions.ts";
import type { ChangedElsewhere } from "./edit-actions.ts";
import type { Explorations, Progress, ToExplore } from "./explore-actions.ts";
import type { Exporting, Exports, ToExport } from "./export-actions.ts";
import type { NewVariant } from "./keep-variant.ts";
import type { StepFork } from "./marks.ts";
import type { Tab } from "./tabs.ts";

/**
 * What the canvas shows. `failed` stands only where nothing is open; when a flow is open and another cannot be opened,
 * the flow stays and `problem` says what went wrong.
 */
export type Status =
  | { readonly kind: "empty" }
  | { readonly kind: "loading"; readonly what: string }
  | { readonly kind: "ready" }
  | { readonly kind: "failed"; readonly failure: Failure };

/**
 * Where the player is. `position` is the playhead of `shared/diagram/frame.ts`: from 0 (nothing has happened yet) to the
 * number of steps; while it goes from k to k + 1, step k is under way; at k + 1 it is complete and still the current one.
 */
export interface Playback {
  readonly position: number;
  /** Time to stay at a complete step before the next sets out, in ms at speed 1. */
  readonly rest: number;
  /** Time is running: towards `until`, or towards the end. */
  readonly running: boolean;
  /** Play was pressed. A single step under way is running, but not playing. */
  readonly playing: boolean;
  /** Position at which the clock stops by itself. */
  readonly until: number;
  readonly speed: number;
}

export type { LibraryEntry, OpenFlow, RecentFile };

export type ThemeChoice = "system" | "light" | "dark";
/** The network view: not shown, beside the sequence, or in its place. */
export type NetworkPlace = "off" | "beside" | "instead";

export interface Panels {
  readonly library: boolean;
  readonly side: boolean;
  /** The panel shown at the right edge while `side` is true. */
  readonly tab: SidePanelId;
  readonly network: NetworkPlace;
}

export type Elsewhere = { readonly handle: string } & Exclude<Response<"flow.elsewhere">, { kind: "same" }>;

export interface AppState extends EditingState {
  readonly status: Status;
  /** The last thing that went wrong while a flow stays open; the person can dismiss it. */
  readonly problem?: Failure;
  /** What was done where nothing else shows it; each time another value, so that the same is said again. */
  readonly notice?: { readonly text: string } | undefined;
  readonly open?: OpenFlow;
  /** All open flows, in the order in which they were opened. */
  readonly tabs: readonly Tab[];
  /** Id of the variant shown; "" while nothing is open. */
  readonly variant: string;
  readonly run?: Run;
  /** The revision of the document that `run` is a run of; an edit may be ahead of it for a moment. */
  readonly runAt?: number | undefined;
  /** The flow's own view with this window's changes over it. */
  readonly view: View;
  readonly diagram?: Diagram;
  readonly scene?: Scene;
  readonly playback: Playback;
  /** Index of the current step; -1 before the first. Follows from `playback.position`. */
  readonly step: number;
  /** Step the pointer is on, anywhere in the window. */
  readonly hovered?: number;
  /** Hops whose steps the sequence shows on a band of their own: what a panel talks about at the moment. */
  readonly marked: readonly HopName[];
  /** Steps at which something is said or where a variant leaves, in order: where `[` and `]` stop. */
  readonly marks: readonly number[];
  /** Where other variants leave the one shown. */
  readonly forks: readonly StepFork[];
  /** Counts navigations a person made (not the ticks of the clock): the canvas then follows the current step again. */
  readonly navigations: number;
  readonly themeChoice: ThemeChoice;
  readonly theme: Theme;
  readonly reducedMotion: boolean;
  readonly panels: Panels;
  /** What a person made of the panels' widths; the usual ones where absent. */
  readonly widths: PanelWidths;
  /** What the panel just shown is to show of itself: set anew each time a person asks for it. */
  readonly wish?: { readonly panel: SidePanelId; readonly topic: string };
  readonly library: readonly LibraryEntry[];
  readonly recent: readonly RecentFile[];
  /** Another program changed the file of an open flow, or took it away. */
  readonly elsewhere?: Elsewhere | undefined;
  /** Unsaved work of a session that did not end properly. */
  readonly recoverable: readonly Recoverable[];
  readonly explorations: Explorations;
  /** Two variants or flows are compared instead of one being shown. */
  readonly comparing?: Comparing | undefined;
  /** The person's own shortcuts. */
  readonly keys: OwnKeys;
  /** What was chosen at the last exports. */
  readonly exports?: Exports;
  readonly exporting?: Exporting | undefined;
  readonly dialog?: "shortcuts" | "about" | "newFlow" | "combine" | "reference" | "palette" | "outcomeMap" | "export";
  readonly actions: Actions;
}

/** What a person, a menu or a panel may do. None throws; failures end in `status` or `problem`. */
export interface Actions {
  /** Opens a new flow, unsaved, ready to be worked on. */
  create(asked: NewFlow): Promise<void>;
  openBundled(id: string): Promise<void>;
  openPath(path: string): Promise<void>;
  openText(name: string, text: string): Promise<void>;
  /** A file that was dropped on the window. */
  openFile(file: File): Promise<void>;
  openDialog(): Promise<void>;
  /** Writes the flow to its file, or to one that the person chooses. */
  save(): Promise<void>;
  saveAs(): Promise<void>;
  /** Shows another of the open flows, where it was left. */
  selectTab(handle: string): Promise<void>;
  /** Shows the flow of a tab further on, or back when negative; after the last comes the first. */
  selectNextTab(by: number): Promise<void>;
  /** Closes an open flow, the one that is shown unless another is named. Asks where something would be lost. */
  close(handle?: string): Promise<void>;
  /** Opens again what was closed last. */
  reopenClosed(): Promise<void>;
  /** Flows that main holds open from before. */
  alsoOpen(tabs: readonly Tab[]): void;
  /** Writes what is shown to a file, in one of the export formats and with what was chosen for it last. */
  exportAs(format: string): Promise<void>;
  /** Writes documents of what is shown, or of more, in one format or several; what was chosen is remembered. */
  exportAll(asked: ToExport): Promise<void>;
  /** Ends the export under way. */
  stopExport(): Promise<void>;
  exportProgress(progress: EventPayload<"export.progress">): void;
  /** Nothing is said any more of the export before. */
  forgetExport(): void;
  /** Main opened a flow by itself (menu, command line, second start). */
  opened(flow: OpenFlow): Promise<void>;
  loadLibrary(): Promise<void>;
  loadRecoverable(): Promise<void>;
  recover(id: string): Promise<void>;
  discardRecoverable(id: string): Promise<void>;
  dismissProblem(): void;
  /** Something outside the store went wrong that the person should read. */
  report(failure: Failure): void;
  /** Something was done that the person cannot see; nothing is said any more without a text. */
  say(text: string | undefined): void;

  /**
   * Changes the document, at once here and then in main; settles when main has it and the picture shows it. What is
   * called `label` can be undone by that name: "Undo Rename participant". Edits with the same `merge`, soon after one
   * another, are undone as one. What goes wrong is given back and also stands in `problem`.
   */
  edit(label: string, edit: Edit, merge?: string): Promise<Result<void>>;
  /** Takes the flow over as the Mermaid text of its picture was rewritten. What goes wrong is only given back. */
  rewrite(text: string): Promise<Result<void>>;
  /** Looks whether another program changed the file of the open flow. */
  lookElsewhere(): Promise<void>;
  /** Takes over what the file holds now; can be undone. */
  reload(): Promise<Result<void>>;
  /** The document as it is may replace what its file holds now. */
  keepMine(): Promise<void>;
  /** Does something to the picture of the variant shown; main makes an edit of it. What was drawn is selected. */
  gesture(gesture: Gesture, along?: { readonly label: string; readonly edit: Edit }): Promise<Result<void>>;
  undo(): Promise<Result<void>>;
  redo(): Promise<Result<void>>;
  /** Main changed an open flow without being asked by this page. */
  changedElsewhere(change: ChangedElsewhere): Promise<void>;
  /** Adds a variant as one edit, or finds the one that takes the same turns, and shows it. Gives its id. */
  keepVariant(variant: NewVariant): Promise<Result<string>>;

  selectVariant(id: string): Promise<void>;
  /** Changes this window's view of the flow (level, hidden roles, relays); the document stays as it is. */
  setView(patch: Partial<View>): void;
  /** Everything known about one turn of the run shown. */
  explain(turn: number): Promise<Result<Explanation>>;
  /** The rules of the engine. */
  rules(): Promise<Result<readonly RuleInfo[]>>;
  /** The run shown judged by every requirement, and what is written about the flow. */
  check(): Promise<Result<Checked>>;
  /** What may happen instead of a turn of the run shown; with as many turns as it has, at its end. */
  whatIf(turn: number): Promise<Result<readonly WhatIf[]>>;
  /** The conditions of whose sides no variant of the flow shown takes one. */
  missing(): Promise<Result<MissingBranches>>;
  /** Opens variants of the flow shown as one flow, as they are seen now. */
  combine(asked: Pick<Request<"flow.combine">, "variants" | "numbering">): Promise<void>;
  /** Opens the flow for which a `ref` of the flow shown stands; the mark by its index. */
  enter(mark: number): Promise<void>;
  /** From a flow that was gone into by a reference back to where a person came from. */
  leave(): Promise<void>;
  /** What a reference in the flow shown would lead to. */
  reference(flow: string): Promise<Result<Response<"flow.reference">>>;
  /**
   * Gives the ways through a fragment of the variant shown variants of their own; the mark that opens it by its index.
   * `alone` leaves the fragments within it as they are.
   */
  takeApart(mark: number, alone?: true): Promise<Result<void>>;
  /** How the script of the variant shown may go on where it stopped. */
  repairs(): Promise<Result<readonly Repair[]>>;

  /** What is computed about variants of the flow shown, at most a hundred. */
  variants(ids: readonly string[]): Promise<Result<readonly VariantInfo[]>>;
  /** Shows two variants or flows compared; a person may be asked for a file. */
  compare(a: Compared, b: Compared): Promise<void>;
  /** Shows the flow again. */
  endComparison(): void;
  /** Explores the variant shown; what comes of it stands in `explorations`. One at a time. */
  explore(asked: ToExplore): Promise<void>;
  /** Ends the exploration under way; what it has found is shown. */
  stopExploring(): Promise<void>;
  /** Main tells how far it has come. */
  exploreProgress(progress: Progress): void;

  play(): void;
  pause(): void;
  toggle(): void;
  next(): void;
  previous(): void;
  first(): void;
  last(): void;
  nextMark(): void;
  previousMark(): void;
  /** Goes to the step and shows its message travelling. Beyond the ends: the nearest step. */
  goToStep(index: number): void;
  /** Goes to a position at once, as the scrubber does. */
  seek(position: number): void;
  setSpeed(speed: number): void;
  faster(): void;
  slower(): void;
  /** The clock: `ms` of real time went by. */
  tick(ms: number): void;
  hover(step: number | undefined): void;

  /** The picture can be worked on, or only played. */
  setEditing(editing: boolean): void;
  /** Chooses steps, each by its first hop. */
  select(hops: readonly HopName[]): void;
  /** Chooses a note or a mark; undefined chooses none, and leaves the steps that are chosen. */
  choose(aside: Aside | undefined): void;
  /** Begins to write in the picture; undefined ends it. */
  setDraft(draft: Draft | undefined): void;
  /** Deletes what is chosen; without anything, the current step. */
  eraseSelected(): Promise<void>;

  /** Marks the steps that carry these hops; with none, nothing. */
  mark(hops: readonly HopName[]): void;

  setTheme(choice: ThemeChoice): void;
  systemTheme(dark: boolean): void;
  setReducedMotion(reduced: boolean): void;
  setPanels(patch: Partial<Panels>): void;
  /** `width` in whole CSS px. */
  resizePanel(panel: keyof PanelWidths, width: number): void;
  /** Shows a panel at the right edge, or hides it when it is the one shown. */
  toggleSidePanel(id: SidePanelId): void;
  /** Shows a panel at the right edge, whatever it is that it shows of `topic`. */
  showSidePanel(id: SidePanelId, topic: string): void;
  showDialog(dialog: AppState["dialog"]): void;
  setKeys(keys: OwnKeys): void;
}

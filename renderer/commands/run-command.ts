import { exportFormats } from "../../shared/export-formats.ts";
import { sidePanelIds } from "../../shared/side-panels.ts";
import {
  editName,
  enterReference,
  moveStep,
  newMessage,
  newNote,
  selectAll,
  takeFragmentApart,
} from "../editor/begin.ts";
import { isOnPicture } from "../editor/focus.ts";
import { copyPicture } from "../export/copy-picture.ts";
import { findNext } from "../find/find-actions.ts";
import { useFinding } from "../find/find-store.ts";
import type { AppState } from "../store/state.ts";
import { returnToFork } from "../what-if/branch.ts";
import { act, type CommandTargets, playRuns, type Run } from "./playing.ts";

/** A field in which text is being written has an undo of its own; whether that was meant. */
function inField(way: "undo" | "redo"): boolean {
  const field = document.activeElement;
  const isText =
    field instanceof HTMLTextAreaElement ||
    (field instanceof HTMLInputElement && !["checkbox", "radio", "range", "color", "button"].includes(field.type)) ||
    (field instanceof HTMLElement && field.isContentEditable);
  // What is written there is in the flow already, and is taken back with it.
  if (field?.closest("[data-undo=flow]") != null) return false;
  // What browsers offer instead of this old call cannot undo.
  return isText && document.execCommand(way);
}

/** What is being typed in a form is taken over, as when its field is left. */
function finishTyping(): void {
  const field = document.activeElement;
  if (!(field instanceof HTMLElement) || field.closest(".scenario, .prose") === null) return;
  field.blur();
  field.focus();
}

/** Where the focus is in the prose, that is what is named or written; the key was the menu's. */
function inProse(): boolean {
  const place = document.activeElement?.closest(".prose [data-stop]");
  return place?.dispatchEvent(new KeyboardEvent("keydown", { key: "F2", bubbles: true, cancelable: true })) === false;
}

/** Whether the variant shown leaves another one. */
function hasParent({ open, variant }: AppState): boolean {
  return open?.flow.variants.find(({ id }) => id === variant)?.branch !== undefined;
}

/** What each command of `shared/commands.ts` does in the page. A test holds the two together. */
export const runs: Readonly<Record<string, Run>> = {
  "file.new": act((actions) => actions.showDialog("newFlow")),
  "file.open": act((actions) => actions.openDialog()),
  "file.library": act((actions, { panels }) => actions.setPanels({ library: !panels.library })),
  "file.reopen": act((actions) => actions.reopenClosed()),
  "file.save": act((actions) => {
    finishTyping();
    return actions.save();
  }),
  "file.saveAs": act((actions) => {
    finishTyping();
    return actions.saveAs();
  }),
  "file.export": act((actions) => actions.showDialog("export")),
  ...Object.fromEntries(exportFormats.map(({ id }) => [`file.export.${id}`, act((actions) => actions.exportAs(id))])),
  "file.nextTab": act((actions) => actions.selectNextTab(1)),
  "file.previousTab": act((actions) => actions.selectNextTab(-1)),
  "file.close": act((actions) => {
    finishTyping();
    return actions.close();
  }),
  "edit.undo": act((actions) => inField("undo") || actions.undo()),
  "edit.redo": act((actions) => inField("redo") || actions.redo()),

  "edit.copyPicture": ({ app }) => copyPicture(app),
  "edit.picture": act((actions, { editing }) => actions.setEditing(!editing)),
  "edit.name": act((actions, state) => inProse() || editName(actions, state)),
  "edit.message": act(newMessage),
  "edit.note": act(newNote),
  "edit.moveUp": act((actions, state) => isOnPicture() && moveStep(actions, state, -1)),
  "edit.moveDown": act((actions, state) => isOnPicture() && moveStep(actions, state, 1)),
  "edit.delete": act((actions) => actions.eraseSelected()),
  "edit.selectAll": act((actions, state) => {
    if (state.editing && isOnPicture()) selectAll(actions, state);
    else document.execCommand("selectAll");
  }),

  "edit.combine": act((actions) => actions.showDialog("combine")),
  "edit.reference": act((actions) => actions.showDialog("reference")),
  "edit.takeApart": act(takeFragmentApart),
  "edit.find": act((actions) => actions.showSidePanel("find", "find")),
  "edit.replace": act((actions) => {
    useFinding.setState({ replacing: true });
    actions.showSidePanel("find", "replace");
  }),
  "edit.findNext": ({ app }) => findNext(app, 1),
  "edit.findPrevious": ({ app }) => findNext(app, -1),

  ...playRuns,
  ...Object.fromEntries(
    sidePanelIds.map((id) => [`view.${id}`, act((actions) => actions.toggleSidePanel(id))] as const),
  ),
  "play.branch": act((actions) => {
    actions.pause();
    actions.showSidePanel("whatIf", "branch");
  }),
  "play.explore": act((actions) => actions.showSidePanel("explore", "start")),
  "play.outcomeMap": act((actions) => actions.showDialog("outcomeMap")),
  "play.parent": ({ app }) =>
    app.getState().open?.cameFrom === undefined || hasParent(app.getState())
      ? returnToFork(app)
      : app.getState().actions.leave(),
  "play.enter": act(enterReference),

  "help.palette": act((actions) => actions.showDialog("palette")),
  "help.shortcuts": act((actions) => actions.showDialog("shortcuts")),
  "help.about": act((actions) => actions.showDialog("about")),
};

/** Does what a menu entry, a key or a button asks; an unknown command does nothing. */
export function runCommand(id: string, targets: CommandTargets): void {
  runs[id]?.(targets);
}

/** The commands that stand ticked in the menu. */
export function checkedCommands({ view, panels, themeChoice, editing }: AppState): readonly string[] {
  const level = view.level ?? "cpm";
  const ticked = [`view.level.${level}`, `view.relays.${view.relays ?? "local"}`, `view.theme.${themeChoice}`];
  if (!view.hide?.includes("core")) ticked.push("view.cores");
  if (panels.side) ticked.push(`view.${panels.tab}`);
  if (editing) ticked.push("edit.picture");
  if (panels.network !== "off") ticked.push("view.network");
  return ticked;
}

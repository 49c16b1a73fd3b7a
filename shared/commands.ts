import { exportFormats } from "./export-formats.ts";
import { sidePanels } from "./side-panels.ts";

/**
 * The table of commands: the menu, the shortcuts, the list of shortcuts and the page's dispatcher are made from it.
 * Pure data; what a command does is written where it belongs.
 */

export type MenuName = "File" | "Edit" | "View" | "Playback" | "Help";

export interface Command {
  readonly id: string;
  readonly title: string;
  /**
   * Shortcuts, as `Mod+Shift+S` (Mod: Ctrl, on a Mac Cmd). The first is shown in the menu. One with a modifier belongs to
   * the menu; a single key is the page's, so that typing in a field is never taken for a command.
   */
  readonly keys: readonly string[];
  readonly menu: MenuName;
  /** Entries of one group stand together, separated from the next. */
  readonly group: number;
  /** A submenu in which it stands. */
  readonly submenu?: string;
  readonly kind?: "checkbox" | "radio";
  /** Only sensible with an open flow. */
  readonly needsFlow?: boolean;
}

const command = (
  id: string,
  title: string,
  keys: readonly string[],
  menu: MenuName,
  group: number,
  more: Partial<Command> = {},
): Command => ({
  id,
  title,
  keys,
  menu,
  group,
  ...more,
});
const flow = { needsFlow: true };
const radio = { kind: "radio", needsFlow: true } as const;
const theme = { kind: "radio", submenu: "Theme" } as const;

export const commands: readonly Command[] = [
  command("file.new", "New Flow…", ["Mod+N"], "File", 1),
  command("file.open", "Open…", ["Mod+O"], "File", 1),
  command("file.library", "Library", ["Mod+L"], "File", 1),
  command("file.reopen", "Reopen Closed Flow", ["Mod+Shift+T"], "File", 1),
  command("file.save", "Save", ["Mod+S"], "File", 2, flow),
  command("file.saveAs", "Save As…", ["Mod+Shift+S"], "File", 2, flow),
  command("file.export", "Export…", ["Mod+Shift+E"], "File", 3, flow),
  ...exportFormats.map(({ id, title, keys }) =>
    command(`file.export.${id}`, `${title}…`, keys, "File", 3, { ...flow, submenu: "Export As" }),
  ),
  command("file.nextTab", "Next Flow", ["Ctrl+Tab"], "File", 4, flow),
  command("file.previousTab", "Previous Flow", ["Ctrl+Shift+Tab"], "File", 4, flow),
  command("file.close", "Close Flow", ["Mod+W"], "File", 4, flow),

  command("edit.undo", "Undo", ["Mod+Z"], "Edit", 1, flow),
  command("edit.redo", "Redo", ["Mod+Shift+Z", "Mod+Y"], "Edit", 1, flow),
  command("edit.copyPicture", "Copy as Picture", ["Mod+Alt+C"], "Edit", 2, flow),
  command("edit.picture", "Edit the Picture", ["E"], "Edit", 2, { kind: "checkbox", needsFlow: true }),
  command("edit.name", "Edit Name", ["F2"], "Edit", 3, flow),
  command("edit.message", "New Message…", ["N"], "Edit", 3, flow),
  command("edit.note", "New Note…", ["T"], "Edit", 3, flow),
  command("edit.moveUp", "Move Up", ["Alt+ArrowUp"], "Edit", 3, flow),
  command("edit.moveDown", "Move Down", ["Alt+ArrowDown"], "Edit", 3, flow),
  command("edit.delete", "Delete", ["Delete"], "Edit", 3, flow),
  command("edit.selectAll", "Select All", ["Mod+A"], "Edit", 3),
  command("edit.combine", "Combine Variants…", [], "Edit", 4, flow),
  command("edit.reference", "Refer to a Flow…", [], "Edit", 4, flow),
  command("edit.takeApart", "Take Fragment Apart", [], "Edit", 4, flow),
  command("edit.find", "Find…", ["Mod+F"], "Edit", 5, flow),
  command("edit.replace", "Find and Replace…", ["Mod+H"], "Edit", 5, flow),
  command("edit.findNext", "Find Next", ["F3"], "Edit", 5, flow),
  command("edit.findPrevious", "Find Previous", ["Shift+F3"], "Edit", 5, flow),

  command("view.level.cpm", "CPM Level", ["Mod+1"], "View", 1, radio),
  command("view.level.sip", "SIP Level", ["Mod+2"], "View", 1, radio),
  command("view.cores", "Show SIP/IP Cores", ["Mod+Shift+K"], "View", 2, { kind: "checkbox", needsFlow: true }),
  command("view.relays.each", "Every Hop", [], "View", 3, { ...radio, submenu: "Relayed Messages" }),
  command("view.relays.local", "Joined Within a Network", [], "View", 3, { ...radio, submenu: "Relayed Messages" }),
  command("view.relays.all", "Joined End to End", [], "View", 3, { ...radio, submenu: "Relayed Messages" }),
  command("view.fitPage", "Fit Page", ["Mod+9"], "View", 4, flow),
  command("view.fitWidth", "Fit Width", ["Mod+8"], "View", 4, flow),
  command("view.actualSize", "100 %", ["Mod+0", "0"], "View", 4, flow),
  command("view.zoomIn", "Zoom In", ["Mod+Plus", "+"], "View", 4, flow),
  command("view.zoomOut", "Zoom Out", ["Mod+-", "-"], "View", 4, flow),
  ...sidePanels.map(({ id, title, keys }) => command(`view.${id}`, title, keys, "View", 5, { kind: "checkbox" })),
  command("view.network", "Network", ["Mod+Shift+N"], "View", 5, { kind: "checkbox" }),
  command("compare.begin", "Compare…", ["Mod+Shift+A"], "View", 6, flow),
  command("compare.next", "Next Change", ["F7"], "View", 6, flow),
  command("compare.previous", "Previous Change", ["Shift+F7"], "View", 6, flow),
  command("view.theme.system", "As the System", [], "View", 7, theme),
  command("view.theme.light", "Light", [], "View", 7, theme),
  command("view.theme.dark", "Dark", [], "View", 7, theme),

  command("play.toggle", "Play or Pause", ["Space"], "Playback", 1, flow),
  command("play.next", "Next Step", ["ArrowRight"], "Playback", 2, flow),
  command("play.previous", "Previous Step", ["ArrowLeft"], "Playback", 2, flow),
  command("play.first", "First Step", ["Home"], "Playback", 2, flow),
  command("play.last", "Last Step", ["End"], "Playback", 2, flow),
  command("play.nextMark", "Next Note or Fork", ["]"], "Playback", 3, flow),
  command("play.previousMark", "Previous Note or Fork", ["["], "Playback", 3, flow),
  command("play.branch", "Branch Here…", ["B"], "Playback", 4, flow),
  command("play.parent", "Back to Where the Variant Branches", ["Backspace"], "Playback", 4, flow),
  command("play.explore", "Explore Outcomes…", [], "Playback", 4, flow),
  command("play.outcomeMap", "Outcome Map", [], "Playback", 4, flow),
  command("play.enter", "Go Into the Referred Flow", ["O"], "Playback", 4, flow),
  command("play.faster", "Faster", [">"], "Playback", 5, flow),
  command("play.slower", "Slower", ["<"], "Playback", 5, flow),

  command("help.palette", "Command Palette…", ["Mod+K"], "Help", 1),
  command("help.shortcuts", "Keyboard Shortcuts", ["F1", "?"], "Help", 1),
  command("help.about", "About Callflow", [], "Help", 2),
];

export function commandById(id: string): Command | undefined {
  return commands.find((c) => c.id === id);
}

/** Whether a shortcut belongs to the menu: it has a modifier or is a function key. */
export function isAccelerator(keys: string): boolean {
  return /\b(Mod|Ctrl|Alt)\+/.test(keys) || /^(Shift\+)?F\d+$/.test(keys);
}

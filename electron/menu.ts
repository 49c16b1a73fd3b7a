import { Menu, type MenuItemConstructorOptions } from "electron";
import { type Command, isAccelerator, type MenuName } from "../shared/commands.ts";
import type { MenuState } from "../shared/ipc/shapes.ts";

export interface MenuActions {
  /** A command of the table was chosen. */
  readonly run: (id: string) => void;
  readonly openRecent: (path: string) => void;
  readonly forgetRecent: () => void;
}

type Item = MenuItemConstructorOptions;

const isMac = process.platform === "darwin";
const separator: Item = { type: "separator" };

/**
 * Builds the application menu from the table of commands, with the shortcuts that they have now, and sets it. What it gives shows another state: which commands
 * are possible and which are ticked.
 */
export function setMenu(
  commands: readonly Command[],
  recent: readonly string[],
  actions: MenuActions,
  developing: boolean,
  state: MenuState,
): (s: MenuState) => void {
  let shown: MenuState = state;
  const choose = (id: string) => {
    actions.run(id);
    // The system ticks what was clicked; whether that is so the page says, and it says so only when it changes.
    show(shown);
  };
  const of = (name: MenuName) =>
    entries(
      commands.filter((command) => command.menu === name),
      choose,
      state,
    );
  const menu = Menu.buildFromTemplate([
    ...(isMac ? [{ role: "appMenu" as const }] : []),
    {
      label: "File",
      submenu: [...withRecent(of("File"), recent, actions), separator, { role: isMac ? "close" : "quit" }],
    },
    {
      label: "Edit",
      submenu: [...of("Edit"), separator, { role: "cut" }, { role: "copy" }, { role: "paste" }],
    },
    {
      label: "View",
      submenu: [
        ...of("View"),
        separator,
        { role: "togglefullscreen" },
        ...(developing ? [{ role: "reload" as const }, { role: "toggleDevTools" as const }] : []),
      ],
    },
    { label: "Playback", submenu: of("Playback") },
    { role: "windowMenu" },
    { role: "help", submenu: of("Help") },
  ]);
  const show = (state: MenuState) => {
    shown = state;
    for (const { id, needsFlow, kind } of commands) {
      const item = menu.getMenuItemById(id);
      if (item === null) continue;
      item.enabled = state.hasFlow || needsFlow !== true;
      // One radio item that is ticked unticks the others; to untick one means nothing.
      const checked = state.checked.includes(id);
      if (kind === "checkbox" || (kind === "radio" && checked)) item.checked = checked;
    }
  };
  show(shown);
  Menu.setApplicationMenu(menu);
  return show;
}

/** The commands in their order, a line between groups, submenus where their first command stands. */
function entries(of: readonly Command[], choose: (id: string) => void, state: MenuState): Item[] {
  const items: Item[] = [];
  const submenus = new Map<string, Item[]>();
  let group: number | undefined;
  for (const command of of) {
    if (group !== undefined && command.group !== group) items.push(separator);
    group = command.group;
    const item = entry(command, choose, state);
    if (command.submenu === undefined) {
      items.push(item, ...furtherKeys(command, choose));
      continue;
    }
    const list = submenus.get(command.submenu);
    if (list !== undefined) {
      list.push(item);
      continue;
    }
    const submenu = [item];
    submenus.set(command.submenu, submenu);
    items.push({ label: command.submenu, submenu });
  }
  return items;
}

function entry(command: Command, choose: (id: string) => void, state: MenuState): Item {
  const {
    id,
    keys: [keys],
    kind,
  } = command;
  return {
    id,
    label: titleOf(command, state),
    click: () => choose(id),
    ...(kind === undefined ? undefined : { type: kind }),
    ...(keys === undefined ? undefined : accelerator(keys)),
  };
}

/** Menus know one shortcut an entry: a second one is that of an entry nobody sees. */
function furtherKeys({ id, title, keys }: Command, choose: (id: string) => void): Item[] {
  return keys
    .slice(1)
    .filter(isAccelerator)
    .map((key) => ({ label: title, click: () => choose(id), visible: false, ...accelerator(key) }));
}

/** Undo and Redo say what they take back and do again. */
function titleOf({ id, title }: Command, { undo, redo }: MenuState): string {
  const named = id === "edit.undo" ? undo : id === "edit.redo" ? redo : undefined;
  return named === undefined ? title : `${title} ${named.replaceAll("&", "&&")}`;
}

/**
 * A single key is shown but left to the page: typed in a field it is a letter. A Mac would take it in any case, so there
 * it is not shown.
 */
function accelerator(keys: string): Item {
  const own = isAccelerator(keys);
  if (isMac && !own) return {};
  return { accelerator: keys.replace("Mod", "CmdOrCtrl").replace("Arrow", ""), registerAccelerator: own };
}

/** "Open Recent" stands after the first group of the File menu. */
function withRecent(items: readonly Item[], recent: readonly string[], actions: MenuActions): Item[] {
  const at = items.indexOf(separator);
  const files = recent.map(
    (path): Item => ({
      label: path.replaceAll("&", "&&"),
      click: () => actions.openRecent(path),
    }),
  );
  const none: Item = { label: "No Recent Files", enabled: false };
  const submenu = files.length === 0 ? [none] : [...files, separator, { label: "Clear", click: actions.forgetRecent }];
  return [...items.slice(0, at), { label: "Open Recent", submenu }, ...items.slice(at)];
}

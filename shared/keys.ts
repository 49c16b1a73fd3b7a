import { type Command, commands, isAccelerator } from "./commands.ts";

/** Shortcuts that a person chose, by the id of the command; none for a command that is to have none. */
export type OwnKeys = Readonly<Record<string, readonly string[]>>;

/** The table of commands with a person's own shortcuts. */
export function commandsWith(own: OwnKeys): readonly Command[] {
  return Object.keys(own).length === 0
    ? commands
    : commands.map((command) => {
        const keys = own[command.id];
        return keys === undefined ? command : { ...command, keys };
      });
}

/** What the page knows of a key that was pressed. */
export interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const named: Readonly<Record<string, string>> = { " ": "Space", "+": "Plus", Esc: "Escape" };

/** A pressed key as the table of commands writes it; undefined while only Ctrl, Shift and the like are held. */
export function keysOf({ key, ctrlKey, metaKey, altKey, shiftKey }: Pressed, isMac: boolean): string | undefined {
  if (["Control", "Shift", "Alt", "Meta", "AltGraph", "Dead", "Unidentified"].includes(key)) return undefined;
  const mod = isMac ? metaKey : ctrlKey;
  const base = key.length === 1 && key !== " " ? key.toUpperCase() : (named[key] ?? key);
  const held = mod || altKey || (isMac && ctrlKey);
  // Without another key held, Shift only makes another character.
  if (!held && key.length === 1) return named[key] === "Plus" ? "+" : base;
  const parts = [
    ...(mod ? ["Mod"] : []),
    ...(isMac && ctrlKey ? ["Ctrl"] : []),
    ...(altKey ? ["Alt"] : []),
    ...(shiftKey ? ["Shift"] : []),
    named[key] ?? base,
  ];
  return parts.join("+");
}

/** Keys that are not free: the system's, those of every text field, and those by which the window itself is used. */
const taken: Readonly<Record<string, string>> = {
  Tab: "goes to the next control",
  "Shift+Tab": "goes to the control before",
  Enter: "presses the control that has the focus",
  Escape: "closes and gives up",
  "Mod+C": "copies",
  "Mod+V": "pastes",
  "Mod+X": "cuts",
  "Mod+Q": "quits",
};

/** Why a command cannot have a shortcut, in one sentence; undefined where it can. */
export function refusal(own: OwnKeys, id: string, keys: string, shown: (keys: string) => string): string | undefined {
  const use = taken[keys];
  if (use !== undefined) return `${shown(keys)} ${use}; no command can have it.`;
  if (/^[1-9]$/.test(keys)) return `${shown(keys)} starts the number of a step; no command can have it.`;
  const other = commandsWith(own).find((command) => command.id !== id && command.keys.includes(keys));
  if (other !== undefined) return `${shown(keys)} is the shortcut of ${titleOf(other)}; give that another one first.`;
  if (keys.includes("Alt+") && !isAccelerator(keys)) return `${shown(keys)} is no shortcut.`;
  return undefined;
}

/** What a command is called beside others. */
export function titleOf(command: Command): string {
  const title = command.title.replace(/…$/, "");
  return command.submenu === undefined ? title : `${command.submenu}: ${title}`;
}

/** Own shortcuts with another one for a command; `undefined` gives back the one of the table. */
export function withKeys(own: OwnKeys, id: string, keys: readonly string[] | undefined): OwnKeys {
  const { [id]: _, ...rest } = own;
  const usual = commands.find((command) => command.id === id)?.keys ?? [];
  const isUsual = keys === undefined || (keys.length === usual.length && keys.every((key, i) => key === usual[i]));
  return isUsual ? rest : { ...rest, [id]: keys };
}

/** On a Mac, Mod is Cmd. */
export const isMac = /Mac/.test(navigator.platform);

const names: Readonly<Record<string, string>> = {
  Mod: isMac ? "⌘" : "Ctrl",
  Alt: isMac ? "⌥" : "Alt",
  Shift: isMac ? "⇧" : "Shift",
  Plus: "+",
  ArrowRight: "→",
  ArrowLeft: "←",
  ArrowUp: "↑",
  ArrowDown: "↓",
  Backspace: "⌫",
};

/** A shortcut of the table of commands, `Mod+Shift+S`, as the keys that a person presses. */
export function shownKeys(keys: string): readonly string[] {
  const parts = keys.length === 1 ? [keys.toUpperCase()] : keys.split("+");
  return parts.map((part) => names[part] ?? part);
}

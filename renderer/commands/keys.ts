import { type Command, isAccelerator } from "../../shared/commands.ts";
import { commandsWith, type OwnKeys } from "../../shared/keys.ts";
import type { Digits } from "../player/digits.ts";
import type { AppStore } from "../store/app-store.ts";

/** Commands by the single key that the page itself hears; keys with a modifier are the menu's. */
function commandsByKey(own: OwnKeys): ReadonlyMap<string, Command> {
  return new Map(
    commandsWith(own).flatMap((command) =>
      command.keys.filter((key) => !isAccelerator(key)).map((key) => [key, command] as const),
    ),
  );
}

/** Other keys that mean the same: where plus needs Shift, and the arrows down and up inside the diagram. */
const aliases: Readonly<Record<string, string>> = { " ": "Space", "=": "+", "−": "-" };
const inDiagram: Readonly<Record<string, string>> = { ArrowDown: "ArrowRight", ArrowUp: "ArrowLeft" };

const ownKeys =
  "input:not([type=radio],[type=checkbox]),textarea,select,[contenteditable],[role=menu],[role=dialog],[role=separator],[role=tablist],[role=listbox]";
const pressable = "button,a[href],summary,input,[role=button],[role=option],[role=menuitem]";

/** Whether an element has a use of its own for a key. */
function isTaken(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest(ownKeys) !== null) return true;
  if (key === " " || key === "Enter") return target.closest(pressable) !== null;
  return key.startsWith("Arrow") && target.matches("input[type=radio]");
}

/**
 * Hears the keyboard for the whole window: the single-key commands, and digits that name a step. Gives back what stops it.
 * A control that has the focus keeps the keys that it needs.
 */
export function listenToKeys(app: AppStore, digits: Digits, run: (command: string) => void): () => void {
  let own = app.getState().keys;
  let byKey = commandsByKey(own);
  const down = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const { scene, keys, comparing } = app.getState();
    if (keys !== own) {
      own = keys;
      byKey = commandsByKey(own);
    }
    const { typed } = digits.getState();
    // A number that is being typed has the Enter key, wherever the focus is.
    if (!(typed !== "" && event.key === "Enter") && isTaken(event.target, event.key)) return;
    if (
      comparing === undefined &&
      scene !== undefined &&
      /^[0-9]$/.test(event.key) &&
      !(event.key === "0" && typed === "")
    ) {
      digits.type(event.key);
    } else if (typed !== "" && event.key === "Enter") digits.enter();
    else if (typed !== "" && event.key === "Escape") digits.erase();
    else {
      const inside = event.target instanceof Element && event.target.closest(".canvas") !== null;
      const letter = /^[a-z]$/.test(event.key) ? event.key.toUpperCase() : event.key;
      const key = aliases[event.key] ?? (inside ? inDiagram[event.key] : undefined) ?? letter;
      const command = byKey.get(key);
      if (command === undefined || (command.needsFlow === true && scene === undefined)) return;
      // Nothing is played or edited that is not seen.
      if (comparing !== undefined && !/^(view|help|compare)\./.test(command.id)) return;
      run(command.id);
    }
    event.preventDefault();
  };
  window.addEventListener("keydown", down);
  return () => window.removeEventListener("keydown", down);
}

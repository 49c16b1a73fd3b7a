import { type KeyboardEvent, useState } from "react";

/**
 * One Tab stop for a list of controls: ↑ and ↓ move from row to row, ← and → between the controls of a row, Home and End
 * to the ends. A row is an element with `data-row`; `item` gives the properties of each control.
 * @param keys the keys of the entries in the list; a control inside an entry has its entry's key, a space and its own.
 */
export function useRoving(keys: readonly string[]) {
  const [reached, setReached] = useState("");
  const holds = keys.some((key) => reached === key || reached.startsWith(`${key} `));
  const stop = holds ? reached : keys[0];
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const all = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-roving]")];
    const target = nextOf(all, event.target as HTMLElement, event.key);
    if (target === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    target.focus();
    target.scrollIntoView({ block: "nearest" });
  };
  return {
    onKeyDown,
    /** Gives a control the Tab stop, e.g. when the one inside of it that has it goes away. */
    take: setReached,
    item: (key: string) => ({
      "data-roving": key,
      tabIndex: key === stop ? 0 : -1,
      onFocus: () => setReached(key),
    }),
  };
}

export type Roving = ReturnType<typeof useRoving>;

const rowOf = (element: HTMLElement) => element.closest("[data-row]") ?? element;

/** Where a key leads from `at`: undefined when it is not one of these keys, or `at` is none of the controls. */
function nextOf(all: readonly HTMLElement[], at: HTMLElement, key: string): HTMLElement | undefined {
  const index = all.indexOf(at);
  if (index < 0) return undefined;
  const row = rowOf(at);
  const beside = (by: number) => {
    const next = all[index + by];
    return next !== undefined && rowOf(next) === row ? next : at;
  };
  switch (key) {
    case "ArrowDown":
      return all.slice(index).find((one) => rowOf(one) !== row) ?? at;
    case "ArrowUp": {
      const above = all.slice(0, index).findLast((one) => rowOf(one) !== row);
      return above === undefined ? at : all.find((one) => rowOf(one) === rowOf(above));
    }
    case "ArrowRight":
      return beside(1);
    case "ArrowLeft":
      return beside(-1);
    case "Home":
      return all[0];
    case "End":
      return all.at(-1);
    default:
      return undefined;
  }
}

import { useEffect, useRef, useState } from "react";
import { useApp } from "../store/use-app.ts";

const isLost = () => document.activeElement === document.body || document.activeElement === null;

/**
 * What a dialog does as it closes: the focus goes back to what had it before. Radix gives it to the button that opened a
 * dialog, and most of ours are opened by a key or the menu.
 */
export function useFocusBack(): (event: Event) => void {
  const [before] = useState(() => document.activeElement);
  return (event) => {
    event.preventDefault();
    // What was chosen in the dialog may have taken it already.
    if (isLost() && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
  };
}

/** When what had the focus goes away with its panel, view or dialog, the picture has it: its keys go on working from there. */
export function useKeptFocus(): void {
  const panels = useApp((state) => state.panels);
  const dialog = useApp((state) => state.dialog);
  const comparing = useApp((state) => state.comparing !== undefined);
  const last = useRef<EventTarget>(undefined);
  useEffect(() => {
    const keep = ({ target }: FocusEvent) => {
      last.current = target ?? undefined;
    };
    document.addEventListener("focusin", keep);
    return () => document.removeEventListener("focusin", keep);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever one of them is another.
  useEffect(() => {
    // After a closing dialog has given it back.
    const wait = setTimeout(() => {
      const gone = last.current instanceof Node && !last.current.isConnected;
      if (gone && isLost()) document.querySelector<HTMLElement>(".stage .canvas")?.focus({ preventScroll: true });
    }, 50);
    return () => clearTimeout(wait);
  }, [panels, dialog, comparing]);
}

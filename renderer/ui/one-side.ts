import { useLayoutEffect, useRef, useSyncExternalStore } from "react";
import { useActions, useApp } from "../store/use-app.ts";

/** Below this width library and side panel would leave the picture less room than either of them has. */
const narrow = matchMedia("(max-width: 1100px)");

function listen(changed: () => void) {
  narrow.addEventListener("change", changed);
  return () => narrow.removeEventListener("change", changed);
}

/** In a narrow window one of library and side panel is shown beside a flow: the one that was opened last. */
export function useOneSide(): void {
  const isNarrow = useSyncExternalStore(listen, () => narrow.matches);
  const drawn = useApp((state) => state.scene !== undefined);
  const { library, side } = useApp((state) => state.panels);
  const { setPanels } = useActions();
  const hadLibrary = useRef(true);
  useLayoutEffect(() => {
    const opensLibrary = library && !hadLibrary.current;
    hadLibrary.current = library;
    if (isNarrow && drawn && library && side) setPanels(opensLibrary ? { side: false } : { library: false });
  }, [isNarrow, drawn, library, side, setPanels]);
}

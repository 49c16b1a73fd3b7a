import { useEffect, useRef } from "react";
import type { SidePanelId } from "../../shared/side-panels.ts";
import type { AppState } from "./state.ts";
import { useApp } from "./use-app.ts";

/** Each wish is granted once, however often its panel is opened later. */
const granted = new WeakSet<NonNullable<AppState["wish"]>>();

/** Does for a panel what a person wished when it was shown, once it is `ready`. */
export function useWish(panel: SidePanelId, ready: boolean, grant: (topic: string) => void): void {
  const wish = useApp((state) => state.wish);
  const latest = useRef(grant);
  latest.current = grant;
  useEffect(() => {
    if (!ready || wish?.panel !== panel || granted.has(wish)) return;
    granted.add(wish);
    latest.current(wish.topic);
  }, [panel, ready, wish]);
}

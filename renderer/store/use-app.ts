import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { AppStore } from "./app-store.ts";
import type { Actions, AppState } from "./state.ts";

export const AppStoreContext = createContext<AppStore | undefined>(undefined);

/** The store itself, for what must not render on every change (the clock, the canvas). */
export function useAppStore(): AppStore {
  const store = useContext(AppStoreContext);
  if (store === undefined) throw new Error("A component that reads the store stands outside of AppStoreContext.");
  return store;
}

/**
 * Reads one thing from the store and renders again only when it changes. Keep selectors narrow and give back what is in
 * the state, not a new object. `playback.position` changes with every frame: paint it by `useAppStore().subscribe`.
 */
export function useApp<T>(selector: (state: AppState) => T): T {
  return useStore(useAppStore(), selector);
}

export function useActions(): Actions {
  return useAppStore().getState().actions;
}

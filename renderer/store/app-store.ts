import { createStore, type StoreApi } from "zustand/vanilla";
import { dark, light } from "../../shared/diagram/theme.ts";
import type { PanelWidths } from "../../shared/ipc/settings.ts";
import type { OwnKeys } from "../../shared/keys.ts";
import { compareActions } from "./compare-actions.ts";
import { drawing } from "./draw.ts";
import { editing } from "./edit-actions.ts";
import { exploreActions } from "./explore-actions.ts";
import { type Exports, exportActions } from "./export-actions.ts";
import { fileActions } from "./file-actions.ts";
import { flowActions } from "./flow-actions.ts";
import { keeping } from "./keep-variant.ts";
import { pictureActions } from "./picture-actions.ts";
import { atStart } from "./playback.ts";
import { playbackActions } from "./playback-actions.ts";
import type { Ports } from "./ports.ts";
import { recoveryActions } from "./recovery-actions.ts";
import type { Actions, AppState, Panels, ThemeChoice } from "./state.ts";
import { tabOf, withTab } from "./tabs.ts";

export type AppStore = StoreApi<AppState>;
export type Get = AppStore["getState"];
export type Put = AppStore["setState"];

/** What was remembered from the last time, and what the system prefers. */
export interface Beginning {
  readonly themeChoice?: ThemeChoice;
  readonly systemDark?: boolean;
  readonly reducedMotion?: boolean;
  readonly panels?: Partial<Panels>;
  readonly widths?: PanelWidths;
  readonly speed?: number;
  readonly keys?: OwnKeys;
  readonly exports?: Exports;
  /** A flow is about to be opened: nothing is said about an empty window meanwhile. */
  readonly opening?: string;
}

const defaultPanels: Panels = { library: true, side: true, tab: "prose", network: "off" };

/** The page's state: a copy of what main holds open, and what is this window's own (view, playback, panels). */
export function createAppStore(ports: Ports, beginning: Beginning = {}): AppStore {
  const store = createStore<AppState>()((set, get) => {
    const themeChoice = beginning.themeChoice ?? "system";
    let systemDark = beginning.systemDark ?? false;
    const themeOf = (choice: ThemeChoice) => ((choice === "system" ? systemDark : choice === "dark") ? dark : light);
    const windowActions: Pick<
      Actions,
      | "setTheme"
      | "systemTheme"
      | "setReducedMotion"
      | "setPanels"
      | "resizePanel"
      | "toggleSidePanel"
      | "showSidePanel"
      | "showDialog"
      | "setKeys"
      | "hover"
      | "mark"
    > = {
      setTheme(choice) {
        set({ themeChoice: choice, theme: themeOf(choice) });
        ports.remember({ theme: choice });
      },
      systemTheme(isDark) {
        systemDark = isDark;
        set({ theme: themeOf(get().themeChoice) });
      },
      setReducedMotion: (reducedMotion) => set({ reducedMotion }),
      setPanels(patch) {
        const panels = { ...get().panels, ...patch };
        set({ panels });
        ports.remember({ panels });
      },
      resizePanel(panel, width) {
        const widths = { ...get().widths, [panel]: width };
        set({ widths });
        ports.remember({ widths });
      },
      toggleSidePanel(id) {
        const { side, tab } = get().panels;
        windowActions.setPanels(side && tab === id ? { side: false } : { side: true, tab: id });
      },
      showSidePanel(id, topic) {
        windowActions.setPanels({ side: true, tab: id });
        set({ wish: { panel: id, topic } });
      },
      showDialog: (dialog) => set({ dialog }),
      setKeys(keys) {
        set({ keys });
        ports.remember({ keys });
      },
      hover(hovered) {
        if (get().hovered !== hovered) set({ hovered });
      },
      mark(marked) {
        if (marked.length > 0 || get().marked.length > 0) set({ marked });
      },
    };
    const draw = drawing(ports, set, get);
    const { actions: editActions, settled } = editing(ports, set, get, draw);
    return {
      status: beginning.opening === undefined ? { kind: "empty" } : { kind: "loading", what: beginning.opening },
      tabs: [],
      variant: "",
      view: {},
      playback: { ...atStart, speed: beginning.speed ?? 1 },
      step: -1,
      marks: [],
      forks: [],
      marked: [],
      editing: false,
      selected: [],
      navigations: 0,
      themeChoice,
      theme: themeOf(themeChoice),
      reducedMotion: beginning.reducedMotion ?? false,
      panels: { ...defaultPanels, ...beginning.panels },
      widths: beginning.widths ?? {},
      library: [],
      recent: [],
      recoverable: [],
      explorations: {},
      keys: beginning.keys ?? {},
      ...(beginning.exports && { exports: beginning.exports }),
      actions: {
        ...windowActions,
        ...flowActions(ports, set, get, draw, settled),
        ...fileActions(ports, set, get, settled),
        ...recoveryActions(ports, set, get),
        ...editActions,
        ...pictureActions(set, get),
        keepVariant: keeping(get),
        ...exploreActions(ports, set, get, settled),
        ...compareActions(ports, set, get, settled),
        ...exportActions(ports, set, get),
        ...playbackActions(ports, set, get),
      },
    };
  });
  // What is compared stands in the place of the flow. Who asks for another one, or for something beside it, sees that.
  store.subscribe(({ open, variant, panels, editing, comparing, actions }, before) => {
    if (comparing === undefined) return;
    const other = open?.handle !== before.open?.handle || variant !== before.variant;
    if (other || panels !== before.panels || editing !== before.editing) actions.endComparison();
  });
  // The row of tabs says of the flow that is shown what is so now.
  store.subscribe(({ open, tabs }, before) => {
    if (open === undefined || open === before.open) return;
    const now = withTab(tabs, tabOf(open));
    if (now !== tabs) store.setState({ tabs: now });
  });
  return store;
}

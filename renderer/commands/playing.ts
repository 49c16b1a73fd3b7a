import type { CanvasStore } from "../canvas/canvas-store.ts";
import { beginComparison } from "../compare/begin.ts";
import { goToChange } from "../compare/compare-store.ts";
import type { AppStore } from "../store/app-store.ts";
import type { AppState } from "../store/state.ts";

/** What commands act on. */
export interface CommandTargets {
  readonly app: AppStore;
  readonly canvas: CanvasStore;
}

export type Run = (targets: CommandTargets) => unknown;

export const act =
  (run: (actions: AppState["actions"], state: AppState) => unknown): Run =>
  ({ app }) =>
    run(app.getState().actions, app.getState());

const zoom =
  (run: (actions: CanvasStore["actions"]) => void): Run =>
  ({ canvas }) =>
    run(canvas.actions);

function toggleCores({ view, actions }: AppState): void {
  const hidden = view.hide ?? [];
  actions.setView({ hide: hidden.includes("core") ? hidden.filter((role) => role !== "core") : [...hidden, "core"] });
}

/** What the commands do that only look: level, zoom, playing, comparing. A handout has these and no others. */
export const playRuns: Readonly<Record<string, Run>> = {
  "view.level.cpm": act((actions) => actions.setView({ level: "cpm" })),
  "view.level.sip": act((actions) => actions.setView({ level: "sip" })),
  "view.cores": act((_, state) => toggleCores(state)),
  "view.relays.each": act((actions) => actions.setView({ relays: "each" })),
  "view.relays.local": act((actions) => actions.setView({ relays: "local" })),
  "view.relays.all": act((actions) => actions.setView({ relays: "all" })),
  "view.fitPage": zoom((actions) => actions.fitTo("page")),
  "view.fitWidth": zoom((actions) => actions.fitTo("width")),
  "view.actualSize": zoom((actions) => actions.zoomTo(1)),
  "view.zoomIn": zoom((actions) => actions.zoomIn()),
  "view.zoomOut": zoom((actions) => actions.zoomOut()),
  "view.network": act((actions, { panels }) =>
    actions.setPanels({ network: panels.network === "off" ? "beside" : "off" }),
  ),
  "compare.begin": ({ app }) => beginComparison(app),
  "compare.next": () => goToChange(1),
  "compare.previous": () => goToChange(-1),
  "view.theme.system": act((actions) => actions.setTheme("system")),
  "view.theme.light": act((actions) => actions.setTheme("light")),
  "view.theme.dark": act((actions) => actions.setTheme("dark")),

  "play.toggle": act((actions) => actions.toggle()),
  "play.next": act((actions) => actions.next()),
  "play.previous": act((actions) => actions.previous()),
  "play.first": act((actions) => actions.first()),
  "play.last": act((actions) => actions.last()),
  "play.nextMark": act((actions) => actions.nextMark()),
  "play.previousMark": act((actions) => actions.previousMark()),
  "play.faster": act((actions) => actions.faster()),
  "play.slower": act((actions) => actions.slower()),
};

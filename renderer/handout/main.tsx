// The page of a handout: a flow with its variants, to be played in any browser without the app. The build puts script and
// style into the app, and an export puts them into one file with the flow; see electron/export/html.ts.
// First: before any schema is made, no code may be compiled from text, which the page's policy forbids.
import "../../shared/flow/scalars.ts";
import "../ui/tokens.css";
import "../ui/base.css";
import "../ui/controls.css";
import "../ui/frame.css";
import "../player/stage.css";
import "./handout.css";
import { createRoot } from "react-dom/client";
import { HANDOUT_DATA, type HandoutData } from "../../shared/handout.ts";
import { CanvasStoreContext, createCanvasStore } from "../canvas/canvas-store.ts";
import { listenToKeys } from "../commands/keys.ts";
import { playRuns } from "../commands/playing.ts";
import { startClock } from "../player/clock.ts";
import { createDigits, DigitsContext } from "../player/digits.ts";
import { type AppStore, createAppStore } from "../store/app-store.ts";
import { AppStoreContext } from "../store/use-app.ts";
import { applyTheme } from "../ui/apply-theme.ts";
import { watchMedia } from "../ui/watch-media.ts";
import { addressOf, placeIn } from "./address.ts";
import { Handout } from "./handout.tsx";
import { handoutPorts, openHandout } from "./ports.ts";

/** Goes where the address says; says in the address where it is, so that it can be sent to others. */
function followAddress(app: AppStore, { flow, variant }: HandoutData): void {
  const ids = flow.variants.map(({ id }) => id);
  const go = async () => {
    const place = placeIn(location.hash, ids);
    const { actions } = app.getState();
    await actions.selectVariant(place.variant ?? variant);
    if (place.step !== undefined) actions.goToStep(place.step);
  };
  void go();
  window.addEventListener("hashchange", () => {
    const { variant: shown, step } = app.getState();
    if (location.hash !== addressOf({ variant: shown, step })) void go();
  });
  app.subscribe((state, before) => {
    if (state.step === before.step && state.variant === before.variant) return;
    history.replaceState(null, "", addressOf({ variant: state.variant, step: state.step }));
  });
}

async function start(root: HTMLElement, data: HandoutData) {
  const app = createAppStore(handoutPorts(data), {
    opening: data.flow.title,
    systemDark: watchMedia("(prefers-color-scheme: dark)", (dark) => app.getState().actions.systemTheme(dark)),
    reducedMotion: watchMedia("(prefers-reduced-motion: reduce)", (less) =>
      app.getState().actions.setReducedMotion(less),
    ),
  });
  const paint = () => applyTheme(app.getState().theme, document.documentElement);
  paint();
  app.subscribe((state, before) => {
    if (state.theme !== before.theme) paint();
  });
  const canvas = createCanvasStore();
  const digits = createDigits(app);
  startClock(app);
  listenToKeys(app, digits, (command) => playRuns[command]?.({ app, canvas }));
  const { actions } = app.getState();
  await actions.opened(openHandout(data));
  actions.setView(data.view);
  followAddress(app, data);
  createRoot(root).render(
    <AppStoreContext value={app}>
      <CanvasStoreContext value={canvas}>
        <DigitsContext value={digits}>
          <Handout />
        </DigitsContext>
      </CanvasStoreContext>
    </AppStoreContext>,
  );
}

const data = document.getElementById(HANDOUT_DATA)?.textContent;
const root = document.getElementById("root");
if (root !== null && data != null) void start(root, JSON.parse(data));

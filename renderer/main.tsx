// First, so that what a part says of its own comes after it.
import "./ui/fonts.css";
import "./ui/tokens.css";
import "./ui/base.css";
import "./ui/controls.css";
import "./ui/frame.css";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { layout } from "../shared/diagram/layout.ts";
import { project } from "../shared/diagram/project.ts";
import { ok } from "../shared/flow/result.ts";
import type { RuleInfo } from "../shared/run/run.ts";
import { App } from "./app.tsx";
import { call, openFile } from "./bridge/bridge.ts";
import { CanvasStoreContext, createCanvasStore } from "./canvas/canvas-store.ts";
import { connectCommands } from "./commands/connect.ts";
import { firstPictureRendered } from "./first-picture.ts";
import { startClock } from "./player/clock.ts";
import { createDigits, DigitsContext } from "./player/digits.ts";
import { createAppStore } from "./store/app-store.ts";
import type { Ports } from "./store/ports.ts";
import { tabOf } from "./store/tabs.ts";
import { AppStoreContext } from "./store/use-app.ts";
import { painted } from "./ui/after-paint.ts";
import { applyTheme } from "./ui/apply-theme.ts";
import { watchMedia } from "./ui/watch-media.ts";

/** What is shown when the app was started with nothing else. */
const FIRST_FLOW = "cpm/group-invitation";

type Ready = Awaited<ReturnType<typeof call<"app.ready">>>;

/** The store's way out: main's calls, and from a run to a picture. `ready` comes with the run of the first flow. */
function portsToMain(ready: Promise<Ready>): Ports {
  // The clauses of the rules; asked for once, while the first flow is opened.
  let rules: ReadonlyMap<string, RuleInfo> | undefined;
  const asked = call("rules.list", {}).then((result) => {
    if (result.ok) rules = new Map(result.value.map((rule) => [rule.id, rule]));
  });
  let isFirst = true;
  /** What was drawn before: most edits leave most of it as it was. */
  let last: ReturnType<Ports["draw"]> | undefined;
  return {
    library: () => call("library.list", {}),
    create: (asked) => call("flow.new", asked),
    enter: (handle, mark) => call("flow.enter", { handle, mark }),
    reference: (handle, flow) => call("flow.reference", { handle, flow }),
    combine: (asked) => call("flow.combine", asked),
    openBundled: (id) => call("flow.openBundled", { id }),
    openPath: (path) => call("flow.openPath", { path }),
    openText: (name, text) => call("flow.openText", { name, text }),
    openFile,
    openDialog: () => call("flow.openDialog", {}),
    recoverable: () => call("recovery.list", {}),
    recover: (id) => call("recovery.recover", { id }),
    discardRecoverable: (id) => call("recovery.discard", { id }),
    save: (handle) => call("flow.save", { handle }),
    saveAs: (handle) => call("flow.saveAs", { handle }),
    exportTo: (request) => call("export.write", request),
    stopExport: () => call("export.stop", {}),
    close: (handle) => call("flow.close", { handle }),
    async run(handle, variant) {
      const known = isFirst ? await ready : undefined;
      isFirst = false;
      const first = known?.ok && known.value.opened?.handle === handle ? known.value.first : undefined;
      const run = first?.variant === variant ? ok(first.run) : await call("flow.run", { handle, variant });
      await asked;
      return run;
    },
    edit: (request) => call("flow.edit", request),
    elsewhere: (handle, variant) => call("flow.elsewhere", { handle, variant }),
    reload: (request) => call("flow.reload", request),
    keep: (handle) => call("flow.keep", { handle }),
    rewrite: (request) => call("flow.rewrite", request),
    gesture: (request) => call("flow.gesture", request),
    takeApart: (request) => call("flow.takeApart", request),
    undo: (request) => call("flow.undo", request),
    redo: (request) => call("flow.redo", request),
    replica: (handle) => call("flow.replica", { handle }),
    explain: (handle, variant, turn) => call("flow.explain", { handle, variant, turn }),
    rules: () => call("rules.list", {}),
    check: (handle, variant) => call("flow.check", { handle, variant }),
    whatIf: (handle, variant, turn) => call("flow.whatIf", { handle, variant, turn }),
    variants: (handle, ids) => call("flow.variants", { handle, ids }),
    compare: (request) => call("flow.compare", request),
    missing: (handle) => call("flow.missing", { handle }),
    repairs: (handle, variant) => call("flow.repairs", { handle, variant }),
    explore: (request) => call("explore.start", request),
    stopExploring: () => call("explore.stop", {}),
    draw(flow, run, view, theme, variant) {
      const diagram = project(flow, run, view, rules, variant, last?.diagram);
      last = { diagram, scene: layout(diagram, theme, last?.scene) };
      return last;
    },
    painted,
    remember: (patch) => void call("settings.set", { patch }),
  };
}

/** How long the window waits for the first flow, in milliseconds, before it shows that it is being opened. */
const PATIENCE = 200;

async function start(root: HTMLElement) {
  const asked = call("app.ready", {});
  const settings = await call("settings.get", {});
  const app = createAppStore(portsToMain(asked), {
    ...(settings.ok && {
      themeChoice: settings.value.theme ?? "system",
      panels: settings.value.panels ?? {},
      speed: settings.value.speed ?? 1,
      widths: settings.value.widths ?? {},
      keys: settings.value.keys ?? {},
      ...(settings.value.exports && { exports: settings.value.exports }),
    }),
    opening: "the first flow",
    systemDark: watchMedia("(prefers-color-scheme: dark)", (dark) => app.getState().actions.systemTheme(dark)),
    reducedMotion: watchMedia("(prefers-reduced-motion: reduce)", (less) =>
      app.getState().actions.setReducedMotion(less),
    ),
  });
  const paint = () => applyTheme(app.getState().theme, document.documentElement);
  paint();
  app.subscribe((state, before) => {
    if (state.theme !== before.theme) paint();
    const { open } = state;
    const tab = open === undefined ? undefined : tabOf(open);
    const title = tab === undefined ? "Callflow" : `${tab.unsaved ? "• " : ""}${tab.name} – Callflow`;
    if (document.title !== title) {
      document.title = title;
    }
  });
  const canvas = createCanvasStore();
  const digits = createDigits(app);
  startClock(app);
  connectCommands({ app, canvas }, digits);
  const { actions } = app.getState();
  const openFirst = async () => {
    const ready = await asked;
    if (!ready.ok) return actions.report(ready.failure);
    actions.alsoOpen(ready.value.others);
    await (ready.value.opened === null ? actions.openBundled(FIRST_FLOW) : actions.opened(ready.value.opened));
  };
  const first = openFirst();
  // One picture with the flow in it comes sooner than one without and another with it.
  await Promise.race([first, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
  flushSync(() =>
    createRoot(root).render(
      <AppStoreContext value={app}>
        <CanvasStoreContext value={canvas}>
          <DigitsContext value={digits}>
            <App />
          </DigitsContext>
        </CanvasStoreContext>
      </AppStoreContext>,
    ),
  );
  firstPictureRendered();
  await first;
  performance.mark("flow-shown");
  await actions.loadRecoverable();
  // After the flow: for its list main reads every bundled document.
  await actions.loadLibrary();
}

const root = document.getElementById("root");
if (root !== null) void start(root);

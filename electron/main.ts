import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { app, type BrowserWindow, ipcMain } from "electron";
import { CALL_CHANNEL, EVENT_CHANNEL } from "../shared/ipc/channels.ts";
import type { EventName, EventPayload } from "../shared/ipc/contract.ts";
import type { About } from "../shared/ipc/shapes.ts";
import { askReload, showProblem } from "./file-dialogs.ts";
import { keepCompiled } from "./host/compiled.ts";
import { createLog } from "./host/log.ts";
import { openMemory } from "./host/memory.ts";
import type { Answering } from "./ipc/serve.ts";
import type { Services } from "./services.ts";
import { claimScheme, devUrl, isOwnPage, openWindow, putUpWalls } from "./window.ts";

// Wires the parts together and follows the app from its start to its end. What the first picture does not need, as the
// engine and the menu, is loaded while the page's process starts.

const here = dirname(fileURLToPath(import.meta.url));
const log = createLog();
const runtime = process.env.CALLFLOW_RUNTIME ?? `Electron ${process.versions.electron}`;
const developing = devUrl !== undefined;

if (process.env.CALLFLOW_USER_DATA) app.setPath("userData", resolve(process.env.CALLFLOW_USER_DATA));

process.on("uncaughtException", (error) => reportDefect(error));
process.on("unhandledRejection", (error) => reportDefect(error));

let reported = false;
/** Logs a mistake of ours; the first one is said to the person too. */
function reportDefect(error: unknown): void {
  log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  if (reported) return;
  reported = true;
  showProblem("Something went wrong inside Callflow; the log says what. Your files are unchanged.");
}

let window: BrowserWindow | undefined;

function tell<Name extends EventName>(name: Name, payload: EventPayload<Name>): void {
  window?.webContents.send(EVENT_CHANNEL, name, JSON.stringify(payload));
}

/** The files among the words the app was started with: what comes after the app itself and is no switch. */
function filesIn(words: readonly string[]): string[] {
  const own = process.defaultApp === true ? words.findIndex((word) => resolve(word) === app.getAppPath()) : 0;
  return words
    .slice(own + 1)
    .filter((word) => !word.startsWith("-"))
    .map((word) => resolve(word));
}

/** What a second start of the app hands to the first. */
interface Handover {
  readonly files: readonly string[];
}

function startedWith(given: unknown): string[] {
  const { files } = (given ?? {}) as Partial<Handover>;
  return Array.isArray(files) ? files.filter((path) => typeof path === "string") : [];
}

/** By now, in milliseconds, the first picture stands. */
const STARTED_AT_LAST = 1000;

/** Does what the first picture does not need when there is time for it, once, and before the app ends. */
function whenStarted(act: () => void): void {
  let done = false;
  const once = () => {
    if (!done) act();
    done = true;
  };
  setTimeout(once, STARTED_AT_LAST);
  app.on("before-quit", once);
}

function start(files: readonly string[]): void {
  const userData = app.getPath("userData");
  keepCompiled(here, { into: join(userData, "compiled"), atEnd: whenStarted });
  const memory = openMemory(join(userData, "settings.json"), log.warn);
  const pageServed = putUpWalls(join(here, "renderer"));

  // What is not saved keeps the window, and with it the app, until the person has said what is to become of it.
  let started: Services | undefined;
  let mayCloseNow = false;
  let quitting = false;
  const create = () => {
    const opened = openWindow(join(here, "preload.cjs"), memory);
    window = opened;
    opened.on("close", (event) => {
      if (mayCloseNow || started?.hasUnsaved() !== true) return;
      event.preventDefault();
      void started.mayClose().then((may) => {
        mayCloseNow = may;
        if (may && quitting) app.quit();
        else if (may) opened.close();
        quitting = false;
      });
    });
    opened.on("closed", () => {
      mayCloseNow = false;
      window = undefined;
      started?.windowClosed();
    });
    opened.webContents.on("render-process-gone", (_event, { reason }) => {
      log.error(`The page's process ended: ${reason}`);
      if (reason !== "clean-exit")
        void askReload(opened, reason).then((again) => (again ? opened.reload() : app.quit()));
    });
    opened.webContents.on("preload-error", (_event, _path, error) => reportDefect(error));
  };
  create();

  const about: About = {
    version: app.getVersion(),
    runtime,
    chrome: process.versions.chrome,
    node: process.versions.node,
  };
  log.info(`Callflow ${about.version} on ${about.runtime}, Chrome ${about.chrome}, Node ${about.node}`);
  const services = pageServed
    .then(() => import("./services.ts"))
    .then(({ startServices }) => {
      const flows = join(here, "../flows");
      const exploreWorker = new URL("explore.worker.cjs", import.meta.url);
      const answerWorker = new URL("answer.worker.cjs", import.meta.url);
      const paintWorker = new URL("paint.worker.cjs", import.meta.url);
      const recovery = join(userData, "recovery");
      const now = {
        flows,
        exploreWorker,
        answerWorker,
        paintWorker,
        recovery,
        files,
        developing,
        tell,
        window: () => window,
      };
      started = startServices({ memory, log, about, isTrusted: (event) => isOwnPage(window, event), ...now });
      app.on("will-quit", started.flush);
      return started;
    });
  // The schemas of the calls come with the services; a call that is made before waits for them.
  const answer: Answering<Electron.IpcMainInvokeEvent> = async (...asked) => (await services).answer(...asked);
  ipcMain.handle(CALL_CHANNEL, answer);

  app.on("activate", () => {
    if (window === undefined) create();
  });
  app.on("second-instance", (_event, _words, _folder, given) => {
    if (window?.isMinimized() === true) window.restore();
    window?.focus();
    void services.then(({ openFiles }) => openFiles(startedWith(given)));
  });
  app.on("open-file", (event, path) => {
    event.preventDefault();
    void services.then(({ openFiles }) => openFiles([path]));
  });
  app.on("before-quit", () => {
    quitting = true;
    memory.flush();
  });
  whenStarted(() => void log.open(join(userData, "callflow.log"), process.env.CALLFLOW_LOG !== undefined));
}

const files = filesIn(process.argv);
if (app.requestSingleInstanceLock({ files } satisfies Handover)) {
  claimScheme();
  app.on("window-all-closed", () => app.quit());
  void app.whenReady().then(() => start(files));
} else app.quit();

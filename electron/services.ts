import { fail, ok, type Result } from "../shared/flow/result.ts";
import type { EventName, EventPayload } from "../shared/ipc/contract.ts";
import type { About, MenuState } from "../shared/ipc/shapes.ts";
import { commandsWith } from "../shared/keys.ts";
import { readCarrier } from "./export/carrier/read-carrier.ts";
import { type Asking, askFolder, askOpen, askSave, askUnsaved, showInFolder } from "./file-dialogs.ts";
import { createAside } from "./host/answering.ts";
import { bundleIn } from "./host/bundle.ts";
import { disk } from "./host/disk.ts";
import { startExploring } from "./host/exploring.ts";
import type { Log } from "./host/log.ts";
import type { Memory } from "./host/memory.ts";
import { nearby } from "./host/nearby.ts";
import { createPainting } from "./host/painting.ts";
import { openRecovery } from "./host/recovery.ts";
import { createWatching } from "./host/watching.ts";
import { createExplorer } from "./ipc/exploring.ts";
import { createFilming } from "./ipc/filming.ts";
import { handlersFor, type Shell } from "./ipc/handlers.ts";
import { mayClose } from "./ipc/saving.ts";
import { type Answering, serve } from "./ipc/serve.ts";
import { setMenu } from "./menu.ts";
import { cutCopyPaste, lendGesture, showTheme } from "./window.ts";
import type { Open } from "./workspace/entry.ts";
import { createWorkspace, type Workspace } from "./workspace/workspace.ts";

/** The flow a person sees who opens none. */
const FIRST_FLOW = "cpm/group-invitation";
const RECENT_FILES = 12;

export interface Start {
  readonly memory: Memory;
  readonly log: Log;
  readonly about: About;
  /** Folder of what is not saved. */
  readonly recovery: string;
  /** Folder of the bundled flows. */
  readonly flows: string;
  /** The built `explore.worker.cjs`. */
  readonly exploreWorker: URL;
  /** The built `answer.worker.cjs`. */
  readonly answerWorker: URL;
  /** The built `paint.worker.cjs`. */
  readonly paintWorker: URL;
  /** Files the app was started with. */
  readonly files: readonly string[];
  readonly developing: boolean;
  /** Whether a call comes from the app's own page. */
  readonly isTrusted: (event: Electron.IpcMainInvokeEvent) => boolean;
  readonly tell: <Name extends EventName>(name: Name, payload: EventPayload<Name>) => void;
  /** The window, while there is one. */
  readonly window: () => Asking | undefined;
}

export interface Services {
  /** Answers the page's calls. */
  readonly answer: Answering<Electron.IpcMainInvokeEvent>;
  /** Writes down at once what is not saved yet. */
  readonly flush: () => void;
  /** Opens files that something other than the page asks for; the page hears of each. */
  readonly openFiles: (paths: readonly string[]) => Promise<void>;
  /** Nobody waits any more for what was under way. */
  readonly windowClosed: () => void;
  readonly hasUnsaved: () => boolean;
  /** Asks about what is not saved. False when nothing may be closed. */
  readonly mayClose: () => Promise<boolean>;
}

/** Everything behind the window: the workspace, what answers the page's calls, and the menu. */
export function startServices({
  memory,
  recovery: folder,
  isTrusted,
  log,
  about,
  flows,
  exploreWorker,
  answerWorker,
  paintWorker,
  files,
  developing,
  tell,
  window,
}: Start): Services {
  const recovery = openRecovery(folder, log.warn);
  const watching = createWatching((path) => {
    const open = workspace.all().find((one) => one.path === path);
    if (open !== undefined) tell("flow.fileChanged", { handle: open.handle });
  });
  const workspace = createWorkspace(disk, bundleIn(flows), {
    journal: recovery,
    followed: watching.follow,
    findCarried: readCarrier,
    nearby,
    aside: createAside(answerWorker),
  });
  const recent = () => memory.now().recent ?? [];
  const inWindow = <T>(ask: (window: Asking) => Promise<T>): Promise<T | undefined> => {
    const open = window();
    return open === undefined ? Promise.resolve(undefined) : ask(open);
  };

  let showMenu: ReturnType<typeof setMenu>;
  let menuState: MenuState = { hasFlow: false, checked: [] };
  const buildMenu = () => {
    showMenu = setMenu(
      commandsWith(memory.now().settings?.keys ?? {}),
      recent(),
      {
        run: (id) => tell("command", { id }),
        openRecent: (path) => void openFiles([path]),
        forgetRecent: () => setRecent([]),
      },
      developing,
      menuState,
    );
  };
  let rebuilding: NodeJS.Timeout | undefined;
  const rebuildMenuSoon = () => {
    if (rebuilding !== undefined) return;
    rebuilding = setTimeout(() => {
      rebuilding = undefined;
      buildMenu();
    }, 100);
  };
  const setRecent = (paths: readonly string[]) => {
    memory.change({ recent: [...paths] });
    buildMenu();
  };
  const remember = (path: string) => {
    if (recent()[0] === path) return;
    setRecent([path, ...recent().filter((other) => other !== path)].slice(0, RECENT_FILES));
  };

  const openFiles = async (paths: readonly string[]): Promise<void> => {
    for (const path of paths) {
      const opened = await workspace.openFile(path);
      if (!opened.ok) tell("problem", opened.failure);
      else {
        remember(path);
        tell("flow.opened", opened.value);
      }
    }
  };

  buildMenu();
  // Opened while the page's process starts, so that the page finds it ready.
  const first = openFirst(workspace, files, remember, log);
  let isFirst = true;

  const shell: Shell = {
    askOpen: (kind) => inWindow((open) => askOpen(open, kind)),
    askFolder: (title) => inWindow((open) => askFolder(open, title)),
    showInFolder,
    cutCopyPaste: (what) => {
      const open = window();
      if (open !== undefined) cutCopyPaste(open, what);
    },
    lendGesture: async () => {
      await inWindow(lendGesture);
    },
    askSave: (suggestion, kind) => inWindow((open) => askSave(open, suggestion, kind)),
    askUnsaved: (names) => inWindow((open) => askUnsaved(open, names)).then((answer) => answer ?? "cancel"),
    windowWidth: () => window()?.getContentBounds().width ?? 0,
    about: () => about,
    showMenuState(state) {
      // What an entry is called cannot be changed once the menu stands.
      const renamed = state.undo !== menuState.undo || state.redo !== menuState.redo;
      menuState = state;
      if (renamed) rebuildMenuSoon();
      else showMenu(state);
    },
    async pageIsReady() {
      const opened = await first;
      // A page that is loaded again, after its process ended, goes on with what was open.
      if (!isFirst) return ok(workspace.latest());
      isFirst = false;
      return opened;
    },
    remember,
    showTheme,
    showKeys: rebuildMenuSoon,
  };
  const explorer = createExplorer(
    workspace,
    (request, onProgress) => startExploring(exploreWorker, request, onProgress),
    (progress) => tell("explore.progress", progress),
  );
  const handlers = handlersFor({
    workspace,
    memory,
    disk,
    recovery,
    explorer,
    paintRows: createPainting(paintWorker),
    filming: createFilming((wanted) => tell("film.wanted", wanted)),
    shell,
    tell: (progress) => tell("export.progress", progress),
  });
  const unsaved = () => workspace.all().filter((open) => open.unsaved);
  return {
    answer: serve({ handlers, isTrusted, log: log.warn }),
    flush: recovery.flush,
    openFiles,
    windowClosed: () => explorer.end(),
    hasUnsaved: () => unsaved().length > 0,
    mayClose: async () => {
      const may = await mayClose(workspace, shell, unsaved());
      if (!may.ok) tell("problem", may.failure);
      if (!may.ok || !may.value) return false;
      for (const { handle } of unsaved()) workspace.close(handle);
      return true;
    },
  };
}

/** The last of the files named, or the first bundled flow. A file that cannot be opened is said, and nothing is shown. */
async function openFirst(
  workspace: Workspace,
  files: readonly string[],
  remember: (path: string) => void,
  log: Log,
): Promise<Result<Open | undefined>> {
  try {
    const path = files.at(-1);
    const opened = await (path === undefined ? workspace.openBundled(FIRST_FLOW) : workspace.openFile(path));
    if (!opened.ok) return opened;
    if (path !== undefined) remember(path);
    const { handle, flow } = opened.value;
    // Computed now as well: the page asks for it next.
    if (flow.variants[0] !== undefined) await workspace.show(handle, flow.variants[0].id);
    return opened;
  } catch (error) {
    log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return fail("The first flow could not be opened; the log says why.", String(error));
  }
}

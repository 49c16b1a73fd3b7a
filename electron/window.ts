import { app, BrowserWindow, nativeTheme, protocol, screen, session } from "electron";
import type { Memory, Remembered } from "./host/memory.ts";
import { developmentPolicy, ORIGIN, pageAnswer, SCHEME, sameOrigin } from "./host/page-files.ts";

/**
 * The window and the walls around its page: it is served from the app's own scheme, sees no Node, goes nowhere else and is
 * allowed nothing that needs a permission.
 */

/** In development the page comes from the local server that `npm run dev` starts; never in a package. */
export const devUrl = app.isPackaged ? undefined : process.env.CALLFLOW_DEV_URL;
export const pageUrl = devUrl ?? `${ORIGIN}/index.html`;

/** `--surface` of the page's tokens.css, so that a window that is shown before the page is painted does not flash. */
const ground = { dark: "#0d1117", light: "#f3f5f9" };

/** Opens the one window; it is shown with its first picture. */
export function openWindow(preload: string, memory: Memory): BrowserWindow {
  const { window: last, settings } = memory.now();
  nativeTheme.themeSource = settings?.theme ?? "system";
  const window = new BrowserWindow({
    ...placeFor(last),
    minWidth: 720,
    minHeight: 480,
    show: false,
    title: "Callflow",
    backgroundColor: nativeTheme.shouldUseDarkColors ? ground.dark : ground.light,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      // From the second start on, nothing of the page's script is compiled any more.
      v8CacheOptions: "bypassHeatCheckAndEagerCompile",
    },
  });
  if (last?.maximized === true) window.maximize();
  window.once("ready-to-show", () => window.show());
  const remember = () => {
    if (window.isDestroyed() || window.isMinimized()) return;
    memory.change({ window: { ...window.getNormalBounds(), maximized: window.isMaximized() } });
  };
  window.on("resize", remember);
  window.on("move", remember);
  window.on("close", remember);
  window.webContents.on("input-event", (_, { type }) => {
    if (type === "mouseUp" || type === "rawKeyDown" || type === "keyDown") handled.set(window, Date.now());
  });
  // Without a page there is nothing to wait for.
  void window.loadURL(pageUrl).catch(() => window.show());
  return window;
}

/** The last place of the window where a display still shows it, otherwise the middle of the screen. */
function placeFor(last: Remembered["window"]): Electron.Rectangle | { width: number; height: number } {
  const { workAreaSize } = screen.getPrimaryDisplay();
  const usual = { width: Math.min(1440, workAreaSize.width), height: Math.min(900, workAreaSize.height) };
  if (last === undefined) return usual;
  const { x, y, width, height } = last;
  if (x === undefined || y === undefined) return { width, height };
  const visible = screen.getAllDisplays().some(({ workArea: area }) => {
    const across = Math.min(x + width, area.x + area.width) - Math.max(x, area.x);
    const down = Math.min(y + height, area.y + area.height) - Math.max(y, area.y);
    return across > 100 && down > 100;
  });
  return visible ? { x, y, width, height } : { width, height };
}

/** Makes the page's scheme an origin of its own. Has to be called before the app is ready. */
export function claimScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** The page has its script well before this, in milliseconds; where something is wrong with it, main goes on. */
const SERVED_AT_LAST = 1000;

/**
 * Puts up the walls: before the first window is opened. The page's files are those in `folder`.
 * @returns comes true when the page has its script to run, and so main time for what takes longer
 */
export function putUpWalls(folder: string): Promise<void> {
  const scriptServed = new Promise<void>((resolve) => {
    if (devUrl !== undefined) resolve();
    setTimeout(resolve, SERVED_AT_LAST);
    // `protocol.handle` would send the files through streams of JavaScript, on the thread that also starts all else.
    protocol.registerFileProtocol(SCHEME, (request, answer) => {
      answer(pageAnswer(folder, request));
      // Its bytes are on their way when this turn is over.
      if (request.url.endsWith(".js")) setTimeout(resolve, 5);
    });
  });
  const { defaultSession } = session;
  // To put a picture on the clipboard in more than one form there is no other way; reading it stays denied. It counts only
  // just after the person did something.
  const isGiven = (permission: string) => permission === "clipboard-sanitized-write";
  defaultSession.setPermissionRequestHandler((_contents, permission, decide) => decide(isGiven(permission)));
  defaultSession.setPermissionCheckHandler((_contents, permission) => isGiven(permission));
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.on("will-download", (event) => event.preventDefault());
  defaultSession.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !isOwnRequest(url) }));
  if (devUrl !== undefined) {
    const policy = developmentPolicy(devUrl);
    defaultSession.webRequest.onHeadersReceived(({ responseHeaders }, decide) =>
      decide({ responseHeaders: { ...responseHeaders, "content-security-policy": [policy] } }),
    );
  }
  app.on("web-contents-created", (_event, contents) => {
    contents.on("will-frame-navigate", (event) => {
      // Vite's server may ask its page to load itself again.
      if (devUrl === undefined || !sameOrigin(event.url, devUrl)) event.preventDefault();
    });
    contents.on("will-redirect", (event) => event.preventDefault());
    contents.on("will-attach-webview", (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: "deny" }));
  });
  return scriptServed;
}

/** The page asks for nothing but its own files and what it made itself; developer tools bring theirs. */
function isOwnRequest(url: string): boolean {
  if (/^(data|blob|devtools):/.test(url) || sameOrigin(url, ORIGIN)) return true;
  return devUrl !== undefined && sameOrigin(url.replace(/^ws/, "http"), devUrl);
}

/** Lets the system's parts of the window, and what the page is told of the system, follow the person's choice. */
export function showTheme(theme: "system" | "light" | "dark"): void {
  nativeTheme.themeSource = theme;
}

/** When a person last pressed something in a window. */
const handled = new WeakMap<BrowserWindow, number>();

/** So soon after a person pressed something, in milliseconds, what the page asks is what they chose. */
const JUST_NOW = 1500;

/**
 * Does in the window what the entries of the Edit menu do, where a person has just pressed something: the page cannot read
 * the clipboard by itself.
 */
export function cutCopyPaste(window: BrowserWindow, what: "cut" | "copy" | "paste"): void {
  if (Date.now() - (handled.get(window) ?? 0) < JUST_NOW) window.webContents[what]();
}

/**
 * Makes the page believe for a moment that the person has just done something in it, as they have in the menu: without
 * that it may not write to the clipboard.
 */
export async function lendGesture(window: BrowserWindow): Promise<void> {
  await window.webContents.executeJavaScript("undefined", true);
}

/** Whether a call comes from our window's own page: its main frame, at our address. */
export function isOwnPage(window: BrowserWindow | undefined, event: Electron.IpcMainInvokeEvent): boolean {
  const { sender, senderFrame } = event;
  if (window === undefined || window.isDestroyed() || senderFrame === null) return false;
  return sender === window.webContents && senderFrame.parent === null && sameOrigin(senderFrame.url, pageUrl);
}

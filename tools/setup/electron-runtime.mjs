// Which Electron runs the app: the product's own, or the fallback where its download cannot be reached.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cachedFallback, ensureFallback, fallbackIsPossible, fallbackVersion } from "./fallback-runtime.mjs";
import { cacheDir, root } from "./paths.mjs";
import { SetupFailure, say } from "./say.mjs";

/** @typedef {{ dist: string, binary: string, name: string, fallback: boolean }} Runtime */

const electronDir = join(root, "node_modules", "electron");
const failedFile = join(cacheDir, "electron-download-failed");
// A download that failed is not tried again at every start: it may take minutes to fail.
const retryAfterMs = 24 * 60 * 60 * 1000;
const downloadLimitMs = 180_000;

/**
 * The runtime to use, made ready. CALLFLOW_ELECTRON=own|fallback|auto chooses; auto is the rule.
 * @param {string | undefined} wish
 * @returns {Promise<Runtime>}
 */
export async function ensureElectron(wish = process.env.CALLFLOW_ELECTRON) {
  if (wish !== undefined && !["auto", "own", "fallback", ""].includes(wish)) {
    throw new SetupFailure(`CALLFLOW_ELECTRON is "${wish}"; it may be auto, own or fallback.`);
  }
  if (wish === "fallback") return fallbackRuntime();
  const own = ownRuntime();
  if (own) return own;
  if (wish === "own") return downloadOwn() ?? fail("Electron could not be downloaded.");
  if (cachedFallback() && downloadFailedLately()) return fallbackRuntime();
  const downloaded = downloadFailedLately() ? undefined : downloadOwn();
  return downloaded ?? fallbackRuntime();
}

/** @returns {Runtime | undefined} */
function ownRuntime() {
  const dist = join(electronDir, "dist");
  try {
    const version = readFileSync(join(dist, "version"), "utf8").trim().replace(/^v/, "");
    const binary = join(dist, readFileSync(join(electronDir, "path.txt"), "utf8"));
    if (!existsSync(binary) || version !== wantedVersion()) return undefined;
    return { dist, binary, name: `Electron ${version}`, fallback: false };
  } catch {
    return undefined;
  }
}

/** @returns {string} */
function wantedVersion() {
  return JSON.parse(readFileSync(join(electronDir, "package.json"), "utf8")).version;
}

function downloadOwn() {
  say(`Downloading Electron ${wantedVersion()} …`);
  const result = spawnSync(process.execPath, ["install.js"], {
    cwd: electronDir,
    stdio: "ignore",
    timeout: downloadLimitMs,
  });
  const runtime = result.status === 0 ? ownRuntime() : undefined;
  if (!runtime) {
    mkdirSync(cacheDir, { recursive: true });
    writeFileSync(failedFile, "");
  }
  return runtime;
}

function downloadFailedLately() {
  return existsSync(failedFile) && Date.now() - statSync(failedFile).mtimeMs < retryAfterMs;
}

/** @returns {Promise<Runtime>} */
async function fallbackRuntime() {
  if (!fallbackIsPossible) {
    return fail("Electron could not be downloaded, and there is a fallback for 64-bit x86 Linux only.");
  }
  const dist = await ensureFallback();
  const name = `Electron ${fallbackVersion} (fallback runtime)`;
  return { dist, binary: join(dist, "electron"), name, fallback: true };
}

/** @param {string} sentence @returns {never} */
function fail(sentence) {
  throw new SetupFailure(`${sentence} The command line works without it: npm run -s callflow -- run FILE`);
}

/**
 * The environment Electron, and whatever starts Electron, is given.
 * @param {Runtime} runtime
 */
export function electronEnvironment(runtime) {
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, CALLFLOW_RUNTIME: runtime.name };
  // Keeps Chromium from trying to start a bus of its own.
  env.DBUS_SESSION_BUS_ADDRESS ??= "disabled:";
  if (runtime.fallback) env.ELECTRON_OVERRIDE_DIST_PATH = runtime.dist;
  // Set by some editors' terminals; Electron would start as plain Node.
  delete env.ELECTRON_RUN_AS_NODE;
  return env;
}

/** The switches Electron is started with on this machine. */
export function electronSwitches() {
  const switches = [];
  // Chromium refuses its sandbox to root; everyone else keeps it.
  if (process.platform === "linux" && process.getuid?.() === 0) switches.push("--no-sandbox");
  // Without a session bus Chromium prints a page of errors about it that mean nothing here.
  if (process.platform === "linux" && !process.env.DBUS_SESSION_BUS_ADDRESS) switches.push("--log-level=3");
  return switches;
}

/**
 * A sentence when this machine forbids the sandbox to ordinary programs (Ubuntu 24.04 does), else undefined.
 * @param {Runtime} runtime
 */
export function sandboxHindrance(runtime) {
  if (process.platform !== "linux" || process.getuid?.() === 0) return undefined;
  const setting = "/proc/sys/kernel/apparmor_restrict_unprivileged_userns";
  const restricted = existsSync(setting) && readFileSync(setting, "utf8").trim() === "1";
  const helper = join(runtime.dist, "chrome-sandbox");
  if (!restricted || (existsSync(helper) && statSync(helper).uid === 0 && statSync(helper).mode & 0o4000)) {
    return undefined;
  }
  return `This system lets Electron's sandbox start only through its helper. Run once:\n  sudo chown root "${helper}" && sudo chmod 4755 "${helper}"`;
}

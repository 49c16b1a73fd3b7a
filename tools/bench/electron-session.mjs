// Starts an Electron app as a person would, without a test driver in its main process, and attaches to its page.
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { chromium } from "@playwright/test";
import { electronSwitches } from "../setup/electron-runtime.mjs";

/**
 * @typedef {{
 *   page: import("@playwright/test").Page,
 *   startedAt: number,
 *   pid: number,
 *   close: () => Promise<void>,
 * }} Session `startedAt` in milliseconds of the wall clock, just before the process was asked for
 */

/** So long an app may take to end by itself, in milliseconds. */
const PATIENCE = 5000;

/** Milliseconds of the wall clock with fractions, as a page's `timeOrigin` has them. */
const now = () => performance.timeOrigin + performance.now();

/**
 * @param {{ binary: string, env: NodeJS.ProcessEnv, app: string, userData: string, args?: readonly string[] }} options
 * @returns {Promise<Session>}
 */
export async function startSession({ binary, env, app, userData, args = [] }) {
  const startedAt = now();
  const child = spawn(
    binary,
    [app, `--user-data-dir=${userData}`, "--remote-debugging-port=0", ...electronSwitches(), ...args],
    { env, stdio: ["ignore", "ignore", "pipe"] },
  );
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const stop = async () => {
    child.kill();
    // An app with unsaved work asks back, and nobody is there to answer.
    const late = setTimeout(() => child.kill("SIGKILL"), PATIENCE);
    await ended;
    clearTimeout(late);
  };
  try {
    const browser = await chromium.connectOverCDP(await debuggerAddress(child));
    const context = browser.contexts()[0];
    if (context === undefined) throw new Error("The app has no page.");
    const page = context.pages()[0] ?? (await context.waitForEvent("page"));
    const close = async () => {
      await browser.close();
      await stop();
    };
    return { page, startedAt, pid: child.pid ?? 0, close };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** @param {import("node:child_process").ChildProcess} child @returns {Promise<string>} */
function debuggerAddress(child) {
  return new Promise((resolve, reject) => {
    let said = "";
    child.stderr?.on("data", (data) => {
      said += data;
      const address = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    });
    child.once("error", reject);
    child.once("exit", () => reject(new Error(`Electron ended before its page could be reached: ${said.slice(-300)}`)));
  });
}

/**
 * Resident memory of the app's processes by what they are, in megabytes; undefined where the system does not say.
 * @param {number} pid
 * @returns {{ main: number, page: number, others: number } | undefined}
 */
export function residentMemory(pid) {
  if (process.platform !== "linux") return undefined;
  const found = { main: 0, page: 0, others: 0 };
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry) || !descendsFrom(Number(entry), pid)) continue;
    const megabytes = Number(/VmRSS:\s+(\d+)/.exec(readProcess(entry, "status"))?.[1] ?? 0) / 1024;
    const type = /--type=(\w+)/.exec(readProcess(entry, "cmdline"))?.[1];
    found[Number(entry) === pid ? "main" : type === "renderer" ? "page" : "others"] += megabytes;
  }
  return found;
}

/** @param {number} pid @param {number} ancestor */
function descendsFrom(pid, ancestor) {
  for (let at = pid; at > 1; at = Number(/PPid:\s+(\d+)/.exec(readProcess(String(at), "status"))?.[1] ?? 0)) {
    if (at === ancestor) return true;
  }
  return false;
}

/** A process may end while it is looked at. @param {string} pid @param {string} file */
function readProcess(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}

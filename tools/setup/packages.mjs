// npm packages: installs exactly what the lock file says, and only when what is installed differs from it.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.mjs";
import { SetupFailure, say } from "./say.mjs";

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }} LockEntry */
/** @typedef {{ packages: Record<string, LockEntry> }} LockFile */

/**
 * Whether node_modules holds what the lock file says. npm writes what it installed to node_modules/.package-lock.json
 * as its last act, so an interrupted install has none. Optional packages of other platforms may be missing.
 * @param {string} dir folder of the package
 */
export function packagesAreCurrent(dir) {
  const installedFile = join(dir, "node_modules", ".package-lock.json");
  if (!existsSync(installedFile)) return false;
  const wanted = readLock(join(dir, "package-lock.json")).packages;
  const installed = readLock(installedFile).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === "") return true;
    const have = installed[path];
    if (!have) return entry.optional === true || entry.devOptional === true;
    return have.version === entry.version && have.integrity === entry.integrity;
  });
}

/** @param {string} file @returns {LockFile} */
function readLock(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}

/**
 * Runs `npm ci` in a folder when needed.
 * @param {string} what the packages, as the person reads it
 * @param {string} dir
 * @param {string[]} [flags]
 */
export function ensurePackages(what = "the npm packages", dir = root, flags = []) {
  if (packagesAreCurrent(dir)) return;
  say(`Installing ${what} …`);
  // No install script runs: the one binary that is needed, Electron's, is fetched by its own step.
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", ...flags];
  const result = spawnSync("npm", args, { cwd: dir, stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
  if (result.status !== 0) {
    throw new SetupFailure(`Could not install ${what}: see npm's message above. The npm registry must be reachable.`);
  }
}

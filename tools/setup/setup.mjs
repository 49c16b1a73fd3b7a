// Everything between a fresh clone and a running app, each step done only when it is needed.
import { electronEnvironment, ensureElectron, sandboxHindrance } from "./electron-runtime.mjs";
import { requireNode } from "./node-version.mjs";
import { ensurePackages } from "./packages.mjs";
import { say } from "./say.mjs";
import { ensureSystemLibraries } from "./system-libraries.mjs";

/** What the command line needs: Node and the packages. */
export function ensureTools() {
  requireNode();
  ensurePackages();
}

/**
 * What the app needs besides: system libraries and the Electron runtime.
 * @param {{ xvfb: boolean }} options whether a display will be made
 * @returns {Promise<{ runtime: import("./electron-runtime.mjs").Runtime, env: NodeJS.ProcessEnv }>}
 */
export async function ensureApp(options) {
  ensureTools();
  ensureSystemLibraries(options);
  const runtime = await ensureElectron();
  const hindrance = sandboxHindrance(runtime);
  if (hindrance) say(hindrance);
  return { runtime, env: electronEnvironment(runtime) };
}

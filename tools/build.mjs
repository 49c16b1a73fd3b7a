// Builds out/ where it is older than its sources: main.cjs (the app), preload.cjs, cli.cjs (the command line) and
// renderer/ (the page). `node tools/build.mjs --force` builds anyway.
import { fileURLToPath } from "node:url";
import { building, isCurrent } from "./build/freshness.mjs";
import { runScript, say } from "./setup/say.mjs";

/** @typedef {import("./build/freshness.mjs").Part} Part */

/**
 * Builds what is out of date. Vite is loaded only then: a warm start does not pay for it.
 * @param {{ parts?: Part[], force?: boolean }} [options]
 */
export async function ensureBuilt({ parts = ["electron", "renderer"], force = false } = {}) {
  const stale = parts.filter((part) => force || !isCurrent(part));
  if (stale.length === 0) return;
  say("Building …");
  const { buildElectron, buildRenderer } = await import("./build/targets.mjs");
  for (const part of stale) await building(part, part === "electron" ? buildElectron : buildRenderer);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await runScript(async () => {
    await ensureBuilt({ force: process.argv.includes("--force") });
    return 0;
  });
}

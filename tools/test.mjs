// `npm test`: sets up what is missing, builds, runs every unit project and the end-to-end tests in the real app, and ends
// with one line of counts. `npm test -- engine e2e` runs only those projects.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt } from "./build.mjs";
import { startVirtualDisplay } from "./setup/display.mjs";
import { root } from "./setup/paths.mjs";
import { run } from "./setup/run.mjs";
import { SetupFailure, say } from "./setup/say.mjs";
import { ensureApp } from "./setup/setup.mjs";
import { ensureTestPrograms } from "./setup/system-libraries.mjs";
import { add, e2eCounts, none, summary, unitCounts } from "./test/counts.mjs";

const unitProjects = ["engine", "electron", "renderer", "tools", "journey"];
const results = join(root, "test-results");

/** @param {string} file */
function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/** @param {string[]} names @param {NodeJS.ProcessEnv} env */
async function runUnit(names, env) {
  const args = ["run", ...names.flatMap((name) => ["--project", name])];
  const reporters = ["--reporter=default", `--reporter=${join(root, "tools/test/count-reporter.mjs")}`];
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const code = await run(process.execPath, [vitest, ...args, ...reporters], { cwd: root, env });
  return unitCounts(names, readReport(join(results, "unit.json")), code);
}

/** @param {NodeJS.ProcessEnv} env */
async function runE2e(env) {
  const playwright = join(root, "node_modules/@playwright/test/cli.js");
  const code = await run(process.execPath, [playwright, "test"], { cwd: root, env });
  return e2eCounts(readReport(join(results, "e2e.json")), code);
}

/** @param {string[]} chosen */
async function runTests(chosen) {
  const { env } = await ensureApp({ xvfb: true });
  if (chosen.includes("journey")) ensureTestPrograms();
  await ensureBuilt();
  // Also where there is a desktop: tests must not open windows over someone's work.
  const display = process.platform === "linux" ? await startVirtualDisplay() : undefined;
  const testEnv = display ? { ...env, DISPLAY: display.display, WAYLAND_DISPLAY: "" } : env;
  rmSync(results, { recursive: true, force: true });

  const units = unitProjects.filter((name) => chosen.includes(name));
  const outcomes = [];
  if (units.length > 0) outcomes.push(await runUnit(units, testEnv));
  if (chosen.includes("e2e")) outcomes.push(await runE2e(testEnv));
  display?.stop();
  for (const complaint of outcomes.flatMap((outcome) => outcome.complaints)) say(complaint);
  return outcomes.map((outcome) => outcome.counts).reduce(add, none());
}

async function main() {
  const known = [...unitProjects, "e2e"];
  const asked = process.argv.slice(2);
  const unknown = asked.find((name) => !known.includes(name));
  if (unknown) throw new SetupFailure(`There is no test project "${unknown}"; there are ${known.join(", ")}.`);
  return runTests(asked.length > 0 ? asked : known);
}

const counts = await main().catch((error) => {
  say(error instanceof SetupFailure ? error.message : String(error?.stack ?? error));
  return { ...none(), failed: 1 };
});
process.stdout.write(`${summary(counts)}\n`);
process.exitCode = counts.failed > 0 ? 1 : 0;

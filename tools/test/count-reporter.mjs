// Vitest reporter that writes how many tests of each project passed, failed and were skipped to test-results/unit.json.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../setup/paths.mjs";
import { none } from "./counts.mjs";

/** @typedef {import("./counts.mjs").Counts} Counts */

export const unitReport = join(root, "test-results", "unit.json");

export default class CountReporter {
  /**
   * @param {ReadonlyArray<import("vitest/node").TestModule>} modules
   * @param {ReadonlyArray<unknown>} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    /** @type {Record<string, Counts>} */
    const projects = {};
    for (const module of modules) {
      projects[module.project.name] ??= none();
      countModule(module, projects[module.project.name] ?? none());
    }
    mkdirSync(dirname(unitReport), { recursive: true });
    writeFileSync(unitReport, JSON.stringify({ projects, unhandled: unhandledErrors.length }));
  }
}

/** @param {import("vitest/node").TestModule} module @param {Counts} counts */
function countModule(module, counts) {
  const failedBefore = counts.failed;
  for (const test of module.children.allTests()) {
    const { state } = test.result();
    if (state === "passed" || state === "failed") counts[state] += 1;
    else counts.skipped += 1;
  }
  // A file that does not load has no test that could fail.
  if (module.state() === "failed" && counts.failed === failedBefore) counts.failed += 1;
}

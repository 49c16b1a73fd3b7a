// Adds up what the test runners report, so that nothing that did not run can look like success.

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */
/** @typedef {{ projects: Record<string, Counts>, unhandled: number }} UnitReport */
/** @typedef {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number }, errors?: unknown[] }} E2eReport */

/**
 * Counts of each project that was to run. A project that ran nothing counts as one failure, and so does a runner that
 * left no report or ended badly without naming a test.
 * @param {readonly string[]} names the unit projects that were to run
 * @param {UnitReport | undefined} report
 * @param {number} exitCode
 * @returns {{ counts: Counts, complaints: string[] }}
 */
export function unitCounts(names, report, exitCode) {
  const complaints = [];
  let counts = none();
  for (const name of names) {
    const project = report?.projects[name] ?? none();
    if (project.passed + project.failed === 0) complaints.push(`Project ${name} ran no test.`);
    counts = add(counts, project);
  }
  if (report && report.unhandled > 0) complaints.push(`${report.unhandled} error(s) outside any test.`);
  return settle(counts, complaints, exitCode, "vitest");
}

/**
 * @param {E2eReport | undefined} report
 * @param {number} exitCode
 * @returns {{ counts: Counts, complaints: string[] }}
 */
export function e2eCounts(report, exitCode) {
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = report?.stats ?? {};
  // A test that passed at a second try only has failed.
  const counts = { passed: expected, failed: unexpected + flaky, skipped };
  const complaints = counts.passed + counts.failed === 0 ? ["Project e2e ran no test."] : [];
  return settle(counts, complaints, exitCode, "playwright");
}

/** @param {Counts} counts @param {string[]} complaints @param {number} exitCode @param {string} runner */
function settle(counts, complaints, exitCode, runner) {
  const all =
    exitCode !== 0 && counts.failed + complaints.length === 0
      ? [`${runner} ended with code ${exitCode} without a failed test.`]
      : complaints;
  return { counts: { ...counts, failed: counts.failed + all.length }, complaints: all };
}

/** @returns {Counts} */
export function none() {
  return { passed: 0, failed: 0, skipped: 0 };
}

/** @param {Counts} a @param {Counts} b @returns {Counts} */
export function add(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** The last line of `npm test`. @param {Counts} counts */
export function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

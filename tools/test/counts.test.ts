import { describe, expect, test } from "vitest";
import { e2eCounts, summary, unitCounts } from "./counts.mjs";

const good = { passed: 3, failed: 0, skipped: 1 };

describe("unit counts", () => {
  test("are the sum over the projects", () => {
    const { counts, complaints } = unitCounts(["a", "b"], { projects: { a: good, b: good }, unhandled: 0 }, 0);
    expect(counts).toEqual({ passed: 6, failed: 0, skipped: 2 });
    expect(complaints).toEqual([]);
  });
  test("fail a project that ran nothing, or skipped all", () => {
    const projects = { a: good, b: { passed: 0, failed: 0, skipped: 9 } };
    const { counts, complaints } = unitCounts(["a", "b", "c"], { projects, unhandled: 0 }, 0);
    expect(counts.failed).toBe(2);
    expect(complaints).toEqual(["Project b ran no test.", "Project c ran no test."]);
  });
  test("fail a runner that left no report", () => {
    expect(unitCounts(["a"], undefined, 0).counts.failed).toBe(1);
  });
  test("fail an error outside any test, and a bad exit without a reason", () => {
    expect(unitCounts(["a"], { projects: { a: good }, unhandled: 2 }, 1).counts.failed).toBe(1);
    expect(unitCounts(["a"], { projects: { a: good }, unhandled: 0 }, 1).counts.failed).toBe(1);
  });
});

describe("end-to-end counts", () => {
  test("take a test that passed at its second try as failed", () => {
    const stats = { expected: 4, unexpected: 1, flaky: 2, skipped: 3 };
    expect(e2eCounts({ stats }, 1).counts).toEqual({ passed: 4, failed: 3, skipped: 3 });
  });
  test("fail when nothing ran", () => {
    expect(e2eCounts(undefined, 1).counts.failed).toBe(1);
    expect(e2eCounts({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 2 } }, 0).counts.failed).toBe(1);
  });
});

test("the summary names skipped tests only when there are any", () => {
  expect(summary({ passed: 5, failed: 1, skipped: 0 })).toBe("5 passed, 1 failed");
  expect(summary({ passed: 5, failed: 0, skipped: 2 })).toBe("5 passed, 0 failed, 2 skipped");
});

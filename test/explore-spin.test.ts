import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { explore } from "../electron/engine/index.ts";
import { flowSchema } from "../shared/flow/flow.ts";

const here = new URL("spin/", import.meta.url);
const { scenario } = flowSchema.parse(JSON.parse(readFileSync(new URL("forking.flow.json", here), "utf8")));

/** The worlds that the engine reaches when everything may go in any order, no order left out. */
function worlds(reduce: boolean): number {
  const freedoms = (["invite", "accept", "order"] as const).map((kind) => ({ kind, where: [] }));
  const found = explore(scenario, [], { freedoms, reduce });
  if (!found.ok) throw new Error(found.failure.message);
  expect(found.value.complete).toBe(true);
  return found.value.states;
}

/** The states that spin stores for the equivalent model, without any reduction. */
function spinStates(): number {
  const folder = mkdtempSync(join(tmpdir(), "callflow-spin-"));
  try {
    copyFileSync(new URL("forking.pml", here), join(folder, "forking.pml"));
    const run = (command: string, ...args: string[]) => execFileSync(command, args, { cwd: folder, encoding: "utf8" });
    run("spin", "-a", "forking.pml");
    run("cc", "-O1", "-DSAFETY", "-DNOREDUCE", "-o", "pan", "pan.c");
    const printed = run(join(folder, "pan"));
    expect(printed).toContain("errors: 0");
    return Number(/(\d+) states, stored/.exec(printed)?.[1]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const hasSpin = ["spin", "cc"].every((command) => spawnSync(command, ["--version"]).error === undefined);
if (!hasSpin) {
  process.stderr.write(
    "spin or cc is not installed: the reachable worlds are NOT compared with spin's states (apt-get install spin gcc).\n",
  );
}

describe("X18 a proxy that forks to two devices", () => {
  test("has as many worlds as spin 6.5.2 was seen to store states, and far fewer where independent orders are left out", () => {
    expect(worlds(false)).toBe(518);
    expect(worlds(true)).toBeLessThan(518 / 2);
  });

  test.skipIf(!hasSpin)(
    "has as many worlds as spin stores states of the equivalent model",
    () => {
      expect(worlds(false)).toBe(spinStates());
    },
    60_000,
  );
});

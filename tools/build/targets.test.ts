import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../setup/paths.mjs";
import { nodeConfig } from "./targets.mjs";

describe("what is built", () => {
  it("X34: every thread is built beside main, and that of explorations under the name by which main starts it", () => {
    const folder = join(root, "electron");
    const workers = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((f) => f.endsWith(".worker.ts"));
    const built = nodeConfig().build?.rolldownOptions?.input;
    for (const worker of workers) expect(built).toHaveProperty([basename(worker, ".ts")], join(folder, worker));
    expect(workers).toContain("explore.worker.ts");
    const main = readFileSync(join(folder, "main.ts"), "utf8");
    expect(main).toContain('new URL("explore.worker.cjs", import.meta.url)');
  });
});

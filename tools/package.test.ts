import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { fuses } from "./fuses.mjs";

describe("packages", () => {
  it("S23: a package lets nobody in by switches, variables or files beside it", () => {
    const open = Object.entries(fuses).filter(([, on]) => on);
    expect(open.map(([fuse]) => fuse)).toEqual([
      "EnableCookieEncryption",
      "EnableEmbeddedAsarIntegrityValidation",
      "OnlyLoadAppFromAsar",
    ]);
  });

  it.runIf(process.platform === "linux" && process.arch === "x64")(
    "are not made from the fallback runtime",
    () => {
      const out = mkdtempSync(join(tmpdir(), "callflow-package-test-"));
      const { status, stderr } = spawnSync(
        process.execPath,
        [resolve(import.meta.dirname, "package.mjs"), join(out, "p")],
        {
          encoding: "utf8",
          env: { ...process.env, CALLFLOW_ELECTRON: "fallback" },
        },
      );
      expect(status).toBe(1);
      expect(stderr).toContain("nothing was packaged");
      expect(existsSync(join(out, "p"))).toBe(false);
      rmSync(out, { recursive: true });
    },
    120_000,
  );
});

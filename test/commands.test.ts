import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";

// The commands a person types, run as they are typed. They may have to build first.
const limit = 180_000;
const root = resolve(import.meta.dirname, "..");
const firstFlow = "flows/cpm/group-invitation.flow.json";

function node(script: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  return spawnSync(process.execPath, [join(root, script), ...args], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, INIT_CWD: root, ...env },
  });
}

describe("npm start without a display", () => {
  const noDisplay = { DISPLAY: "", WAYLAND_DISPLAY: "" };

  test.runIf(process.platform === "linux")(
    "prints the first flow and writes its figure and documents",
    () => {
      rmSync(join(root, "callflow-out"), { recursive: true, force: true });
      const { status, stdout, stderr } = node("tools/start.mjs", [], noDisplay);
      expect(status, stderr).toBe(0);
      expect(stderr).toContain("There is no display");
      expect(stdout).toMatch(/^19\. /m);
      for (const format of ["svg", "md", "json"]) {
        const file = `callflow-out/group-invitation.${format}`;
        expect(stderr).toContain(`written to ${file}`);
        expect(existsSync(join(root, file)), file).toBe(true);
      }
      expect(readFileSync(join(root, "callflow-out/group-invitation.svg"), "utf8")).toContain("<svg");
    },
    limit,
  );
});

describe("npm run -s callflow", () => {
  test(
    "prints nothing but its output",
    () => {
      const { status, stdout, stderr } = node("tools/callflow.mjs", ["run", firstFlow, "--json"]);
      expect(status, stderr).toBe(0);
      expect(JSON.parse(stdout).steps).toHaveLength(19);
    },
    limit,
  );

  test(
    "reads file names from where the person is",
    () => {
      const away = mkdtempSync(join(tmpdir(), "callflow-away-"));
      const { status } = node("tools/callflow.mjs", ["export", join(root, firstFlow), "--to", "svg", "-o", "a.svg"], {
        INIT_CWD: away,
      });
      expect(status).toBe(0);
      expect(existsSync(join(away, "a.svg"))).toBe(true);
      rmSync(away, { recursive: true });
    },
    limit,
  );

  test(
    "passes the exit code on and says why in one sentence",
    () => {
      const { status, stdout, stderr } = node("tools/callflow.mjs", ["run", "no-such.flow.json"]);
      expect(status).toBe(2);
      expect(stdout).toBe("");
      expect(stderr.trim().split("\n")).toHaveLength(1);
    },
    limit,
  );
});

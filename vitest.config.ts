import { defineConfig } from "vitest/config";
import { byteFiles } from "./tools/build/bytes.mjs";
import { handoutPage } from "./tools/build/handout.mjs";

/** One project a layer; `tools/test.mjs` fails a project that runs no test. */
function project(name: string, include: string[], exclude: string[] = []) {
  return { extends: true as const, test: { name, include, exclude: ["**/node_modules/**", ...exclude] } };
}

export default defineConfig({
  // As in the build: see tools/build/targets.mjs.
  plugins: [handoutPage(), byteFiles()],
  // The page's tests are compiled as the page is: React's automatic JSX.
  oxc: { jsx: { runtime: "automatic" } },
  test: {
    environment: "node",
    passWithNoTests: false,
    setupFiles: ["test/property-seed.ts"],
    // A guard against what never ends, on a machine that has other work: no test is a matter of time.
    testTimeout: 60_000,
    projects: [
      project("engine", ["shared/**/*.test.ts", "electron/engine/**/*.test.ts"]),
      project("electron", ["electron/**/*.test.ts"], ["electron/engine/**"]),
      project("renderer", ["renderer/**/*.test.{ts,tsx}"]),
      project("tools", ["tools/**/*.test.ts"]),
      project("journey", ["test/**/*.test.ts"], ["test/e2e/**"]),
    ],
  },
});

import { defineConfig } from "@playwright/test";

// The real app, under Xvfb: `npm run test:e2e -- FILE` sets that up; `npm test` runs it with everything else.
export default defineConfig({
  testDir: "test/e2e",
  outputDir: "test-results/e2e",
  // Each test starts an Electron of its own; two at once make each other slow on a small machine.
  workers: 1,
  retries: 0,
  timeout: 60_000,
  globalTimeout: 20 * 60_000,
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"], ["json", { outputFile: "test-results/e2e.json" }]],
});

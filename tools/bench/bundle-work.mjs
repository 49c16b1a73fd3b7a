// Bundles what a benchmark times as the product is bundled.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { byteFiles } from "../build/bytes.mjs";
import { handoutPage } from "../build/handout.mjs";
import { cacheDir, root } from "../setup/paths.mjs";

/**
 * `tools/bench/NAME.ts` as one module, and beside it workers of `electron/`.
 * @param {string} name
 * @param {readonly string[]} workers by their names without the ending
 * @returns {Promise<string>} its file
 */
export async function bundleWork(name, workers = []) {
  const outDir = join(cacheDir, `bench-${name}`);
  mkdirSync(outDir, { recursive: true });
  await build({
    configFile: false,
    root,
    logLevel: "warn",
    publicDir: false,
    plugins: [handoutPage(), byteFiles()],
    ssr: { noExternal: true, target: "node" },
    build: {
      ssr: true,
      ssrEmitAssets: true,
      target: "node20.18",
      outDir,
      emptyOutDir: true,
      rolldownOptions: {
        checks: { pluginTimings: false },
        input: {
          [name]: join(root, `tools/bench/${name}.ts`),
          ...Object.fromEntries(workers.map((worker) => [worker, join(root, `electron/${worker}.ts`)])),
        },
        output: { format: "es", entryFileNames: "[name].mjs" },
      },
    },
  });
  return join(outDir, `${name}.mjs`);
}

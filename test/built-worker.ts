import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "vite";
import { afterAll, beforeAll } from "vitest";
import { byteFiles } from "../tools/build/bytes.mjs";

const root = new URL("../", import.meta.url);

/**
 * A worker of `electron/`, built before the first test of a file as the product's are, and forgotten after the last.
 * @param name its file without the ending, as "explore.worker"
 * @returns where it is, and where there is none; to be asked within the tests
 */
export function builtWorker(name: string): { readonly worker: URL; readonly missing: URL } {
  let folder = "";
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), `callflow-${name}-`));
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    await build({
      configFile: false,
      logLevel: "error",
      root: root.pathname,
      publicDir: false,
      plugins: [byteFiles()],
      ssr: { noExternal: true, target: "node" },
      build: {
        ssr: true,
        ssrEmitAssets: true,
        outDir: folder,
        emptyOutDir: false,
        rolldownOptions: { input: new URL(`electron/${name}.ts`, root).pathname, output: { format: "es" } },
      },
    });
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true }));
  const at = (file: string) => pathToFileURL(join(folder, file));
  return {
    get worker() {
      return at(`${name}.js`);
    },
    get missing() {
      return at("nothing.js");
    },
  };
}

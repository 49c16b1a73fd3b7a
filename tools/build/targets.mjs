// The three bundles, as Vite configurations. Targets are stated, because Electron 45 and the fallback runtime (and plain
// Node for the command line) run the same files.
import { existsSync, readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import react from "@vitejs/plugin-react";
import { build as viteBuild } from "vite";
import { outDir, root } from "../setup/paths.mjs";
import { byteFiles } from "./bytes.mjs";
import { fontsAhead } from "./fonts.mjs";
import { handoutPage } from "./handout.mjs";

/** @typedef {import("vite").InlineConfig} InlineConfig */

/** What is the same for all. @type {InlineConfig} */
const common = {
  configFile: false,
  root,
  logLevel: "warn",
  clearScreen: false,
  publicDir: false,
};

/** `name.worker.ts` in electron/ becomes out/name.worker.cjs, beside whatever starts it. */
function workers() {
  const files = readdirSync(join(root, "electron"), { recursive: true, encoding: "utf8" });
  return files.filter((file) => file.endsWith(".worker.ts")).map((file) => join(root, "electron", file));
}

/** The main process, the command line and their workers, which share chunks: as CommonJS they load faster. @returns {InlineConfig} */
export function nodeConfig() {
  const entries = [join(root, "electron/main.ts"), join(root, "electron/cli.ts"), ...workers()];
  const input = Object.fromEntries(entries.map((file) => [basename(file, ".ts"), file]));
  return {
    ...common,
    plugins: [handoutPage(), byteFiles()],
    // Everything is bundled, so a package has no node_modules.
    ssr: { noExternal: true, target: "node" },
    build: {
      ssr: true,
      ssrEmitAssets: true,
      target: "node20.18",
      outDir,
      emptyOutDir: false,
      sourcemap: true,
      // A short command's time is mostly the compiling of what it loads.
      minify: true,
      rolldownOptions: {
        input,
        // The engine's door only passes on: who comes for one thing does not load all that is behind it.
        treeshake: { moduleSideEffects: (id) => !id.endsWith("electron/engine/index.ts") },
        // The page of a handout is built inside of this build, which is no plugin's slowness.
        checks: { pluginTimings: false },
        external: ["electron"],
        output: {
          format: "cjs",
          entryFileNames: "[name].cjs",
          chunkFileNames: "[name]-[hash].cjs",
          assetFileNames: "[name]-[hash][extname]",
        },
      },
    },
  };
}

/** The preload: one CommonJS file, because a sandboxed preload can be nothing else. @returns {InlineConfig} */
export function preloadConfig() {
  return {
    ...common,
    ssr: { noExternal: true, target: "node" },
    build: {
      ssr: true,
      target: "node20.18",
      outDir,
      emptyOutDir: false,
      sourcemap: true,
      rolldownOptions: {
        input: { preload: join(root, "electron/preload.ts") },
        external: ["electron"],
        output: { format: "cjs", entryFileNames: "[name].cjs", codeSplitting: false },
      },
    },
  };
}

/** The page; relative addresses, so that it does not matter which scheme serves it. @returns {InlineConfig} */
export function rendererConfig() {
  return {
    ...common,
    root: join(root, "renderer"),
    base: "./",
    plugins: [react(), fontsAhead()],
    build: {
      target: "chrome130",
      outDir: join(outDir, "renderer"),
      emptyOutDir: true,
      sourcemap: true,
      modulePreload: { polyfill: false },
      // The page is loaded from disk: what counts is what it parses at the start, not what a network carries.
      chunkSizeWarningLimit: 2000,
      reportCompressedSize: false,
      rolldownOptions: {
        output: {
          codeSplitting: {
            groups: [{ name: "start", tags: ["$initial"] }],
          },
        },
      },
    },
  };
}

/** Builds everything that is not the page. */
export async function buildElectron() {
  const written = new Set();
  for (const config of [nodeConfig(), preloadConfig()]) {
    for (const { output } of [await viteBuild(config)].flat().filter((result) => "output" in result)) {
      for (const file of output) written.add(file.fileName);
    }
  }
  // Chunks carry hashes: those of earlier builds go only now, so that a failed build leaves a working app.
  for (const file of existsSync(outDir) ? readdirSync(outDir, { withFileTypes: true }) : []) {
    if (file.isFile() && !written.has(file.name)) rmSync(join(outDir, file.name));
  }
}

export async function buildRenderer() {
  await viteBuild(rendererConfig());
}

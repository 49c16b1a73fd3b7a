// `node tools/package.mjs [FOLDER]`: the app as a folder that runs without this repository, in FOLDER or `callflow-out/package`.
import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { ensureBuilt } from "./build.mjs";
import { fuses } from "./fuses.mjs";
import { ensureElectron } from "./setup/electron-runtime.mjs";
import { ensurePackages } from "./setup/packages.mjs";
import { outDir, root } from "./setup/paths.mjs";
import { runScript, SetupFailure, say } from "./setup/say.mjs";
import { ensureTools } from "./setup/setup.mjs";

const packagingDir = join(root, "tools", "packaging");
/** Imports from the nested package, which is installed only for this. @param {string} name @returns {Promise<any>} */
const load = (name) => import(pathToFileURL(createRequire(join(packagingDir, "package.json")).resolve(name)).href);

/**
 * What runs, and nothing else: everything is bundled, so there are no node_modules.
 * @param {string} folder
 */
export function stageApp(folder) {
  const { name, productName, version, description, type, main } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  );
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name, productName, version, description, type, main }));
  const isApp = (/** @type {string} */ file) => !/\.(map|built-from|compiled)$/.test(file);
  cpSync(outDir, join(folder, "out"), { recursive: true, filter: isApp });
  cpSync(join(root, "flows"), join(folder, "flows"), { recursive: true });
}

/**
 * Makes the package. `electronZipDir` holds Electron's archive where it is not to be downloaded.
 * @param {{ out: string, electronVersion: string, electronZipDir?: string }} options
 * @returns {Promise<string>} its folder
 */
export async function makePackage({ out, electronVersion, electronZipDir }) {
  const { packager } = await load("@electron/packager");
  const { flipFuses, FuseVersion, FuseV1Options } = await load("@electron/fuses");
  const staged = mkdtempSync(join(tmpdir(), "callflow-package-"));
  try {
    stageApp(staged);
    const [folder] = await packager({
      dir: staged,
      out,
      overwrite: true,
      asar: true,
      prune: false,
      quiet: true,
      electronVersion,
      ...(electronZipDir ? { electronZipDir } : {}),
      executableName: "callflow",
    });
    const settings = Object.fromEntries(Object.entries(fuses).map(([fuse, on]) => [FuseV1Options[fuse], on]));
    await flipFuses(binaryIn(folder), {
      version: FuseVersion.V1,
      resetAdHocDarwinSignature: process.platform === "darwin",
      ...settings,
    });
    // It was made in a folder of its maker's own; anyone may run it.
    if (process.platform !== "win32") chmodSync(folder, 0o755);
    return folder;
  } finally {
    rmSync(staged, { recursive: true, force: true });
  }
}

/** @param {string} folder */
function binaryIn(folder) {
  if (process.platform === "win32") return join(folder, "callflow.exe");
  if (process.platform !== "darwin") return join(folder, "callflow");
  const bundle = readdirSync(folder).find((name) => name.endsWith(".app"));
  return join(folder, bundle ?? "");
}

async function main() {
  ensureTools();
  const runtime = await ensureElectron();
  if (runtime.fallback) {
    throw new SetupFailure(
      "A package is made from Electron's own binary only, which could not be downloaded here; nothing was packaged.",
    );
  }
  await ensureBuilt({ force: true });
  ensurePackages("what makes packages", packagingDir);
  const out = resolve(process.argv[2] ?? join(root, "callflow-out", "package"));
  const folder = await makePackage({ out, electronVersion: runtime.name.replace(/^Electron /, "") });
  say(`Packaged in ${folder}`);
  return 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await runScript(main);

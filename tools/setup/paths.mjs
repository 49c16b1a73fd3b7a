// Where things are: one place, so that no script depends on the folder it was started from.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root folder. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** What the build writes; `out/main.cjs` is the app, `out/cli.cjs` the command line. */
export const outDir = join(root, "out");
/** The nested, lock-filed package the fallback runtime is made from. */
export const fallbackDir = join(root, "tools", "electron-fallback");
/** Small facts remembered between runs. Lives in node_modules, so it is ignored by git and goes with the packages. */
export const cacheDir = join(root, "node_modules", ".cache", "callflow");

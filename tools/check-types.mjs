// `npm run check:types`: every layer by its own tsconfig, then the main process once more against the declarations of the
// fallback runtime.
import { join } from "node:path";
import { ensureFallbackPackages } from "./setup/fallback-runtime.mjs";
import { root } from "./setup/paths.mjs";
import { run } from "./setup/run.mjs";
import { runScript } from "./setup/say.mjs";
import { ensureTools } from "./setup/setup.mjs";

await runScript(async () => {
  ensureTools();
  ensureFallbackPackages();
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const layers = await run(process.execPath, [tsc, "-b", "--pretty"], { cwd: root });
  if (layers !== 0) return layers;
  return run(process.execPath, [tsc, "-p", "electron/tsconfig.fallback.json", "--pretty"], { cwd: root });
});

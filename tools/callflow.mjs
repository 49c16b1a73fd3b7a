// `npm run -s callflow -- COMMAND …`: the command line, built first when it is stale. Nothing but the command's own
// output goes to standard output.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureBuilt } from "./build.mjs";
import { outDir } from "./setup/paths.mjs";
import { runScript } from "./setup/say.mjs";
import { ensureTools } from "./setup/setup.mjs";

await runScript(async () => {
  ensureTools();
  await ensureBuilt({ parts: ["electron"] });
  return 0;
});
if (process.exitCode === 0) {
  process.exitCode = undefined;
  // npm starts scripts in the package's folder; file names are the person's, from where they are.
  if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
  // In this process: a second Node would cost as long as most commands take.
  const cli = join(outDir, "cli.cjs");
  process.argv.splice(1, 1, cli);
  await import(pathToFileURL(cli).href);
}

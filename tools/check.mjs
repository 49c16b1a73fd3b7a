// `npm run check`: every check, also after one has failed, so that one run tells everything.
import { root } from "./setup/paths.mjs";
import { run } from "./setup/run.mjs";
import { runScript, say } from "./setup/say.mjs";
import { ensureTools } from "./setup/setup.mjs";

const checks = ["format", "lint", "types", "boundaries", "dead-code"];

await runScript(async () => {
  ensureTools();
  const failed = [];
  for (const check of checks) {
    say(`— ${check}`);
    const code = await run("npm", ["run", "--silent", `check:${check}`], {
      cwd: root,
      shell: process.platform === "win32",
    });
    if (code !== 0) failed.push(check);
  }
  say(failed.length === 0 ? "Every check passed." : `Failed: ${failed.join(", ")}.`);
  return failed.length === 0 ? 0 : 1;
});

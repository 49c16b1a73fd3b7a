// Runs a Node script with the app built and Electron, its environment and a display at hand:
// `node tools/with-electron.mjs SCRIPT ARGUMENT…`.
import { ensureBuilt } from "./build.mjs";
import { startVirtualDisplay } from "./setup/display.mjs";
import { run } from "./setup/run.mjs";
import { runScript } from "./setup/say.mjs";
import { ensureApp } from "./setup/setup.mjs";

await runScript(async () => {
  const { env } = await ensureApp({ xvfb: true });
  await ensureBuilt();
  const display = process.platform === "linux" ? await startVirtualDisplay() : undefined;
  const withDisplay = display ? { ...env, DISPLAY: display.display, WAYLAND_DISPLAY: "" } : env;
  const code = await run(process.execPath, process.argv.slice(2), { env: withDisplay });
  display?.stop();
  return code;
});

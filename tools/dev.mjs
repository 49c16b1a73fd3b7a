// `npm run dev`: the page from Vite's server with hot reload, the main process and the preload rebuilt on every change,
// and Electron started anew when they were.
import { spawn } from "node:child_process";
import { hasDisplay } from "./setup/display.mjs";
import { electronSwitches } from "./setup/electron-runtime.mjs";
import { root } from "./setup/paths.mjs";
import { runScript, SetupFailure, say } from "./setup/say.mjs";
import { ensureApp } from "./setup/setup.mjs";

async function main() {
  if (!hasDisplay()) throw new SetupFailure("npm run dev needs a display.");
  const { runtime, env } = await ensureApp({ xvfb: false });
  const { build, createServer } = await import("vite");
  const { nodeConfig, preloadConfig, rendererConfig } = await import("./build/targets.mjs");

  const server = await createServer(rendererConfig());
  await server.listen();
  const address = server.resolvedUrls?.local[0];
  if (!address) throw new SetupFailure("Vite's server has no local address.");
  say(`The page is served at ${address}`);

  /** @type {import("node:child_process").ChildProcess | undefined} */
  let app;
  const restart = () => {
    app?.removeAllListeners("exit");
    app?.kill();
    const args = [...electronSwitches(), root, ...process.argv.slice(2)];
    app = spawn(runtime.binary, args, { stdio: "inherit", env: { ...env, CALLFLOW_DEV_URL: address } });
    // Closing the window ends the session.
    app.once("exit", (code) => process.exit(code ?? 0));
  };
  process.on("exit", () => app?.kill());
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.on(signal, () => process.exit(0));

  const waiting = new Set(["node", "preload"]);
  /** @param {string} name @param {import("vite").InlineConfig} config */
  const watch = async (name, config) => {
    const watcher = await build({ ...config, build: { ...config.build, watch: {} } });
    if (!("on" in watcher)) return;
    watcher.on("event", (event) => {
      if (event.code === "ERROR") say(`${event.error.message}`);
      if (event.code !== "BUNDLE_END") return;
      waiting.delete(name);
      if (waiting.size === 0) restart();
    });
  };
  await watch("node", nodeConfig());
  await watch("preload", preloadConfig());
  return 0;
}

await runScript(main);

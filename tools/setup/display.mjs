// A display for the tests: Xvfb on a number it finds itself, ended with the process that asked for it.
import { spawn } from "node:child_process";
import { SetupFailure } from "./say.mjs";

/** Whether a window can be shown here. @param {NodeJS.ProcessEnv} env */
export function hasDisplay(env = process.env) {
  if (process.platform !== "linux") return true;
  return Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/**
 * Starts Xvfb.
 * @returns {Promise<{ display: string, stop: () => void }>} the display's name, such as ":99"
 */
export function startVirtualDisplay() {
  return new Promise((resolve, reject) => {
    // It writes the number it took to descriptor 3.
    const args = ["-displayfd", "3", "-screen", "0", "1920x1200x24", "-nolisten", "tcp"];
    const server = spawn("Xvfb", args, { stdio: ["ignore", "ignore", "ignore", "pipe"] });
    const stop = () => void server.kill();
    server.on("error", () => reject(new SetupFailure("Xvfb is not installed; the app's tests need a display.")));
    server.on("exit", () => reject(new SetupFailure("Xvfb ended before it could be used.")));
    server.stdio[3]?.once("data", (/** @type {Buffer} */ data) => {
      process.once("exit", stop);
      resolve({ display: `:${data.toString().trim()}`, stop });
    });
  });
}

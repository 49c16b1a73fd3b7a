// Starts other programs and waits for them.
import { spawn } from "node:child_process";

/**
 * Runs a program with the terminal as its own; interrupting this process interrupts it.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnOptions} [options]
 * @returns {Promise<number>} its exit code; 1 when it was ended by a signal or could not be started
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: "inherit", ...options });
    const pass = (/** @type {NodeJS.Signals} */ signal) => void child.kill(signal);
    for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.on(signal, pass);
    const finish = (/** @type {number} */ code) => {
      for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.off(signal, pass);
      resolve(code);
    };
    child.on("error", () => finish(1));
    child.on("exit", (code) => finish(code ?? 1));
  });
}

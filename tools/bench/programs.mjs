// Programs measured as whole processes: our command line and the peers that are programs.
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { outDir } from "../setup/paths.mjs";
import { median } from "./table.mjs";

/**
 * @typedef {{
 *   id: string,
 *   name: string,
 *   language: import("./workload.mjs").Language,
 *   command: string,
 *   args: (input: string, output: string) => string[],
 *   env?: NodeJS.ProcessEnv,
 *   writes?: (input: string, output: string) => string,
 * }} Program
 * @typedef {{ ms?: number, runs: number, says?: string }} Timed
 */

/** A program on the PATH. @param {string} name @returns {string | undefined} */
export function onPath(name) {
  for (const dir of (process.env.PATH ?? "").split(delimiter)) {
    const file = join(dir, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}

/** @type {Program} */
export const commandLine = {
  id: "cli",
  name: "Callflow command line",
  language: "callflow",
  command: process.execPath,
  args: (input, output) => [join(outDir, "cli.cjs"), "export", input, "--to", "svg", "-o", output],
};

/** The peers by what they are called on Debian; `package` is what to install for one that is missing. */
const peers = [
  {
    id: "mscgen",
    name: "mscgen",
    package: "mscgen",
    binary: "mscgen",
    language: /** @type {const} */ ("mscgen"),
    args: (/** @type {string} */ input, /** @type {string} */ output) => ["-T", "svg", "-o", output, input],
  },
  {
    id: "mscGenerator",
    name: "Msc-generator",
    package: "msc-generator",
    binary: "msc-gen",
    language: /** @type {const} */ ("mscGenerator"),
    args: (/** @type {string} */ input, /** @type {string} */ output) => [
      "-S",
      "signalling",
      "-T",
      "svg",
      "-o",
      output,
      input,
    ],
  },
  {
    id: "plantuml",
    name: "PlantUML",
    package: "plantuml",
    binary: "plantuml",
    language: /** @type {const} */ ("plantuml"),
    args: (/** @type {string} */ input) => ["-tsvg", input],
    env: { PLANTUML_LIMIT_SIZE: "1000000", JAVA_TOOL_OPTIONS: "-Xss64m -Djava.awt.headless=true" },
    // It writes beside its input.
    writes: (/** @type {string} */ input) => input.replace(/\.[^.]*$/, ".svg"),
  },
];

/** @returns {{ found: Program[], missing: { name: string, package: string }[] }} */
export function findPeers() {
  const found = [];
  const missing = [];
  for (const { binary, package: debian, ...peer } of peers) {
    const command = onPath(binary);
    if (command === undefined) missing.push({ name: peer.name, package: debian });
    else found.push({ ...peer, command });
  }
  return { found, missing };
}

/**
 * Runs a program on one input several times, and more than once only while that is cheap.
 * @param {Program} program
 * @param {string} input
 * @param {string} output
 * @param {{ limit: number, budget: number }} times milliseconds after which one run is cut off, and for all runs
 * @returns {Timed}
 */
export function timeProgram(program, input, output, { limit, budget }) {
  const written = program.writes?.(input, output) ?? output;
  const times = [];
  let spent = 0;
  while (times.length < 1 || (spent < budget && times.length < 15)) {
    rmSync(written, { force: true });
    const before = performance.now();
    const result = spawnSync(program.command, program.args(input, output), {
      stdio: ["ignore", "ignore", "pipe"],
      timeout: limit,
      killSignal: "SIGKILL",
      env: { ...process.env, ...program.env },
    });
    const ms = performance.now() - before;
    if (result.signal !== null) return { runs: 1, says: `> ${limit / 1000} s` };
    if (result.status !== 0 || !isSvg(written)) {
      return { runs: 1, says: `failed: ${String(result.stderr).trim().split("\n").at(-1)?.slice(0, 80)}` };
    }
    times.push(ms);
    spent += ms;
  }
  return { ms: median(times), runs: times.length };
}

/** A program that says nothing may still have drawn nothing. @param {string} file */
function isSvg(file) {
  return existsSync(file) && statSync(file).size > 1000 && readFileSync(file, "latin1").includes("<svg");
}

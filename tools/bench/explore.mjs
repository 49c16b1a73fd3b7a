// Transitions a second of explorations beside xstate's pure transition() and spin, and the memory of a state.
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../setup/paths.mjs";
import { say } from "../setup/say.mjs";
import { bundleWork } from "./bundle-work.mjs";
import { table, verdict } from "./table.mjs";

/** @typedef {{ states: number, transitions: number, rate: number, bytes: number }} Measured */
/** @typedef {{ xstate: number, step: number, three: Measured, two: Measured, forking: Measured }} Measurements */

/** Prints the table and what it shows. */
export async function benchExplore() {
  const file = await bundleWork("explore-work");
  const script = join(root, "tools/bench/explore-measure.mjs");
  const printed = execFileSync(process.execPath, ["--expose-gc", script, file, root], { encoding: "utf8" });
  /** @type {Measurements} */
  const { xstate, step, three, two, forking } = JSON.parse(printed);
  const spin = runSpin();
  const row = (/** @type {string} */ name, /** @type {Measured} */ { states, transitions, rate, bytes }) => [
    name,
    whole(states),
    whole(transitions),
    whole(rate),
    // A few hundred states drown in what else is in memory.
    states > 10_000 ? whole(bytes) : "–",
  ];
  console.log("\n## Exploration\n");
  console.log(
    table(
      ["", "States", "Transitions", "Transitions/s", "Bytes/state"],
      [
        row("Seed 000, three clients, reduced", three),
        row("Seed 000, two clients, every order", two),
        row("A proxy and two devices, every order", forking),
        ["The engine's step, world by world", "–", "–", whole(step), "–"],
        ["xstate transition(), flat invitation machine", "–", "–", whole(xstate), "–"],
        ...(spin === undefined ? [] : spinRows(spin)),
      ],
    ),
  );
  const least = Math.min(two.rate, three.rate);
  console.log("");
  console.log(
    verdict(
      "As many transitions a second as xstate's pure transition()",
      least >= xstate,
      `${whole(least)} and ${whole(xstate)} a second`,
    ),
  );
  console.log(
    verdict(
      "As many reachable states as spin has for the equivalent model",
      spin === undefined ? undefined : spin.two.states === forking.states,
      `${whole(forking.states)} and ${spin === undefined ? "?" : whole(spin.two.states)}`,
    ),
  );
}

/** @param {number} value */
const whole = (value) => String(Math.round(value));

/** @typedef {{ states: number, transitions: number, seconds: number, bytes: number }} SpinRun */

/** @param {{ two: SpinRun, four: SpinRun }} spin */
function spinRows({ two, four }) {
  const row = (/** @type {string} */ name, /** @type {SpinRun} */ { states, transitions, seconds, bytes }) => [
    name,
    whole(states),
    whole(transitions),
    seconds > 0.5 ? whole(transitions / seconds) : "too short",
    whole(bytes),
  ];
  return [row("spin, the equivalent model", two), row("spin, the same model with four devices", four)];
}

/** The equivalent model in spin, without reduction. @returns {{ two: SpinRun, four: SpinRun } | undefined} */
function runSpin() {
  if (["spin", "cc"].some((command) => spawnSync(command, ["--version"]).error !== undefined)) {
    say("spin or cc is not installed: NOT compared with spin (apt-get install spin gcc).");
    return undefined;
  }
  const dir = mkdtempSync(join(tmpdir(), "callflow-bench-spin-"));
  try {
    copyFileSync(join(root, "test/spin/forking.pml"), join(dir, "forking.pml"));
    return { two: spinOnce(dir, 2), four: spinOnce(dir, 4) };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** @param {string} dir @param {number} devices @returns {SpinRun} */
function spinOnce(dir, devices) {
  const run = (/** @type {string} */ command, /** @type {string[]} */ ...args) =>
    execFileSync(command, args, { cwd: dir, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  run("spin", `-DN=${devices}`, "-a", "forking.pml");
  run("cc", "-O2", "-DSAFETY", "-DNOREDUCE", "-o", "pan", "pan.c");
  const before = performance.now();
  const printed = run(join(dir, "pan"));
  const seconds = (performance.now() - before) / 1000;
  const number = (/** @type {RegExp} */ pattern) => Number(pattern.exec(printed)?.[1]);
  const states = number(/(\d+) states, stored/);
  const megabytes = number(/([\d.]+)\s+actual memory usage for states/);
  return { states, transitions: number(/(\d+) transitions/), seconds, bytes: (megabytes * 2 ** 20) / states };
}

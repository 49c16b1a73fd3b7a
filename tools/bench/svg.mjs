// Time from source text to SVG, ours and the peers', at growing lengths.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { ensureBuilt } from "../build.mjs";
import { cacheDir, root } from "../setup/paths.mjs";
import { say } from "../setup/say.mjs";
import { browserPeers, findChromium, timeInBrowser } from "./browser-peers.mjs";
import { commandLine, findPeers, timeProgram } from "./programs.mjs";
import { milliseconds, table, verdict } from "./table.mjs";
import { source } from "./workload.mjs";

const counts = [20, 200, 1000, 5000, 20000];
/** One call or process that takes longer is cut off; cheap ones are repeated for so long in each round. */
const times = { limit: 60_000, budget: 1000 };
/** The lowest median of so many rounds counts; what takes longer than `slow` milliseconds has one. */
const rounds = { most: 3, slow: 2000 };

/** @typedef {import("./programs.mjs").Timed} Timed */
/** @typedef {{ first: number, warm: number, calls: number, stages: Record<string, number>, kilobytes: number }} InProcess */
/** @typedef {{ name: string, by: Map<number, Timed> }} Column */
/** @typedef {{ name: string, time: (count: number) => Timed }} Contestant */

/** Prints the tables and what they show. @param {{ peers: boolean }} options */
export async function benchSvg({ peers }) {
  await ensureBuilt({ parts: ["electron"] });
  const dir = mkdtempSync(join(tmpdir(), "callflow-bench-"));
  try {
    const pipeline = await bundlePipeline();
    /** @type {Map<number, InProcess>} */
    const inProcess = new Map();
    const [ours, ...programs] = timeByTurns([contestantInProcess(pipeline, dir, inProcess), ...programsIn(dir, peers)]);
    if (ours === undefined) throw new Error("Nothing was measured.");
    const busy = loadNote();
    const browsers = peers ? await timeBrowsers() : [];
    const columns = [ours, ...programs, ...browsers];
    console.log("\n## Time to SVG, in milliseconds\n");
    console.log(
      table(
        ["Messages", ...columns.map(({ name }) => name)],
        counts.map((count) => rowOf(count, columns)),
      ),
    );
    console.log("\n## In process, by stage, in milliseconds\n");
    console.log(stageTable(inProcess));
    console.log("\n## What is to be shown\n");
    console.log(verdicts(ours, columns));
    if (busy !== undefined) console.log(busy);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** The product's pipeline as one module. @returns {Promise<string>} its file */
async function bundlePipeline() {
  const outDir = join(cacheDir, "bench");
  mkdirSync(outDir, { recursive: true });
  await build({
    configFile: false,
    root,
    logLevel: "warn",
    publicDir: false,
    ssr: { noExternal: true, target: "node" },
    build: {
      ssr: true,
      target: "node20.18",
      outDir,
      emptyOutDir: true,
      rolldownOptions: {
        input: { pipeline: join(root, "tools/bench/pipeline.ts") },
        output: { format: "es", entryFileNames: "[name].mjs" },
      },
    },
  });
  return join(outDir, "pipeline.mjs");
}

/** @param {string} dir @param {import("./workload.mjs").Language} language @param {number} count */
function writeSource(dir, language, count) {
  const file = join(dir, `${language}-${count}${language === "callflow" ? ".flow.json" : ".txt"}`);
  writeFileSync(file, source(language, count));
  return file;
}

/**
 * Our own pipeline, in a process of its own each time. Keeps the whole of its best round in `best`.
 * @param {string} pipeline @param {string} dir @param {Map<number, InProcess>} best
 * @returns {Contestant}
 */
function contestantInProcess(pipeline, dir, best) {
  const child = join(root, "tools/bench/in-process.mjs");
  return {
    name: "Callflow in process",
    time(count) {
      const args = [child, pipeline, writeSource(dir, "callflow", count), "3000"];
      const round = /** @type {InProcess} */ (JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })));
      if (round.warm < (best.get(count)?.warm ?? Number.POSITIVE_INFINITY)) best.set(count, round);
      return { ms: round.warm, runs: round.calls };
    },
  };
}

/** @param {string} dir @param {boolean} withPeers @returns {Contestant[]} */
function programsIn(dir, withPeers) {
  const { found, missing } = findPeers();
  if (withPeers && missing.length > 0) {
    const names = missing.map(({ name }) => name).join(", ");
    say(
      `Skipped, because not installed: ${names}. To have them: apt-get install ${missing.map((one) => one.package).join(" ")}`,
    );
  }
  // mscgen stays: the command line is compared with it.
  const programs = [commandLine, ...found.filter(({ id }) => withPeers || id === "mscgen")];
  return programs.map((program) => ({
    name: program.name,
    time: (count) =>
      timeProgram(program, writeSource(dir, program.language, count), join(dir, `${program.id}.svg`), times),
  }));
}

/**
 * At each size every contestant once a round, one after the other, ours and the peers alike: what else the machine does
 * hits them all, and the best round is the one that it hit least.
 * @param {readonly Contestant[]} contestants
 * @returns {Column[]}
 */
function timeByTurns(contestants) {
  const entrants = contestants.map((contestant) => ({
    ...contestant,
    by: /** @type {Map<number, Timed>} */ (new Map()),
  }));
  for (const count of counts) {
    for (let round = 1; round <= rounds.most; round++) {
      for (const { name, time, by } of entrants) {
        const before = by.get(count);
        if (before !== undefined && (before.ms === undefined || before.ms > rounds.slow)) continue;
        const cut = [...by.values()].some(({ says }) => says?.startsWith(">"));
        say(`${name}, ${count} messages, round ${round} of ${rounds.most} …`);
        by.set(count, better(before, cut ? { runs: 0, says: "not tried" } : time(count)));
      }
    }
  }
  return entrants.map(({ name, by }) => ({ name, by }));
}

/** A round that failed is told even where another did not. @param {Timed | undefined} a @param {Timed} b @returns {Timed} */
function better(a, b) {
  if (a?.ms === undefined || b.ms === undefined) return b;
  return a.ms < b.ms ? a : b;
}

/** A sentence when other programs kept the processors from what was measured. @returns {string | undefined} */
function loadNote() {
  // What is measured keeps one processor busy, its garbage collector a part of another.
  const [, load = 0] = loadavg();
  const own = 1.5;
  if (load <= own) return undefined;
  return `\nThe machine was busy: its load was ${load.toFixed(1)} on ${availableParallelism()} processors over the last minutes, of which about ${own} is the benchmark's own. The times are longer than at rest.`;
}

/** @returns {Promise<Column[]>} */
async function timeBrowsers() {
  const chromium = findChromium();
  if (chromium === undefined) {
    say(
      `Skipped, because there is no Chromium: ${browserPeers.map(({ name }) => name).join(", ")}. To have it: apt-get install chromium`,
    );
    return [];
  }
  const columns = [];
  for (const peer of browserPeers) {
    const by = new Map();
    const inputs = counts.map((count) => ({ count, text: source(peer.language, count) }));
    say(`${peer.name} in Chromium …`);
    await timeInBrowser(peer, chromium, inputs, times, (count, timed) => void by.set(count, timed));
    columns.push({ name: peer.name, by });
  }
  return columns;
}

/** @param {number} count @param {readonly Column[]} columns */
function rowOf(count, columns) {
  return [
    count.toLocaleString("en"),
    ...columns.map(({ by }) => {
      const timed = by.get(count);
      return timed?.says ?? milliseconds(timed?.ms);
    }),
  ];
}

/** @param {ReadonlyMap<number, InProcess>} inProcess */
function stageTable(inProcess) {
  const names = Object.keys(inProcess.get(counts[0] ?? 0)?.stages ?? {});
  return table(
    ["Messages", "first call", "warm", ...names, "SVG kB"],
    [...inProcess].map(([count, { first, warm, stages, kilobytes }]) => [
      count.toLocaleString("en"),
      milliseconds(first),
      milliseconds(warm),
      ...names.map((name) => milliseconds(stages[name])),
      kilobytes.toFixed(0),
    ]),
  );
}

/** @param {Column} ours @param {readonly Column[]} columns */
function verdicts(ours, columns) {
  const at = (/** @type {string} */ name, /** @type {number} */ count) =>
    columns.find((column) => column.name === name)?.by.get(count)?.ms;
  const peers = columns.filter(({ name }) => name !== ours.name && name !== commandLine.name);
  const lines = counts
    .filter((count) => count >= 200)
    .map((count) => {
      const own = ours.by.get(count)?.ms ?? Number.NaN;
      const timed = peers.flatMap(({ name, by }) => {
        const ms = by.get(count)?.ms;
        return ms === undefined ? [] : [{ name, ms }];
      });
      const best = timed.sort((a, b) => a.ms - b.ms)[0];
      return verdict(
        `in process faster than every peer measured at ${count.toLocaleString("en")}`,
        best === undefined ? undefined : own < best.ms,
        `${milliseconds(own)} ms; the fastest peer ${best === undefined ? "–" : `${best.name} ${milliseconds(best.ms)} ms`}`,
      );
    });
  const growth = (at(ours.name, 20000) ?? Number.NaN) / (at(ours.name, 5000) ?? Number.NaN);
  lines.push(verdict("cost from 5,000 to 20,000 grows at most 5 times", growth <= 5, `${growth.toFixed(2)} times`));
  const cli = at(commandLine.name, 20000);
  const mscgen = at("mscgen", 20000);
  const ratio = cli === undefined || mscgen === undefined ? undefined : cli / mscgen;
  lines.push(
    verdict(
      "the command line's whole process at 20,000 within 4 times mscgen's",
      ratio === undefined ? undefined : ratio <= 4,
      `${milliseconds(cli)} ms and ${milliseconds(mscgen)} ms: ${ratio?.toFixed(2) ?? "–"} times`,
    ),
  );
  return lines.join("\n");
}

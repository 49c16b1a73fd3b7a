// Time from source text to SVG, ours and the peers', at growing lengths.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
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
/** One call or process that takes longer is cut off; cheap ones are repeated for so long. */
const times = { limit: 60_000, budget: 2000 };

/** @typedef {import("./programs.mjs").Timed} Timed */
/** @typedef {{ first: number, warm: number, stages: Record<string, number>, kilobytes: number }} InProcess */
/** @typedef {{ name: string, by: Map<number, Timed> }} Column */

/** Prints the tables and what they show. @param {{ peers: boolean }} options */
export async function benchSvg({ peers }) {
  await ensureBuilt({ parts: ["electron"] });
  const dir = mkdtempSync(join(tmpdir(), "callflow-bench-"));
  try {
    const pipeline = await bundlePipeline();
    const inProcess = timeInProcess(pipeline, dir);
    const programs = timePrograms(dir, peers);
    const browsers = peers ? await timeBrowsers() : [];
    const ours = columnOf("Callflow in process", counts, (count) => ({ ms: inProcess.get(count)?.warm, runs: 1 }));
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

/** @param {string} pipeline @param {string} dir @returns {Map<number, InProcess>} */
function timeInProcess(pipeline, dir) {
  const child = join(root, "tools/bench/in-process.mjs");
  return new Map(
    counts.map((count) => {
      say(`Callflow in process, ${count} messages …`);
      const args = [child, pipeline, writeSource(dir, "callflow", count), "3000"];
      return [count, JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }))];
    }),
  );
}

/** @param {string} dir @param {boolean} withPeers @returns {Column[]} */
function timePrograms(dir, withPeers) {
  const { found, missing } = findPeers();
  if (withPeers && missing.length > 0) {
    const names = missing.map(({ name }) => name).join(", ");
    say(
      `Skipped, because not installed: ${names}. To have them: apt-get install ${missing.map((one) => one.package).join(" ")}`,
    );
  }
  // mscgen stays: the command line is compared with it.
  const programs = [commandLine, ...found.filter(({ id }) => withPeers || id === "mscgen")];
  const timed = new Map(programs.map(({ id }) => [id, /** @type {Map<number, Timed>} */ (new Map())]));
  for (const count of counts) {
    // All programs at one size, one after the other: what else the machine does hits them alike.
    for (const program of programs) {
      const by = timed.get(program.id);
      const cut = [...(by?.values() ?? [])].some(({ says }) => says?.startsWith(">"));
      say(`${program.name}, ${count} messages …`);
      const input = writeSource(dir, program.language, count);
      const output = join(dir, `${program.id}.svg`);
      by?.set(count, cut ? { runs: 0, says: "not tried" } : timeProgram(program, input, output, times));
    }
  }
  return programs.map(({ id, name }) => ({ name, by: timed.get(id) ?? new Map() }));
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

/** @param {string} name @param {readonly number[]} at @param {(count: number) => Timed} timed @returns {Column} */
function columnOf(name, at, timed) {
  return { name, by: new Map(at.map((count) => [count, timed(count)])) };
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

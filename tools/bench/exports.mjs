// Time and size of every document that can be made of a flow, at growing lengths.
import { pathToFileURL } from "node:url";
import { bundleWork } from "./bundle-work.mjs";
import { median, milliseconds, table, verdict } from "./table.mjs";
import { source } from "./workload.mjs";

const counts = [20, 200, 2000];
/** A slow format is not made again and again. */
const rounds = { most: 15, slow: 1500 };

/** @typedef {{ ms: number, bytes: number | undefined }} Made */

/** Prints the tables and what they show. */
export async function benchExports() {
  const work = await import(pathToFileURL(await bundleWork("exports-work", ["paint.worker"])).href);
  /** @type {Map<string, Made[]>} */
  const byFormat = new Map();
  for (const id of work.ids) {
    /** @type {Made[]} */
    const row = [];
    // What takes ten times as long for ten times as much is not waited for: an animation of 2,000 steps lasts an hour.
    for (const count of counts) {
      const last = row.at(-1);
      const slow = last === undefined || last.ms > rounds.slow;
      row.push(last !== undefined && slow ? last : await timed(work, id, work.inputOf(source("callflow", count))));
    }
    byFormat.set(id, row);
  }
  console.log("\n## Exports in a warm process; PNG with a pixel for one of the screen\n");
  const cell = (/** @type {Made} */ { ms, bytes }, /** @type {number} */ i, /** @type {Made[]} */ row) =>
    row[i - 1] === row[i]
      ? "not tried"
      : bytes === undefined
        ? "in the app"
        : `${milliseconds(ms)} ms, ${Math.ceil(bytes / 1024)} KB`;
  console.log(
    table(
      ["Format", ...counts.map((count) => `${count} messages`)],
      [...byFormat].map(([id, row]) => [id, ...row.map(cell)]),
    ),
  );
  console.log("\n## What is to be shown\n");
  const at200 = (/** @type {string} */ id) => byFormat.get(id)?.[1]?.ms;
  const limits = [
    ["svg", 150],
    ["png", 150],
    ["docx", 500],
  ];
  for (const [id, limit] of limits) {
    const ms = at200(String(id));
    const holds = ms === undefined ? undefined : ms < Number(limit);
    console.log(verdict(`${id} of 200 messages in less than ${limit} ms`, holds, `${milliseconds(ms)} ms`));
  }
}

/** The median of some rounds; the first warms up. @param {any} work @param {string} id @param {unknown} input @returns {Promise<Made>} */
async function timed(work, id, input) {
  let bytes = await work.make(id, input);
  const times = [];
  while (times.length < rounds.most && (times.at(-1) ?? 0) < rounds.slow) {
    const before = performance.now();
    bytes = await work.make(id, input);
    times.push(performance.now() - before);
  }
  return { ms: median(times), bytes };
}

// Processor time of runs with many invitees, by message, and of what-if in a run of some 200 turns.
import { pathToFileURL } from "node:url";
import { bundleWork } from "./bundle-work.mjs";
import { median, milliseconds, table, verdict } from "./table.mjs";

const sizes = [250, 500, 1000];
const rounds = 7;

/** Prints the table and what it shows. */
export async function benchScale() {
  const work = await import(pathToFileURL(await bundleWork("scale-work")).href);
  const groups = sizes.map((size) => ({ size, ...work.group(size) }));
  const times = groups.map(() => /** @type {number[]} */ ([]));
  let messages = groups.map(() => 0);
  // By turns, and the first round warms up.
  for (let round = 0; round <= rounds; round++) {
    messages = groups.map(({ scenario, script }, i) => {
      const before = process.cpuUsage();
      const run = work.computeRun(scenario, script);
      const { user, system } = process.cpuUsage(before);
      if (run.end !== "rest") throw new Error(`a group of ${sizes[i]} does not come to rest`);
      if (round > 0) times[i]?.push((user + system) / 1000);
      return run.hops.length;
    });
  }
  const each = times.map((list, i) => median(list) / (messages[i] ?? 1));
  const ratio = (/** @type {number} */ i) => (each[i] ?? 0) / (each[0] ?? 1);
  console.log("\n## Large groups, processor time in milliseconds\n");
  console.log(
    table(
      ["Invitees, three clients each", "Messages", "Run", "Per 1,000 messages", "Ratio"],
      groups.map(({ size }, i) => [
        String(size),
        String(messages[i]),
        milliseconds(median(times[i] ?? [])),
        milliseconds((each[i] ?? 0) * 1000),
        ratio(i).toFixed(2),
      ]),
    ),
  );
  const ask = work.alternatives(200);
  const asked = Array.from({ length: rounds + 1 }, () => {
    const before = process.cpuUsage();
    ask();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  }).slice(1);
  const largest = ratio(sizes.length - 1);
  console.log("");
  console.log(
    verdict(
      "Time by message of 1,000 invitees at most 1.3 times that of 250",
      largest <= 1.3,
      `${largest.toFixed(2)} times`,
    ),
  );
  const cost = median(asked);
  console.log(verdict("What may happen, in a run of 200 turns, within 50 ms", cost <= 50, `${milliseconds(cost)} ms`));
}

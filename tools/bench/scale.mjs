// Processor time of runs with many invitees, by message; of what-if in a run of some 200 turns; of many variants; of drawn flows replayed against the rules.
import { pathToFileURL } from "node:url";
import { bundleWork } from "./bundle-work.mjs";
import { median, milliseconds, table, verdict } from "./table.mjs";

const sizes = [250, 500, 1000, 2000];
const rounds = 7;

/** Milliseconds of processor time. @param {() => unknown} act */
function processorTime(act) {
  const before = process.cpuUsage();
  act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Prints the tables and what they show. */
export async function benchScale() {
  await benchGroups();
  await benchVariants();
  await benchConformance();
}

async function benchGroups() {
  const work = await import(pathToFileURL(await bundleWork("scale-work")).href);
  const groups = sizes.map((size) => ({ size, ...work.group(size) }));
  const times = groups.map(() => /** @type {number[]} */ ([]));
  let messages = groups.map(() => 0);
  // By turns, and the first round warms up.
  for (let round = 0; round <= rounds; round++) {
    messages = groups.map(({ scenario, script }, i) => {
      let run = { end: "", hops: [] };
      const time = processorTime(() => {
        run = work.computeRun(scenario, script);
      });
      if (run.end !== "rest") throw new Error(`a group of ${sizes[i]} does not come to rest`);
      if (round > 0) times[i]?.push(time);
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
  // A panel asks at step after step.
  const asked = Array.from({ length: 3 * rounds }, () => processorTime(ask)).slice(rounds);
  const largest = ratio(sizes.length - 1);
  console.log("");
  console.log(
    verdict(
      "Time by message of 2,000 invitees at most 1.3 times that of 250",
      largest <= 1.3,
      `${largest.toFixed(2)} times`,
    ),
  );
  const cost = median(asked);
  console.log(verdict("What may happen, in a run of 200 turns, within 50 ms", cost <= 50, `${milliseconds(cost)} ms`));
}

async function benchVariants() {
  const work = await import(pathToFileURL(await bundleWork("variants-work")).href);
  const flow = work.tree(200);
  const together = [];
  const alone = [];
  const unacquainted = [];
  let turns = 0;
  let taken = 0;
  for (let round = 0; round <= rounds; round++) {
    const ways = work.recompute(flow);
    /** @type {readonly import("../../shared/run/run.ts").Run[]} */
    let runs = [];
    const times = [
      processorTime(() => {
        runs = ways.together();
      }),
      processorTime(ways.alone),
      processorTime(ways.unacquainted),
    ];
    if (round === 0) continue;
    together.push(times[0] ?? 0);
    alone.push(times[1] ?? 0);
    unacquainted.push(times[2] ?? 0);
    turns = runs.reduce((sum, run) => sum + run.turns.length, 0);
    taken = new Set(runs.flatMap((run) => run.turns)).size;
  }
  const [sharing, each, first] = [median(together), median(alone), median(unacquainted)];
  console.log("\n## 200 variants after an edit above every fork, processor time in milliseconds\n");
  console.log(
    table(
      ["Way", "Turns in the runs", "Turns taken", "Time", "Ratio"],
      [
        ["each from its start", String(turns), String(turns), milliseconds(each), "1.00"],
        [
          "together, after an edit of the scenario",
          String(turns),
          String(taken),
          milliseconds(first),
          (first / each).toFixed(2),
        ],
        [
          "together, after the edit of a script",
          String(turns),
          String(taken),
          milliseconds(sharing),
          (sharing / each).toFixed(2),
        ],
      ],
    ),
  );
  console.log("");
  console.log(verdict("200 variants of 200 turns within 200 ms", sharing <= 200, `${milliseconds(sharing)} ms`));
}

const calls = [4, 8, 16, 32];

async function benchConformance() {
  const work = await import(pathToFileURL(await bundleWork("conform-work")).href);
  const rows = [];
  /** @type {number[]} */
  const growth = [];
  for (const isBroken of [false, true]) {
    const flows = calls.map((times) => work.drawn("flows/cpm/one-to-one.flow.json", times, isBroken));
    const times = flows.map(() => /** @type {number[]} */ ([]));
    for (let round = 0; round <= rounds; round++)
      for (const [i, { replay }] of flows.entries()) {
        const time = processorTime(replay);
        if (round > 0) times[i]?.push(time);
      }
    // Of a busy machine the lowest tells most.
    const lowest = times.map((list) => Math.min(...list));
    growth.push(...lowest.slice(1).map((time, i) => time / (lowest[i] ?? 1)));
    for (const [i, { messages }] of flows.entries())
      rows.push([
        isBroken ? "one message left out" : "as the rules have it",
        String(messages),
        milliseconds(lowest[i] ?? 0),
        milliseconds(((lowest[i] ?? 0) / messages) * 1000),
      ]);
  }
  console.log("\n## Conformance of a flow drawn message by message, processor time in milliseconds\n");
  console.log(table(["Drawn", "Messages", "Replayed", "Per 1,000 messages"], rows));
  console.log("");
  const most = Math.max(...growth);
  console.log(
    verdict("Twice as many messages take at most 2.2 times as long", most <= 2.2, `${most.toFixed(2)} times`),
  );
}

// Run in a process of its own: times one document in process, the first call and then warm calls. Prints one JSON line.
// Arguments: the bundled pipeline, the document, how many milliseconds to repeat for.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { median } from "./table.mjs";

const [pipelineFile = "", documentFile = "", budget = "1000"] = process.argv.slice(2);
const { stages, textToSvg } = await import(pathToFileURL(pipelineFile).href);
const text = readFileSync(documentFile, "utf8");

let before = performance.now();
let svg = textToSvg(text);
const first = performance.now() - before;

/** @type {number[]} */
const totals = [];
/** @type {Record<string, number[]>} */
const laps = Object.fromEntries(stages.map((/** @type {string} */ stage) => [stage, []]));
// Half of the time only warms up.
const start = performance.now();
const warmFrom = start + Number(budget) / 2;
const end = start + Number(budget);
while (performance.now() < end || totals.length < 5) {
  const began = performance.now();
  before = began;
  svg = textToSvg(text, (/** @type {string} */ stage) => {
    const now = performance.now();
    if (began >= warmFrom) laps[stage]?.push(now - before);
    before = now;
  });
  if (began >= warmFrom) totals.push(performance.now() - began);
}
console.log(
  JSON.stringify({
    first,
    warm: median(totals),
    calls: totals.length,
    stages: Object.fromEntries(Object.entries(laps).map(([stage, times]) => [stage, median(times)])),
    kilobytes: svg.join("").length / 1024,
  }),
);

import { parentPort, workerData } from "node:worker_threads";
import { explore, violatedBy } from "./engine/index.ts";
import type { ExploreRequest } from "./host/explore-request.ts";

// An exploration in a thread of its own: what it is to explore comes with its start, what it finds goes back as
// messages. It is asked to stop by a number in shared memory, because a thread that computes reads no messages.

const { request, stop } = workerData as { readonly request: ExploreRequest; readonly stop: Int32Array };
const { flow, script, freedoms, bounds, seconds } = request;
const last = seconds === undefined ? Number.POSITIVE_INFINITY : performance.now() + seconds * 1000;

const result = explore(flow.scenario, script, {
  freedoms,
  bounds,
  violated: violatedBy(flow),
  map: true,
  onProgress: (states, transitions) => parentPort?.postMessage({ progress: { states, transitions } }),
  shouldStop: () => Atomics.load(stop, 0) !== 0 || performance.now() > last,
});
parentPort?.postMessage({ result });

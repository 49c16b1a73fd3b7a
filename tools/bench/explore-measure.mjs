// Run in a process of its own, with --expose-gc: how fast explorations and xstate's transition() go, and what a state
// takes. Prints one JSON line. Arguments: the bundled work, the folder of the project.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createMachine, initialTransition, transition } from "xstate";

const [workFile = "", root = ""] = process.argv.slice(2);
const work = await import(pathToFileURL(workFile).href);
const scenarioOf = (/** @type {string} */ path) => work.readScenario(readFileSync(join(root, path), "utf8"));
const collect = /** @type {() => void} */ (globalThis.gc);

/**
 * @param {object} scenario
 * @param {readonly object[]} script
 * @param {readonly string[]} kinds
 * @param {boolean} reduce
 */
function exploring(scenario, script, kinds, reduce) {
  let states = 0;
  let transitions = 0;
  /** How many transitions a second. */
  const rate = () => {
    let start = 0;
    let end = 0;
    [states, transitions] = [0, 0];
    collect();
    // The exploration first looks at what needs no unusual order; only the last search tells its progress.
    work.exploreAll(scenario, script, kinds, reduce, (/** @type {number} */ s, /** @type {number} */ t) => {
      if (start === 0) start = performance.now();
      if (s < states) return;
      end = performance.now();
      [states, transitions] = [s, t];
    });
    return transitions / ((end - start) / 1000);
  };
  const measured = (/** @type {number} */ rate) => {
    collect();
    const before = process.memoryUsage().heapUsed;
    let most = 0;
    work.exploreAll(scenario, script, kinds, reduce, (/** @type {number} */ s, /** @type {number} */ t) => {
      if (s !== states || t !== transitions || most > 0) return;
      collect();
      most = process.memoryUsage().heapUsed - before;
    });
    return { states, transitions, rate, bytes: most / states };
  };
  return { rate, measured };
}

/** A flat machine of one invited client: the least that xstate can be asked for. */
const invitation = createMachine({
  id: "invitation",
  initial: "idle",
  states: {
    idle: { on: { INVITE: "pre", CANCEL: "idle" } },
    pre: { on: { ALERT: "early", CANCEL: "ended" } },
    early: { on: { ACCEPT: "moratorium", DECLINE: "ended", CANCEL: "ended", T_RING: "ended" } },
    moratorium: { on: { ACK: "established", CANCEL: "moratorium", BYE: "ended", T_ACK: "mortal" } },
    established: { on: { END: "mortal", BYE: "ended" } },
    mortal: { on: { BYE_OK: "ended", BYE: "mortal" } },
    ended: { on: { INVITE: "pre" } },
  },
});
const events = ["INVITE", "ALERT", "ACCEPT", "CANCEL", "ACK", "END", "BYE_OK"].map((type) => ({ type }));

/** Repeats `once`, which says how much it did, for two seconds; the first half only warms up. @param {() => number} once */
function rateOf(once) {
  const start = performance.now();
  while (performance.now() < start + 1000) once();
  const from = performance.now();
  let done = 0;
  while (performance.now() < from + 1000) done += once();
  return done / ((performance.now() - from) / 1000);
}

const xstate = () =>
  rateOf(() => {
    let [state] = initialTransition(invitation);
    for (let i = 0; i < 100; i++) for (const event of events) [state] = transition(invitation, state, event);
    return 100 * events.length;
  });

const group = scenarioOf("flows/cpm/group-invitation.flow.json");
const forking = scenarioOf("test/spin/forking.flow.json");
const invite = { kind: "stimulate", participant: "cfX", stimulus: "invite" };
const accept = { kind: "stimulate", participant: "clientB1", stimulus: "accept" };
const answers = ["accept", "decline", "silent", "order"];
const three = exploring(work.withAbleClients(group), [invite], answers, true);
const two = exploring(group, [invite], answers, false);
const small = exploring(forking, [], ["invite", "accept", "order"], false);
const all = [xstate, () => rateOf(work.stepThrough(group, [invite, accept])), three.rate, two.rate, small.rate];

// By turns, because a machine is busier at one time than at another; the best round of each counts.
const best = all.map(() => 0);
for (let round = 0; round < 3; round++) for (const [i, rate] of all.entries()) best[i] = Math.max(best[i] ?? 0, rate());
const [ofXstate = 0, ofStep = 0, ofThree = 0, ofTwo = 0, ofSmall = 0] = best;
console.log(
  JSON.stringify({
    xstate: ofXstate,
    step: ofStep,
    three: three.measured(ofThree),
    two: two.measured(ofTwo),
    forking: small.measured(ofSmall),
  }),
);

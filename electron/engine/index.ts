/** The engine's door. Pure: no clock, no chance, no Electron; same scenario and script, same run. */
export { cannotRun, checkScenario } from "./check-scenario.ts";
export { computeRun, initial, step } from "./compute.ts";
export { conform } from "./conformance/conform.ts";
export type { Conformance, JudgedStep } from "./conformance/conformance.ts";
export { intervene } from "./editing/intervene.ts";
export { sameHops } from "./editing/same-hops.ts";
export { enabled } from "./enabled.ts";
export { explain } from "./explain.ts";
export { type Exploring, explore } from "./explore/explore.ts";
export { prefixLength, readFreedoms, usualFreedoms } from "./explore/freedoms.ts";
export { outcomeOf } from "./explore/run-outcome.ts";
export { violatedBy } from "./explore/violated.ts";
export { allRequirements as requirements, checkRun } from "./requirements/check.ts";
export { placeDiagnostics, runDiagnostics } from "./requirements/diagnostics.ts";
export { checkDocument, checkRows, checkText } from "./requirements/document.ts";
export { ruleInfos as rules } from "./rulebook.ts";
export { whatIf } from "./what-if/what-if.ts";
export type { World } from "./world.ts";

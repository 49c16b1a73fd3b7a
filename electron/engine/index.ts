/** The engine's door. Pure: no clock, no chance, no Electron; same scenario and script, same run. */
export { checkScenario } from "./check-scenario.ts";
export { computeRun, initial, type Limits, step } from "./compute.ts";
export { enabled } from "./enabled.ts";
export { explain } from "./explain.ts";
export { ruleInfos as rules } from "./rulebook.ts";
export type { World } from "./world.ts";

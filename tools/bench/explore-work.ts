// What the benchmark of explorations times: the product's own functions, bundled as the product is.
import { computeRun, explore, initial, step } from "../../electron/engine/index.ts";
import { type Flow, flowSchema } from "../../shared/flow/flow.ts";
import type { Choice } from "../../shared/run/choice.ts";

export function readScenario(text: string): Flow["scenario"] {
  return flowSchema.parse(JSON.parse(text)).scenario;
}

/** The scenario with every client able to take every medium. */
export function withAbleClients(scenario: Flow["scenario"]): Flow["scenario"] {
  const able = scenario.participants.map((p) => (p.role === "client" ? { ...p, media: undefined } : p));
  return { ...scenario, participants: able };
}

/** Explores; `onProgress` is first called at the start and last when everything that was reached is in memory. */
export function exploreAll(
  scenario: Flow["scenario"],
  script: readonly Choice[],
  kinds: readonly ("invite" | "accept" | "decline" | "silent" | "order")[],
  reduce: boolean,
  onProgress: (states: number, transitions: number) => void,
): void {
  const freedoms = kinds.map((kind) => ({ kind, where: [] }));
  const found = explore(scenario, script, { freedoms, bounds: { states: 5_000_000 }, reduce, onProgress });
  if (!found.ok) throw new Error(found.failure.message);
  if (!found.value.complete) throw new Error("the exploration is not complete");
}

/** Takes the turns of the script's run one by one, each from the world before it. Returns how many they are. */
export function stepThrough(scenario: Flow["scenario"], script: readonly Choice[]): () => number {
  const { turns } = computeRun(scenario, script);
  return () => {
    let world = initial(scenario);
    for (const { choice } of turns) world = step(world, choice)?.world ?? world;
    return turns.length;
  };
}

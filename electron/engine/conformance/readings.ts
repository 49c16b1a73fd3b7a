import type { Options, Scenario } from "../../../shared/flow/flow.ts";
import { checkScenario } from "../check-scenario.ts";
import { compileTopology } from "../topology.ts";
import type { Drawing } from "./drawn.ts";
import { optionInWords } from "./say.ts";

/** One way to read what the flow leaves open: a scenario with every option of these set. */
export interface Reading {
  readonly scenario: Scenario;
  readonly cost: number;
  /** Options that are otherwise than the scenario states, in words. */
  readonly departs: readonly string[];
  /** Options that it does not state and that are not the default, in words. */
  readonly assumes: readonly string[];
}

type Choices = Readonly<Partial<{ [K in keyof Options]: readonly Options[K][] }>>;

/** Every reading that may make a difference here, the flow's own first. Options that contradict one another are left out. */
export function readingsOf(scenario: Scenario, drawing: Drawing): readonly Reading[] {
  const stated = scenario.options ?? {};
  const usual = compileTopology({ ...scenario, options: undefined }).options;
  let sets: readonly Partial<Options>[] = [{}];
  for (const [name, values] of Object.entries(choicesOf(scenario, drawing)))
    sets = sets.flatMap((set) => values.map((value) => ({ ...set, [name]: value })));
  const own: Reading = { scenario, cost: 0, departs: [], assumes: [] };
  const others = sets.flatMap((set): Reading[] => {
    const changed = Object.entries(set).filter(
      ([name, value]) => value !== (stated[name as keyof Options] ?? usual[name as keyof Options]),
    );
    if (changed.length === 0) return [];
    const options = { ...stated, ...Object.fromEntries(changed) };
    const reading = { ...scenario, options };
    if (checkScenario(reading).some(({ code }) => code === "option-conflict")) return [];
    const [departs, assumes] = [true, false].map((isStated) =>
      changed.filter(([name]) => name in stated === isStated).map(([name, value]) => optionInWords(name, value)),
    );
    return [{ scenario: reading, cost: changed.length, departs: departs ?? [], assumes: assumes ?? [] }];
  });
  return [own, ...others];
}

function choicesOf(scenario: Scenario, drawing: Drawing): Choices {
  const has = (role: string) => scenario.participants.some((p) => p.role === role && drawing.touched.has(p.id));
  const devices = new Map<string, number>();
  for (const p of scenario.participants) if (p.role === "client") devices.set(p.user, (devices.get(p.user) ?? 0) + 1);
  const forks = [...devices.values()].some((n) => n > 1);
  return {
    ...((forks || has("participatingFunction")) && {
      forking: ["coreForksServerCancels", "coreForksCoreCancels", "serverForks"] as const,
    }),
    ...(has("participatingFunction") && { participatingFunction: ["b2bua", "proxy"] as const }),
    ...(has("participatingFunction") && drawing.methods.has("BYE") && { release: ["endToEnd", "hopByHop"] as const }),
    ...(forks && has("controllingFunction") && { focusKeeps: ["oneDevice", "manyDevices"] as const }),
    ...((scenario.transfers?.length ?? 0) > 0 && {
      transferMediaPath: ["serverInPath", "serverNotInPath"] as const,
    }),
  };
}
